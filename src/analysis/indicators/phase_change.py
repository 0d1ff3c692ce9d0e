"""out_phase_change: where each territory of phase 2 comes from (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import CHANGES
from analysis.tables.fields import of_side, share
from analysis.tables.schema import Field

TABLE = of_side(
    "out_phase_change",
    "Ce dont vient chaque territoire de la phase 2",
    2,
    Field("change", "Ce qui l’a fait", enum=CHANGES),
    "Territoires de la phase 1 dont il vient",
    share("shared_population_share_pct", "Part de ses habitants qui vivent dans ces territoires"),
    rank=1,
)


def build(core_territories: pl.DataFrame, core_communes: pl.DataFrame) -> pl.DataFrame:
    """A row a territory of phase 2: see `registry.phases`."""
    return phases.phase_change(core_territories, core_communes)
