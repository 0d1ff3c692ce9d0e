"""Published figures by verdict, those that cannot both hold, and those without a concept (pure)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from analysis import ledger
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.indicators.published import when
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import FIGURE, sentence, translated, with_noun

CONFLICTS: Mapping[str, str] = {"same_date": N_("même date"), "decrease": N_("recul")}


def verdicts_text(judged: pl.DataFrame) -> str:
    """How many published figures got each verdict."""
    counts = dict(judged.group_by("verdict").len().iter_rows())
    parts = [
        with_noun(
            counted(typography.number(counts[verdict]), "out_ledger", "verdict", verdict=verdict),
            counts[verdict],
            name,
            f"{name}s",
        )
        for verdict, name in ledger.VERDICTS.items()
        if verdict in counts
    ]
    total = counted(typography.number(judged.height), "out_ledger", "claim_id")
    return tr("{figures}, un verdict chacun : {verdicts}.").format(
        figures=with_noun(total, judged.height, *FIGURE), verdicts=typography.listed(parts)
    )


def unresolved_text(core_unresolved: pl.DataFrame) -> str:
    """Figures of the notes that no concept takes: shown, never dropped."""
    if core_unresolved.is_empty():
        return tr("Chaque chiffre des notes de lecture a trouvé le concept qu’il mesure : aucun n’est laissé de côté.")
    lead = tr("Chiffres dont aucun concept du vocabulaire ne dit ce qu’ils mesurent :")
    ordered = core_unresolved.sort("source_id", "start")
    return "\n".join([lead, *map(_unresolved, ordered.iter_rows(named=True))])


def _unresolved(row: Mapping[str, Any]) -> str:
    mark = partial(counted, table="core_unresolved", source_id=row["source_id"], start=row["start"])
    figure, sentence = mark(row["text"], column="text"), mark(row["sentence"], column="sentence")
    return f"- {figure} ({row['source_id']}){tr(' : ')}{sentence}"


def ledger_table(judged: pl.DataFrame, verdict: str) -> ReaderTable:
    """Published figures with one verdict: what was said, what was found, and why."""
    columns = (
        Column("counted", tr("Ce qui est compté")),
        Column("said", tr("Publié"), str, claim="claim_id"),
        Column("computed", tr("Confronté à"), str, absent=tr("aucun nombre")),
        Column("reason", tr("Raison")),
        sentence(),
    )
    counted = pl.concat_str("concept_label", "place", separator=", ")
    rows = judged.filter(verdict=verdict).sort("published", "claim_id").with_columns(counted=counted)
    caption = tr("Verdict : {verdict}").format(verdict=tr(ledger.VERDICTS[verdict]))
    return reader.table(rows, caption, columns, origin=["out_ledger"])


def conflicts_table(core_claims: pl.DataFrame) -> ReaderTable:
    """Pairs of published figures that cannot both hold."""
    columns = (
        Column("kind", tr("Conflit")),
        sentence(),
        Column("as_of", tr("Date ou période"), when),
        Column("source_id", tr("Note de lecture")),
    )
    rows = ledger.conflicts(core_claims).join(core_claims.select("claim_id", "sentence"), on="claim_id", validate="m:1")
    named = rows.sort("conflict", "as_of").with_columns(kind=translated("kind", CONFLICTS))
    caption = tr("Chiffres qui ne peuvent pas tenir ensemble")
    return reader.table(named, caption, columns, origin=["core_claims"])
