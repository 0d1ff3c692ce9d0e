"""The processed tables and their sources, each read once, whole or as the slice that one report may see."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Self

import geopandas as gpd
import pandas as pd
import polars as pl

from analysis import ledger
from analysis.charts.register import VIEWS
from analysis.errors import AtlasError, MissingFileError, ParameterError, UnknownTableError
from analysis.extraction import vocabulary
from analysis.io import store
from analysis.io.bundle import Frame
from analysis.io.nearness import did_you_mean
from analysis.io.paths import LAYERS, RAW, SLICES, require_project
from analysis.registry import known_places, memberships, whereabouts
from analysis.reports import views
from analysis.reports.stems import SHARED, region_stem, territory_stem
from analysis.sources import context, provenance
from analysis.tables import TABLES, codes
from analysis.tables.register import absent_names, declaration
from analysis.tables.schema import from_rows

DETAIL = "core_boundaries_detail"
TERRITORIES = "core_territories"
STOOD = ("core_communes", "core_edition_members", "core_edition_territories", "core_memberships")  # of every edition


class Library:
    """The project's processed tables, or the slice of them that one report may see.

    `root` is found from the working directory, so that a notebook runs in its own folder as well as in the
    project's. `stem` names the report: see `slices`.
    """

    def __init__(
        self, root: Path | None = None, stem: str | None = None, place: Mapping[str, Any] | None = None
    ) -> None:
        self.root, self.stem, self.place = root or require_project(), stem, dict(place or {})
        self.day = ""
        self.table, self.geo = cache(self._table), cache(self._geo)

    @classmethod
    def of_region(cls, region_code: str, root: Path | None = None) -> Self:
        """What the report of a region may see; ParameterError for what is no region's code."""
        return cls._of(root, region_stem(region_code), region_code=region_code)

    @classmethod
    def of_territory(cls, phase: int, territory_id: str, root: Path | None = None) -> Self:
        """What the sheet of a territory may see; ParameterError for what is no territory of the phase."""
        return cls._of(root, territory_stem(phase, territory_id), phase=phase, territory_id=territory_id)

    @classmethod
    def on(cls, day: str | date, root: Path | None = None) -> Self:
        """The lists as they stood on a day (`2020-10-15`): core_territories, core_members, core_communes, and no other
        table. A phase without a list yet has no row; a list of communes says no member. ParameterError before the first
        edition, with the days that are known.
        """
        found = cls(root)
        found.day = whereabouts.as_day(day)
        whereabouts.require_known(store.read_table("out_editions", found.root), found.day)
        return found

    @cached_property
    def _stood(self) -> dict[str, pl.DataFrame]:
        """The lists of the day."""
        editions = store.read_table("out_editions", self.root)
        held = [row for phase in codes.PHASES if (row := memberships.at_day(editions, phase, self.day))]
        return memberships.as_stood(
            {one: store.read_table(one, self.root) for one in STOOD}, [one["id"] for one in held]
        )

    @classmethod
    def _of(cls, root: Path | None, stem: str, **place: Any) -> Self:
        found = cls(root, stem, place)
        if not (known_places.are_typed(place) and store.has_slice(stem, found.root)):
            found._require_known(place)
        return found

    def _require_known(self, given: Mapping[str, Any]) -> None:
        """ParameterError for an unknown place; only then the départements are read, which it may have been."""
        territories = self.table(TERRITORIES) if self.stem is None else store.read_table(TERRITORIES, self.root)
        with suppress(ParameterError):
            return known_places.require(given, territories)
        return known_places.require(given, territories, self._departments())

    def _departments(self) -> pl.DataFrame | None:
        """The raw table; None where a stage or a worker of a cluster has none, whose errors then say a little less."""
        try:
            return store.read_raw("departments", self.root)
        except AtlasError:
            return None

    def require_place(self, given: Mapping[str, Any]) -> None:
        """ParameterError unless the region, phase or territory `given` is known, and this report's own if it is one."""
        if given and self.stem is None:
            self._require_known(given)
        elif known_places.PHASE in given:
            known_places.require_phase(given[known_places.PHASE])
        for name in given.keys() & self.place.keys():
            if given[name] != self.place[name]:
                what = f"{name} is {given[name]!r}, but this atlas was made for {self.place[name]!r}."
                raise ParameterError(what, repair="Run again the cell that makes the atlas, then this one.")

    @cached_property
    def slice(self) -> dict[str, Frame]:
        """The report's tables by name."""
        return store.read_slice(SHARED, self.root) | store.read_slice(str(self.stem), self.root)

    def _part(self, name: str) -> Any:
        if name in self.slice:
            return self.slice[name]
        if name not in TABLES:
            what = f"no table is named {name!r:.60}.{did_you_mean(name, {**TABLES, **self.slice})}"
            repair = f"The report reads: {', '.join(sorted(self.slice))}."
            raise UnknownTableError(what, where=SLICES, repair=repair)
        what = f"the slice of {self.stem} holds no {name}: a report reads its slice and nothing else."
        repair = (
            f'Read it whole, `Atlas().table("{name}")`, or add the rows it needs in src/analysis/reports/slices.py.'
        )
        raise MissingFileError(what, where=SLICES, repair=repair)

    def _table(self, name: str) -> pl.DataFrame:
        """A table by name, without outlines, or one of the views of them: see VIEWS.

        One that compares more phases than the programme has is without rows.
        """
        if name in absent_names():
            return from_rows(declaration(name), [])
        if self.day:
            return self._of_day(name)
        if name == views.JUDGED:
            return self.judged
        if self.stem is None:
            return self._view(name) if name in VIEWS else store.read_table(name, self.root)
        found = self._part(name)
        return found if isinstance(found, pl.DataFrame) else pl.from_pandas(found.drop(columns="geometry"))

    def _view(self, name: str) -> pl.DataFrame:
        """What is made of whole tables for readers."""
        tables = [self.table(one) for one in VIEWS[name]]
        return views.LAYERS[name](*tables, self.layers) if name in views.LAYERS else views.MADE[name](*tables)

    def _of_day(self, name: str) -> pl.DataFrame:
        if name not in self._stood:
            what = f"{name} is not known as of {self.day}: the lists alone are."
            repair = f"Ask for {', '.join(self._stood)}, or for the newest: Atlas().table({name!r})."
            raise ParameterError(what, repair=repair)
        return self._stood[name]

    def _geo(self, name: str) -> gpd.GeoDataFrame:
        """A table by name with its outlines (WGS 84); in a slice, regions are kept apart: every report draws them."""
        if self.day:
            self._of_day(name)
        if self.stem is None:
            return store.read_geo(name, self.root)
        found = self._part(name)
        if name != DETAIL:
            return found
        return gpd.GeoDataFrame(pd.concat([self._part(views.REGIONS), found], ignore_index=True), crs=found.crs)

    @cached_property
    def sources(self) -> dict[str, provenance.Source]:
        """Every source by id."""
        if self.stem is None:
            return provenance.load_sources(self.root / RAW / "sources.yaml")
        rows = self.table(views.SOURCES).iter_rows()
        return {name: provenance.Source.model_validate_json(text) for name, text in rows}

    @cached_property
    def layers(self) -> dict[str, context.Layer]:
        """The context layers as they are declared, by id."""
        return context.load(self.root / LAYERS)

    @cached_property
    def sourced(self) -> pl.DataFrame:
        """The ledger with the source and the sentence beside each verdict."""
        if self.stem is not None:
            return pl.DataFrame(self.slice[views.JUDGED])
        rules = vocabulary.parse(provenance.load_vocabulary(self.root / RAW / "vocabulary.yaml"))
        labels = {name: one.label for name, one in rules.concepts.items()}
        return ledger.sourced(self.table("out_ledger"), self.table("core_claims"), self.sources, labels)

    @cached_property
    def judged(self) -> pl.DataFrame:
        """The ledger with what readers need beside each verdict, in the language in force at first."""
        return ledger.worded(self.sourced)
