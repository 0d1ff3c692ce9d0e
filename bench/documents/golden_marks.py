"""A marked figure of an invented document: what it says, as a careful reader understands it."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from analysis.extraction.vocabulary import Vocabulary

OF_VALUE = ("concept", "value_low", "value_high", "qualifier", "unit")
HEDGES = {
    ">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than", "~": "approximately", "nearly ": "nearly",
}  # fmt: skip


class Claim(NamedTuple):
    """What a figure says; several places, phases, dates or speakers where a careful reader may hesitate."""

    concept: str
    places: tuple[str, ...]
    phases: tuple[int | None, ...]
    value_low: float | None
    value_high: float | None
    qualifier: str
    unit: str
    dates: tuple[str, ...]
    speakers: tuple[str | None, ...]

    def row(self, read: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The claim as a row of core_claims; of what a reader may take either way what was read, else the first."""
        said = read or {}
        either = {"place": self.places, "phase": self.phases, "as_of": self.dates}
        chosen = {name: said[name] if name in said and said[name] in each else each[0] for name, each in either.items()}
        return {name: getattr(self, name) for name in OF_VALUE} | chosen


class Mark(NamedTuple):
    """A figure: where it stands in the document's text, and what it says; None where no concept takes it.

    `open`: careful readers would not agree whether a concept takes it, so whatever is read there is let be.
    """

    start: int
    end: int
    text: str
    claim: Claim | None
    open: bool = False


def marked(mark: str, rules: Vocabulary, published: str) -> tuple[str, Claim | None, bool]:
    """The words of a mark, its claim, and whether what it says is left open."""
    text, concept, *rest = (part.strip() for part in mark.split("|"))
    if concept in "-?":
        return text, None, concept == "?"
    named = dict(part.split("=", 1) for part in rest if re.match(r"(date|by|unit)=", part))
    place, phase, value, *_ = [*(part for part in rest if not re.match(r"(date|by|unit)=", part)), "", "", ""]
    low, high, qualifier = _value(value or "".join(re.findall(r"\d", text)))
    claim = Claim(
        concept,
        _either(place or rules.whole),
        tuple(int(one) if one != "none" else None for one in _either(phase or "none")),
        low,
        high,
        qualifier,
        named.get("unit") or _unit(concept, rules),
        _either(named.get("date", published)),
        tuple(None if one == "none" else one for one in _either(named.get("by", "none"))),
    )
    return text, claim, False


def _either(text: str) -> tuple[str, ...]:
    return tuple(text.split(" or "))


def _unit(concept: str, rules: Vocabulary) -> str:
    """The unit of a concept that has only one."""
    (unit,) = rules.concepts[concept].units
    return unit


def _value(text: str) -> tuple[float | None, float | None, str]:
    """Both ends and the hedge of a value: `149`, `~30`, `nearly 300`, `>300`, `<=4`, `4..6`, `200/3`, `2023-2027`."""
    for sign, qualifier in (("..", "between"), ("-", "exact")):  # a period is as exact as a date
        if sign in text:
            low, high = map(_number, text.split(sign))
            return low, high, qualifier
    for sign, qualifier in HEDGES.items():
        if text.startswith(sign):
            number = _number(text.removeprefix(sign))
            above, below = sign.startswith(">"), sign.startswith("<")
            return None if below else number, None if above else number, qualifier
    number = _number(text)
    return number, number, "exact"


def _number(text: str) -> float:
    above, _, below = text.partition("/")
    return float(above) / float(below or 1)
