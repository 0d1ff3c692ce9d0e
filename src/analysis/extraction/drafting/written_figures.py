"""A claim's figure in French, number first and hedge in front of it, as the strict reader reads it back (pure)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from analysis.i18n import typography

HEDGES: Mapping[str, str] = {
    "exact": "",
    "approximately": "environ ",
    "nearly": "près de ",
    "more_than": "plus de ",
    "less_than": "moins de ",
    "at_least": "au moins ",
    "at_most": "au plus ",
}
THIRDS = {33.333333333: "un tiers", 66.666666667: "deux tiers"}  # rounded as claims are
LARGE = ((10**9, "Md€"), (10**6, "M€"))
MOST_DECIMALS = 3  # of an amount in a larger unit


def figure(claim: Mapping[str, Any]) -> str:
    """`plus de 98`, `entre 1 200 et 1 300`, `1,4 Md€`, `un tiers`, `2e rang`; counted nouns are the sentence's."""
    low, high, unit = claim["value_low"], claim["value_high"], claim["unit"]
    if unit == "date":
        return day(str(int(low)))
    if unit == "year" and claim["qualifier"] == "exact" and low != high:
        return f"{low:.0f}-{high:.0f}"
    write, after = WRITTEN.get(unit, (number, ""))
    if claim["qualifier"] == "between":
        return f"entre {write(low)} et {write(high)}{after}"
    value = high if low is None else low
    written = (unit == "%" and THIRDS.get(round(value, 9))) or f"{write(value)}{after}"
    return HEDGES[claim["qualifier"]] + written


def plural(claim: Mapping[str, Any]) -> bool:
    """Whether what is counted takes the plural: from two on."""
    low, high = claim["value_low"], claim["value_high"]
    return bool(abs(low if high is None else high) >= 2)


def number(value: float) -> str:
    """Every digit of a value: `1 234,5`."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return typography.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def amount(value: float) -> str:
    """`1,362 Md€`, `100 M€`, `45 000 €`: the largest unit that keeps every digit in few decimals."""
    for size, unit in LARGE:
        scaled = round(value / size, MOST_DECIMALS)
        if value >= size and round(scaled * size) == value:
            return f"{number(scaled)}{typography.HARD_SPACE}{unit}"
    return f"{number(value)}{typography.HARD_SPACE}€"


def percentage(value: float) -> str:
    """`45,5 %`."""
    return f"{number(value)}{typography.HARD_SPACE}%"


def years(value: float) -> str:
    """`1 an`, `10 ans`."""
    return f"{number(value)}{typography.HARD_SPACE}{'ans' if value >= 2 else 'an'}"


def rank(value: float) -> str:
    """`1er rang`, `2e rang`."""
    return f"{value:.0f}{'er' if value == 1 else 'e'} rang"


def day(digits: str) -> str:
    """`20240130` as `30 janvier 2024`."""
    return typography.date(f"{digits[:-4]}-{digits[-4:-2]}-{digits[-2:]}")


WRITTEN: Mapping[str, tuple[Callable[[float], str], str]] = {
    "EUR": (amount, ""),
    "EUR/year": (amount, " par an"),
    "%": (percentage, ""),
    "year": (years, ""),
    "rank": (rank, ""),
}
