"""Communes of the programme, and their areas added up (pure)."""

import polars as pl

from analysis.tables.codes import PHASES

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


def area() -> pl.Expr:
    """Sum of area_km2: sorted first, then rounded, it is the same whatever the order of rows or number of threads."""
    return pl.col("area_km2").sort().sum().round(AREA_DECIMALS)
