"""out_region_change: communes and inhabitants that stayed, left and entered, region by region (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import STATUSES
from analysis.tables.fields import POPULATION, REGION_OR_FRANCE, count, share
from analysis.tables.groups import BETWEEN_PHASES
from analysis.tables.schema import Field, Table

TABLE = Table(
    "out_region_change",
    "Communes et habitants restés, sortis et entrés dans chaque région",
    (
        REGION_OR_FRANCE,
        Field("region_name", "Région"),
        Field("status", "Dans le programme aux deux phases, sorti ou entré", enum=STATUSES),
        count("commune_count", "Communes"),
        share("commune_share_pct", "Part des communes de la région"),
        POPULATION,
        share("population_share_pct", "Part de la population de la région"),
    ),
    ("region_code", "status"),
    group=BETWEEN_PHASES,
    rank=4,
    stage="phases",
    phases=2,
)


def build(core_communes: pl.DataFrame, regions: pl.DataFrame) -> pl.DataFrame:
    """A row a region, or France, and status: see `registry.phases`."""
    return phases.region_change(core_communes, regions)
