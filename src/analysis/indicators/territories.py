"""out_territories: how large each territory is, and its outline (pure)."""

from typing import TYPE_CHECKING

import polars as pl

from analysis.indicators._measured import area, phase_communes
from analysis.programme import NAME
from analysis.tables.fields import AREA, OF_TERRITORY, PHASE, POPULATION, REGION_CODE, TERRITORY_ID, count
from analysis.tables.groups import MEASURED
from analysis.tables.schema import Field, Table

if TYPE_CHECKING:
    import geopandas as gpd

TABLE = Table(
    "out_territories",
    f"{NAME} : membres, communes, population, superficie",
    (
        PHASE,
        TERRITORY_ID,
        Field("name", "Nom"),
        REGION_CODE,
        count("member_count", "Membres"),
        count("commune_count", "Communes"),
        POPULATION,
        AREA,
    ),
    ("phase", "territory_id"),
    (OF_TERRITORY,),
    geometry=True,
    group=MEASURED,
    rank=1,
)


def build(
    core_territories: pl.DataFrame,
    core_members: pl.DataFrame,
    core_communes: pl.DataFrame,
    core_commune_boundaries: pl.DataFrame,
    core_boundaries_detail: "gpd.GeoDataFrame",
) -> "gpd.GeoDataFrame":
    """Counts, population and area (km²) of each territory, with its outline of its phase."""
    import geopandas as gpd  # noqa: PLC0415 - only who builds the table needs it

    key = list(TABLE.key)
    members = core_members.group_by(key).agg(member_count=pl.len())
    sizes = (
        phase_communes(core_communes, core_commune_boundaries)
        .group_by(key)
        .agg(commune_count=pl.len(), population_2022=pl.col("population_2022").sum(), area_km2=area())
    )
    table = (
        core_territories.select("phase", "territory_id", "name", "region_code")
        .join(members, on=key, validate="1:1")
        .join(sizes, on=key, validate="1:1")
        .sort(key)
    )
    outlines = core_boundaries_detail
    shapes = {
        (int(layer[-1]), code): shape
        for layer, code, shape in zip(outlines["layer"], outlines["code"], outlines.geometry, strict=True)
        if layer.startswith("territory_")
    }
    geometry = [shapes[row] for row in table.select(key).iter_rows()]
    return gpd.GeoDataFrame(table.to_pandas(), geometry=geometry, crs=outlines.crs)
