"""The editions of the official lists, and what moved between them (pure)."""

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import translated, whole

UNITS = {"territory": N_("territoire"), "member": N_("membre"), "commune": N_("commune")}
CHANGES = {"entered": N_("entré"), "left": N_("sorti"), "moved": N_("passé d’un autre territoire")}


def editions_text(out_editions: pl.DataFrame, out_edition_change: pl.DataFrame) -> str:
    """How many editions there are, and what the last one of each phase changed."""
    said = [
        tr("{count} en phase {phase} ({date})").format(
            count=counted(typography.number(row["territory_count"]), "out_editions", "territory_count", id=row["id"]),
            phase=row["phase"],
            date=typography.date(row["as_of"]),
        )
        for row in out_editions.sort("valid_from").iter_rows(named=True)
    ]
    territories = out_edition_change.filter(unit="territory")
    counts = {
        change: counted(
            typography.number(territories.filter(change=change).height), "out_edition_change", "code", unit="territory",
            change=change,
        )
        for change in ("entered", "left")
    }  # fmt: skip
    text = tr(
        "Territoires des listes officielles, édition par édition : {editions}. D’une édition à la suivante, {entered} "
        "territoires entrent et {left} sortent ; les autres changements touchent des membres ou des communes de "
        "territoires qui restent."
    )
    return text.format(editions=typography.listed(said), **counts)


def editions_table(out_editions: pl.DataFrame) -> ReaderTable:
    """What each edition counts, the oldest first; empty where a list names communes alone."""
    columns = (
        Column("as_of", tr("Édition"), typography.date),
        Column("phase", tr("Phase"), whole),
        Column("territory_count", tr("Territoires"), whole),
        Column("epci_member_count", tr("EPCI"), whole, absent=tr("non dit")),
        Column("ept_member_count", tr("EPT"), whole, absent=tr("non dit")),
        Column("commune_member_count", tr("Communes membres"), whole, absent=tr("non dit")),
        Column("listed_commune_count", tr("Communes au COG de l’édition"), whole),
        Column("commune_count", tr("Communes au COG 2024"), whole),
        Column("population_2022", tr("Habitants (2022)"), whole),
    )
    return reader.table(out_editions.sort("valid_from"), tr("Éditions des listes"), columns, origin=["out_editions"])


def edition_change_table(out_edition_change: pl.DataFrame) -> ReaderTable:
    """Territories and members that entered or left, edition by edition."""
    columns = (
        Column("to_edition", tr("Édition"), typography.date),
        Column("unit", tr("Ce qui change")),
        Column("name", tr("Nom"), french=True),
        Column("change", tr("Changement")),
        Column("territory_id", tr("Territoire")),
        Column("commune_count", tr("Communes"), whole),
        Column("population_2022", tr("Habitants (2022)"), whole),
    )
    rows = out_edition_change.filter(pl.col("unit") != "commune").sort("to_edition", "territory_id", "unit", "code")
    named = rows.with_columns(unit=translated("unit", UNITS), change=translated("change", CHANGES))
    return reader.table(named, tr("Territoires et membres entrés ou sortis"), columns, origin=["out_edition_change"])
