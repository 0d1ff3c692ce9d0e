"""A territory in the editions of the official lists: since when it is there, with whom, and what changed (pure)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.i18n.periods import since, when
from analysis.reports import reader
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import sizes, text

NAMED: Final = 12  # units that a row names; of more, the largest
CHANGES: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "entered": {
        "member": (N_("membre entré"), N_("membres entrés")),
        "commune": (N_("commune entrée"), N_("communes entrées")),
    },
    "left": {
        "member": (N_("membre sorti"), N_("membres sortis")),
        "commune": (N_("commune sortie"), N_("communes sorties")),
    },
    "came": {
        "member": (N_("membre venu d’un autre territoire"), N_("membres venus d’un autre territoire")),
        "commune": (N_("commune venue d’un autre territoire"), N_("communes venues d’un autre territoire")),
    },
    "went": {
        "member": (N_("membre passé à un autre territoire"), N_("membres passés à un autre territoire")),
        "commune": (N_("commune passée à un autre territoire"), N_("communes passées à un autre territoire")),
    },
}


def history_text(core_memberships: pl.DataFrame, edition_days: pl.DataFrame, phase: int, territory_id: str) -> str:
    """In which editions of its phase's list a territory stands, and so since when."""
    every = edition_days.filter(phase=phase).sort("valid_from")
    there = every.filter(pl.col("id").is_in(_editions(core_memberships, phase, territory_id)))
    names = typography.listed([text(typography.spaced(tr(one))) for one in there["title"]])
    first = since(there.item(0, "as_of"))
    if there.height == every.height:
        said = tr("En {phase}, le territoire est dans toutes les listes connues ({lists}), donc au moins {since}.")
    else:
        said = tr("En {phase}, le territoire n’est que dans une partie des listes ({lists}) : il y est {since}.")
    return said.format(phase=typography.phase_name(phase), lists=names, since=first)


def _editions(core_memberships: pl.DataFrame, phase: int, territory_id: str) -> list[str]:
    return core_memberships.filter(phase=phase, territory_id=territory_id)["edition"].unique().to_list()


def history_table(
    core_memberships: pl.DataFrame,
    core_edition_territories: pl.DataFrame,
    edition_days: pl.DataFrame,
    phase: int,
    territory_id: str,
) -> ReaderTable:
    """Edition by edition of both phases, how many of a territory's communes are in the programme, and with whom."""
    communes = _own(core_memberships, edition_days, phase, territory_id)
    placed = core_memberships.filter(pl.col("commune_code").is_in(communes.implode()))
    names = _names(core_edition_territories)
    rows = [
        {"edition": one["title"], "day": one["as_of"], **_standing(placed, one, names, len(communes))}
        for one in edition_days.sort("valid_from").iter_rows(named=True)
    ]
    columns = (
        Column("edition", tr("Liste")),
        Column("day", tr("Date")),
        Column("count", tr("De ses communes")),
        Column("with", tr("Dans quels territoires"), absent=tr("aucun")),
    )
    words = [{"edition": typography.spaced(tr(row["edition"])), "day": when(row["day"])} for row in rows]
    shown = [row | said for row, said in zip(rows, words, strict=True)]
    caption = tr("Les communes de sa dernière liste, dans chacune des listes")
    return reader.table(pl.DataFrame(shown), caption, columns, origin=["core_memberships", "core_edition_territories"])


def _own(core_memberships: pl.DataFrame, edition_days: pl.DataFrame, phase: int, territory_id: str) -> pl.Series:
    """Codes of the communes that a territory has in the newest edition of its phase."""
    newest = edition_days.filter(phase=phase).sort("valid_from")["id"].last()
    return core_memberships.filter(edition=newest, territory_id=territory_id)["commune_code"]


def _names(core_edition_territories: pl.DataFrame) -> dict[tuple[str, str], str]:
    rows = core_edition_territories.select("edition", "territory_id", "name").iter_rows()
    return {(edition, code): typography.typographic(name) for edition, code, name in rows}


