"""A reader measured on documents, with the verdicts that follow from its claims by the project's rules and lists."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl
from golden_documents import ROOT, Golden
from golden_readers import Reader
from golden_scores import Outcome, Row, Score, Span, astray, outcomes, score

from analysis.ledger.document_figures import SAID, judge
from analysis.reports.readings import grounds

SCHEMA = dict.fromkeys(("doc", *SAID), pl.String) | {"phase": pl.Int8, "doubtful": pl.Boolean}
SCHEMA |= dict.fromkeys(("value_low", "value_high"), pl.Float64)


def verdicts(claims: Sequence[Row]) -> list[str]:
    """The verdict of each claim of one document, as `analysis read` gives it."""
    known = grounds.of_project(ROOT)
    rows = [{name: claim.get(name) for name in SCHEMA} | {"doc": "document"} for claim in claims]
    return judge(pl.DataFrame(rows, schema=SCHEMA), known.facts, known.checks).get_column("verdict").to_list()


@dataclass
class Measured:
    """The whole score, scores by style, format and concept, and a line a miss.

    `dated` are the documents whose date was found in them, `misdated` those whose date was found wrong.
    """

    whole: Score = field(default_factory=Score)
    by: dict[str, dict[str, Score]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Score)))
    told: list[str] = field(default_factory=list)
    dated: int = 0
    misdated: int = 0


def measure(documents: Iterable[Golden], reader: Reader) -> Measured:
    """A reader's claims beside the marks of documents."""
    found = Measured()
    for golden in documents:
        document, rows = reader(golden)
        seen, strayed = list(outcomes(golden, document.text, rows)), astray(golden, document.text, rows)
        found.dated += document.published == golden.published
        found.misdated += document.published not in (None, golden.published)
        right = right_verdicts(seen, rows)
        whole = score(seen, strayed, right)
        found.whole += whole
        found.by["style"][golden.style] += whole
        found.by["format"][golden.format] += whole
        for concept in {one.mark.claim.concept for one in seen if one.mark.claim}:
            mine = [one for one in seen if one.mark.claim and one.mark.claim.concept == concept]
            found.by["concept"][concept] += score(mine, [row for row in strayed if row["concept"] == concept], right)
        found.told += [_told(golden, one) for one in seen if one.wrong]
        found.told += [
            f"{golden.name}: astray « {document.text[row['start'] : row['end']]} » as {_said(row)}" for row in strayed
        ]
    return found


def right_verdicts(seen: Sequence[Outcome], rows: Sequence[Row]) -> dict[Span, bool]:
    """Of each row that a mark answers for, whether the mark's claim has the same verdict."""
    claimed = [row for row in rows if row["concept"]]
    read = {(row["start"], row["end"]): verdict for row, verdict in zip(claimed, verdicts(claimed), strict=True)}
    wanted = verdicts([one.mark.claim.row(one.row) for one in seen if one.mark.claim])
    pairs = zip(seen, wanted, strict=True)
    spans = {(one.row["start"], one.row["end"]): verdict for one, verdict in pairs if one.row}
    return {span: read.get(span) == verdict for span, verdict in spans.items()}


def _told(golden: Golden, one: Outcome) -> str:
    around = golden.text[max(0, one.mark.start - 50) : one.mark.end + 40].replace("\n", " ")
    wanted = _said(one.mark.claim.row()) if one.mark.claim else ""
    return f"{golden.name}: {one.wrong} in « {around} »: {wanted}; read: {_said(one.row) if one.row else 'nothing'}"


def _said(row: Row) -> str:
    names = ("concept", "place", "phase", "value_low", "value_high", "qualifier", "unit", "as_of")
    return " ".join(str(row[name]) for name in names) + (" (doubtful)" if row.get("doubtful") else "")
