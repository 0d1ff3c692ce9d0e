"""Published figures about the place of a report, each with its verdict (pure)."""

import polars as pl

from analysis.i18n.language import tr
from analysis.reports import reader
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import sentence


def figures_table(judged: pl.DataFrame) -> ReaderTable:
    """Published figures about the report's place, each with its verdict."""
    columns = (
        Column("counted", tr("Ce qui est compté")),
        Column("said", tr("Publié"), str, claim="claim_id"),
        Column("verdict_label", tr("Verdict")),
        Column("computed", tr("Confronté à"), str, absent=tr("aucun nombre")),
        Column("reason", tr("Raison")),
        sentence(),
        Column("source_id", tr("Note de lecture")),
    )
    counted = pl.concat_str("concept_label", "place", separator=", ")
    rows = judged.sort("published", "claim_id").with_columns(counted=counted)
    caption = tr("Chiffres publiés, et ce que les listes officielles en disent")
    return reader.table(rows, caption, columns, tr("Aucun chiffre publié n’a été relevé ici."), ["out_ledger"])
