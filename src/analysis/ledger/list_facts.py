"""What the official lists say of a place in a phase: counts and shares that rules call by name (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from analysis.errors import LedgerError
from analysis.registry.official_lists import commune_count_at_edition, communes_at_edition
from analysis.registry.phases import entirely_new
from analysis.tables.codes import COUNTRY

NAMES = (
    "territory_count", "member_count", "kind_count", "intercommunality_count", "commune_count", "population",
    "largest_member_count", "largest_territory", "territories_above", "new_territories", "new_intercommunalities",
    "share_of_new_intercommunalities", "share_of_kept_intercommunalities", "all_intercommunalities",
    "share_of_intercommunalities", "is_intercommunality",
)  # fmt: skip


@dataclass(frozen=True)
class Lists:
    """The official lists: raw tables, core tables, other names of places (`MEL`) as the vocabulary gives them."""

    raw: Mapping[str, pl.DataFrame]
    territories: pl.DataFrame
    members: pl.DataFrame
    communes: pl.DataFrame
    aliases: Mapping[str, Sequence[str]]

    # --- territories and members ---

    def territory_count(self, place: str, phase: int) -> int:
        """Territories of a phase, in the country or in a région."""
        return self._territories(place, phase).height

    def member_count(self, place: str, phase: int) -> int:
        """Members of a territory, or of every territory of a place."""
        return self._members(place, phase).height

    def kind_count(self, place: str, phase: int, kind: str) -> int:
        """Members of one kind: `epci`, `ept` or `commune`."""
        return self._members(place, phase).filter(member_kind=kind).height

    def intercommunality_count(self, place: str, phase: int, edition: int | None = None) -> int:
        """EPCI and EPT among the members; with an earlier COG edition, the EPCI that then stood in their place."""
        members = self._members(place, phase).filter(pl.col("member_kind") != "commune")
        if edition is None:
            return members.height
        ept = members.filter(member_kind="ept").height
        return _covered_at_edition(self.raw, self.communes, members, phase, edition) + ept

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
        if place == COUNTRY and phase is not None:
            return commune_count_at_edition(self.raw, phase, edition)
        return communes_at_edition(self.raw, edition).filter(epci_code=self._epci(place)).height

    def population(self, place: str, phase: int | None) -> int:
        """Inhabitants (population 2022) of a place covered by a phase, or of an EPCI."""
        return int(self._communes(place, phase).get_column("population_2022").sum())

    def is_intercommunality(self, place: str) -> bool:
        """Whether a place is an EPCI, or another name of one."""
        return self._epci_called(place).height > 0

    # --- from one phase to the next ---

    def new_territories(self, phase: int) -> int:
        """Territories of phase two that share no tenth of inhabitants with any of phase one."""
        if phase != 2:
            raise LedgerError(f"no phase comes before phase {phase}.")
        return len(entirely_new(self.territories, self.communes))

    def new_intercommunalities(self, phase: int) -> int:
        """EPCI and EPT of a phase that were not members in the phase before."""
        return len(self._intercommunalities(phase) - self._intercommunalities(phase - 1))

    def share_of_new_intercommunalities(self, phase: int) -> float:
        """Per cent of the EPCI and EPT of a phase that were not members in the phase before."""
        return 100 * self.new_intercommunalities(phase) / len(self._intercommunalities(phase))

    def share_of_kept_intercommunalities(self, phase: int) -> float:
        """Per cent of the EPCI and EPT of the phase before that are members again."""
        before = self._intercommunalities(phase - 1)
        return 100 * len(before & self._intercommunalities(phase)) / len(before)

    def all_intercommunalities(self) -> int:
        """EPCI with own taxation and EPT of the country."""
        return self.raw["intercommunalities"].height

    def share_of_intercommunalities(self, phase: int) -> float:
        """Per cent of the country's EPCI and EPT that are members."""
        return 100 * len(self._intercommunalities(phase)) / self.all_intercommunalities()

    # --- places ---

    def _territories(self, place: str, phase: int) -> pl.DataFrame:
        """Territories of a phase in a place; LedgerError when no list knows the place."""
        of_phase = self.territories.filter(pl.col("phase").eq_missing(pl.lit(phase, pl.Int64)))
        if of_phase.is_empty():
            raise LedgerError(f"phase {phase} has no list.")
        if place == COUNTRY:
            return of_phase
        names = [place, *self.aliases.get(place, ())]
        in_region = of_phase.filter(pl.col("region_name").is_in(names))
        if in_region.height:
            return in_region
        found = of_phase.filter(pl.col("name").is_in(names))
        if found.height:
            return _only(found, "territory_id", "region_name", f"territories of phase {phase}", place)
        if place in self.raw["regions"].get_column("name"):
            return of_phase.clear()  # a région without a territory
        raise LedgerError(f"no list of phase {phase} knows the place {place}.")

    def _members(self, place: str, phase: int) -> pl.DataFrame:
        return self.members.join(self._territories(place, phase), on=["phase", "territory_id"], how="semi")

    def _communes(self, place: str, phase: int | None) -> pl.DataFrame:
        """Communes of an EPCI; or those that a phase covers: in a région by their own region, else by territory."""
        if phase is None:
            return self.communes.filter(epci_code=self._epci(place))
        inside = self.communes.drop_nulls(f"territory_{phase}")
        regions = self.raw["regions"].filter(name=place)
        if regions.height:
            return inside.join(regions, on="region_code", how="semi")
        ids = self._territories(place, phase).get_column("territory_id")
        return inside.filter(pl.col(f"territory_{phase}").is_in(ids.implode()))

    def _epci(self, place: str) -> str:
        found = _only(self._epci_called(place), "intercommunality_code", "kind", "EPCI", place)
        return str(found.item(0, "intercommunality_code"))

    def _epci_called(self, place: str) -> pl.DataFrame:
        names = [place, *self.aliases.get(place, ())]
        return self.raw["intercommunalities"].filter(pl.col("name").is_in(names), pl.col("kind") != "EPT")

    def _sizes(self, phase: int) -> pl.DataFrame:
        """Territories of a phase, those with most members first."""
        counts = self._members(COUNTRY, phase).group_by("territory_id").agg(size=pl.len())
        return counts.sort("size", "territory_id", descending=[True, False])

    def _intercommunalities(self, phase: int) -> set[str]:
        members = self._members(COUNTRY, phase).filter(pl.col("member_kind") != "commune")
        return set(members.get_column("member_code"))


