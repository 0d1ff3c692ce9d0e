"""The figures of one sentence, for who types it at a terminal: what each counts, and what the lists say of it."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.text import Text

from analysis.i18n.language import tr
from analysis.reports.readings import figure_words as words
from analysis.reports.readings.document_reading import Given, of_bytes

NAME = "phrase"
COLOURS = {"confirmed": "green", "consistent": "blue", "superseded": "yellow", "contradicted": "red"}


def told(phrase: str, published: str, root: Path) -> Iterator[Text]:
    """Lines for a terminal, a few a figure, in the language in force; one that says so where there is no figure."""
    found = of_bytes(phrase.encode(), NAME, NAME, Given(published), root).figures
    if found.is_empty():
        yield Text(tr("Aucun chiffre dans cette phrase."))
    for figure in found.iter_rows(named=True):
        yield from _figure(figure)


def _figure(figure: Mapping[str, Any]) -> Iterator[Text]:
    state = words.state(figure)
    verdict = (f"{words.SIGN[state]} {words.state_label(figure)}", f"bold {COLOURS.get(state, '')}".strip())
    yield Text.assemble((figure["text"], "bold"), "  ", verdict)
    if figure["concept"]:
        yield Text(f"  {words.counted(figure)}{tr(' : ')}{words.value(figure)}")
    doubts = tr("À vérifier. {doubt}").format(doubt=" ".join(asked)) if (asked := words.doubts(figure)) else ""
    yield from (Text(f"  {line}") for line in (words.reason(figure), doubts) if line)
