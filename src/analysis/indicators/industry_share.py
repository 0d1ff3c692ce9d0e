"""out_industry_share: industry in the employment of each intercommunality, a member or not (pure)."""

import polars as pl

from analysis.indicators.employment_groups import NEVER
from analysis.registry import phases
from analysis.tables.codes import PHASES, STATUSES
from analysis.tables.fields import POPULATION, SIREN, share
from analysis.tables.groups import CONTEXT
from analysis.tables.schema import Field, Table

COLUMN = "industry_share"
TABLE = Table(
    "out_industry_share",
    "Part de l’industrie dans l’emploi des intercommunalités, membres ou non",
    (
        Field("intercommunality_code", "SIREN de l’intercommunalité", pattern=SIREN),
        Field("name", "Nom"),
        Field("status", "Membre aux deux phases, sorti, entré, jamais membre", enum=(*STATUSES, NEVER)),
        POPULATION,
        share("industry_share_pct", "Part de l’industrie dans l’emploi au lieu de travail"),
    ),
    ("intercommunality_code",),
    group=CONTEXT,
    phases=2,
    rank=3,
)


def build(
    core_context: pl.DataFrame,
    core_communes: pl.DataFrame,
    core_members: pl.DataFrame,
    intercommunalities: pl.DataFrame,
) -> pl.DataFrame:
    """A row an intercommunality with a share; établissements publics territoriaux where they are members themselves."""
    members = {phase: set(core_members.filter(phase=phase)["member_code"]) for phase in PHASES}
    every = [core_communes.select("population_2022", code=column) for column in ("epci_code", "ept_code")]
    public = every[1].filter(pl.col("code").is_in(sorted(members[1] | members[2])))
    sizes = pl.concat([every[0], public]).drop_nulls().group_by("code").agg(pl.col("population_2022").sum())
    shares = core_context.filter(column=COLUMN).select("code", industry_share_pct="value")
    named = intercommunalities.select("name", code="intercommunality_code")
    found = sizes.join(shares, on="code").join(named, on="code", validate="1:1")
    status = phases.status_of(*(pl.col("code").is_in(sorted(members[phase])) for phase in PHASES))
    return found.with_columns(status=status.fill_null(NEVER)).rename({"code": "intercommunality_code"})
