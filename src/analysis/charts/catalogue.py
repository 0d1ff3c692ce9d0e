"""Every figure of the atlas, found in the modules beside this one: a new module needs no other line."""

from functools import cache
from typing import Any, NamedTuple

from analysis import charts as package
from analysis.charts.register import CHARTS, Chart, is_absent
from analysis.errors import FigureError
from analysis.io.imports import load_modules
from analysis.io.nearness import did_you_mean

WHERE = "src/analysis/charts"


class Figure(NamedTuple):
    """A figure by the name of its files: its chart, and the place that the name tells."""

    chart: Chart
    place: dict[str, Any]


@cache
def charts() -> dict[str, Chart]:
    """Every declared chart that the programme has by name, in the order of the alphabet."""
    load_modules(package)
    return {name: one for name, one in sorted(CHARTS.items()) if not is_absent(one.draw)}


def figure_named(name: str) -> Figure:
    """The figure whose files have this name (`region_map_44_phase1`); FigureError when no chart draws it."""
    for one in charts().values():
        place = one.place_in(name)
        if place is not None:
            return Figure(one, place)
    entries = [one.entry for one in charts().values()]
    what = f"nothing says where the figure {name} is from.{did_you_mean(name, entries)}"
    raise FigureError(what, where=WHERE, repair=f"Declare it with @chart(sources=…) in a module of {WHERE}.")
