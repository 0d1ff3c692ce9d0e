"""The plan of the Métropole européenne de Lille: what is announced against what is listed (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.indicators.published import when
from analysis.reports import reader
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import sentence

NOUNS: Mapping[str, str] = {
    "challenges": N_("défis"),
    "governance_actors": N_("acteurs de la gouvernance"),
    "observatories": N_("observatoires"),
    "thematic_hubs": N_("hubs thématiques"),
}


def plan_text(out_plan: pl.DataFrame) -> str:
    """What the source announces against how many it lists."""
    rows = out_plan.filter(pl.col("concept").is_in(list(NOUNS))).drop_nulls("listed_count").sort("concept")
    same = tr("- {noun} : {said} annoncés, {listed} énumérés – le compte y est.")
    other = tr("- {noun} : {said} annoncés, {listed} énumérés – **le compte n’y est pas**.")
    return "\n".join(
        (same if row["value_low"] == row["listed_count"] else other).format(
            noun=tr(NOUNS[row["concept"]]).capitalize(),
            said=claimed(typography.number(row["value_low"]), row["claim_id"]),
            listed=counted(
                typography.number(row["listed_count"]), "out_plan", "listed_count", claim_id=row["claim_id"]
            ),
        )
        for row in rows.iter_rows(named=True)
    )


def plan_table(out_plan: pl.DataFrame) -> ReaderTable:
    """Published figures of the plan of Lille."""
    columns = (
        sentence(),
        Column("as_of", tr("Date ou période"), when),
        Column("source_id", tr("Note de lecture")),
    )
    rows = out_plan.sort("source_id", "claim_id")
    return reader.table(rows, tr("Chiffres publiés"), columns, origin=["out_plan"])
