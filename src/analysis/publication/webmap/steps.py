"""The editions of the official lists as the pages step through them: who was where, and what changed (pure)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import polars as pl

from analysis.publication.webmap.names import NONE, OF_PHASE, Names, member, others_of, shown
from analysis.publication.webmap.plane import FRAMES

TABLES: Final = ("out_editions", "core_memberships", "core_edition_territories", "core_edition_members")
LISTS: Final = "editions"  # the file that tells where each commune was
CHANGES: Final = ("entered", "left", "moved")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Steps:
    """The tables of TABLES, in its order. An edition is a row of out_editions."""

    editions: pl.DataFrame
    memberships: pl.DataFrame
    territories: pl.DataFrame
    members: pl.DataFrame

    @cached_property
    def ordered(self) -> list[Row]:
        """The editions, the oldest first."""
        return list(self.editions.sort("valid_from", "phase").iter_rows(named=True))

    @cached_property
    def newest(self) -> dict[int, str]:
        """The id of the newest edition of each phase: what the other tables of the map show."""
        return {one["phase"]: one["id"] for one in self.ordered}

    @cached_property
    def earlier(self) -> list[Row]:
        """The editions that a newer one of their phase follows."""
        return [one for one in self.ordered if self.newest[one["phase"]] != one["id"]]

    @cached_property
    def pairs(self) -> dict[str, Row]:
        """The edition before each, by the id of the later; the first has none."""
        return {after["id"]: before for before, after in pairwise(self.ordered)}

    @cached_property
    def _placed(self) -> dict[str, dict[str, str]]:
        rows = self.memberships.select("edition", "commune_code", "territory_id")
        parts = rows.partition_by("edition", as_dict=True, include_key=False)
        return {str(edition): dict(part.iter_rows()) for (edition,), part in parts.items()}

    def ground(self, edition: str) -> Mapping[str, str]:
        """The territory of each commune of an edition."""
        return self._placed.get(edition, {})

    def grounds(self, edition: str) -> dict[str, set[str]]:
        """The communes of each territory of an edition."""
        found: dict[str, set[str]] = {}
        for commune, territory in self.ground(edition).items():
            found.setdefault(territory, set()).add(commune)
        return found

    def change(self, edition: Row) -> dict[str, str]:
        """What became of communes since the edition before, by code; between phases no territory is the same."""
        if edition["id"] not in self.pairs:
            return {}
        before, one_phase = self.pairs[edition["id"]], self.pairs[edition["id"]]["phase"] == edition["phase"]
        old, new = self.ground(before["id"]), self.ground(edition["id"])
        moved = {code for code in old.keys() & new.keys() if one_phase and old[code] != new[code]}
        kinds = zip(CHANGES, (new.keys() - old.keys(), old.keys() - new.keys(), moved), strict=True)
        return {code: kind for kind, codes in kinds for code in codes}


# --- outlines ----------------------------------------------------------------------------------------------


def layer_of(edition: str) -> str:
    """The layer of an edition's territories."""
    return f"edition-{edition}"


def change_layer_of(edition: str) -> str:
    """The layer of what changed since the edition before: codes are `<change>:<région of the frame, or none>`."""
    return f"change-{edition}"


def with_layers(communes: pl.DataFrame, steps: Steps) -> pl.DataFrame:
    """core_communes with a column a layer of the editions, of the layer's name."""
    region = pl.col("region_code")
    frame = pl.when(region.is_in(list(FRAMES))).then(region).otherwise(pl.lit(""))
    grounds = [_column(steps.ground(one["id"])).alias(layer_of(one["id"])) for one in steps.earlier]
    changes = {change_layer_of(one["id"]): steps.change(one) for one in steps.ordered}
    columns = [(_column(found) + ":" + frame).alias(name) for name, found in changes.items() if found]
    return communes.with_columns(*grounds, *columns)


def _column(found: Mapping[str, str]) -> pl.Expr:
    return pl.col("commune_code").replace_strict(found, default=None, return_dtype=pl.String)


def extra_layers(communes: pl.DataFrame) -> dict[str, str]:
    """The layers of with_layers, each with its column."""
    return {one: one for one in communes.columns if one.startswith((layer_of(""), change_layer_of("")))}


# --- who was where -----------------------------------------------------------------------------------------


def lists(names: Names, steps: Steps) -> dict[str, Any]:
    """Every edition; an earlier one with its territories and where it differs from the newest of its phase.

    `grounds` and `groups` are pairs of ranks, one after the other: of a commune, or an EPCI as most of its communes
    are, and of its territory among those of the edition, -1 for none.
    """
    return {"editions": [_list(names, steps, one) for one in steps.ordered]}


