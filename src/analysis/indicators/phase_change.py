"""out_phase_change: where each territory of phase 2 comes from (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import CHANGES
from analysis.tables.fields import TERRITORY, share, territory_in
from analysis.tables.groups import BETWEEN_PHASES
from analysis.tables.schema import Field, Table

TABLE = Table(
    "out_phase_change",
    "Ce dont vient chaque territoire de la phase 2",
    (
        Field("phase2_id", "Territoire de la phase 2", pattern=TERRITORY),
        Field("phase2_name", "Son nom"),
        Field("change", "Ce qui l’a fait", enum=CHANGES),
        Field("phase1_ids", "Territoires de la phase 1 dont il vient", "list", pattern=TERRITORY),
        share("shared_population_share_pct", "Part de ses habitants qui vivent dans ces territoires"),
    ),
    ("phase2_id",),
    (territory_in("phase2_id"),),
    group=BETWEEN_PHASES,
    rank=1,
    stage="phases",
)


def build(core_territories: pl.DataFrame, core_communes: pl.DataFrame) -> pl.DataFrame:
    """A row a territory of phase 2: see `registry.phases`."""
    return phases.phase_change(core_territories, core_communes)
