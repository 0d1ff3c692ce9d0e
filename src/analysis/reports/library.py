"""The processed tables and their sources, each read once, and the facts that pages ask of them."""

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any, Self

import geopandas as gpd
import pandas as pd
import polars as pl
from IPython.display import Markdown

from analysis import ledger
from analysis.charts.drawing import picture_files
from analysis.charts.drawing.picture import NOTEBOOK_DPI, PRINT_DPI, Picture
from analysis.charts.figure_sources import FIGURE_SOURCES, entry_of
from analysis.errors import AtlasError, MissingFileError, ParameterError, UnknownTableError
from analysis.extraction import vocabulary
from analysis.i18n import typography
from analysis.io import store
from analysis.io.bundle import Frame
from analysis.io.nearness import did_you_mean
from analysis.io.paths import FIGURES_VARIABLE, RAW, SLICES, require_project
from analysis.registry import known_places, phases
from analysis.registry.known_places import of_known_place
from analysis.reports import slices
from analysis.reports.reader import foreign
from analysis.reports.stems import SHARED, region_stem, territory_stem
from analysis.sources import provenance
from analysis.tables import TABLES

CONTRACTS_PHASE = 1
TERRITORIES = "core_territories"
CHANGE_COLUMNS = ("out_phase_change", "change", "phase1_ids")
CONTRACTS_FIGURE = re.compile(rf"region_map_(\d\d)_phase{CONTRACTS_PHASE}")