def _list(names: Names, steps: Steps, edition: Row) -> dict[str, Any]:
    told = {"id": edition["id"], "phase": edition["phase"], "from": edition["as_of"]}
    if edition not in steps.earlier:
        return told
    territories = _territories(steps, edition["id"])
    ranks = {row["territory_id"]: rank for rank, row in enumerate(territories)}
    newest, own = (steps.ground(one) for one in (steps.newest[edition["phase"]], edition["id"]))
    communes = {code: rank for rank, code in enumerate(names.listed.get_column("commune_code"))}
    usual_now, usual_then = (_usual(names, ground) for ground in (newest, own))
    return told | {
        "territories": [[row["territory_id"], shown(row["name"])] for row in territories],
        "grounds": _differing(communes, newest, own, ranks),
        "groups": _differing(names.epci, usual_now, usual_then, ranks),
    }


def _territories(steps: Steps, edition: str) -> list[Row]:
    return list(steps.territories.filter(edition=edition).sort("territory_id").iter_rows(named=True))


def _differing(
    places: Mapping[str, int], newest: Mapping[str, str], own: Mapping[str, str], ranks: Mapping[str, int]
) -> list[int]:
    differing = [code for code in places if newest.get(code) != own.get(code)]
    return [rank for code in differing for rank in (places[code], ranks.get(own.get(code, ""), NONE))]


def _usual(names: Names, ground: Mapping[str, str]) -> dict[str, str]:
    """The territory of most communes of each EPCI that is in one."""
    held = names.communes.drop_nulls("epci_code").with_columns(territory=_column(ground))
    counts = held.group_by("epci_code", "territory").agg(most=pl.len().cast(pl.Int64))
    ordered = counts.sort("epci_code", -pl.col("most"), "territory")
    most = ordered.unique("epci_code", keep="first", maintain_order=True).drop_nulls("territory")
    return dict(most.select("epci_code", "territory").iter_rows())


# --- facts -------------------------------------------------------------------------------------------------


def facts(names: Names, steps: Steps, edition: Row) -> list[dict[str, Any]]:
    """Territories of an earlier edition that are not as in the newest: facts as the map tells those of the newest.

    `same` is 1 where the ground is that of the newest; `members` are missing where the list names communes.
    """
    phase, newest = edition["phase"], steps.newest[edition["phase"]]
    then, now = _told(names, steps, edition["id"]), _told(names, steps, newest)
    known = steps.grounds(newest)
    changed = {name for name, ground in steps.grounds(edition["id"]).items() if ground != known.get(name)}
    lasting = _on_ground(names, steps, edition)
    return [
        {"phase": phase, "id": name, **one, "same": int(name not in changed), "others": lasting.get(name, [])}
        for name, one in then.items()
        if one != now.get(name) or name in changed
    ]


def _told(names: Names, steps: Steps, edition: str) -> dict[str, dict[str, Any]]:
    """Name, région, counts and members of each territory of an edition."""
    members: dict[str, list[Row]] = {}
    ordered = steps.members.filter(edition=edition).sort(-pl.col("population_2022"), "member_code")
    for row in ordered.iter_rows(named=True):
        members.setdefault(row["territory_id"], []).append(row)
    sizes = dict(names.communes.select("commune_code", pl.col("population_2022").fill_null(0)).iter_rows())
    grounds = steps.grounds(edition)
    return {
        row["territory_id"]: {
            "name": shown(row["name"]),
            "region": shown(row["region_name"]),
            "communes": len(grounds[row["territory_id"]]),
            "population": sum(sizes[code] for code in grounds[row["territory_id"]]),
            "members": [member(one) for one in members.get(row["territory_id"], ())],
        }
        for row in _territories(steps, edition)
    }


def _on_ground(names: Names, steps: Steps, edition: Row) -> dict[str, list[int]]:
    """For each territory of an edition, the newest of the other phase that share a commune with it."""
    other = 3 - edition["phase"]
    if other not in OF_PHASE:
        return {}
    across = dict(names.communes.select("commune_code", OF_PHASE[other]).drop_nulls().iter_rows())
    pairs: Iterable[tuple[str, int]] = (
        (territory, names.territory[other, across[code]])
        for code, territory in steps.ground(edition["id"]).items()
        if code in across
    )
    return others_of(pairs)
