"""out_label_timeline: how many territories sources say there are, over time (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.i18n.periods import last_day
from analysis.indicators._claims import amount, national, refuse
from analysis.sources.provenance import Source
from analysis.tables.fields import PHASE_OF_FIGURE, QUALIFIER, SENTENCE, count, of_figures
from analysis.tables.schema import Field, from_rows

TABLE = of_figures(
    "out_label_timeline",
    "Nombre de territoires annoncé, par date et par source",
    Field("producer", "Producteur"),
    PHASE_OF_FIGURE,
    Field("as_of", "Date ou période du chiffre, telle que la source la donne"),
    Field("date", "Dernier jour de cette date ou période", pattern=r"\d{4}-\d\d-\d\d"),
    count("territory_count", "Territoires"),
    QUALIFIER,
    count("registry_count", "Territoires de la liste officielle de la phase"),
    SENTENCE,
    rank=1,
)


def build(core_claims: pl.DataFrame, core_territories: pl.DataFrame, sources: Mapping[str, Source]) -> pl.DataFrame:
    """How many territories the country has, one row a national claim.

    `date` is the last day of what `as_of` names; `registry_count` counts the official list of the phase.
    """
    counts = dict(core_territories.group_by("phase").len().iter_rows())
    rows = []
    for claim in national(core_claims, ["labelled_territories"], sources):
        count = int(amount(claim))
        if claim["phase"] not in counts:
            refuse(claim, "a national number of territories without a phase that has an official list.")
        rows.append(
            claim
            | {"date": last_day(claim["as_of"]), "territory_count": count}
            | {"registry_count": counts[claim["phase"]]}
        )
    return from_rows(TABLE, rows)
