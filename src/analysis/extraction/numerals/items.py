"""What a figure is built from: a bare number, its unit, and the two together before hedges are looked for."""

from dataclasses import dataclass

from .model import Value
from .tokens import Tokens

Day = tuple[int, int, int]  # year or 0, month, day


@dataclass(slots=True)
class Unit:
    """A unit read after a number, up to the token `stop`; the bare number ends at the offset `num_end`."""

    kind: str
    name: str | None
    stop: int
    scale: int = 1
    num_end: int = -1
    rate: str | None = None
    inverse: bool = False  # "trois fois moins"
    divisor: int = 1  # per mille, centimes
    first: int = -1  # where the unit begins when it stands before the number
    cents: int = 0


@dataclass(slots=True)
class Number:
    """A bare number over the tokens first:stop; its value is mantissa × scale / 10**decimals."""

    first: int
    stop: int
    mantissa: int
    decimals: int = 0
    scale: int = 1
    approx: bool = False  # said with an -aine word
    several: bool = False  # "des centaines": at least that
    article: bool = False  # un, une: a number only if something shows it
    point: bool = False  # written with a decimal point, as versions are
    looked: bool = False  # whether its unit has been looked for
    unit: Unit | None = None

    @property
    def value(self) -> Value:
        """The exact value, an int where integral."""
        return ratio(self.mantissa * self.scale, 10**self.decimals)

    @property
    def plural(self) -> bool:
        """Whether French puts the counted noun in the plural."""
        return abs(self.value) >= 2


def ratio(above: int, below: int) -> Value:
    """above / below, as an int where integral."""
    return above // below if above % below == 0 else above / below


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