def _only(rows: pl.DataFrame, code: str, beside: str, kind: str, place: str) -> pl.DataFrame:
    """`rows` itself, the one row that a name means; LedgerError names the candidates, by code, or says there is none.

    `kind` is what is looked for, `beside` a column that helps to tell the candidates apart.
    """
    if rows.height == 1:
        return rows
    told = [f"{row[code]} ({row['name']}, {row[beside]})" for row in rows.sort(code).iter_rows(named=True)]
    raise LedgerError(f"{rows.height} {kind} are called {place}" + (f": {'; '.join(told)}." if told else "."))


def _covered_at_edition(
    raw: Mapping[str, pl.DataFrame], communes: pl.DataFrame, members: pl.DataFrame, phase: int, edition: int
) -> int:
    """How many EPCI of an earlier COG edition had most of their communes in what are now a phase's EPCI members.

    Communes that have ended since say nothing either way.
    """
    epci = members.filter(phase=phase, member_kind="epci").get_column("member_code")
    inside = communes.filter(pl.col(f"member_{phase}").is_in(epci.implode())).get_column("commune_code")
    then = communes_at_edition(raw, edition).drop_nulls("epci_code").join(communes, on="commune_code", how="semi")
    shares = then.group_by("epci_code").agg(inside=pl.col("commune_code").is_in(inside.implode()).mean())
    return shares.filter(pl.col("inside") > 0.5).height
