"""What rules call by name on the official lists, and what the lists say of a concept (pure)."""

import inspect
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import polars as pl

from analysis.errors import LedgerError
from analysis.i18n.language import N_, tr
from analysis.ledger.agreement import said
from analysis.ledger.expressions import Function, nearest
from analysis.ledger.list_shares import Shares
from analysis.ledger.place_names import KIND_WORDS
from analysis.registry.phases import entirely_new, phase1_fate
from analysis.tables.codes import COUNTRY, PHASES

MOST_KEPT: Final = 4096  # values that each function remembers
SHOWN_DECIMALS: Final = 1  # of a share or an average in words
IN_PHASE: Final = N_("{value} en phase {phase}")
# The function that gives what the lists say of a concept in a place and a phase.
COUNTED: Final[Mapping[str, str]] = {
    "labelled_territories": "territory_count",
    "intercommunalities": "intercommunality_count",
    "member_intercommunalities": "territory_member_count",
    "largest_territory_members": "largest_member_count",
    "communes": "commune_count",
    "population": "population",
    "share_of_territories": "share_of_territories",
    "share_of_intercommunalities": "share_of_intercommunalities",
    "share_of_communes": "share_of_communes",
    "share_of_population": "share_of_population",
    "members_per_territory": "members_per_territory",
    "communes_per_territory": "communes_per_territory",
    "inhabitants_per_territory": "inhabitants_per_territory",
    "territory_rank": "territory_rank",
    "departments": "department_count",
    "regions": "region_count",
}
BY_EDITION: Final = ("intercommunalities", "member_intercommunalities", "communes", "share_of_communes")
BETWEEN_PHASES: Final = (
    "net_new_territories", "new_territories", "kept_territories", "left_territories", "territory_growth",
    "share_of_new_intercommunalities", "share_of_intercommunalities_reapplying",
)  # fmt: skip
PHASE_FIRST: Final = ("share_of_intercommunalities",)  # functions whose place may be left out
# What is counted of members: of a list that names communes alone, the next list that gives members says it.
OF_MEMBERS: Final = (
    "member_count", "kind_count", "intercommunality_count", "territory_member_count", "members_known",
    "largest_member_count", "largest_territory", "territories_above", "members_per_territory", "listed_territories",
    "share_of_intercommunalities", "new_intercommunalities", "share_of_new_intercommunalities",
    "share_of_kept_intercommunalities",
)  # fmt: skip
WORDED: Final = ("in_each_phase",)  # functions whose value depends on the language in force


@dataclass(frozen=True)
class Lists(Shares):
    """The official lists as functions: every public method is one that rules may call."""

    @cached_property
    def functions(self) -> Mapping[str, Function]:
        """Functions by name; all but those that give words remember their values."""
        methods = (name for name, _ in inspect.getmembers(type(self), inspect.isfunction) if not name.startswith("_"))
        found = {name: getattr(self, name) for name in methods}
        own = {name: one if name in WORDED else lru_cache(MOST_KEPT)(one) for name, one in found.items()}
        return own | ({name: self.with_members.functions[name] for name in OF_MEMBERS} if self.with_members else {})

    # --- from one phase to the next ---

    def new_territories(self, phase: int, place: str = COUNTRY) -> int:
        """Territories of phase two that share no tenth of inhabitants with any of phase one."""
        if phase != 2:
            raise LedgerError(f"no phase comes before phase {phase}.")
        return self._territories(place, phase).filter(pl.col("territory_id").is_in(self._new)).height

    def territory_growth(self, place: str) -> float:
        """By what the number of territories of a place is multiplied from one phase to the next."""
        if not (before := self.territory_count(place, 1)):
            raise LedgerError(f"{place} has no territory in phase 1.")
        return self.territory_count(place, 2) / before

    def fate_count(self, place: str, fate: str) -> int:
        """Territories of phase one, of a place, that had a fate in phase two: a word of out_phase1_fate."""
        self._listed(2)
        own = self._territories(place, 1).select(phase1_id="territory_id")
        return self._fates.join(own, on="phase1_id", how="semi").filter(fate=fate).height

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

    @cached_property
    def _new(self) -> list[str]:
        return entirely_new(self.territories, self.communes)

    @cached_property
    def _fates(self) -> pl.DataFrame:
        return phase1_fate(self.territories, self.communes)

    # --- any concept ---

    def is_listed(self, concept: str) -> bool:
        """Whether the lists say anything of a concept."""
        return concept in COUNTED or (concept in BETWEEN_PHASES and len(PHASES) > 1)

    def is_of_a_phase(self, concept: str) -> bool:
        """Whether the lists say something of a concept in each phase."""
        return concept in COUNTED

    def unmeasured(self, concept: str, place: str, phase: int | None) -> bool:
        """Whether the lists say something of a concept, but not of a place of this kind."""
        word = KIND_WORDS.get(self.places.find(place, phase).kind, "")
        return self.is_listed(concept) and word not in re.findall(r"\w+", self.measured_on.get(concept, word))

    def counted(self, concept: str, place: str, phase: int, edition: int | None = None) -> float:
        """What the lists say of a concept; at an earlier COG edition where it depends on one."""
        if concept not in COUNTED:
            raise LedgerError(f"no list says {concept}.")
        function = self.functions[COUNTED[concept]]
        if concept == "largest_territory_members":
            return float(function(phase))
        if concept in PHASE_FIRST:
            return float(function(phase, place))
        return float(function(place, phase, *((edition,) if edition and concept in BY_EDITION else ())))

    def nearest_phase(self, concept: str, place: str, value: float, edition: int | None = None) -> float:
        """What the lists say of a concept in the phase where it is closest to a value."""
        found = [*self._by_phase(concept, place, edition).values()]
        return nearest(value, found[0], found[-1])

    def in_each_phase(self, concept: str, place: str, unit: str) -> str:
        """What the lists say of a concept, phase by phase, in words: `149 en phase 1, 183 en phase 2`."""
        return ", ".join(_in_phase(*found, unit) for found in self._by_phase(concept, place).items())

    def _by_phase(self, concept: str, place: str, edition: int | None = None) -> dict[int, float]:
        """The phases of which the lists say something, each with what they say; LedgerError without any."""
        found = {}
        for phase in PHASES:
            with suppress(LedgerError):
                found[phase] = self.counted(concept, place, phase, edition)
        if not found:
            raise LedgerError(f"no list says {concept} of {place} in any phase.")
        return found


def _in_phase(phase: int, value: float, unit: str) -> str:
    shown = round(value, SHOWN_DECIMALS)
    words = said({"value_low": shown, "value_high": shown, "qualifier": "exact", "unit": unit})
    return tr(IN_PHASE).format(value=words, phase=phase)
