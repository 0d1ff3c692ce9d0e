"""out_hundred_millions: the envelopes of "100 M€", told apart (pure)."""

import polars as pl

from analysis.tables.fields import FUNDER, PHASE_OF_FIGURE, PRODUCER, QUALIFIER, SENTENCE, money, of_figures
from analysis.tables.schema import Field, from_rows

HUNDRED_MILLIONS_EUR = 100e6
TABLE = of_figures(
    "out_hundred_millions",
    "Les enveloppes de « 100 M€ », distinguées par financeur, période et montant total",
    PRODUCER,
    Field("role", "Enveloppe de 100 M€, ou celle qui la remplace", enum=("hundred", "instead")),
    Field("envelope_rank", "Numéro de l’enveloppe, par période", "integer", minimum=1),
    PHASE_OF_FIGURE,
    *money("Montant énoncé", required=True),
    QUALIFIER,
    FUNDER,
    SENTENCE,
    rank=3,
)


def build(out_envelopes: pl.DataFrame) -> pl.DataFrame:
    """Every envelope of 100 M€, a year or in all, and the yearly one that took its place.

    `role` is "instead" for another yearly amount of the same phase within the years of a yearly 100 M€;
    `envelope_rank` numbers what is one envelope: same funder, years and total.
    """
    announced = out_envelopes.filter(step="announced").drop_nulls("years")
    annual = pl.col("total_eur") / pl.col("years") == HUNDRED_MILLIONS_EUR
    chosen = announced.filter(annual).with_columns(role=pl.lit("hundred"))
    spans = chosen.filter(per_year=1).select("phase", since="first_year", until="last_year").unique()
    instead = (
        announced.filter(~annual, per_year=1)
        .join(spans, on="phase")
        .filter(pl.col("first_year") >= pl.col("since"), pl.col("last_year") <= pl.col("until"))
        .drop("since", "until")
        .unique("claim_id")
        .with_columns(role=pl.lit("instead"))
    )
    identity = pl.struct("first_year", "last_year", "total_eur", pl.col("funder").fill_null(""))
    both = pl.concat([chosen, instead.select(chosen.columns)])
    return from_rows(TABLE, both.with_columns(envelope_rank=identity.rank("dense")).to_dicts())
