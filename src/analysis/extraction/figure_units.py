"""What a figure is for both readers of claims: its counted noun, its unit, whether it is a date (pure)."""

from analysis.extraction.numerals import Quantity
from analysis.extraction.vocabulary import Vocabulary

Bounds = tuple[float | None, float | None]


def lemma_of(figure: Quantity) -> str:
    """The lemma of what is counted, with a straight apostrophe; empty without any."""
    return (figure.unit or "").replace("’", "'")


def unit_of(figure: Quantity, rules: Vocabulary) -> str | None:
    """Unit of a figure by its kind, else by its lemma; None when the vocabulary does not know the lemma.

    A duration is in years only where it is told in years: six months are six of none that the vocabulary knows.
    """
    if figure.kind == "period" and not is_calendar(figure):
        return rules.unit_of.get(lemma_of(figure))
    return rules.unit_of.get(figure.kind) or rules.unit_of.get(lemma_of(figure))


def bounds_of(figure: Quantity, unit: str | None, rules: Vocabulary) -> Bounds:
    """Low and high value in the unit: a fraction becomes a percentage; None for an open side."""
    factor = (rules.units[unit].scaled or {}).get(lemma_of(figure), 1) if unit else 1
    low, high = (None if one is None else round(one * factor, 9) for one in (figure.value_low, figure.value_high))
    return low, high


def is_calendar(figure: Quantity) -> bool:
    """A date, a year or a period between years, but not a duration."""
    return figure.kind in ("date", "year") or (figure.kind == "period" and not (figure.iso or "").startswith("P"))


def hedge_of(figure: Quantity) -> str:
    """How exact the figure is. A period is as exact as a date: its two ends do not bound an uncertain value."""
    return "exact" if is_calendar(figure) else figure.qualifier
