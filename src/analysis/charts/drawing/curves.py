"""Curves over years: their scales, and where names stand beside their ends."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from matplotlib.axes import Axes

from analysis.i18n import typography

SIZE: Final = 8.5  # points of what is written


def over_years(axes: Axes, years: Sequence[int], span: tuple[float, float], ticks: Sequence[float]) -> None:
    """Scales that name every second year, and the heights `ticks`, each with a line across."""
    axes.set(xlim=(years[0] - 0.2, years[-1] + 0.2), ylim=span)
    axes.set_xticks(years[::2], list(map(str, years[::2])), fontsize=SIZE)
    axes.set_yticks(ticks, list(map(typography.number, ticks)), fontsize=SIZE)
    axes.grid(axis="y")
    axes.set_axisbelow(True)


def apart(ends: Iterable[float], room: float) -> list[float]:
    """Heights of names beside the ends of curves, the lowest first: each at its end, or `room` above the one below."""
    return list(accumulate(ends, lambda below, end: max(end, below + room)))
