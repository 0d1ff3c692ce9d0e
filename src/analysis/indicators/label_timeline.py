"""out_label_timeline: how many territories sources say there are, over time (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.i18n.periods import last_day
from analysis.indicators._claims import amount, national, refuse
from analysis.registry.memberships import at_day
from analysis.sources.provenance import Source
from analysis.tables.fields import DAY, PHASE_OF_FIGURE, QUALIFIER, SENTENCE, count, of_figures
from analysis.tables.schema import Field, from_rows

TABLE = of_figures(
    "out_label_timeline",
    "Nombre de territoires annoncé, par date et par source",
    Field("producer", "Producteur"),
    PHASE_OF_FIGURE,
    Field("as_of", "Date ou période du chiffre, telle que la source la donne"),
    Field("date", "Dernier jour de cette date ou période", pattern=DAY),
    count("territory_count", "Territoires"),
    QUALIFIER,
    count("registry_count", "Territoires de la liste officielle de la phase"),
    Field("edition", "Édition de cette liste en vigueur ce jour-là (vide : aucune)", required=False),
    Field("edition_count", "Territoires de cette édition", "integer", required=False, minimum=0),
    SENTENCE,
    rank=1,
)


def build(
    core_claims: pl.DataFrame,
    core_territories: pl.DataFrame,
    out_editions: pl.DataFrame,
    sources: Mapping[str, Source],
) -> pl.DataFrame:
    """How many territories the country has, one row a national claim.

    `date` is the last day of what `as_of` names; `registry_count` counts the official list of the phase,
    `edition_count` its edition in force on that day, which is null before the first one.
    """
    counts = dict(core_territories.group_by("phase").len().iter_rows())
    rows = []
    for claim in national(core_claims, ["labelled_territories"], sources):
        count = int(amount(claim))
        if claim["phase"] not in counts:
            refuse(claim, "a national number of territories without a phase that has an official list.")
        day = last_day(claim["as_of"])
        edition = at_day(out_editions, claim["phase"], day) or {}
        rows.append(
            claim
            | {"date": day, "territory_count": count, "registry_count": counts[claim["phase"]]}
            | {"edition": edition.get("id"), "edition_count": edition.get("territory_count")}
        )
    return from_rows(TABLE, rows)
