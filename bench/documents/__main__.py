"""How well documents are read, on invented ones whose every figure is known: `make bench-documents`.

Prints, for the half that the reader was worked on with (dev) and the half that its author never opened (held_out): of
the figures that a concept should take, those found with the right concept, value and unit, and those right in place,
phase and date too; of the claims asserted without doubt, those right in all and those whose verdict is right; beside
the reader given the text without a file, and beside the strict reading of notes, sentence by sentence. Then by style,
format and concept, what was missed and why, and the pages of PDF read in a second. The last line is one JSON object.

    python bench/documents [--half dev] [--tell]
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from golden_documents import HALVES, Golden, counts, documents, vocabulary
from golden_readers import Reader, as_written, prose, strict
from golden_renderings import rendered
from golden_scores import Score
from golden_verdicts import Measured, measure
from rich.console import Console
from rich.table import Table

from analysis.extraction.documents import document_of
from analysis.extraction.vocabulary import Vocabulary

COLUMNS = {
    "claims": "figures", "found": "concept, value, unit", "whole": "right in all", "sure": "asserted",
    "sure_right": "asserted, right", "verdicts_right": "verdict right", "speakers_right": "speaker right",
}  # fmt: skip
READERS: Mapping[str, Callable[[Vocabulary], Reader]] = {
    "reader": prose,
    "without a file": lambda rules: prose(rules, as_written),
    "notes": strict,
}
TIMES = 3  # how often the documents stand in the PDF that is timed
BLIND = "The half dev was there to work with; the author of the reader never opened the half held_out."


def main() -> None:
    """Measure, print, and end with the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, help="one half only")
    parser.add_argument("--tell", action="store_true", help="tell the misses of held_out too: it is blind no longer")
    options = parser.parse_args()
    console, rules = Console(width=140), vocabulary()
    halves = {half: documents(half, rules) for half in HALVES if options.half in (None, half)}
    said = {}
    for half, found in halves.items():
        measured = {name: measure(found, reader(rules)) for name, reader in READERS.items()}
        said[half] = counts(found) | {name: one.whole.shares() for name, one in measured.items()}
        console.print(compared(half, {name: one.whole for name, one in measured.items()}))
        console.print(f"Figures found, to one of the peer's: {ratio(measured):.1f}", highlight=False)
        of_files = measured["reader"]
        said[half] |= {"dated": of_files.dated, "misdated": of_files.misdated}
        console.print(
            f"Dates found in the documents: {of_files.dated}, found wrong: {of_files.misdated}", highlight=False
        )
        show(console, measured["reader"], sentences=half == HALVES[0] or options.tell)
    console.print(BLIND)
    print(json.dumps(said | {"pdf_pages_per_second": pages_per_second(halves.values(), rules)}))


def compared(title: str, scores: Mapping[str, Score]) -> Table:
    """A row a score."""
    table = Table("", *COLUMNS.values(), title=title)
    for name, one in scores.items():
        table.add_row(name, *(shown(one.shares()[column]) for column in COLUMNS))
    return table


def shown(value: float | None) -> str:
    """A count, a share, or a dash for a share of nothing."""
    if value is None:
        return "–"
    return f"{100 * value:.1f} %" if isinstance(value, float) else str(value)


def ratio(measured: Mapping[str, Measured]) -> float:
    """How many figures the reader finds for one that the strict reading of notes does."""
    return measured["reader"].whole.found / max(1, measured["notes"].whole.found)


def show(console: Console, measured: Measured, sentences: bool) -> None:
    """By style, format and concept; then the misses, kind by kind, with their sentence or without."""
    for title, scores in measured.by.items():
        console.print(compared(title, dict(sorted(scores.items()))))
    for wrong, count in measured.whole.misses.most_common():
        console.print(f"{count:4} {wrong}", highlight=False)
    if sentences:
        for line in measured.told:
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def pages_per_second(halves: Iterable[list[Golden]], rules: Vocabulary) -> dict[str, float]:
    """Pages read in a second of a PDF that holds all the documents: `text` alone, and with its `claims`."""
    found = [one for half in halves for one in half] * TIMES
    whole = replace(
        found[0], style="report", format="pdf", pieces=tuple(piece for one in found for piece in one.pieces)
    )
    data = rendered(whole)
    begun = time.perf_counter()
    document = document_of(data, "whole.pdf")
    opened = time.perf_counter()
    prose(rules, lambda _: document)(whole)
    ended = time.perf_counter()
    pages = document.page_count or 0
    return {"pages": pages, "text": round(pages / (opened - begun), 1), "claims": round(pages / (ended - begun), 1)}


if __name__ == "__main__":
    main()
