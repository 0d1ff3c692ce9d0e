"""The public API, `from analysis import Atlas`: tables by name, and what charts and sections make of them."""

import os
from collections.abc import Callable, Mapping
from html import escape
from inspect import BoundArguments, Parameter, signature
from pathlib import Path
from typing import Any, overload

import geopandas as gpd
import pandas as pd
import polars as pl
from IPython.display import Markdown

from analysis.charts.drawing import picture_files
from analysis.charts.drawing.picture import NOTEBOOK_DPI, PRINT_DPI, Picture
from analysis.charts.register import PLACE, Chart, chart_of, is_absent, may_be_none, tables_in
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.io.paths import FIGURES_VARIABLE
from analysis.programme import is_later
from analysis.registry.known_places import PHASE
from analysis.reports import dictionary
from analysis.reports.library import Library
from analysis.reports.reader import ReaderTable, foreign
from analysis.sources import provenance
from analysis.tables.register import absent_names

CREDIT = "credit"


class Atlas(Library):
    """The project's tables, and what is shown of them.

    `Atlas()` reads the whole tables of the project that the working directory is in; `Atlas.of_region("44")` and
    `Atlas.of_territory(2, "ti-4408")` read what the report of a place may see and refuse questions about another one.
    """

    def describe(self, name: str | None = None) -> pl.DataFrame:
        """The dictionary of a table, a row a column of it (column, title, type, unit, values); without a name, the
        list of tables (table, title, key). UnknownTableError for a name that no table has.
        """
        return dictionary.tables() if name is None else dictionary.columns(name)

    @overload
    def show(self, shown: Callable[..., Picture], *frames: Any, **given: Any) -> Picture: ...
    @overload
    def show(self, shown: Callable[..., ReaderTable], *frames: Any, **given: Any) -> ReaderTable: ...
    @overload
    def show(self, shown: Callable[..., str], *frames: Any, **given: Any) -> Markdown: ...
    def show(self, shown: Callable[..., Any], *frames: Any, **given: Any) -> Any:
        """What a chart draws, or a section tells, of the `frames`; tables that are not given are read whole.

        `given` are its other parameters by name, such as region_code="44", phase=1. A chart gets its credit line and,
        in a run of the pipeline, its files; a text the spacing of its language. Raises ParameterError for an unknown
        place, another place than the atlas', or parameters that it does not take; FigureError for an undeclared chart.
        Of what compares more phases than the programme has, and of a phase that it does not have, nothing is shown.
        """
        if is_absent(shown) or (PHASE in given and is_later(given[PHASE])):
            return None
        bound = _bound(shown, frames, given)
        self.require_place({name: value for name, value in given.items() if _is_place(shown, name, value)})
        for name, kind in tables_in(shown).items():
            if name not in bound.arguments:
                bound.arguments[name] = self._table_of(name, kind)
        if CREDIT in bound.signature.parameters:
            bound.arguments[CREDIT] = self.credit(chart_of(shown), bound.arguments)
        made = shown(**bound.arguments)
        if isinstance(made, Picture):
            self._write(made)
        return Markdown(typography.spaced(made)) if isinstance(made, str) else made

    def _table_of(self, name: str, kind: Any) -> pl.DataFrame | gpd.GeoDataFrame | None:
        if may_be_none(kind) and name in absent_names():
            return None
        return self.geo(name) if kind is gpd.GeoDataFrame else self.table(name)

    def _write(self, picture: Picture) -> None:
        """Leave the files of what a notebook shows to a run that wants them."""
        folder = os.environ.get(FIGURES_VARIABLE)
        if folder:
            picture_files.write(picture, Path(folder), PRINT_DPI if self.stem is None else NOTEBOOK_DPI)

    # --- credit ---

    def sources_of(self, chart: Chart, arguments: Mapping[str, Any] | None = None) -> list[str]:
        """Ids of the sources behind a chart: fixed ones, and those of the rows that it shows.

        `arguments` are its place, and its tables where they are not the whole ones; without the place that they
        depend on, the sources of rows are left out.
        """
        given = arguments or {}
        named: set[str] = set()
        if isinstance(chart.cited, str):
            named = set(given.get(chart.cited, self.table(chart.cited)).get_column("source_id"))
        elif chart.cited and all(one in given for one in signature(chart.cited).parameters if one in PLACE):
            needed = signature(chart.cited).parameters
            rows = chart.cited(**{one: given[one] if one in given else self.table(one) for one in needed})
            named = set(rows.get_column("source_id"))
        return sorted(provenance.with_updates({*chart.sources, *named}, self.sources))

    def credit(self, chart: Chart, arguments: Mapping[str, Any] | None = None) -> str:
        """Credit line of a chart; for `arguments` see sources_of."""
        return typography.spaced(provenance.credit_line(self.sources_of(chart, arguments), self.sources))

    def source_line(self, *source_ids: str, table: str | None = None) -> Markdown:
        """The source line at the end of a notebook: these sources, and those that the rows of a table name."""
        named = self.table(table).get_column("source_id").to_list() if table else []
        credit = provenance.credit_line(
            {*source_ids, *named}, self.sources, lambda title: foreign(escape(title, quote=False))
        )
        return Markdown(f"*{typography.spaced(credit)}*")


def _bound(shown: Callable[..., Any], frames: tuple[Any, ...], given: Mapping[str, Any]) -> BoundArguments:
    """The parameters that a call gives; ParameterError for one too many, one too few, or no table where one stands."""
    wanted, tables = signature(shown), tables_in(shown)
    try:
        bound = wanted.bind_partial(*frames, **given)
    except TypeError as error:
        raise _refused(shown, f"{error}.") from error
    for name, value in bound.arguments.items():
        if name in tables and not isinstance(value, pl.DataFrame | pd.DataFrame):
            raise _refused(shown, f"{name} is {value!r:.60}, not a table.")
    needed = [name for name, one in wanted.parameters.items() if one.default is Parameter.empty and name != CREDIT]
    missing = [name for name in needed if name not in tables and name not in bound.arguments]
    if missing:
        raise _refused(shown, f"{', '.join(missing)} not given.")
    return bound


def _refused(shown: Callable[..., Any], what: str) -> ParameterError:
    taken = ", ".join(f"{name}=…" for name in signature(shown).parameters if name != CREDIT)
    repair = f"It takes tables first, then the rest by name: atlas.show({shown.__name__}, {taken})."
    return ParameterError(what, where=shown.__name__, repair=repair)


def _is_place(shown: Callable[..., Any], name: str, value: Any) -> bool:
    return name in PLACE and value != signature(shown).parameters[name].default
