"""What the official lists count in a place: territories, members, communes and inhabitants of a phase (pure)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import polars as pl

from analysis.errors import LedgerError
from analysis.ledger.cog_years import Covered, commune_editions, covered_editions, intercommunalities_then
from analysis.ledger.place_names import Kind, Place, Places
from analysis.tables.codes import PHASES

AREAS = ("region", "department")  # a place that communes lie in, whatever their territory


@dataclass(frozen=True)
class Counts:
    """The official lists: raw tables, core tables; other names of places (`MEL`), what each concept is measured on.

    `other_names` are the territories of every edition of the lists, by the names that they have there. `with_members`
    are the lists to ask for members, where these name communes alone.

    A place is France, a région, a département, a territory, an EPCI or a commune. A territory counts in the région of
    its id and in each département where it has a commune; communes and inhabitants count where they are.
    """

    raw: Mapping[str, pl.DataFrame]
    territories: pl.DataFrame
    members: pl.DataFrame
    communes: pl.DataFrame
    aliases: Mapping[str, Sequence[str]]
    measured_on: Mapping[str, str] = field(default_factory=dict)
    other_names: pl.DataFrame | None = None
    with_members: Self | None = None

    # --- territories and members ---

    def territory_count(self, place: str, phase: int) -> int:
        """Territories of a phase, in the country, in a région or in a département."""
        return self._territories(place, phase).height

    def member_count(self, place: str, phase: int) -> int:
        """Members of a territory, or of every territory of a place."""
        return self._members(place, phase).height

    def kind_count(self, place: str, phase: int, kind: str) -> int:
        """Members of one kind: `epci`, `ept` or `commune`."""
        return self._members(place, phase).filter(member_kind=kind).height

    def intercommunality_count(self, place: str, phase: int, edition: int | None = None) -> int:
        """EPCI and EPT among the members; with an earlier COG edition, the EPCI that then stood in their place."""
        return self._intercommunality_count(self._members(place, phase), phase, edition)

    def territory_member_count(self, place: str, phase: int, edition: int | None = None) -> int:
        """The same of a territory, which a name means before a département of that name."""
        return self._intercommunality_count(self._members(place, phase, "territory"), phase, edition)

    def members_known(self, place: str, phase: int) -> int:
        """1 where the list that gives the members has a territory of this name, else 0."""
        return int(self.places.find(place, phase, "territory").kind == "territory")

    def listed_territories(self, place: str, phase: int) -> int:
        """Territories of a place in the list that gives the members: that of the day, or the next."""
        return self.territory_count(place, phase)

    def largest_member_count(self, phase: int) -> int:
        """Members of the territory that has most of them."""
        return int(self._sizes(phase).item(0, "size"))

    def largest_territory(self, phase: int) -> str:
        """Name of the territory that has most members."""
        found = self._sizes(phase).item(0, "territory_id")
        return str(self.territories.filter(phase=phase, territory_id=found).item(0, "name"))

    def territories_above(self, size: float, phase: int) -> int:
        """Territories of a phase that have more than `size` members."""
        return self._sizes(phase).filter(pl.col("size") > size).height

    # --- communes ---

    def commune_count(self, place: str, phase: int | None, edition: int | None = None) -> int:
        """Communes of a place covered by a phase, or of an EPCI; at an earlier COG edition when one is given."""
        if edition is None:
            return self._communes(place, phase).height
        found = self._place(place, phase)
        if found.kind == "intercommunality":
            return self.at_edition(edition).filter(epci_code=found.code).height
        return self._inside(self.covered_at(self._listed(phase), edition), found, "territory_id").height

    def population(self, place: str, phase: int | None) -> int:
        """Inhabitants (population 2022) of a place covered by a phase, or of an EPCI or a commune."""
        return int(self._communes(place, phase).get_column("population_2022").sum())

    # --- places ---

    def place_is(self, place: str, phase: int | None, kinds: str) -> bool:
        """Whether a name means an entry of one of some kinds, with blanks between: see `place_names`."""
        return self.places.find(place, phase).kind in kinds.split()

    def territory_is(self, place: str, phase: int | None, kinds: str) -> bool:
        """The same, where a name means a territory before all others."""
        return self.places.find(place, phase, "territory").kind in kinds.split()

    def candidates(self, place: str, phase: int | None) -> str:
        """The entries of a list that a name may mean, by code."""
        return self.places.find(place, phase).told.replace("; ", ", ")

    @cached_property
    def places(self) -> Places:
        """The names of the lists."""
        return Places(self.raw, self.territories, self.aliases, self.other_names)

    @cached_property
    def at_edition(self) -> Callable[[int], pl.DataFrame]:
        """Communes and their EPCI at a COG edition: columns commune_code, epci_code."""
        return commune_editions(self.raw)

    @cached_property
    def covered_at(self) -> Covered:
        """Communes that a phase covers at a COG edition: columns of `cog_years.covered_editions`."""
        return covered_editions(self.raw, self.members, self.at_edition)

    def _place(self, place: str, phase: int | None, first: Kind | None = None) -> Place:
        """The one entry that a name means; LedgerError when no list has it, or one has it several times."""
        found = self.places.find(place, phase, first)
        if phase is None and found.kind not in ("intercommunality", "commune"):
            return self.places.require(place, phase, "intercommunality", "EPCI")
        if found.kind == "unknown":
            raise LedgerError(f"no list of phase {phase} knows the place {place}.")
        if found.kind == "several":
            return self.places.require(place, phase, *_several(found, phase))
        return found

    def _listed(self, phase: int | None) -> int:
        if phase not in PHASES:
            raise LedgerError(f"phase {phase} has no list.")
        return phase

    def _territories(self, place: str, phase: int, first: Kind | None = None) -> pl.DataFrame:
        """Territories of a phase in a place; LedgerError when no list knows the place."""
        of_phase = self.territories.filter(phase=self._listed(phase))
        found = self._place(place, phase, first)
        match found.kind:
            case "country":
                return of_phase
            case "region":
                return of_phase.filter(region_code=found.code)
            case "department":
                inside = self.communes.filter(department_code=found.code).get_column(f"territory_{phase}")
                return of_phase.filter(pl.col("territory_id").is_in(inside.implode()))
            case "territory":
                return of_phase.filter(territory_id=found.code)
        raise LedgerError(f"{place} is no place of territories.")

    def _members(self, place: str, phase: int, first: Kind | None = None) -> pl.DataFrame:
        """Members of the territories of a place; of a département, those with a commune in it."""
        found = self.members.join(self._territories(place, phase, first), on=["phase", "territory_id"], how="semi")
        meant = self.places.find(place, phase, first)
        if meant.kind != "department":
            return found
        inside = self.communes.filter(department_code=meant.code).get_column(f"member_{phase}")
        return found.filter(pl.col("member_code").is_in(inside.implode()))

    def _intercommunality_count(self, members: pl.DataFrame, phase: int, edition: int | None) -> int:
        groups = members.filter(pl.col("member_kind") != "commune")
        if edition is None:
            return groups.height
        ept = groups.filter(member_kind="ept").height
        return intercommunalities_then(self.at_edition(edition), self.communes, groups, phase) + ept

    def _communes(self, place: str, phase: int | None) -> pl.DataFrame:
        """Communes of an EPCI, a commune itself; or those that a phase covers: where they are, or by territory."""
        found = self._place(place, phase)
        match found.kind:
            case "intercommunality":
                return self.communes.filter(epci_code=found.code)
            case "commune":
                return self.communes.filter(commune_code=found.code)
        covered = self.communes.drop_nulls(f"territory_{self._listed(phase)}")
        return self._inside(covered, found, f"territory_{phase}")

    def _inside(self, communes: pl.DataFrame, place: Place, territory: str) -> pl.DataFrame:
        """Rows of communes in France, a région, a département or a territory, whose column is named."""
        if place.kind == "country":
            return communes
        column = f"{place.kind}_code" if place.kind in AREAS else territory
        return communes.filter(pl.col(column) == place.code)

    def _sizes(self, phase: int) -> pl.DataFrame:
        """Territories of a phase, those with most members first."""
        counts = self.members.filter(phase=self._listed(phase)).group_by("territory_id").agg(size=pl.len())
        return counts.sort("size", "territory_id", descending=[True, False])


def _several(place: Place, phase: int | None) -> tuple[Kind, str]:
    """The kind that several entries share, and how it is called in an error."""
    kind: Kind = place.code  # type: ignore[assignment]
    return kind, {"intercommunality": "EPCI", "territory": f"territories of phase {phase}"}.get(kind, f"{kind}s")
