"""A region: its territories, where they come from, what became of them, and their signed contracts (pure)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, alphabetical, tr
from analysis.registry import phases
from analysis.registry.contracts import CONCEPT, PHASE, region_name, signed_contracts
from analysis.reports import reader
from analysis.reports.origin_marks import claimed, counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import (
    ABOUT,
    CHANGE_TABLES,
    CONTRACT,
    TERRITORY,
    sizes,
    translated,
    whole,
    with_noun,
)

LISTED = N_(
    "{names} noms énumérés par la source, dont {matched} retrouvés parmi les {territories} de la liste officielle."
)
ANNOUNCED = N_(
    "{contracts} annoncés, {names} noms énumérés par la source, dont {matched} retrouvés parmi les {territories} de la "
    "liste officielle."
)


def region_table(
    out_territories: pl.DataFrame,
    core_members: pl.DataFrame,
    out_region_coverage: pl.DataFrame,
    region_code: str,
    phase: int,
) -> ReaderTable:
    """The territories of a region in one phase, with their members."""
    members = core_members.filter(phase=phase).sort(*alphabetical("member_name"))
    named = members.group_by("territory_id").agg(members=pl.col("member_name").str.join(", "))
    columns = (
        Column("name", tr("Territoire")),
        Column("members", tr("Membres")),
        Column("member_count", tr("Nombre"), whole),
        *sizes(),
    )
    own = out_territories.filter(phase=phase, region_code=region_code)
    rows = own.join(named, on="territory_id", how="left", validate="1:1")
    caption = tr("{region} : territoires de la {phase}").format(
        region=region_name(out_region_coverage, region_code), phase=typography.phase_name(phase)
    )
    empty, origin = tr("Aucun territoire dans cette phase."), ["out_territories", "core_members"]
    return reader.table(rows.sort(*alphabetical("name")), caption, columns, empty, origin)


def region_origins_table(
    out_phase_change: pl.DataFrame, out_phase1_fate: pl.DataFrame, core_territories: pl.DataFrame, region_code: str
) -> ReaderTable:
    """Where each territory of phase two of a region comes from."""
    columns = (
        Column("phase2_name", tr("Phase 2")),
        Column("word", tr(ABOUT[2])),
        Column("others", tr("Vient de"), absent=tr("aucun territoire de la phase 1")),
        Column("group", tr("Groupe de territoires liés")),
        Column("shared_population_share_pct", tr("Habitants qui y vivaient déjà"), typography.percent),
    )
    rows = _linked(2, out_phase_change, out_phase1_fate, core_territories, region_code)
    caption, empty = tr("D’où viennent les territoires de la phase 2"), tr("Aucun territoire.")
    return reader.table(rows, caption, columns, empty, CHANGE_TABLES)


def region_fates_table(
    out_phase_change: pl.DataFrame, out_phase1_fate: pl.DataFrame, core_territories: pl.DataFrame, region_code: str
) -> ReaderTable:
    """What became of each territory of phase one of a region."""
    columns = (
        Column("phase1_name", tr("Phase 1")),
        Column("word", tr(ABOUT[1])),
        Column("others", tr("En phase 2"), absent=tr("aucun territoire")),
        Column("group", tr("Groupe de territoires liés")),
    )
    rows = _linked(1, out_phase_change, out_phase1_fate, core_territories, region_code)
    caption, empty = tr("Ce que sont devenus les territoires de la phase 1"), tr("Aucun territoire.")
    return reader.table(rows, caption, columns, empty, CHANGE_TABLES)


def _linked(
    phase: int, changes: pl.DataFrame, fates: pl.DataFrame, core_territories: pl.DataFrame, region_code: str
) -> pl.DataFrame:
    """A region's territories of `phase` with their own word, their group's, and the names of those linked with them."""
    own = f"phase{phase}_id"
    ids = core_territories.filter(phase=phase, region_code=region_code)["territory_id"].implode()
    table = {1: fates, 2: changes}[phase].filter(pl.col(own).is_in(ids))
    rows = table.sort(*alphabetical(f"phase{phase}_name"), own)
    names = dict(core_territories.filter(phase=3 - phase).select("territory_id", "name").iter_rows())
    others = [typography.listed([names[code] for code in codes]) or None for codes in rows[f"phase{3 - phase}_ids"]]
    of_phase = phases.groups(changes, fates).filter(phase=phase).rename({"territory_id": own})
    known = rows.join(of_phase, on=own, validate="1:1", maintain_order="left")
    return known.with_columns(
        pl.Series("others", others, pl.String),
        word=translated("word", {word: one.one for word, one in phases.SIDE_WORDS[phase].items()}),
        group=translated("group", {word: one.one for word, one in phases.CHANGE_WORDS.items()}),
    )


def contracts_text(
    out_enumerations: pl.DataFrame,
    out_region_coverage: pl.DataFrame,
    out_territories: pl.DataFrame,
    core_claims: pl.DataFrame,
    region_code: str,
) -> str:
    """Signed contracts that a source names, against how many were announced and the region's official list."""
    names = signed_contracts(out_enumerations, out_region_coverage, region_code)
    total = out_territories.filter(phase=PHASE, region_code=region_code).height
    place = region_name(out_region_coverage, region_code)
    said = core_claims.filter(concept=CONCEPT, place=place).head(1).to_dicts()
    return contracts_told(names, said[0] if said else None, total, region_code)


def contracts_told(
    listed_names: pl.DataFrame, announced: Mapping[str, Any] | None, total: int, region_code: str
) -> str:
    """The sentence; `announced` is the row of core_claims that says how many were signed, `total` counts the list."""
    if listed_names.is_empty():
        return tr("Aucune source lue ne nomme de contrat signé dans cette région.")
    place = listed_names.item(0, "place")
    mark = partial(counted, table="out_enumerations", concept=CONCEPT, place=place)
    matched = listed_names.drop_nulls("registry_code").get_column("registry_code").n_unique()
    official = counted(
        typography.number(total), "out_territories", "territory_id", phase=PHASE, region_code=region_code
    )
    found = {
        "names": mark(typography.number(listed_names.height), column="item"),
        "matched": mark(typography.number(matched), column="registry_code"),
        "territories": with_noun(official, total, *TERRITORY),
    }
    if announced is None:
        return tr(LISTED).format(**found)
    count = int(announced["value_low"])
    said = claimed(typography.number(count), announced["claim_id"])
    return tr(ANNOUNCED).format(contracts=with_noun(said, count, *CONTRACT), **found)


def contracts_table(out_enumerations: pl.DataFrame, out_region_coverage: pl.DataFrame, region_code: str) -> ReaderTable:
    """Contracts that a source names, and the territory of the official list that each denotes."""
    columns = (
        Column("item", tr("Nom dans la source")),
        Column("registry_name", tr("Nom dans la liste officielle"), absent=tr("aucun")),
    )
    rows = signed_contracts(out_enumerations, out_region_coverage, region_code).sort("rank")
    caption, empty = tr("Contrats signés nommés par une source"), tr("Aucun contrat nommé.")
    return reader.table(rows, caption, columns, empty, ["out_enumerations"])
