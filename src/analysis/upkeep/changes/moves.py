"""What territories lost and gained, read off the changed rows of members and communes (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from analysis.tables.codes import PHASES
from analysis.upkeep.changes.rows import Row, RowChanges

Place = tuple[int, str]  # phase and territory
MEMBERS, COMMUNES, TERRITORIES = "core_members", "core_communes", "core_territories"


@dataclass(slots=True)
class Move:
    """What a territory lost and gained: members by name, communes counted; `inhabitants` is the difference."""

    phase: int
    territory_id: str
    name: str
    members_lost: list[str] = field(default_factory=list)
    members_gained: list[str] = field(default_factory=list)
    communes_lost: int = 0
    communes_gained: int = 0
    inhabitants: int = 0


def of_tables(
    changed: Mapping[str, RowChanges], before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]
) -> list[Move]:
    """The Moves among the changes of processed tables by name; territories are named as either version names them."""
    if not changed.keys() & {MEMBERS, COMMUNES}:
        return []
    rows = (of[TERRITORIES] for of in (before, after) if TERRITORIES in of)
    named = (frame.select("phase", "territory_id", "name").iter_rows() for frame in rows)
    names = {(phase, one): name for frame in named for phase, one, name in frame}
    return moves(changed.get(MEMBERS, RowChanges()), changed.get(COMMUNES, RowChanges()), names)


def moves(members: RowChanges, communes: RowChanges, names: Mapping[Place, str]) -> list[Move]:
    """A Move for each territory with other members, communes or inhabitants, by phase and id.

    `members` are changes of core_members, `communes` those of core_communes; `names` the territories of either version.
    """
    found: dict[Place, Move] = {}

    def of(place: Place) -> Move:
        return found.setdefault(place, Move(*place, names.get(place, place[1])))

    for place, gained, name in _members(members):
        (of(place).members_gained if gained else of(place).members_lost).append(name)
    for place, step, inhabitants in _communes(communes):
        move = of(place)
        move.communes_gained += step > 0
        move.communes_lost += step < 0
        move.inhabitants += inhabitants
    return [found[place] for place in sorted(found)]


def _members(changes: RowChanges) -> Iterator[tuple[Place, bool, str]]:
    """Territory, whether it gains, and member: one that moved is lost by one territory and gained by another."""
    moved = [(old, new) for old, new in changes.changed if old["territory_id"] != new["territory_id"]]
    for row in (*changes.removed, *(old for old, _ in moved)):
        yield (row["phase"], row["territory_id"]), False, row["member_name"]
    for row in (*changes.added, *(new for _, new in moved)):
        yield (row["phase"], row["territory_id"]), True, row["member_name"]


def _communes(changes: RowChanges) -> Iterator[tuple[Place, int, int]]:
    """Territory, communes (1 gained, -1 lost, 0 the same) and the difference of its inhabitants."""
    came = [(None, row) for row in changes.added]
    went = [(row, None) for row in changes.removed]
    for phase in PHASES:
        for old, new in (*came, *went, *changes.changed):
            (was, before), (now, after) = (_standing(row, phase) for row in (old, new))
            if was == now and was and before != after:
                yield (phase, was), 0, after - before
            elif was != now:
                yield from [((phase, was), -1, -before)] if was else []
                yield from [((phase, now), 1, after)] if now else []


def _standing(row: Row | None, phase: int) -> tuple[str, int]:
    """A commune's territory in a phase, empty where it is in none, and its inhabitants."""
    return (row[f"territory_{phase}"] or "", row["population_2022"]) if row else ("", 0)
