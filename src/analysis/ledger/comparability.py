"""Whether two published figures speak of the same thing: unit, phase, place and period (pure).

A date (`2018-11-22`, `2018-11`) says when something was so; a year or a span of years is a period over which an
amount is counted. Amounts of different periods say nothing against each other, but that a part exceeds its whole.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal

from analysis.i18n.language import N_
from analysis.i18n.periods import year_span
from analysis.ledger.agreement import limits

Difference = Literal["unit", "phase", "place", "within", "around", "overlapping", "disjoint", "unstated"]
SHARE: Final = "%"  # made of a part and of a whole, whose units and places are others by nature
PERIOD: Final = N_("Non comparable : ce chiffre porte sur une période ({date}), {other} sur une autre ({other_date}).")
# What is said of each difference; {other} is the other figure in words.
REASONS: Final[Mapping[Difference, str]] = {
    "unit": N_("Non comparable : ce chiffre et {other} n’ont pas la même unité."),
    "phase": N_("Non comparable : ce chiffre et {other} ne portent pas sur la même phase."),
    "place": N_("Non comparable : ce chiffre et {other} ne portent pas sur le même lieu."),
    "unstated": N_("Non comparable : de ce chiffre ({date}) et de {other} ({other_date}), un seul dit sa période."),
    "within": PERIOD,
    "around": PERIOD,
    "overlapping": PERIOD,
    "disjoint": PERIOD,
}


def differences(claim: Mapping[str, Any], other: Mapping[str, Any]) -> list[Difference]:
    """In what two rows of core_claims differ; `within`: the period of the first lies in that of the second."""
    plain: tuple[Difference, ...] = ("phase",) if claim["unit"] == SHARE else ("unit", "phase", "place")
    found = [name for name in plain if claim[name] != other[name]]
    period = _periods(*(year_span(one["as_of"] or "") for one in (claim, other)))
    return [*found, period] if period else found


def _periods(first: tuple[int | None, int | None], second: tuple[int | None, int | None]) -> Difference | None:
    """How two periods differ; nothing when they are the same, or when both figures are of a date."""
    (since, until), (other_since, other_until) = first, second
    if first == second:
        return None
    if since is None or until is None or other_since is None or other_until is None:
        return "unstated"
    if other_since <= since and until <= other_until:
        return "within"
    if since <= other_since and other_until <= until:
        return "around"
    return "disjoint" if until < other_since or other_until < since else "overlapping"


def is_comparable(claim: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two figures are of the same thing and period; a date, which a text may have given to both, is none."""
    return set(differences(claim, other)) <= {"unstated"}


def obstacle(
    claim: Mapping[str, Any], others: Iterable[Mapping[str, Any]], across: Collection[str]
) -> tuple[Difference, Mapping[str, Any]] | None:
    """The first difference that a check does not allow for, and the figure that differs."""
    pairs = ((name, other) for other in others for name in differences(claim, other) if name not in across)
    return next(pairs, None)


def is_impossible(claim: Mapping[str, Any], value: float, difference: Difference) -> bool:
    """Whether an amount exceeds that of a longer period, `value`, or is less than that of a part of its own."""
    low, high, _ = limits(claim)
    return (difference == "within" and low > value) or (difference == "around" and high < value)
