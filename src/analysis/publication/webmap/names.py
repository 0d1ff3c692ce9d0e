"""Names, members and populations of communes, EPCI and territories as the pages read them (pure).

Places are known by their rank in these lists, -1 for none. Ranks and texts do not depend on the language.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

import polars as pl

from analysis.i18n import typography
from analysis.tables.codes import TERRITORY_COLUMNS

NONE: Final = -1
RAW: Final = ("departments", "intercommunalities", "postcodes")  # raw tables of Names, in its order
Place = TypeVar("Place", int, str)
OF_PHASE: Final = TERRITORY_COLUMNS


def shown(name: str) -> str:
    """A name as pages write it."""
    return typography.typographic(name)


def postcodes_of(postcodes: pl.DataFrame) -> dict[str, list[str]]:
    """Postcodes of each commune by its code, in their order, from the raw table."""
    return dict(postcodes.group_by("commune_code").agg(pl.col("postcode").sort()).iter_rows())


@dataclass(frozen=True)
class Names:
    """Built tables core_communes, core_territories, core_members; raw departments, intercommunalities, postcodes."""

    communes: pl.DataFrame
    territories: pl.DataFrame
    members: pl.DataFrame
    departments: pl.DataFrame
    groups: pl.DataFrame
    postcodes: pl.DataFrame

    @cached_property
    def listed(self) -> pl.DataFrame:
        """Communes in the order of their codes."""
        return self.communes.sort("commune_code")

    @cached_property
    def postcodes_of(self) -> dict[str, list[str]]:
        """Postcodes of each commune by its code, in their order."""
        return postcodes_of(self.postcodes)

    @cached_property
    def epci(self) -> dict[str, int]:
        """Rank of each EPCI by its code."""
        codes = self.communes.get_column("epci_code").drop_nulls().unique().sort()
        return {code: rank for rank, code in enumerate(codes)}

    @cached_property
    def epts(self) -> dict[str, int]:
        """Rank of each établissement public territorial by its code."""
        codes = self.communes.get_column("ept_code").drop_nulls().unique().sort()
        return {code: rank for rank, code in enumerate(codes)}

    @cached_property
    def territory(self) -> dict[tuple[int, str], int]:
        """Rank of each territory by phase and number."""
        keys = self.territories.select("phase", "territory_id").sort("phase", "territory_id").iter_rows()
        return {(phase, name): rank for rank, (phase, name) in enumerate(keys)}

    @cached_property
    def group_names(self) -> dict[str, str]:
        """Names of EPCI and EPT by code."""
        return {code: shown(name) for code, name in self.groups.select("intercommunality_code", "name").iter_rows()}

    @cached_property
    def ground(self) -> list[tuple[int, int]]:
        """The territories of each listed commune in both phases; none in a phase that the programme does not have."""
        held = [self.listed.get_column(OF_PHASE[phase]) if phase in OF_PHASE else None for phase in (1, 2)]
        first, second = (
            [NONE] * self.listed.height if ids is None else [self.territory.get((phase, one), NONE) for one in ids]
            for phase, ids in enumerate(held, start=1)
        )
        return list(zip(first, second, strict=True))


def search(names: Names) -> dict[str, Any]:
    """What the search reads: every commune with its postcodes, EPCI and territories, every EPCI, every territory.

    `odd` lists the communes whose territories are not those of most communes of their EPCI, `ept` the communes of
    an établissement public territorial. Communes stand in the order of their codes, which come without the
    département's two first characters; a commune's postcodes, a line each, go without them where they have the same.
    """
    rows = names.listed
    codes = rows.get_column("commune_code").to_list()
    groups = [names.epci.get(code, NONE) for code in rows.get_column("epci_code")]
    usual = _usual(names, groups)
    epts = enumerate(rows.get_column("ept_code").to_list())
    pairs = enumerate(zip(groups, names.ground, strict=True))
    odd = [[rank, *one] for rank, (group, one) in pairs if usual[group] != one]
    return {
        "departments": _departments(names, rows),
        "codes": "".join(code[2:] for code in codes),
        "postcodes": "\n".join(_postcodes(code, names.postcodes_of.get(code, ())) for code in codes),
        "names": "\n".join(shown(one) for one in rows.get_column("name")),
        "groups": groups,
        "populations": rows.get_column("population_2022").fill_null(NONE).to_list(),
        "odd": odd,
        "ept": [[rank, names.epts[code]] for rank, code in epts if code],
        "epts": [[code, names.group_names[code]] for code in names.epts],
        "epci": [[code, names.group_names[code], *usual[rank]] for code, rank in names.epci.items()],
        "territories": _territories(names),
    }


def _usual(names: Names, groups: list[int]) -> dict[int, tuple[int, int]]:
    """The territories of most communes of each EPCI; none for the communes that belong to no EPCI."""
    counts: dict[int, dict[tuple[int, int], int]] = {}
    for group, one in zip(groups, names.ground, strict=True):
        of_group = counts.setdefault(group, {})
        of_group[one] = of_group.get(one, 0) + 1
    most = {group: max(sorted(found), key=found.__getitem__) for group, found in counts.items()}
    return most | {NONE: (NONE, NONE)}


def _postcodes(commune_code: str, postcodes: Iterable[str]) -> str:
    return " ".join(one.removeprefix(commune_code[:2]) for one in postcodes)


def _departments(names: Names, communes: pl.DataFrame) -> list[list[Any]]:
    """Code, name and number of communes of each département, in the order of the communes."""
    titles = dict(names.departments.select("department_code", "name").iter_rows())
    counts = communes.group_by("department_code", maintain_order=True).len().iter_rows()
    return [[code, shown(titles[code]), count] for code, count in counts]


def _territories(names: Names) -> list[list[Any]]:
    columns = ("phase", "territory_id", "name", "region_name")
    rows = names.territories.sort("phase", "territory_id").select(columns).iter_rows()
    return [[phase, number, shown(name), shown(region)] for phase, number, name, region in rows]


# --- the map -----------------------------------------------------------------------------------------------


def territory_facts(names: Names) -> list[dict[str, Any]]:
    """For each territory its name, région, counts, members, and the territories of the other phase on its ground."""
    members = {key: list(group) for key, group in _grouped(names.members)}
    others = _others(names.ground)
    rows = names.territories.sort("phase", "territory_id").iter_rows(named=True)
    return [
        _facts(row, members[row["phase"], row["territory_id"]], others.get(rank, [])) for rank, row in enumerate(rows)
    ]


def _facts(row: Mapping[str, Any], members: list[dict[str, Any]], others: list[int]) -> dict[str, Any]:
    ordered = sorted(members, key=lambda one: (-one["population_2022"], one["member_code"]))
    return {
        "phase": row["phase"],
        "id": row["territory_id"],
        "name": shown(row["name"]),
        "region": shown(row["region_name"]),
        "communes": sum(one["commune_count"] for one in members),
        "population": sum(one["population_2022"] for one in members),
        "others": others,
        "members": [member(one) for one in ordered],
    }


def member(row: Mapping[str, Any]) -> list[Any]:
    """Kind, code, name, communes, inhabitants of a member."""
    counts = (row["commune_count"], row["population_2022"])
    return [row["member_kind"], row["member_code"], shown(row["member_name"]), *counts]


def _grouped(members: pl.DataFrame) -> Iterable[tuple[tuple[int, str], list[dict[str, Any]]]]:
    found: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for row in members.iter_rows(named=True):
        found.setdefault((row["phase"], row["territory_id"]), []).append(row)
    return found.items()


def _others(ground: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    """For each territory, those of the other phase that share a commune with it, most communes first."""
    both = [pair for pair in ground if NONE not in pair]
    return others_of([*both, *((second, first) for first, second in both)])


def others_of(pairs: Iterable[tuple[Place, int]]) -> dict[Place, list[int]]:
    """For each place, the ranks that stand with it, the most often first."""
    counts: dict[Place, Counter[int]] = {}
    for one, other in pairs:
        counts.setdefault(one, Counter())[other] += 1
    return {one: sorted(shared, key=lambda other: (-shared[other], other)) for one, shared in counts.items()}


def group_facts(names: Names) -> list[list[Any]]:
    """Code, name, communes, inhabitants and usual territories of each EPCI, and 1 when these hold for every commune."""
    rows = names.listed
    groups = [names.epci.get(code, NONE) for code in rows.get_column("epci_code")]
    usual = _usual(names, groups)
    mixed = {group for group, one in zip(groups, names.ground, strict=True) if usual[group] != one}
    counted = rows.drop_nulls("epci_code").group_by("epci_code").agg(pl.len(), pl.col("population_2022").sum())
    counts = {code: (count, people) for code, count, people in counted.iter_rows()}
    return [
        [code, names.group_names[code], *counts[code], *usual[rank], int(rank not in mixed)]
        for code, rank in names.epci.items()
    ]
