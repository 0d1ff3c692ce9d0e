"""Values of the context layers as readers see them, by their kind (pure)."""

from typing import Final

from analysis.i18n import typography

COUNT: Final = "count"
CHANGED: Final = "change"  # of a count between two years; the other kinds are shares of something


def written(kind: str, value: float, decimals: int = typography.SHARE_DECIMALS) -> str:
    """`19 088`, `+2,8 %`, `11,1 %`."""
    if kind == COUNT:
        return typography.number(value)
    return typography.signed(value, decimals) if kind == CHANGED else typography.percent(value, decimals)
