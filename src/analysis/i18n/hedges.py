"""Published figures in words, with the hedge that their source gave them."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.i18n.language import N_, tr


def interval(claim: Mapping[str, Any], write: Callable[[Any], str]) -> str:
    """A published figure in words, hedge first: `plus de 300`, `près de 4 500`, `de 1 200 à 1 300`."""
    low, high = claim["value_low"], claim["value_high"]
    match claim["qualifier"]:
        case "between":
            return tr("de {low} à {high}").format(low=write(low), high=write(high))
        case "exact":
            return write(low)
        case other:
            return f"{tr(HEDGES[other])} {write(high if low is None else low)}"


HEDGES: Mapping[str, str] = {
    "approximately": N_("environ"),
    "nearly": N_("près de"),
    "more_than": N_("plus de"),
    "less_than": N_("moins de"),
    "at_least": N_("au moins"),
    "at_most": N_("au plus"),
}
