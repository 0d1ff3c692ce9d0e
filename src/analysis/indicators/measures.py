"""Core tables turned into what figures draw (pure)."""

import geopandas as gpd
import polars as pl

from analysis.registry.official_lists import PHASES

FRANCE = "FR"
SHARE_DECIMALS = 4
AREA_DECIMALS = 3


def phase_communes(communes: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """One row a phase and covered commune: phase, territory_id, member_code and the commune's columns and area_km2."""
    measured = communes.join(areas, on="commune_code", validate="1:1")
    parts = [
        measured.filter(pl.col(f"territory_{phase}").is_not_null()).select(
            pl.lit(phase, pl.Int64).alias("phase"),
            pl.col(f"territory_{phase}").alias("territory_id"),
            pl.col(f"member_{phase}").alias("member_code"),
            *(name for name in measured.columns if not name.startswith(("territory_", "member_"))),
        )
        for phase in PHASES
    ]
    return pl.concat(parts)


def territories(
    core_territories: pl.DataFrame,
    core_members: pl.DataFrame,
    covered: pl.DataFrame,
    outlines: gpd.GeoDataFrame,
) -> gpd.GeoDataFrame:
    """out_territories: counts, population and area of each territory, with its outline.

    `covered` comes from phase_communes, `outlines` from core_boundaries_detail (layers territory_1, territory_2).
    """
    key = ["phase", "territory_id"]
    members = core_members.group_by(key).agg(member_count=pl.len())
    sizes = covered.group_by(key).agg(
        commune_count=pl.len(), population_2022=pl.col("population_2022").sum(), area_km2=_area()
    )
    table = (
        core_territories.select("phase", "territory_id", "name", "region_code")
        .join(members, on=key, validate="1:1")
        .join(sizes, on=key, validate="1:1")
        .sort(key)
    )
    shapes = {
        (int(layer[-1]), code): shape
        for layer, code, shape in zip(outlines["layer"], outlines["code"], outlines.geometry, strict=True)
        if layer.startswith("territory_")
    }
    geometry = [shapes[row] for row in table.select(key).iter_rows()]
    return gpd.GeoDataFrame(table.to_pandas(), geometry=geometry, crs=outlines.crs)


def region_coverage(
    communes: pl.DataFrame,
    areas: pl.DataFrame,
    covered: pl.DataFrame,
    core_territories: pl.DataFrame,
    regions: pl.DataFrame,
) -> pl.DataFrame:
    """out_region_coverage: a row a phase and region, and France; a region without a territory shows 0, not a gap.

    Territories count in the region of their id; communes, population and area in each commune's own region.
    """
    measured = communes.join(areas, on="commune_code", validate="1:1")
    wholes = _with_france(measured, _sizes("all_"))
    parts = _with_france(covered, _sizes(""), "phase")
    counts = _with_france(core_territories, [pl.len().alias("territory_count")], "phase")
    names = pl.concat(
        [
            regions.select("region_code", region_name="name"),
            pl.DataFrame({"region_code": [FRANCE], "region_name": ["France"]}),
        ]
    )
    grid = names.join(pl.DataFrame({"phase": list(PHASES)}, schema={"phase": pl.Int64}), how="cross")
    return (
        grid.join(wholes, on="region_code", validate="m:1")
        .join(parts, on=["phase", "region_code"], how="left", validate="1:1")
        .join(counts, on=["phase", "region_code"], how="left", validate="1:1")
        .with_columns(pl.col("territory_count", "commune_count", "population_2022", "area_km2").fill_null(0))
        .with_columns(
            _share("commune_count").alias("commune_share_pct"),
            _share("population_2022").alias("population_share_pct"),
            _share("area_km2").alias("area_share_pct"),
        )
    )


def _sizes(prefix: str) -> list[pl.Expr]:
    return [
        pl.len().alias(f"{prefix}commune_count"),
        pl.col("population_2022").sum().alias(f"{prefix}population_2022"),
        _area().alias(f"{prefix}area_km2"),
    ]


def _area() -> pl.Expr:
    # Sorted before summing, then rounded: the same sum whatever the order of rows or the number of threads.
    return pl.col("area_km2").sort().sum().round(AREA_DECIMALS)


def _share(column: str) -> pl.Expr:
    return (100 * pl.col(column) / pl.col(f"all_{column}")).round(SHARE_DECIMALS)


def _with_france(frame: pl.DataFrame, aggregates: list[pl.Expr], *keys: str) -> pl.DataFrame:
    by_region = frame.group_by(*keys, "region_code").agg(aggregates)
    france = frame.with_columns(region_code=pl.lit(FRANCE)).group_by(*keys, "region_code").agg(aggregates)
    return pl.concat([by_region, france])
