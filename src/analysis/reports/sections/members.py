"""Members that stayed, left and entered, and their inhabitants, region by region (pure)."""

from collections.abc import Mapping
from functools import partial

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.registry import phases
from analysis.registry.phases import KIND_NOUNS, STATUS_WORDS
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import COMMUNE, INHABITANT, sizes, whole, with_noun
from analysis.tables.codes import STATUSES

MEMBER_SIZES = ("commune_count", "population_2022", "other_phase_population_2022")
MEMBERS: Mapping[str, str] = {
    "kept": N_("- **{status}** : {members}, soit {communes} et {people}."),
    "left": N_(
        "- **{status}** : {members}, soit {communes} et {people}, dont {covered} que le programme couvre aussi en "
        "phase 2 par un autre membre."
    ),
    "entered": N_(
        "- **{status}** : {members}, soit {communes} et {people}, dont {covered} que le programme couvre aussi en "
        "phase 1 par un autre membre."
    ),
}
SHARES: Mapping[str, str] = {
    "kept": N_("Restés, part"),
    "left": N_("Sortis, part"),
    "entered": N_("Entrés, part"),
}


def member_change_text(out_member_change: pl.DataFrame) -> str:
    """One sentence a status: members by kind, communes and inhabitants, and those that the other phase covers."""
    lines = []
    for status, word in STATUS_WORDS.items():
        rows = out_member_change.filter(status=status)
        mark = partial(counted, table="out_member_change", status=status)
        kinds = dict(rows.group_by("member_kind").len().iter_rows())
        parts = [
            with_noun(mark(typography.number(kinds[kind]), column="member_code", member_kind=kind), kinds[kind], *names)
            for kind, names in KIND_NOUNS.items()
            if kind in kinds
        ]
        if not parts:
            continue
        sums = {name: int(rows.get_column(name).sum()) for name in MEMBER_SIZES}
        communes, people, covered = (mark(typography.number(size), column=name) for name, size in sums.items())
        lines.append(
            tr(MEMBERS[status]).format(
                status=tr(word.many).capitalize(),
                members=typography.listed(parts),
                communes=with_noun(communes, sums["commune_count"], *COMMUNE),
                people=with_noun(people, sums["population_2022"], *INHABITANT),
                covered=covered,
            )
        )
    return "\n".join(lines)


def member_change_table(out_member_change: pl.DataFrame, core_territories: pl.DataFrame, status: str) -> ReaderTable:
    """Members that left or entered, with the inhabitants that the programme covers in the other phase too."""
    phase = 2 if status == "entered" else 1
    columns = (
        Column("member_name", tr("Membre")),
        Column("name", tr("Territoire")),
        *sizes()[:2],
        Column("other_phase_population_2022", tr("dont couverte dans l’autre phase"), whole),
    )
    names = core_territories.filter(phase=phase).select("name", "territory_id")
    rows = out_member_change.filter(status=status)
    named = rows.join(names, left_on=f"phase{phase}_id", right_on="territory_id", validate="m:1")
    caption = tr("Membres {status} entre les deux phases").format(status=tr(phases.STATUS_WORDS[status].many))
    return reader.table(
        named.sort(*alphabetical("name", "member_name")), caption, columns, origin=["out_member_change"]
    )


def region_change_table(out_region_change: pl.DataFrame) -> ReaderTable:
    """Inhabitants that stayed, left and entered, by region, in number and share."""
    columns = [Column("region_name", tr("Région"))]
    for status in STATUSES:
        heading = typography.capitalised(tr(phases.STATUS_WORDS[status].many))
        columns.append(Column(f"population_2022_{status}", heading, whole))
        columns.append(Column(f"population_share_pct_{status}", tr(SHARES[status]), typography.percent))
    values = ["population_2022", "population_share_pct"]
    rows = out_region_change.pivot(on="status", index=["region_code", "region_name"], values=values)
    caption = tr("Habitants, région par région")
    return reader.table(rows.sort("region_code"), caption, columns, origin=["out_region_change"])
