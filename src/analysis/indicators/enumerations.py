"""out_enumerations: names that sources list, matched with the official lists (pure)."""

from typing import Any

import polars as pl

from analysis.registry.matching import match_enumeration
from analysis.tables.fields import LISTED, OF_SOURCE, PHASE_OF_FIGURE, PLACE, SOURCE_ID
from analysis.tables.groups import FIGURES
from analysis.tables.schema import Field, Table, from_rows

TABLE = Table(
    "out_enumerations",
    "Listes nominatives rapprochées des listes officielles",
    (
        SOURCE_ID,
        LISTED,
        PLACE,
        PHASE_OF_FIGURE,
        Field("rank", "Rang dans la liste", "integer", minimum=1),
        Field("item", "Nom que donne la source"),
        Field("registry_code", "Territoire ou membre de la liste officielle", required=False),
        Field("registry_name", "Son nom dans la liste officielle", required=False),
    ),
    ("source_id", "concept", "place", "rank"),
    (OF_SOURCE,),
    group=FIGURES,
    rank=5,
)


def build(
    core_enumerations: pl.DataFrame,
    core_claims: pl.DataFrame,
    core_territories: pl.DataFrame,
    core_members: pl.DataFrame,
) -> pl.DataFrame:
    """Names that sources list, and what each denotes in the official lists (null: unmatched).

    Contracts of a région are territories of it; intercommunalities of a territory are members of it. The phase is
    that of the claim with the same source, concept and place.
    """
    key = ["source_id", "concept", "place"]
    phases = core_claims.join(core_enumerations, on=key, how="semi").select(*key, "phase").unique()
    phased = core_enumerations.join(phases, on=key, validate="m:1").drop_nulls("item")
    rows: list[dict[str, Any]] = []
    for (_, concept, place, phase), group in phased.group_by(*key, "phase"):
        codes = _known(str(concept), str(place), core_territories.filter(phase=phase), core_members)
        if codes is None:
            continue
        names = match_enumeration(group["item"].to_list(), list(codes))
        rows += (
            row | {"registry_name": names[row["item"]], "registry_code": codes.get(names[row["item"]])}
            for row in group.iter_rows(named=True)
        )
    return from_rows(TABLE, rows)


def _known(concept: str, place: str, territories: pl.DataFrame, members: pl.DataFrame) -> dict[Any, str] | None:
    """Codes by name of all that a list of this concept may name; None for a concept that no official list has."""
    if concept == "signed_contracts":
        return dict(territories.filter(region_name=place).select("name", "territory_id").iter_rows())
    if concept != "member_intercommunalities":
        return None
    name = match_enumeration([place], territories["name"].to_list())[place]
    of_place = territories.filter(pl.col("name") == pl.lit(name, pl.String))
    found = members.join(of_place, on=["phase", "territory_id"], how="semi")
    return dict(found.select("member_name", "member_code").iter_rows())
