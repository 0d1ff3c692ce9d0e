"""Which ground stayed in the programme, left it or entered it (pure)."""

from typing import Final

import polars as pl

from analysis.tables.codes import COUNTRY, FRANCE, PHASES, STATUSES

SHARE_DECIMALS: Final = 4


def commune_status(communes: pl.DataFrame) -> pl.DataFrame:
    """core_communes with `status`: kept, left or entered; null outside the programme in both phases."""
    return communes.with_columns(status=status_of(*(pl.col(f"territory_{phase}").is_not_null() for phase in PHASES)))


def status_of(first: pl.Expr, second: pl.Expr) -> pl.Expr:
    """One of STATUSES, by whether a row is in the programme in each phase; null where it is in neither."""
    kept, left, entered = map(pl.lit, STATUSES)
    return pl.when(first & second).then(kept).when(first).then(left).when(second).then(entered)


def region_change(communes: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """out_region_change: communes and inhabitants kept, left and entered, in number and share, a row a status.

    Each commune counts in its own region; every region has every status, with 0 where there is nothing, and so has
    France. Takes core_communes and the raw regions.
    """
    france = communes.with_columns(region_code=pl.lit(FRANCE))
    everywhere = commune_status(pl.concat([communes, france]))
    sizes = (pl.len().cast(pl.Int64).alias("commune_count"), pl.col("population_2022").sum())
    wholes = everywhere.group_by("region_code").agg(one.name.prefix("all_") for one in sizes)
    counts = everywhere.drop_nulls("status").group_by("region_code", "status").agg(sizes)
    names = regions.select("region_code", region_name="name").vstack(
        pl.DataFrame({"region_code": [FRANCE], "region_name": [COUNTRY]})
    )
    share = [
        (100 * pl.col(f"{what}") / pl.col(f"all_{what}")).fill_nan(0.0).round(SHARE_DECIMALS).alias(name)
        for what, name in (("commune_count", "commune_share_pct"), ("population_2022", "population_share_pct"))
    ]
    return (
        names.join(pl.DataFrame({"status": STATUSES}), how="cross")
        .join(wholes, on="region_code", validate="m:1")
        .join(counts, on=["region_code", "status"], how="left", validate="1:1")
        .with_columns(pl.col("commune_count", "population_2022").fill_null(0))
        .with_columns(share)
        .select(pl.exclude("^all_.*$"))
        .sort("region_code", "status")
    )
