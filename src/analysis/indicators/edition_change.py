"""out_edition_change: what entered, left and moved from one edition of a phase's list to the next (pure)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import polars as pl

from analysis.tables.fields import EDITION, PHASE, POPULATION, TERRITORY, TERRITORY_ID, count
from analysis.tables.groups import LISTS
from analysis.tables.schema import TYPES, Field, Reference, Table

UNITS: Final = ("territory", "member", "commune")
CHANGES: Final = ("entered", "left", "moved")
TABLE = Table(
    "out_edition_change",
    "Ce qui change d’une édition d’une liste officielle à la suivante",
    (
        PHASE,
        Field("from_edition", "Édition antérieure", pattern=EDITION.pattern),
        Field("to_edition", "Édition suivante", pattern=EDITION.pattern),
        TERRITORY_ID,
        Field("unit", "Ce qui change", enum=UNITS),
        Field("code", "Code du territoire, du membre ou de la commune"),
        Field("name", "Nom"),
        Field("change", "Entré, sorti, ou passé d’un territoire à un autre", enum=CHANGES),
        Field("previous_territory", "Territoire d’avant, s’il a changé", required=False, pattern=TERRITORY),
        count("commune_count", "Communes (COG 2024)"),
        POPULATION,
    ),
    ("to_edition", "unit", "code"),
    (Reference(("from_edition",), "out_editions", ("id",)), Reference(("to_edition",), "out_editions", ("id",))),
    group=LISTS,
    rank=2,
    stage="phases",
)
Frames = dict[str, pl.DataFrame]  # by unit: columns code, name, territory_id, commune_count, population_2022


def build(
    out_editions: pl.DataFrame,
    core_edition_territories: pl.DataFrame,
    core_edition_members: pl.DataFrame,
    core_memberships: pl.DataFrame,
    communes: pl.DataFrame,
) -> pl.DataFrame:
    """A row a territory, member or commune that changed; members only where both lists give them.

    `territory_id` is that of the later edition, or of the earlier where the unit left.
    """
    placed = core_memberships.join(communes, on="commune_code", validate="m:1")
    sizes = placed.group_by("edition", "territory_id").agg(
        commune_count=pl.len(), population_2022=pl.sum("population_2022")
    )
    territories = core_edition_territories.join(sizes, on=["edition", "territory_id"], how="left", validate="1:1")
    units = {
        "territory": territories.with_columns(code="territory_id"),
        "member": core_edition_members.with_columns(code="member_code", name="member_name"),
        "commune": placed.with_columns(code="commune_code", commune_count=pl.lit(1)),
    }
    changes = [frame for pair in _pairs(out_editions) for frame in _between(*pair, units)]
    schema = {one.name: TYPES[one.type] for one in TABLE.fields}
    return pl.concat(changes).sort(TABLE.key) if changes else pl.DataFrame(schema=schema)


def _pairs(editions: pl.DataFrame) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each edition with the one before it."""
    for before, after in pairwise(editions.sort("phase", "valid_from").iter_rows(named=True)):
        if before["phase"] == after["phase"]:
            yield before, after


def _between(before: dict[str, Any], after: dict[str, Any], units: Frames) -> Iterator[pl.DataFrame]:
    for unit, frame in units.items():
        old, new = (frame.filter(edition=one["id"]) for one in (before, after))
        if old.height and new.height:
            own = {"phase": after["phase"], "from_edition": before["id"], "to_edition": after["id"], "unit": unit}
            yield (
                _changes(old, new)
                .with_columns(pl.lit(value).alias(name) for name, value in own.items())
                .select(pl.col(one.name).cast(TYPES[one.type]) for one in TABLE.fields)
            )


def _changes(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows that one of two frames alone has, and those whose territory differs."""
    nowhere = pl.lit(None, pl.String).alias("previous_territory")
    was = old.select("code", previous_territory="territory_id")
    moved = new.join(was, on="code", validate="1:1").filter(pl.col("territory_id") != pl.col("previous_territory"))
    parts = {
        "entered": new.join(old, on="code", how="anti").with_columns(nowhere),
        "left": old.join(new, on="code", how="anti").with_columns(nowhere),
        "moved": moved.select(*new.columns, "previous_territory"),
    }
    return pl.concat([frame.with_columns(change=pl.lit(name)) for name, frame in parts.items()])
