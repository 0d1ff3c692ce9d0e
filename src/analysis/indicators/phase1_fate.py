"""out_phase1_fate: what became of each territory of phase 1 (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import FATES
from analysis.tables.fields import TERRITORY, territory_in
from analysis.tables.groups import BETWEEN_PHASES
from analysis.tables.schema import Field, Table

TABLE = Table(
    "out_phase1_fate",
    "Ce qu’est devenu chaque territoire de la phase 1",
    (
        Field("phase1_id", "Territoire de la phase 1", pattern=TERRITORY),
        Field("phase1_name", "Son nom"),
        Field("fate", "Ce qu’il est devenu", enum=FATES),
        Field("phase2_ids", "Territoires de la phase 2 qui en viennent", "list", pattern=TERRITORY),
    ),
    ("phase1_id",),
    (territory_in("phase1_id"),),
    group=BETWEEN_PHASES,
    rank=2,
    stage="phases",
)


def build(core_territories: pl.DataFrame, core_communes: pl.DataFrame) -> pl.DataFrame:
    """A row a territory of phase 1: see `registry.phases`."""
    return phases.phase1_fate(core_territories, core_communes)
