"""out_plan: the plan of the Métropole européenne de Lille in published figures (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.indicators._claims import produced
from analysis.sources.provenance import Source
from analysis.tables.fields import BOUNDS, COUNTED, PLACE, PRODUCER, QUALIFIER, SENTENCE, UNIT, of_figures
from analysis.tables.schema import Field, from_rows

PLAN_PLACES = ("MEL", "MEL (PSTET)", "MEL (G.A.M.E)", "SCOT Lille Métropole")
TABLE = of_figures(
    "out_plan",
    "Le plan de la Métropole européenne de Lille et son territoire, en chiffres publiés",
    PRODUCER,
    PLACE,
    COUNTED,
    *BOUNDS,
    QUALIFIER,
    UNIT,
    Field("as_of", "Date ou période du chiffre"),
    Field("listed_count", "Éléments que la source énumère", "integer", required=False, minimum=1),
    SENTENCE,
    rank=4,
)


def build(core_claims: pl.DataFrame, core_enumerations: pl.DataFrame, sources: Mapping[str, Source]) -> pl.DataFrame:
    """Figures of the plan of the Métropole européenne de Lille and of its territory.

    `listed_count` is how many the source lists where it lists what it counts; null where it does not.
    """
    key = ["source_id", "concept", "place"]
    listed = core_enumerations.group_by(key).agg(listed_count=pl.len())
    local = core_claims.filter(pl.col("place").is_in(PLAN_PLACES)).join(listed, on=key, how="left", validate="m:1")
    return from_rows(TABLE, produced(local, sources))
