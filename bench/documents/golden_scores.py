"""How a reader's claims compare with the marks of an invented document."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from math import isclose
from typing import Any, NamedTuple

from golden_documents import Golden
from golden_marks import Claim, Mark

WORD = re.compile(r"[^\W_]+")
LOST = "the text of the figure is lost"
UNREAD = "no figure is read"
UNTAKEN = "no concept takes it"
NOT_ASKED = "no figure of a concept stands there"
Span = tuple[int, int]
Row = dict[str, Any]


class Outcome(NamedTuple):
    """A figure that a concept should take, what was read there, and the first thing that is wrong (None: nothing)."""

    mark: Mark
    row: Row | None
    wrong: str | None

    @property
    def found(self) -> bool:
        """Whether concept, value and unit are right."""
        return self.wrong not in (LOST, UNREAD, UNTAKEN, "concept", "value", "unit")


@dataclass
class Score:
    """Counts over figures; `sure` are those asserted without doubt, `spoken` those said by somebody else."""

    claims: int = 0
    found: int = 0
    whole: int = 0
    sure: int = 0
    sure_right: int = 0
    verdicts_right: int = 0
    spoken: int = 0
    spoken_right: int = 0
    misses: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Score") -> "Score":
        return Score(**{name: getattr(self, name) + getattr(other, name) for name in vars(self)})

    def shares(self) -> dict[str, float | int | None]:
        """Numbers and shares, as the table and the JSON line show them; a share of nothing is None."""
        return {
            "claims": self.claims,
            "found": _share(self.found, self.claims),
            "whole": _share(self.whole, self.claims),
            "sure": self.sure,
            "sure_right": _share(self.sure_right, self.sure),
            "verdicts_right": _share(self.verdicts_right, self.sure),
            "speakers_right": _share(self.spoken_right, self.spoken),
        }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


# --- where the figures stand in the text that was read ------------------------------------------------------


def places_of(document: Golden, text: str) -> dict[Mark, Span]:
    """Where each mark's words stand in the text as it was read; a mark whose words are lost is not there."""
    ours, theirs = (list(WORD.finditer(one)) for one in (document.text, text))
    matcher = SequenceMatcher(None, *([one[0].lower() for one in words] for words in (ours, theirs)), autojunk=False)
    at = {a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}
    found = {}
    for mark in document.marks:
        words = [
            at[rank]
            for rank, one in enumerate(ours)
            if one.start() < mark.end and mark.start < one.end() and rank in at
        ]
        if words:
            found[mark] = (theirs[words[0]].start(), theirs[words[-1]].end())
    return found


def _touches(row: Row, span: Span) -> bool:
    return bool(row["start"] < span[1] and span[0] < row["end"])


# --- what is right ------------------------------------------------------------------------------------------


def outcomes(document: Golden, text: str, rows: Sequence[Row]) -> Iterator[Outcome]:
    """Every figure that a concept should take, with what was read there."""
    spans = places_of(document, text)
    for mark in document.claims:
        assert mark.claim
        if mark not in spans:
            yield Outcome(mark, None, LOST)
            continue
        there = [(first_wrong(mark.claim, row), row) for row in rows if _touches(row, spans[mark])]
        wrong, row = max(there, key=lambda one: _RANKS[one[0]], default=(UNREAD, None))
        yield Outcome(mark, row, wrong)


def astray(document: Golden, text: str, rows: Iterable[Row]) -> list[Row]:
    """Claims asserted where no concept takes a figure; where readers may differ nothing is astray."""
    spans = places_of(document, text)
    let = [spans[mark] for mark in document.marks if mark in spans and (mark.claim or mark.open)]
    return [row for row in rows if row["concept"] and not any(_touches(row, span) for span in let)]


def first_wrong(claim: Claim, row: Row) -> str | None:
    """The first part of a claim that a row has wrong, in the order concept, value, unit, place, phase, date."""
    if not row["concept"]:
        return UNTAKEN
    right = {
        "concept": row["concept"] == claim.concept,
        "value": row["qualifier"] == claim.qualifier
        and all(_same(row[name], getattr(claim, name)) for name in ("value_low", "value_high")),
        "unit": row["unit"] == claim.unit,
        "place": row["place"] in claim.places,
        "phase": row["phase"] in claim.phases,
        "date": row["as_of"] in claim.dates,
    }
    return next((name for name, is_right in right.items() if not is_right), None)


_RANKS = {name: rank for rank, name in enumerate((UNTAKEN, "concept", "value", "unit", "place", "phase", "date", None))}


def _same(one: float | None, other: float | None) -> bool:
    return one is other or (one is not None and other is not None and isclose(one, other, rel_tol=1e-4))


def speaker_is_right(claim: Claim, row: Row) -> bool:
    """Whether the speaker is one of the claim's: the surname counts, not the title before it or the office after."""
    said = row["said_by"]
    return any(one is said or bool(one and said and one.split()[-1] in said) for one in claim.speakers)


# --- counted ------------------------------------------------------------------------------------------------


def score(found: Sequence[Outcome], strayed: Sequence[Row], verdicts: Mapping[Span, bool]) -> Score:
    """Counts over outcomes and claims astray; `verdicts` says of each row asserted whether its verdict is right."""
    sure = [one for one in found if one.row and one.row["concept"] and not one.row["doubtful"]]
    told = [
        (one.mark.claim, one.row) for one in found if one.row and one.mark.claim and None not in one.mark.claim.speakers
    ]
    wrong = [row for row in strayed if not row["doubtful"]]
    rows = [*(one.row for one in sure if one.row), *wrong]
    return Score(
        claims=len(found),
        found=sum(one.found for one in found),
        whole=sum(one.wrong is None for one in found),
        sure=len(rows),
        sure_right=sum(one.wrong is None for one in sure),
        verdicts_right=sum(verdicts.get((row["start"], row["end"]), False) for row in rows),
        spoken=len(told),
        spoken_right=sum(speaker_is_right(*one) for one in told),
        misses=Counter([*(one.wrong for one in found if one.wrong), *([NOT_ASKED] * len(wrong))]),
    )
