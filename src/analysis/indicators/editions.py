"""out_editions: what each edition of the official lists counts (pure)."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from analysis.registry.memberships import validity
from analysis.sources.editions import Edition
from analysis.tables.codes import KINDS
from analysis.tables.fields import DAY, EDITION, PHASE, POPULATION, VALID, count
from analysis.tables.groups import LISTS
from analysis.tables.schema import Field, Reference, Table, from_rows

TABLE = Table(
    "out_editions",
    "Éditions des listes officielles, et ce que chacune compte",
    (
        Field("id", "Édition", pattern=EDITION.pattern),
        PHASE,
        Field("title", "Nom de l’édition"),
        Field("as_of", "Date de l’édition, telle qu’on la connaît", pattern=rf"\d{{4}}-\d\d|{DAY}"),
        *VALID,
        Field("known_from", "Date depuis laquelle elle se lit", pattern=rf"\d{{4}}-\d\d|{DAY}"),
        Field("cog", "Édition du COG dans laquelle elle est faite", "integer"),
        count("territory_count", "Territoires"),
        *(
            Field(
                f"{kind}_member_count",
                f"Membres : {name} (vide : la liste n’en dit rien)",
                "integer",
                required=False,
                minimum=0,
            )
            for kind, name in zip(KINDS, ("EPCI", "EPT", "communes"), strict=True)
        ),
        count("listed_commune_count", "Communes au COG de l’édition"),
        count("commune_count", "Communes au COG 2024"),
        Field("lost_communes", "Communes de la liste que l’on ne retrouve pas au COG 2024", "list"),
        POPULATION,
        Field("source", "Source"),
    ),
    ("id",),
    (Reference(("source",), "sources", ("id",)),),
    group=LISTS,
    rank=1,
    stage="phases",
)


def build(
    editions: Sequence[Edition],
    core_edition_territories: pl.DataFrame,
    core_edition_members: pl.DataFrame,
    core_edition_communes: pl.DataFrame,
    core_memberships: pl.DataFrame,
    communes: pl.DataFrame,
) -> pl.DataFrame:
    """One row an edition; no member counts where the list names communes."""
    inhabitants = core_memberships.join(communes, on="commune_code", validate="m:1")
    days = validity(editions)
    rows = []
    for one in editions:
        members, listed, now = (
            frame.filter(edition=one.id) for frame in (core_edition_members, core_edition_communes, inhabitants)
        )
        counts = {
            "territory_count": core_edition_territories.filter(edition=one.id).height,
            "listed_commune_count": listed.height,
            "commune_count": now.height,
            "lost_communes": listed.filter(pl.col("current_code").is_null())
            .get_column("commune_code")
            .sort()
            .to_list(),
            "population_2022": now.get_column("population_2022").sum(),
        }
        first, last = days[one.id]
        rows.append(
            one.model_dump()
            | {"as_of": one.valid_from, "valid_from": first, "valid_to": last}
            | counts
            | _kinds(members)
        )
    return from_rows(TABLE, rows)


def _kinds(members: pl.DataFrame) -> dict[str, Any]:
    counts = dict(members.group_by("member_kind").len().iter_rows())
    return {f"{kind}_member_count": counts.get(kind, 0) if counts else None for kind in KINDS}
