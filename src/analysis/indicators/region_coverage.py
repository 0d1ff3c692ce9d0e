"""out_region_coverage: what part of each region, and of France, the programme covers (pure)."""

import polars as pl

from analysis.indicators._measured import area, phase_communes
from analysis.tables.codes import COUNTRY, FRANCE, PHASES
from analysis.tables.fields import AREA, PHASE, POPULATION, REGION_OR_FRANCE, count, share
from analysis.tables.groups import MEASURED
from analysis.tables.schema import Field, Table

SHARE_DECIMALS = 4
TABLE = Table(
    "out_region_coverage",
    "Part de chaque région couverte par le programme",
    (
        PHASE,
        REGION_OR_FRANCE,
        Field("region_name", "Région"),
        count("territory_count", "Territoires"),
        count("commune_count", "Communes couvertes"),
        share("commune_share_pct", "Part des communes"),
        POPULATION,
        share("population_share_pct", "Part de la population"),
        AREA,
        share("area_share_pct", "Part de la superficie"),
    ),
    ("phase", "region_code"),
    group=MEASURED,
    rank=2,
)


def build(
    core_territories: pl.DataFrame,
    core_communes: pl.DataFrame,
    core_commune_boundaries: pl.DataFrame,
    regions: pl.DataFrame,
) -> pl.DataFrame:
    """A row a phase and region, and France; a region without a territory shows 0, not a gap.

    Territories count in the region of their id; communes, population and area in each commune's own region.
    """
    measured = core_communes.join(core_commune_boundaries, on="commune_code", validate="1:1")
    wholes = _with_france(measured, _sizes("all_"))
    parts = _with_france(phase_communes(core_communes, core_commune_boundaries), _sizes(""), "phase")
    counts = _with_france(core_territories, [pl.len().alias("territory_count")], "phase")
    country = pl.DataFrame({"region_code": [FRANCE], "region_name": [COUNTRY]})
    names = pl.concat([regions.select("region_code", region_name="name"), country])
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
        area().alias(f"{prefix}area_km2"),
    ]


def _share(column: str) -> pl.Expr:
    return (100 * pl.col(column) / pl.col(f"all_{column}")).round(SHARE_DECIMALS)


def _with_france(frame: pl.DataFrame, aggregates: list[pl.Expr], *keys: str) -> pl.DataFrame:
    by_region = frame.group_by(*keys, "region_code").agg(aggregates)
    france = frame.with_columns(region_code=pl.lit(FRANCE)).group_by(*keys, "region_code").agg(aggregates)
    return pl.concat([by_region, france])
