"""out_phase1_fate: what became of each territory of phase 1 (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import FATES
from analysis.tables.fields import of_side
from analysis.tables.schema import Field

TABLE = of_side(
    "out_phase1_fate",
    "Ce qu’est devenu chaque territoire de la phase 1",
    1,
    Field("fate", "Ce qu’il est devenu", enum=FATES),
    "Territoires de la phase 2 qui en viennent",
    rank=2,
)


def build(core_territories: pl.DataFrame, core_communes: pl.DataFrame) -> pl.DataFrame:
    """A row a territory of phase 1: see `registry.phases`."""
    return phases.phase1_fate(core_territories, core_communes)