class Library:
    """The project's processed tables, or the slice of them that one report may see.

    `root` is found from the working directory, so that a notebook runs in its own folder as well as in the
    project's. `stem` names the report: see `slices`.
    """

    def __init__(
        self, root: Path | None = None, stem: str | None = None, place: Mapping[str, Any] | None = None
    ) -> None:
        self.root, self.stem, self.place = root or require_project(), stem, dict(place or {})
        self.table = cache(self._table)

    @classmethod
    def of_region(cls, region_code: str, root: Path | None = None) -> Self:
        """What the report of a region may see; ParameterError for what is no region's code."""
        return cls._of(root, region_stem(region_code), region_code=region_code)

    @classmethod
    def of_territory(cls, phase: int, territory_id: str, root: Path | None = None) -> Self:
        """What the sheet of a territory may see; ParameterError for what is no territory of the phase."""
        return cls._of(root, territory_stem(phase, territory_id), phase=phase, territory_id=territory_id)

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
        if self.stem is None:
            return store.read_table(name, self.root)
        found = self._part(name)
        return found if isinstance(found, pl.DataFrame) else pl.from_pandas(found.drop(columns="geometry"))

    def _geo(self, name: str) -> gpd.GeoDataFrame:
        return store.read_geo(name, self.root) if self.stem is None else self._part(name)

    @cached_property
    def sources(self) -> dict[str, provenance.Source]:
        """Every source by id."""
        if self.stem is None:
            return provenance.load_sources(self.root / RAW / "sources.yaml")
        rows = self.table(slices.SOURCES).iter_rows()
        return {name: provenance.Source.model_validate_json(text) for name, text in rows}

    @cached_property
    def territories(self) -> gpd.GeoDataFrame:
        """out_territories with its outlines."""
        return self._geo("out_territories")

    @cached_property
    def overview(self) -> gpd.GeoDataFrame:
        """Boundaries for national maps."""
        return self._geo("core_boundaries_overview")

    @cached_property
    def detail(self) -> gpd.GeoDataFrame:
        """Boundaries for regional maps."""
        found = self._geo("core_boundaries_detail")
        if self.stem is None:
            return found
        return gpd.GeoDataFrame(pd.concat([self._part(slices.REGIONS), found], ignore_index=True), crs=found.crs)

    @cached_property
    def commune_outlines(self) -> gpd.GeoDataFrame:
        """Cleaned commune polygons."""
        return self._geo("core_commune_boundaries")

    def shown(self, picture: Picture) -> Picture:
        """The picture; a run that wants the files of what its notebook shows gets them."""
        folder = os.environ.get(FIGURES_VARIABLE)
        if folder:
            dpi = PRINT_DPI if self.stem is None else NOTEBOOK_DPI
            picture_files.write(picture, Path(folder), dpi)
        return picture

    # --- credit ---

    def sources_of(self, figure: str) -> list[str]:
        """Ids of the sources behind a figure, by its name: fixed ones, and those of its table."""
        fixed, table = FIGURE_SOURCES[entry_of(figure)]
        named = self.table(table).get_column("source_id").to_list() if table else []
        contracts = CONTRACTS_FIGURE.fullmatch(figure)
        if contracts:
            named = self.contracts(contracts[1]).get_column("source_id").to_list()
        return sorted(provenance.with_updates({*fixed, *named}, self.sources))

    def credit(self, figure: str) -> str:
        """Credit line of a figure."""
        return typography.spaced(provenance.credit_line(self.sources_of(figure), self.sources))

    def source_line(self, *source_ids: str, table: str | None = None) -> Markdown:
        """The source line at the end of a notebook: these sources, and those that the rows of a table name."""
        named = self.table(table).get_column("source_id").to_list() if table else []
        credit = provenance.credit_line(
            {*source_ids, *named}, self.sources, lambda title: foreign(escape(title, quote=False))
        )
        return Markdown(f"*{typography.spaced(credit)}*")

    @cached_property
    def sourced(self) -> pl.DataFrame:
        """The ledger with the source and the sentence beside each verdict."""
        if self.stem is not None:
            return self.table(slices.JUDGED)
        rules = vocabulary.parse(provenance.load_vocabulary(self.root / RAW / "vocabulary.yaml"))
        labels = {name: one.label for name, one in rules.concepts.items()}
        return ledger.sourced(self.table("out_ledger"), self.table("core_claims"), self.sources, labels)

    @cached_property
    def judged(self) -> pl.DataFrame:
        """The ledger with what readers need beside each verdict, in the language in force at first."""
        return ledger.worded(self.sourced)

    # --- facts ---

    def claim_sources(self) -> list[str]:
        """Sources of the published figures about the report's place."""
        return self.table("core_claims").get_column("source_id").to_list()

    @of_known_place
    def other_phase(self, phase: int, territory_id: str) -> dict[str, Any]:
        """A territory's id and name, the word for its change and that for its group, the names of those it is linked
        with, and the share of its inhabitants that live in them (for phase two; None for phase one).
        """
        table, word, ids = ("out_phase1_fate", "fate", "phase2_ids") if phase == 1 else CHANGE_COLUMNS
        row = self.table(table).filter(pl.col(f"phase{phase}_id") == territory_id).row(0, named=True)
        others = self.table("core_territories").filter(pl.col("territory_id").is_in(row[ids]), phase=3 - phase)
        told = phases.groups(self.table("out_phase_change"), self.table("out_phase1_fate"))
        share = row.get("shared_population_share_pct")
        return {
            "territory_id": territory_id,
            "name": row[f"phase{phase}_name"],
            "word": row[word],
            "group": told.filter(phase=phase, territory_id=territory_id).item(0, "group"),
            "others": sorted(others["name"]),
            "share_pct": share,
        }

    @of_known_place
    def region_name(self, region_code: str) -> str:
        """Name of a region."""
        return str(self.table("core_territories").filter(region_code=region_code).item(0, "region_name"))

    @cached_property
    def france_shares(self) -> pl.DataFrame:
        """Shares of the country in both phases, as precise as they are written."""
        if self.stem is not None:
            return self.table(slices.FRANCE)
        return slices.france_shares(self.table("out_region_coverage"))

    @of_known_place
    def region_territories(self, region_code: str, phase: int) -> pl.DataFrame:
        """Rows of out_territories of a region and phase."""
        return self.table("out_territories").filter(phase=phase, region_code=region_code)

    @of_known_place
    def contracts(self, region_code: str) -> pl.DataFrame:
        """Signed contracts that sources name in a region."""
        place = self.region_name(region_code)
        return self.table("out_enumerations").filter(concept="signed_contracts", place=place)

    @of_known_place
    def announced_contracts(self, region_code: str) -> dict[str, Any] | None:
        """The row of core_claims that says how many contracts were signed in a region; None where no source does."""
        claims = self.table("core_claims").filter(concept="signed_contracts", place=self.region_name(region_code))
        return claims.row(0, named=True) if claims.height else None
