"""out_employment_groups: private employees of the communes that stayed, entered, left, or never were in (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import STATUSES
from analysis.tables.fields import POPULATION, count
from analysis.tables.groups import CONTEXT
from analysis.tables.schema import Field, Table

COLUMN = "employees"
NEVER, EVERY = "never", "all"
GROUPS = (*STATUSES, NEVER, EVERY)
BASES = (2014, 2018)  # the label is of November 2018: what was before it is shown with what came after
PERIODS = ((2014, 2018), (2018, 2023))
DECIMALS = 4
TABLE = Table(
    "out_employment_groups",
    "Salariés du privé des communes restées, entrées, sorties, jamais labellisées",
    (
        Field("status", "Communes restées, sorties, entrées, jamais labellisées ; toutes", enum=GROUPS),
        Field("year", "Année", "integer"),
        count("commune_count", "Communes du groupe"),
        count("known_commune_count", "Communes du groupe dont le nombre de salariés est publié"),
        POPULATION,
        Field("employees", "Salariés du secteur privé", "integer", unit="employee", minimum=0),
        *(Field(f"index_{base}", f"Indice, 100 en {base}", "number", minimum=0) for base in BASES),
        *(Field(f"change_{a}_{b}_pct", f"Évolution du groupe de {a} à {b}", "number", unit="%") for a, b in PERIODS),
    ),
    ("status", "year"),
    group=CONTEXT,
    phases=2,
    rank=1,
)


def build(core_context: pl.DataFrame, core_communes: pl.DataFrame) -> pl.DataFrame:
    """A row a group of communes and year, of the ground as the lists of both phases have it; `all` is France."""
    told = phases.commune_status(core_communes).with_columns(pl.col("status").fill_null(NEVER))
    grouped = pl.concat([told, core_communes.with_columns(status=pl.lit(EVERY))])
    sizes = grouped.group_by("status").agg(commune_count=pl.len(), population_2022=pl.col("population_2022").sum())
    known = core_context.filter(column=COLUMN).select("year", commune_code="code", employees="value")
    counted = (
        grouped.join(known, on="commune_code")
        .group_by("status", "year")
        .agg(known_commune_count=pl.len(), employees=pl.col("employees").sum().cast(pl.Int64))
    )
    return counted.join(sizes, on="status", validate="m:1").with_columns(
        *((100 * pl.col("employees") / _in(base)).round(DECIMALS).alias(f"index_{base}") for base in BASES),
        *((100 * (_in(b) / _in(a) - 1)).round(DECIMALS).alias(f"change_{a}_{b}_pct") for a, b in PERIODS),
    )


def _in(year: int) -> pl.Expr:
    """The employees of a group in a year."""
    return pl.col("employees").filter(pl.col("year") == year).first().over("status")
