"""Announced, committed, paid, and the envelopes of 100 M€ (pure)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import at, when
from analysis.reports import reader
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import Column, ReaderTable, foreign
from analysis.reports.sections.words import sentence, text, translated

SENTENCES: Mapping[str, str] = {
    "announced": N_("- **Annoncé**, phase 1 : {figures}."),
    "committed": N_("- **Engagé**, phase 1 : {figures}."),
    "paid": N_("- **Payé**, phase 1 : {figures}."),
}
HUNDRED_EUR = 100e6
STEPS: Mapping[str, str] = {
    "announced": N_("annoncé"),
    "committed": N_("engagé"),
    "paid": N_("payé"),
    "related": N_("lié"),
}


def money_text(out_envelopes: pl.DataFrame, out_hundred_millions: pl.DataFrame) -> str:
    """Announced, committed and paid in phase one, and how many different envelopes are called "100 M€"."""
    lines = []
    for step, told in SENTENCES.items():
        rows = out_envelopes.filter(pl.col("step") == step, pl.col("phase") == 1, pl.col("per_year") == 0).sort("as_of")
        figures = [
            f"{claimed(amount(row), row['claim_id'])} {at(row['as_of'])} ({foreign(text(row['producer']))})"
            for row in rows.iter_rows(named=True)
        ]
        if figures:
            lines.append(tr(told).format(figures=typography.listed(figures)))
    distinct = out_hundred_millions.filter(pl.col("role") == "hundred")
    mark = partial(counted, table="out_hundred_millions", role="hundred")
    lines.append(
        tr(
            "- **« {amount} »** : {sources} sources emploient ce chiffre pour {envelopes} enveloppes différentes."
        ).format(
            amount=mark(typography.euros(HUNDRED_EUR), column="amount_eur"),
            sources=mark(typography.number(distinct.get_column("source_id").n_unique()), column="source_id"),
            envelopes=mark(typography.number(distinct.get_column("envelope_rank").n_unique()), column="envelope_rank"),
        )
    )
    return "\n".join(lines)


def amount(row: Mapping[str, Any]) -> str:
    """A published amount with its hedge: `près de 100 M€`, `plus de 260 M€` (a row of out_envelopes)."""
    return interval({**row, "value_low": row["amount_eur"], "value_high": row["amount_eur"]}, typography.euros)


def money_table(out_envelopes: pl.DataFrame) -> ReaderTable:
    """Every published amount with its source."""
    columns = (
        Column("step", tr("Étape")),
        Column("amount", tr("Montant"), str, claim="claim_id"),
        Column("rythm", tr("Rythme")),
        Column("as_of", tr("Date ou période"), when),
        Column("producer", tr("Source"), french=True),
        sentence(),
    )
    amounts = out_envelopes.sort("phase", "step", "as_of", "claim_id")
    rows = amounts.with_columns(
        pl.Series("amount", map(amount, amounts.iter_rows(named=True)), pl.String),
        step=translated("step", STEPS),
        rythm=pl.when(per_year=1).then(pl.lit(tr("par an"))).otherwise(pl.lit(tr("en tout"))),
    )
    return reader.table(rows, tr("Montants publiés"), columns, origin=["out_envelopes"])
