"""Figures of a document judged beside those of the ledger, and compared with what other sources said before (pure)."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, Literal, get_args

import polars as pl

from analysis.i18n.language import FRENCH, LANGUAGES, N_, speaking, translation
from analysis.i18n.periods import last_day
from analysis.ledger.agreement import overlaps
from analysis.ledger.checks import Check
from analysis.ledger.claim_dates import day_number
from analysis.ledger.claim_index import DOUBTFUL, Row
from analysis.ledger.clashes import CUMULATIVE, clash
from analysis.ledger.comparability import differences
from analysis.ledger.confront import NO_CHECK, REASON_IN, in_each_language, not_checkable, verdict_of
from analysis.ledger.facts import Facts
from analysis.ledger.recognition import as_known
from analysis.tables.codes import PHASES, QUALIFIERS

CALENDAR: Final = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")  # as the value of a figure that is a date
OPEN: Final = ("more_than", "less_than", "at_least", "at_most")  # hedges of one bound
MOST: Final = 1e15  # more than anything that the programme or the country counts
SAID: Final = ("concept", "place", "phase", "value_low", "value_high", "qualifier", "unit", "as_of")  # of a figure
VERDICT_COLUMNS: Final = {
    "verdict": pl.String(), "rule": pl.String(), "registry_value": pl.Float64(),
    **{REASON_IN[name]: pl.String() for name in LANGUAGES},
}  # fmt: skip
NO_CONCEPT = N_("Aucun concept du vocabulaire ne prend ce chiffre.")
NO_PLACE = N_("Rien ne dit de quel lieu parle ce chiffre.")
NO_VALUE = N_("Ce chiffre n’a pas de valeur que l’on puisse comparer.")
Relation = Literal["agrees", "contradicts", "dated", "incomparable"]
RELATIONS: Final[Mapping[Relation, str]] = {
    "agrees": N_("dit la même chose"),
    "contradicts": N_("ne peut valoir en même temps"),
    "dated": N_("diffère, à une autre date"),
    "incomparable": N_("ne se compare pas"),
}
COMPARED: Final = {
    "row": pl.Int64(), "claim_id": pl.String(), "source_id": pl.String(), "place": pl.String(), "phase": pl.Int8(),
    "value_low": pl.Float64(), "value_high": pl.Float64(), "qualifier": pl.String(), "unit": pl.String(),
    "as_of": pl.String(), "relation": pl.Enum(get_args(Relation)),
}  # fmt: skip


def judge(claims: pl.DataFrame, facts: Facts, checks: Sequence[Check]) -> pl.DataFrame:
    """The verdict on each figure of documents, in their order: verdict, rule, registry_value and the reasons.

    `claims` has the columns of a document's claims: what core_claims says of a figure, `doc`, and `doubtful`;
    `source_id`, where it is, says under which source of the ledger the document stands: see `recognition`. Rules see
    a document's figures beside core_claims, but neither those of its own source there nor those of other documents;
    the doubtful ones are judged, and judge no other. A check that cannot be computed for a figure is passed over.
    """
    found = dict[int, dict[str, Any]]()
    for rows in _documents(claims, facts):
        beside = _beside(facts, [row for row in rows if not _obstacle(row)])
        with speaking(FRENCH):
            found |= _verdicts(rows, beside, checks)
    return pl.DataFrame([found[rank] for rank in range(claims.height)], schema=VERDICT_COLUMNS)


def comparisons(claims: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """What the ledger's figures say of what a document's figures say, by figure, then by date: columns of COMPARED.

    `row` is the rank of the document's figure among `claims`. Compared are figures of other sources of the same
    concept and place, and of the same phase unless one says none. `contradicts`: two values at one date, or a
    cumulative count that goes down; `dated`: another value at another date; `incomparable`: unit, phase or period
    differ.
    """
    rows = sorted((row for rows in _documents(claims, facts) for row in rows), key=lambda row: row["row"])
    found = [
        {**other, "row": row["row"], "relation": _relation(row, other)}
        for row in rows
        if not _obstacle(row)
        for other in _said_before(row, facts)
    ]
    return pl.DataFrame([{name: one[name] for name in COMPARED} for one in found], schema=COMPARED)


def _documents(claims: pl.DataFrame, facts: Facts) -> Iterator[list[dict[str, Any]]]:
    """The figures of each document as rows of core_claims, with `row`, their rank among `claims`."""
    found = defaultdict[str, list[dict[str, Any]]](list)
    for rank, row in enumerate(claims.iter_rows(named=True)):
        found[row.get("doc") or ""].append(_as_claim(rank, row))
    for rows in found.values():
        yield as_known(rows, facts.statements.claims.iter_rows(named=True))


def _as_claim(rank: int, row: Mapping[str, Any]) -> dict[str, Any]:
    """A figure of a document as a row of core_claims; a date that is none is left out."""
    source = row.get("source_id") or row.get("doc") or ""
    found = {"claim_id": f"{source}#{rank}", "source_id": source, DOUBTFUL: bool(row.get(DOUBTFUL)), "row": rank}
    return found | {name: row[name] for name in SAID} | {"as_of": _date(row["as_of"])}


def _date(as_of: str | None) -> str | None:
    """A date or period whose days exist; nothing of another text."""
    if as_of is None or not CALENDAR.fullmatch(as_of):
        return None
    return as_of if all(map(_exists, as_of.split("/"))) else None


def _exists(moment: str) -> bool:
    """Whether a year, a month or a day is one of the calendar."""
    try:
        return bool(date.fromisoformat(last_day(moment)))
    except ValueError:
        return False


def _obstacle(row: Row) -> str:
    """Why no rule can be asked of a figure; nothing when one can."""
    if not row["concept"]:
        return NO_CONCEPT
    if not row["place"]:
        return NO_PLACE
    return "" if _has_value(row) else NO_VALUE


def _has_value(row: Row) -> bool:
    """Whether a figure has the bounds that its hedge asks for, of a size that something has, or a day that exists."""
    bounds = [one for one in (row["value_low"], row["value_high"]) if one is not None]
    if row["qualifier"] not in QUALIFIERS or len(bounds) < (1 if row["qualifier"] in OPEN else 2):
        return False
    if row["unit"] == "date":
        days = [DAY.fullmatch(f"{one:.0f}") for one in bounds]
        return all(day and _exists("-".join(day.groups())) for day in days)
    return all(math.isfinite(one) and abs(one) < MOST for one in bounds)


def _beside(facts: Facts, rows: list[dict[str, Any]]) -> Facts:
    """The same facts with a document's figures beside those of other sources."""
    ours = {row["source_id"] for row in rows}
    others = facts.statements.claims.filter(~pl.col("source_id").is_in(ours))
    both = [*others.iter_rows(named=True), *rows]
    return replace(facts, statements=replace(facts.statements, claims=pl.DataFrame(both, infer_schema_length=None)))


