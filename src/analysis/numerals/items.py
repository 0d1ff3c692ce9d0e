"""A figure under construction: one number with what it measures, before hedges are looked for."""

from dataclasses import dataclass

from .cardinals import Number
from .model import Value
from .tokens import Tokens

Day = tuple[int, int, int]  # year or 0, month, day


@dataclass(slots=True)
class Item:
    """One figure over the tokens first:stop, with the offsets and values it will be given."""

    first: int
    stop: int
    start: int
    end: int
    num_start: int
    num_end: int
    kind: str
    low: Value | None
    high: Value | None
    unit: str | None = None
    iso: str | None = None
    approx: bool = False
    several: bool = False
    ranged: bool = False
    elided: bool = False  # got its unit from the figure after it
    number: Number | None = None
    scale: int = 1  # of the unit's magnitude: M€ -> 10**6
    rate: str | None = None
    when: Day | None = None

    @property
    def bare(self) -> bool:
        """Whether nothing says what is counted."""
        return self.kind == "count" and self.unit is None and self.number is not None

    @property
    def article(self) -> bool:
        """Whether the number is un or une alone."""
        return self.number is not None and self.number.article


def plain_item(s: Tokens, first: int, stop: int, kind: str, value: Value) -> Item:
    """A figure whose number and span are the same tokens."""
    start, end = s.begin[first], s.stop[stop - 1]
    return Item(first, stop, start, end, start, end, kind, value, value)
