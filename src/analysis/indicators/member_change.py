"""out_member_change: members that stayed, left and entered (pure)."""

import polars as pl

from analysis.registry import phases
from analysis.tables.codes import KINDS, STATUSES
from analysis.tables.fields import POPULATION, SIREN, TERRITORY, count, territory_in
from analysis.tables.groups import BETWEEN_PHASES
from analysis.tables.schema import Field, Table

TABLE = Table(
    "out_member_change",
    "Membres restés, sortis et entrés entre les deux phases",
    (
        Field("member_code", "SIREN du membre au COG 2024", pattern=SIREN),
        Field("member_kind", "Nature du membre", enum=KINDS),
        Field("status", "Membre dans les deux phases, sorti ou entré", enum=STATUSES),
        Field("phase1_id", "Son territoire de la phase 1", required=False, pattern=TERRITORY),
        Field("phase2_id", "Son territoire de la phase 2", required=False, pattern=TERRITORY),
        Field("member_name", "Nom du membre"),
        count("commune_count", "Communes"),
        POPULATION,
        Field(
            "other_phase_population_2022",
            "Habitants dont la commune relève du programme dans la phase où le membre n’en est pas un",
            "integer",
            unit="inhabitant",
            minimum=0,
        ),
    ),
    ("member_code",),
    (territory_in("phase1_id"), territory_in("phase2_id")),
    group=BETWEEN_PHASES,
    rank=3,
    stage="phases",
    phases=2,
)


def build(core_members: pl.DataFrame, core_communes: pl.DataFrame, cog_changes: pl.DataFrame) -> pl.DataFrame:
    """A row a member of either phase, by its code of today: see `registry.phases`."""
    return phases.member_change(core_members, core_communes, cog_changes)
