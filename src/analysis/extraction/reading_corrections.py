"""Corrections of what was read in a document: guarded lines of YAML, applied whenever it is read again (pure)."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NoReturn

import polars as pl
from pydantic import Field, ValidationError, model_validator

from analysis.errors import CorrectionError
from analysis.extraction.claims import CALENDAR
from analysis.extraction.prose.doubt_kinds import Doubt, told
from analysis.extraction.vocabulary import Vocabulary
from analysis.io.nearness import did_you_mean
from analysis.sources.provenance import Entry

CORRECTED = "corrected"  # confidence of a claim, in its evidence
Value = str | int | bool | None
FIELDS = ("concept", "place", "phase", "as_of", "said_by", "doubtful")
KEYS = ("start", "text", "page", "field", "from", "to", "reason")
REPAIR = "Correct or remove the entry, then read the document again with `analysis read`."


class Correction(Entry):
    """One corrected part of one claim, found by `start`, or by `text` and the page where the document has pages.

    `to: null` for a concept rejects the claim; `field: doubtful` with `to: false` takes it as it was read.
    """

    start: int | None = None
    text: str | None = None
    page: int | None = None
    field: Literal["concept", "place", "phase", "as_of", "said_by", "doubtful"]
    old: Value = Field(alias="from")
    new: Value = Field(alias="to")
    reason: str = Field(min_length=10)
    where: str = ""  # the file and the entry, for errors
    units: frozenset[str] = frozenset()  # in which a new concept may be counted

    @model_validator(mode="after")
    def _found(self) -> "Correction":
        if self.start is None and self.text is None:
            raise ValueError("neither start nor text says which figure is meant")
        return self


def parse(entries: Any, where: str, rules: Vocabulary, gazetteer: Mapping[str, str]) -> list[Correction]:
    """Corrections from the YAML of `where`; CorrectionError names the entry, and the nearest of what is unknown."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise CorrectionError("the file is not a list.", where=where, repair="Write one entry a correction.")
    places = {*gazetteer.values(), *filter(None, rules.places.values())}
    return [_parsed(entry, f"{where}, entry {rank}", rules, places) for rank, entry in enumerate(entries, start=1)]


def _parsed(entry: Any, where: str, rules: Vocabulary, places: set[str]) -> Correction:
    if isinstance(entry, Mapping) and (unknown := [key for key in entry if key not in KEYS]):
        _refuse(where, f"unknown key {unknown[0]!r}.{did_you_mean(unknown[0], KEYS)}")
    if isinstance(entry, Mapping) and entry.get("field") not in FIELDS:
        _refuse(where, f"field {entry.get('field')!r} cannot be corrected.{did_you_mean(entry.get('field'), FIELDS)}")
    try:
        one = Correction.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        _refuse(where, f"{'.'.join(map(str, first['loc'])) or 'entry'}: {first['msg']}.", error)
    _require_known(one, where, rules, places)
    units = rules.concepts[str(one.new)].units if one.field == "concept" and one.new is not None else ()
    return one.model_copy(update={"where": where, "units": frozenset(units)})


def _require_known(one: Correction, where: str, rules: Vocabulary, places: set[str]) -> None:
    """Refuse a new value that its field cannot have."""
    new = one.new
    match one.field:
        case "concept" if new is not None and new not in rules.concepts:
            _refuse(where, f"unknown concept {new!r}.{did_you_mean(new, rules.concepts)}")
        case "place" if new not in places:
            _refuse(where, f"unknown place {new!r}.{did_you_mean(new, places)}")
        case "phase" if new is not None and (isinstance(new, bool) or new not in rules.phases.values()):
            _refuse(where, f"there is no phase {new!r}.")
        case "as_of" if not CALENDAR.fullmatch(str(new)):
            _refuse(where, f"{new!r} is no date: write YYYY, YYYY-MM, YYYY-MM-DD, or two of them with / in between.")
        case "said_by" if new is not None and not isinstance(new, str):
            _refuse(where, f"{new!r} is nobody's name.")
        case "doubtful" if not isinstance(new, bool):
            _refuse(where, f"{new!r} is neither true nor false.")


def corrected(claims: pl.DataFrame, corrections: Sequence[Correction]) -> pl.DataFrame:
    """The claims with every correction made, in order; a corrected one is not doubtful, its evidence says `corrected`.

    CorrectionError when a correction finds no figure or several, another old value than it expects, or a concept that
    is not counted in the figure's unit. Because the old value is compared, nothing is corrected twice.
    """
    rows = claims.to_dicts()
    for one in corrections:
        found = [row for row in rows if _meant(one, row)]
        if len(found) != 1:
            _refuse(one.where, f"{len(found)} figures are found by {_told(one)}, exactly one must be.")
        _correct(found[0], one)
    return pl.DataFrame(rows, schema=claims.schema)


def _meant(one: Correction, row: Mapping[str, Any]) -> bool:
    return (
        one.start in (None, row["start"])
        and one.page in (None, row["page"])
        and (one.text is None or _spaced(one.text) == _spaced(row["text"]))
    )


def _correct(row: dict[str, Any], one: Correction) -> None:
    """Put one new value into a row; its evidence says so."""
    old, new = (str(value) if one.field == "as_of" and value is not None else value for value in (one.old, one.new))
    if row[one.field] != old:
        _refuse(one.where, f"{one.field} is read as {row[one.field]!r} now, the correction expects {old!r}.")
    if one.units and row["unit"] not in one.units:
        counted = " or ".join(sorted(one.units))
        _refuse(one.where, f"concept {new} is counted in {counted}, the figure in {row['unit']}.")
    evidence = json.loads(row["evidence"] or "{}")
    apart = one.field == "doubtful" and new is True
    doubts = told([Doubt("set_apart", given=one.reason)], {}, "") if apart else []
    fields = [*evidence.get("corrected", []), one.field]
    evidence |= {"confidence": "doubtful" if apart else CORRECTED, "doubts": doubts, "corrected": fields}
    row |= {one.field: new, "doubtful": apart, "evidence": json.dumps(evidence, ensure_ascii=False)}


def _told(one: Correction) -> str:
    said = {"start": one.start, "text": one.text, "page": one.page}
    return ", ".join(f"{name} {value!r}" for name, value in said.items() if value is not None)


def _spaced(text: str) -> str:
    """A text whose spaces are all alike: nobody types those that do not break."""
    return " ".join(text.split())


def _refuse(where: str, what: str, cause: Exception | None = None) -> NoReturn:
    raise CorrectionError(what, where=where, repair=REPAIR) from cause
