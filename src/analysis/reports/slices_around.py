"""What a report may see of the context layers and of the editions of the lists (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.reports.layer_views import WIDE
from analysis.reports.views import EDITIONS, LAYERS
from analysis.tables.codes import ALL_GROUND, FRANCE

VALUES, INDICES, SPREAD = LAYERS  # views of the context layers
Ids = Mapping[int, frozenset[str]]  # ids of territories, by phase


def is_one_of(ids: Ids, phase: str = "phase", territory_id: str = "territory_id") -> pl.Expr:
    """Whether a row is of one of these territories, by the columns of its phase and id."""
    return pl.any_horizontal((pl.col(phase) == one) & pl.col(territory_id).is_in(sorted(ids[one])) for one in ids)


def of_layers(
    whole: Mapping[str, pl.DataFrame], own: Ids, core_members: pl.DataFrame, region_code: str
) -> dict[str, pl.DataFrame]:
    """What the layers tell of these territories and their members, of the whole region and of France.

    `whole` are the views of the layers by name; the spread of all territories is told as it is.
    """
    members = core_members.filter(is_one_of(own)).select("phase", code="member_code")
    beside = (pl.col("phase") == ALL_GROUND) & pl.col("level").is_in(WIDE) & pl.col("code").is_in([region_code, FRANCE])
    told = ((pl.col("level") == "territory") & is_one_of(own, territory_id="code")) | beside
    of_members = (
        whole[VALUES].filter(level="member").join(members, on=["phase", "code"], how="semi", maintain_order="left")
    )
    return {
        VALUES: pl.concat([whole[VALUES].filter(told), of_members]),
        INDICES: whole[INDICES].filter(told),
        SPREAD: whole[SPREAD],
    }


def in_editions(
    plain: Mapping[str, pl.DataFrame], editions: pl.DataFrame, phase: int, territory_id: str
) -> dict[str, pl.DataFrame]:
    """A territory in the editions of the lists: its communes in all of them, and who else had or has them.

    `plain` are the whole tables by name, `editions` says which there are.
    """
    stays, changes = plain["core_memberships"], plain["out_edition_change"]
    mine = stays.filter(phase=phase, territory_id=territory_id)
    placed = stays.filter(pl.col("commune_code").is_in(mine["commune_code"].unique().implode()))
    is_mine = (pl.col("territory_id") == territory_id) | (pl.col("previous_territory") == territory_id)
    changed = changes.filter(is_mine, phase=phase)
    named = pl.concat([
        placed.select("edition", "territory_id"),
        changed.select(edition="to_edition", territory_id="territory_id"),
        changed.select(edition="from_edition", territory_id="previous_territory"),
    ]).unique()  # fmt: skip
    territories = plain["core_edition_territories"]
    return {
        EDITIONS: editions,
        "core_memberships": placed,
        "out_edition_change": changed,
        "core_edition_territories": territories.join(
            named, on=["edition", "territory_id"], how="semi", maintain_order="left"
        ),
    }
