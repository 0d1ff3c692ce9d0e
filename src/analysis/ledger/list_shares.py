"""Shares, averages and ranks that the official lists give of a place in a phase (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analysis.errors import LedgerError
from analysis.ledger.list_counts import AREAS, Counts
from analysis.ledger.place_names import Place
from analysis.tables.codes import COUNTRY, PHASES


@dataclass(frozen=True)
class Shares(Counts):
    """The official lists, with what is divided or ranked; LedgerError where nothing is there to divide by."""

    def share_of_territories(self, place: str, phase: int) -> float:
        """Per cent of the country's territories that a place has."""
        return 100 * self.territory_count(place, phase) / self.territory_count(COUNTRY, phase)

    def share_of_communes(self, place: str, phase: int, edition: int | None = None) -> float:
        """Per cent of the communes of a place that a phase covers; at an earlier COG edition when one is given."""
        return 100 * self.commune_count(place, phase, edition) / self.all_communes(place, edition)

    def share_of_population(self, place: str, phase: int) -> float:
        """Per cent of the inhabitants (population 2022) of a place that a phase covers."""
        return 100 * self.population(place, phase) / self.all_inhabitants(place)

    def all_communes(self, place: str, edition: int | None = None) -> int:
        """Communes of the country, a région or a département, in the programme or not."""
        communes = self.communes if edition is None else self.at_edition(edition)
        return self._inside(communes, self._area(place), "").height

    def all_inhabitants(self, place: str) -> int:
        """Inhabitants (population 2022) of the country, a région or a département."""
        return int(self._inside(self.communes, self._area(place), "").get_column("population_2022").sum())

    def share_of_intercommunalities(self, phase: int, place: str = COUNTRY) -> float:
        """Per cent of the EPCI and EPT of the country, or of a région, that are members."""
        inside = self._intercommunalities(phase)
        if place != COUNTRY:
            inside &= self._codes(place, f"member_{phase}")
        return 100 * len(inside) / self.all_intercommunalities(place)

    def all_intercommunalities(self, place: str = COUNTRY) -> int:
        """EPCI with own taxation and EPT of the country, or of a région: those with a commune in it."""
        groups = self.raw["intercommunalities"]
        if place == COUNTRY:
            return groups.height
        # Of EPT, the lists give the communes of the members alone, but all of them lie in one région.
        ept = groups.filter(kind="EPT").height if self._codes(place, "ept_code") else 0
        return len(self._codes(place, "epci_code")) + ept

    # --- averages ---

    def members_per_territory(self, place: str, phase: int) -> float:
        """EPCI and EPT of a place's territories, on average."""
        return self._mean(self.intercommunality_count(place, phase), place, phase)

    def communes_per_territory(self, place: str, phase: int) -> float:
        """Communes of a place's territories, on average."""
        return self._mean(self._covered(place, phase).height, place, phase)

    def inhabitants_per_territory(self, place: str, phase: int) -> float:
        """Inhabitants (population 2022) of a place's territories, on average."""
        return self._mean(int(self._covered(place, phase).get_column("population_2022").sum()), place, phase)

    # --- ranks, and what else is counted of régions ---

    def territory_rank(self, place: str, phase: int) -> int:
        """Rank of a région by its territories; régions that have as many share the first of their ranks."""
        own, counts = self._counts_beside(place, phase)
        return 1 + sum(count > own for count in counts.values())

    def territory_rank_end(self, place: str, phase: int) -> int:
        """The last rank of the régions that have as many territories as a région."""
        own, counts = self._counts_beside(place, phase)
        return sum(count >= own for count in counts.values())

    def region_count(self, place: str, phase: int) -> int:
        """Régions of the country that have a territory."""
        return self._territories(place, phase).get_column("region_code").n_unique()

    def all_regions(self) -> int:
        """Régions of the country."""
        return self.raw["regions"].height

    def department_count(self, place: str, phase: int) -> int:
        """Départements of the country or a région that have a commune in a territory."""
        return self._communes(place, phase).get_column("department_code").n_unique()

    def all_departments(self, place: str) -> int:
        """Départements of the country or a région."""
        return self._inside(self.raw["departments"], self._area(place), "").height

    # --- parts of these ---

    def _area(self, place: str) -> Place:
        found = self._place(place, PHASES[0])
        if found.kind not in ("country", *AREAS):
            raise LedgerError(f"{place} is neither the country nor one of its administrative parts.")
        return found

    def _mean(self, total: float, place: str, phase: int) -> float:
        if not (count := self.territory_count(place, phase)):
            raise LedgerError(f"{place} has no territory in phase {phase}.")
        return total / count

    def _covered(self, place: str, phase: int) -> pl.DataFrame:
        """Communes of a place's territories, in the place or not."""
        ids = self._territories(place, phase).get_column("territory_id")
        return self.communes.filter(pl.col(f"territory_{phase}").is_in(ids.implode()))

    def _counts_beside(self, place: str, phase: int) -> tuple[int, Mapping[str, int]]:
        """Territories of a région, and of each région."""
        if (found := self._area(place)).kind != "region":
            raise LedgerError(f"{place} is no region.")
        listed = self.territories.filter(phase=self._listed(phase)).get_column("region_code")
        counts = dict.fromkeys(self.raw["regions"].get_column("region_code"), 0)
        for code in listed:
            counts[code] += 1
        return counts[found.code], counts

    def _codes(self, place: str, column: str) -> set[str]:
        """Codes in a column of the communes of a région or a département."""
        inside = self._inside(self.communes, self._area(place), "")
        return set(inside.get_column(column).drop_nulls())

    def _intercommunalities(self, phase: int) -> set[str]:
        members = self._members(COUNTRY, phase).filter(pl.col("member_kind") != "commune")
        return set(members.get_column("member_code"))
