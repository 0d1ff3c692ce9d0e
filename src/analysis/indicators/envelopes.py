"""out_envelopes: money announced, committed and paid, and who pays (pure)."""

import re
from collections.abc import Mapping

import polars as pl

from analysis.i18n.language import N_, tr
from analysis.i18n.periods import year_span
from analysis.indicators._claims import amount, national, refuse
from analysis.sources.provenance import Source
from analysis.tables.fields import COUNTED, FUNDER, PHASE_OF_FIGURE, PRODUCER, QUALIFIER, SENTENCE, money, of_figures
from analysis.tables.schema import Field, from_rows

AND = N_(" et ")  # between the funders of one amount
STEPS = {
    "envelope": "announced",
    "committed": "committed",
    "paid": "paid",
    "investment_fund": "related",
    "engineering_credits": "related",
}
# Who pays, as the sentence of a note names them.
FUNDERS = {
    N_("Banque des Territoires"): re.compile(r"\bBanque des Territoires\b"),
    N_("État"): re.compile(r"\b[Ll]['’]État\b"),
    N_("régions"): re.compile(r"\b[Ll]es régions\b"),
}
TABLE = of_figures(
    "out_envelopes",
    "Montants annoncés, engagés et payés",
    PRODUCER,
    Field("step", "Étape", enum=("announced", "committed", "paid", "related")),
    PHASE_OF_FIGURE,
    Field("as_of", "Date ou période"),
    *money("Montant", required=False),
    QUALIFIER,
    FUNDER,
    COUNTED,
    SENTENCE,
    rank=2,
)


def build(core_claims: pl.DataFrame, sources: Mapping[str, Source]) -> pl.DataFrame:
    """National amounts announced, committed and paid, and the funds beside them, in euros.

    `total_eur` is the yearly amount times the years, or the amount; null for a yearly amount without a period.
    `funder` is null where the note's sentence names none.
    """
    rows = []
    for claim in national(core_claims, list(STEPS), sources):
        stated, (first, last) = amount(claim), year_span(claim["as_of"])
        years = last - first + 1 if first and last else None
        yearly = claim["unit"] == "EUR/year"
        if not yearly and claim["unit"] != "EUR":
            refuse(claim, f"an amount of money in {claim['unit']}.")
        total = stated if not yearly else stated * years if years else None
        rows.append(
            claim
            | {"step": STEPS[claim["concept"]], "amount_eur": stated, "per_year": int(yearly), "years": years}
            | {"first_year": first, "last_year": last, "total_eur": total}
            | {"funder": _funder(claim["sentence"])}
        )
    return from_rows(TABLE, rows)


def _funder(sentence: str) -> str | None:
    named = [funder for funder, pattern in FUNDERS.items() if pattern.search(sentence)]
    return AND.join(named) or None


def funders(funder: str) -> str:
    """A `funder` of out_envelopes as readers write it."""
    return tr(AND).join(map(tr, funder.split(AND)))
