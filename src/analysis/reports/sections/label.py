"""How many territories, when, says who (pure)."""

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.i18n.periods import at, when
from analysis.reports import reader
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import Column, ReaderTable, foreign
from analysis.reports.sections.words import sentence, text, whole
from analysis.tables.codes import YEARS

# The rows of out_ledger whose figures are those of the official list of their phase.
AGREEING = {"concept": "labelled_territories", "place": "France", "qualifier": "exact", "verdict": "confirmed"}


def timeline_text(out_label_timeline: pl.DataFrame) -> str:
    """What the sources say of the number of territories, and which of them agree with the official list."""
    points = out_label_timeline
    of_points = partial(counted, table="out_label_timeline")
    ordered = points.sort("date", "claim_id")
    first, last = ordered.row(0, named=True), ordered.row(-1, named=True)
    values = ordered.unique("territory_count", keep="first").sort("territory_count")
    ends = pl.col("phase").replace_strict({phase: f"{last}-12-31" for phase, (_, last) in YEARS.items()})
    agreeing = points.filter(pl.col("territory_count") == pl.col("edition_count"), pl.col("date") <= ends).height
    official = [
        tr("{count} en {phase}").format(
            count=counted(typography.number(count), "core_territories", "territory_id", phase=phase),
            phase=typography.phase_name(phase),
        )
        for phase, count in points.select("phase", "registry_count").unique().sort("phase").iter_rows()
    ]
    said = tr(
        "Du {first} au {last}, {sources} sources donnent **{values} nombres différents** de territoires : {written}. "
        "Sur {figures} chiffres publiés, {agreeing} sont ceux de la liste officielle en vigueur à leur date. "
        "La dernière édition de chaque phase compte {official}. Des territoires se sont ajoutés et d’autres réunis au "
        "fil de la phase 1 : un nombre plus petit n’est pas une erreur s’il est daté d’avant."
    ).format(
        first=when(first["date"]),
        last=when(last["date"]),
        sources=of_points(typography.number(points["source_id"].n_unique()), column="source_id"),
        values=of_points(typography.number(values.height), column="territory_count"),
        written=typography.listed([_count(row) for row in values.iter_rows(named=True)]),
        figures=of_points(typography.number(points.height), column="claim_id"),
        agreeing=counted(typography.number(agreeing), "out_ledger", "verdict", **AGREEING),
        official=typography.listed(official),
    )
    return " ".join((said, *_setbacks(points)))


def _setbacks(points: pl.DataFrame) -> list[str]:
    """The figures that are smaller than an earlier one of the same phase."""
    rows = list(points.sort("phase", "date", "claim_id").iter_rows(named=True))
    found = [
        tr("{after} après {before}").format(after=_count_and_source(after), before=_count_and_source(before))
        for before, after in pairwise(rows)
        if before["phase"] == after["phase"] and after["territory_count"] < before["territory_count"]
    ]
    told = tr("Le nombre ne fait pas que croître, il recule : {setbacks}.")
    return [told.format(setbacks=typography.listed(found))] if found else []


def _count(row: Mapping[str, Any]) -> str:
    return claimed(typography.number(row["territory_count"]), row["claim_id"])


def _count_and_source(row: Mapping[str, Any]) -> str:
    return f"{_count(row)} {at(row['as_of'])} ({foreign(text(row['producer']))})"


def label_table(out_label_timeline: pl.DataFrame) -> ReaderTable:
    """Every published number of territories with its source."""
    columns = (
        Column("as_of", tr("Date du chiffre"), when),
        Column("territory_count", tr("Territoires"), whole, claim="claim_id"),
        Column("edition_count", tr("Liste de ce jour-là"), whole, absent=tr("aucune liste lue")),
        Column("registry_count", tr("Dernière liste"), whole),
        Column("producer", tr("Source"), french=True),
        sentence(),
    )
    rows = out_label_timeline.sort("date", "claim_id")
    return reader.table(rows, tr("Chiffres publiés"), columns, origin=["out_label_timeline"])