def _standing(
    placed: pl.DataFrame, edition: Mapping[str, Any], names: Mapping[tuple[str, str], str], total: int
) -> dict[str, str | None]:
    """How many of the communes an edition lists, and in which territories, the largest part first."""
    inside = placed.filter(edition=edition["id"])
    parts = inside.group_by("territory_id").len("count").sort("count", "territory_id", descending=[True, False])
    with_count = tr("{name} ({count})")
    told = [
        with_count.format(name=names[edition["id"], code], count=typography.number(count))
        for code, count in parts.iter_rows()
    ]
    shares = {"count": typography.number(inside.height), "all": typography.number(total)}
    return {"count": tr("{count} sur {all}").format(**shares), "with": ", ".join(told) or None}


def history_changes_table(
    out_edition_change: pl.DataFrame,
    core_edition_territories: pl.DataFrame,
    edition_days: pl.DataFrame,
    phase: int,
    territory_id: str,
) -> ReaderTable | str:
    """What entered and left a territory between two editions of its list, with the other territory; a sentence where
    nothing did."""
    own = (pl.col("territory_id") == territory_id) | (pl.col("previous_territory") == territory_id)
    changes = out_edition_change.filter(own & (pl.col("unit") != "territory"), phase=phase)
    if changes.is_empty():
        none = tr("D’une liste à l’autre de la {phase}, ni ses membres ni ses communes n’ont changé.")
        return none.format(phase=typography.phase_name(phase))
    titles, names = dict(edition_days.select("id", "title").iter_rows()), _names(core_edition_territories)
    rows = [row for part in _parts(changes) for row in _grouped(part, territory_id, names)]
    shown = [row | {"list": typography.spaced(tr(titles[row["list"]]))} for row in rows]
    columns = (
        Column("list", tr("À partir de la")),
        Column("change", tr("Changement")),
        Column("who", tr("Qui")),
        Column("other", tr("Autre territoire"), absent="–"),
        *sizes()[:2],
    )
    origin = ["out_edition_change", "core_edition_territories"]
    return reader.table(pl.DataFrame(shown), tr("D’une liste à l’autre, ce qui change"), columns, origin=origin)


def _parts(changes: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The changes to each edition: of members where its list and the one before name them, else of communes."""
    for (_,), rows in changes.sort("to_edition").group_by("to_edition", maintain_order=True):
        members = rows.filter(unit="member")
        yield rows if members.is_empty() else members


def _grouped(
    changes: pl.DataFrame, territory_id: str, names: Mapping[tuple[str, str], str]
) -> Iterator[dict[str, Any]]:
    """A row a change and other territory, who is concerned in one cell."""
    came, went = pl.col("previous_territory") != territory_id, pl.col("previous_territory") == territory_id
    seen = changes.with_columns(
        way=pl.when(went).then(pl.lit("went")).when(came).then(pl.lit("came")).otherwise("change"),
        other=pl.when(went).then("territory_id").otherwise("previous_territory"),
    )
    order = pl.col("way").replace_strict({one: rank for rank, one in enumerate(CHANGES)})
    for (way, other), rows in seen.sort(order, "other").group_by("way", "other", maintain_order=True):
        first = rows.row(0, named=True)
        edition = first["to_edition"] if way == "went" else first["from_edition"]
        yield {
            "list": first["to_edition"],
            "change": typography.counted(rows.height, *CHANGES[str(way)][first["unit"]]),
            "who": _who(rows),
            "other": names[edition, str(other)] if other else None,
            "commune_count": rows["commune_count"].sum(),
            "population_2022": rows["population_2022"].sum(),
        }


def _who(rows: pl.DataFrame) -> str:
    """The names, in their order; of more than NAMED the largest, and how many others."""
    largest = rows.sort("population_2022", "code", descending=[True, False]).head(NAMED)
    listed = largest if rows.height > NAMED else rows.sort(*alphabetical("name"), "code")
    named = [typography.typographic(name) for name in listed["name"]]
    rest = rows.height - NAMED
    if rest <= 0:
        return typography.listed(named)
    more = tr("{count} autres").format(count=typography.number(rest)) if rest > 1 else tr("une autre")
    return typography.listed([", ".join(named), more])
