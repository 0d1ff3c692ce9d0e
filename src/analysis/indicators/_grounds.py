"""Grounds that values are told for: territories, members, regions and France (pure)."""

import polars as pl

from analysis.tables.codes import ALL_GROUND, FRANCE, PHASES

GROUND = ("phase", "level", "code")


def grounds(communes: pl.DataFrame) -> pl.DataFrame:
    """A row a ground and commune of it: GROUND, then the columns of core_communes that name units.

    Phase ALL_GROUND is the whole of a region, or of France; phases 1 and 2 the part of it that the programme covers.
    """
    parts = [_of(communes, ALL_GROUND, "region", "region_code"), _france(communes, ALL_GROUND)]
    for phase in PHASES:
        inside = communes.drop_nulls(f"territory_{phase}")
        parts += [
            _of(inside, phase, "territory", f"territory_{phase}"),
            _of(inside, phase, "member", f"member_{phase}"),
            _of(inside, phase, "region", "region_code"),
            _france(inside, phase),
        ]
    return pl.concat(parts)


def _of(communes: pl.DataFrame, phase: int, level: str, code: str) -> pl.DataFrame:
    return communes.select(
        pl.lit(phase, pl.Int64).alias("phase"),
        pl.lit(level).alias("level"),
        pl.col(code).alias("code"),
        "commune_code", "epci_code", "ept_code", "department_code", "region_code", "population_2022",
    )  # fmt: skip


def _france(communes: pl.DataFrame, phase: int) -> pl.DataFrame:
    return _of(communes.with_columns(france=pl.lit(FRANCE)), phase, "country", "france")