def _verdicts(rows: Iterable[Row], facts: Facts, checks: Sequence[Check]) -> dict[int, dict[str, Any]]:
    """The verdict on each figure by its rank; what a document says twice in the same words is judged once."""
    known, found = dict[tuple[Any, ...], dict[str, Any]](), {}
    for row in rows:
        same = tuple(row[name] for name in (*SAID, "source_id", DOUBTFUL))
        if same not in known:
            known[same] = _judged(row, facts, checks)
        found[row["row"]] = known[same]
    return found


def _judged(row: Row, facts: Facts, checks: Sequence[Check]) -> dict[str, Any]:
    if obstacle := _obstacle(row):
        return not_checkable(NO_CHECK, in_each_language(translation, obstacle))
    return verdict_of(row, facts, checks, strict=False)


def _said_before(row: Row, facts: Facts) -> Iterable[Row]:
    phases = (None, *PHASES) if row["phase"] is None else (row["phase"], None)
    same = (one for phase in phases for one in facts.statements.figures(row["concept"], row["place"], phase))
    others = (one for one in same if one["source_id"] != row["source_id"])
    return sorted(others, key=lambda one: (day_number(one["as_of"]), one["claim_id"]))


def _relation(row: Row, other: Row) -> Relation:
    if row["unit"] != other["unit"] or set(differences(row, other)) - {"unstated"}:
        return "incomparable"
    if overlaps(row, other):
        return "agrees"
    first, second = sorted((row, other), key=lambda one: day_number(one["as_of"]))
    return "contradicts" if clash(first, second, frozenset(CUMULATIVE)) else "dated"
