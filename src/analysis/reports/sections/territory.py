"""One territory: its members, its communes, and what it was or became (pure)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.registry import phases
from analysis.registry.phases import CHANGE_WORDS, SIDE_WORDS
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import COMMUNE, MEMBER, sizes, text, translated, whole, with_noun

STILL_MEMBERS: Mapping[str, str] = {
    "kept": N_("membre aussi"),
    "left": N_("n’est plus membre"),
    "entered": N_("n’était pas membre"),
}


def territory_text(out_territories: pl.DataFrame, core_territories: pl.DataFrame, phase: int, territory_id: str) -> str:
    """Name, region and size of one territory."""
    row = _one(out_territories, phase=phase, territory_id=territory_id)
    region_name = _one(core_territories, phase=phase, territory_id=territory_id)["region_name"]
    mark = partial(counted, table="out_territories", phase=row["phase"], territory_id=row["territory_id"])
    numbers = {
        name: mark(typography.number(row[name]), column=name)
        for name in ("member_count", "commune_count", "population_2022", "area_km2")
    }
    return tr(
        "**{name}** – région {region}, {phase} – réunit {members} et {communes}, {people} habitants sur {area} km²."
    ).format(
        name=text(row["name"]),
        region=text(region_name),
        phase=typography.phase_name(row["phase"]),
        members=with_noun(numbers["member_count"], row["member_count"], *MEMBER),
        communes=with_noun(numbers["commune_count"], row["commune_count"], *COMMUNE),
        people=numbers["population_2022"],
        area=numbers["area_km2"],
    )


def _one(rows: pl.DataFrame, **key: Any) -> dict[str, Any]:
    """The row of a key; ParameterError where there is none."""
    found = rows.filter(**key)
    if found.is_empty():
        what = f"no row has {', '.join(f'{name} {value!r}' for name, value in key.items())}."
        raise ParameterError(what, where="a table of a section", repair="Give the row of the territory asked for.")
    return found.row(0, named=True)


def other_phase_text(
    out_phase_change: pl.DataFrame,
    out_phase1_fate: pl.DataFrame,
    core_territories: pl.DataFrame,
    phase: int,
    territory_id: str,
) -> str:
    """What a territory comes from, or what became of it."""
    change = other_phase(out_phase_change, out_phase1_fate, core_territories, phase, territory_id)
    return other_phase_told(phase, change)


def other_phase(
    out_phase_change: pl.DataFrame,
    out_phase1_fate: pl.DataFrame,
    core_territories: pl.DataFrame,
    phase: int,
    territory_id: str,
) -> dict[str, Any]:
    """A territory's id and name, the word for its change and that for its group, the names of those it is linked
    with, and the share of its inhabitants that live in them (for phase two; None for phase one).
    """
    table, word = (out_phase1_fate, "fate") if phase == 1 else (out_phase_change, "change")
    row = _one(table, **{f"phase{phase}_id": territory_id})
    linked = pl.col("territory_id").is_in(row[f"phase{3 - phase}_ids"])
    groups = phases.groups(out_phase_change, out_phase1_fate)
    return {
        "territory_id": territory_id,
        "name": row[f"phase{phase}_name"],
        "word": row[word],
        "group": _one(groups, phase=phase, territory_id=territory_id)["group"],
        "others": sorted(core_territories.filter(linked, phase=3 - phase)["name"]),
        "share_pct": row.get("shared_population_share_pct"),
    }


def other_phase_told(phase: int, change: Mapping[str, Any]) -> str:
    """The sentences about what other_phase found."""
    word, others = SIDE_WORDS[phase][change["word"]], [f"*{text(name)}*" for name in change["others"]]
    lead = tr("**{name}** – territoire **{word}** : {meaning}.")
    told = [lead.format(name=text(change["name"]), word=tr(word.one), meaning=tr(word.meaning))]
    if others:
        where = tr("Issu, en phase 1, de {others}.") if phase == 2 else tr("Devenu, en phase 2, {others}.")
        told.append(where.format(others=typography.listed(others)))
    if others and change["share_pct"] is not None:
        share = counted(
            typography.percent(change["share_pct"]),
            "out_phase_change",
            "shared_population_share_pct",
            phase2_id=change["territory_id"],
        )
        told.append(tr("{share} de ses habitants y vivaient déjà.").format(share=share))
    if change["group"] != change["word"]:
        group = CHANGE_WORDS[change["group"]]
        text_of_group = tr("Avec ceux qui leur sont liés, ils forment une **{group}** : {meaning}.")
        told.append(text_of_group.format(group=tr(group.one), meaning=tr(group.meaning)))
    return " ".join(told)


def members_table(
    core_members: pl.DataFrame, out_member_change: pl.DataFrame, phase: int, territory_id: str
) -> ReaderTable:
    """The members of a territory, and whether each is a member in the other phase too."""
    columns = (Column("member_name", tr("Membre")), Column("change", tr("Dans l’autre phase")), *sizes()[:2])
    statuses = out_member_change.select("member_code", "status")
    rows = (
        core_members.filter(phase=phase, territory_id=territory_id)
        .join(statuses, on="member_code", how="left", validate="1:1")
        .with_columns(change=translated("status", STILL_MEMBERS))
    )
    origin = ["core_members", "out_member_change"]
    return reader.table(rows.sort(*alphabetical("member_name")), tr("Membres du territoire"), columns, origin=origin)


def communes_table(
    core_communes: pl.DataFrame, core_members: pl.DataFrame, phase: int, territory_id: str
) -> ReaderTable:
    """The communes of a territory, member by member."""
    columns = (
        Column("member_name", tr("Membre")),
        Column("name", tr("Commune")),
        Column("department_code", tr("Département")),
        Column("population_2022", tr("Population 2022"), whole),
    )
    members = core_members.filter(phase=phase, territory_id=territory_id)
    rows = core_communes.filter(pl.col(f"territory_{phase}") == territory_id).join(
        members, left_on=f"member_{phase}", right_on="member_code", validate="m:1", suffix="_member"
    )
    ordered = rows.sort(*alphabetical("member_name", "name"), "commune_code")
    return reader.table(ordered, tr("Communes, membre par membre"), columns, origin=["core_communes", "core_members"])
