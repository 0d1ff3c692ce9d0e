"""How precise a published figure is, and whether a computed value is within what it says (pure).

What each hedge lets through, for a published figure v and the half-step h of its rounding:

exact           v - h ≤ x < v + h
approximately   0.8 v ≤ x ≤ 1.2 v ("environ", "une douzaine": 10 to 14 for twelve)
nearly          0.9 v ≤ x < v + h ("près de": approached from below, or rounded)
more_than       x > v; less_than: x < v
at_least        x ≥ v; at_most: x ≤ v
between         low - h ≤ x < high + h

The half-step is half a unit of the last digit that is not a closing zero: 16 186 is exact to the unit, 1,36 Md€ to
10 M€, 10 % to the point, a third (33,3 %) to a point either way, "doublé" to a twentieth. A whole number below a
thousand is a count and is exact. Closing zeros are not always rounding: the half-step never exceeds 5 % (30 millions
stands for 28,5 to 31,5).
"""

import math
from collections.abc import Mapping
from typing import Any

from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import tr

EXACT_BELOW = 1000
WIDEST_HALF_STEP = 0.05  # of the figure
AROUND = 0.2  # of the figure, both ways
CLOSE_BELOW = 0.1  # of the figure
FRACTION_STEP = 1.0  # points of per cent around a fraction in words that no decimals end: a third
MOST_DECIMALS = 4  # of a share that is written in figures


def agrees(claim: Mapping[str, Any], value: float) -> bool:
    """Whether a computed value is within what a published figure says, hedge and rounding respected."""
    low, high, open_end = limits(claim)
    match claim["qualifier"]:
        case "more_than":
            return value > low
        case "less_than":
            return value < high
    return low <= value and (value < high if open_end else value <= high)


def limits(claim: Mapping[str, Any]) -> tuple[float, float, bool]:
    """Least and largest value that a published figure lets through, and whether rounding opens its upper end."""
    low, high = claim["value_low"], claim["value_high"]
    hedge, only = claim["qualifier"], low if low is not None else high
    if hedge in ("exact", "nearly", "between"):
        least = (1 - CLOSE_BELOW) * low if hedge == "nearly" else low - half_step(low, claim["unit"])
        return _clean(least), _clean(high + half_step(high, claim["unit"])), True
    if hedge == "approximately":
        return _clean((1 - AROUND) * low), _clean((1 + AROUND) * high), False
    return (only, math.inf, False) if hedge in ("more_than", "at_least") else (-math.inf, only, False)


def overlaps(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether some value is within what two published figures of one unit say."""
    (low, high, _), (other_low, other_high, _) = limits(first), limits(second)
    return low < other_high and other_low < high


def half_step(value: float, unit: str) -> float:
    """Half a unit of the last digit that counts; a whole count below a thousand has a half of one."""
    if value != round(value):
        return FRACTION_STEP if _is_fraction(value) else 0.5 * 10.0 ** -_decimals(value)
    if unit == "factor":
        return WIDEST_HALF_STEP * abs(value)
    if unit == "%" or abs(value) < EXACT_BELOW:
        return 0.5
    zeros = len(digits := str(abs(round(value)))) - len(digits.rstrip("0"))
    return float(max(0.5, min(0.5 * 10**zeros, WIDEST_HALF_STEP * abs(value))))


def _clean(limit: float) -> float:
    """Without the dust of binary fractions: 0.8 × 12 is 9.6."""
    return round(limit, 9)


def _is_fraction(value: float) -> bool:
    """Whether a share was said as a fraction, a third: nobody writes so many decimals."""
    return _decimals(value) > MOST_DECIMALS


def _decimals(value: float) -> int:
    return len(f"{value:.9f}".rstrip("0").partition(".")[2])


def said(claim: Mapping[str, Any]) -> str:
    """A published figure in words, hedge first: `près de 25 %`, `100 M€ par an`, `2023-2027`, `30 janvier 2024`."""
    unit, low, high = claim["unit"], claim["value_low"], claim["value_high"]
    if unit in ("EUR", "EUR/year"):
        amount = interval(claim, typography.euros)
        return tr("{amount} par an").format(amount=amount) if unit == "EUR/year" else amount
    if unit == "%":
        return interval(claim, lambda value: typography.percent(value, 1 if _is_fraction(value) else _decimals(value)))
    if unit == "date":
        day = f"{low:.0f}"
        return typography.date(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    if claim["qualifier"] == "exact" and low != high:
        return typography.years(f"{low:.0f}", f"{high:.0f}")
    return interval(claim, lambda value: typography.number(value, _decimals(value)))
