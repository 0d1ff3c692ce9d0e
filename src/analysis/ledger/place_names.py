"""Which entry of the official lists the name of a place means (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

import polars as pl

from analysis.errors import LedgerError
from analysis.tables.codes import COUNTRY, FRANCE, PHASES

Kind = Literal["country", "region", "department", "intercommunality", "territory", "commune", "several", "unknown"]
# One name may stand in several lists; the first that has it is meant. Where a phase is said, a territory is nearer.
WITHOUT_PHASE: Final[Sequence[Kind]] = (
    "country", "region", "department", "intercommunality", "territory", "commune",
)  # fmt: skip
IN_A_PHASE: Final[Sequence[Kind]] = ("country", "region", "department", "territory", "intercommunality", "commune")
# The raw table of each kind, its code, and a column that helps to tell entries of one name apart.
LISTED: Final[Mapping[Kind, tuple[str, str, str]]] = {
    "region": ("regions", "region_code", "name"),
    "department": ("departments", "department_code", "region_code"),
    "intercommunality": ("intercommunalities", "intercommunality_code", "kind"),
    "commune": ("communes", "commune_code", "department_code"),
}
# What the vocabulary calls each kind in `measured_on`.
KIND_WORDS: Final[Mapping[Kind, str]] = {
    "country": "France", "region": "région", "department": "département", "intercommunality": "intercommunalité",
    "territory": "territoire", "commune": "commune",
}  # fmt: skip


class Place(NamedTuple):
    """An entry of a list: its kind and code; `told` says which, or which ones, where a name has several."""

    kind: Kind
    code: str = ""
    told: str = ""


Index = dict[tuple[Kind, int | None, str], list[Place]]  # by kind, phase of a territory, and name


@dataclass(frozen=True)
class Places:
    """Names of communes, intercommunalities, départements, régions and territories, and the vocabulary's other names.

    `raw` are the raw tables, `territories` is core_territories, `aliases` gives other names of a place (`MEL`),
    `other_names` those that a territory has in other editions of its list.
    """

    raw: Mapping[str, pl.DataFrame]
    territories: pl.DataFrame
    aliases: Mapping[str, Sequence[str]]
    other_names: pl.DataFrame | None = None

    def find(self, name: str | None, phase: int | None, first: Kind | None = None) -> Place:
        """What a name means in a phase, or without one; `first` is the kind to look at before all others."""
        order = IN_A_PHASE if phase else WITHOUT_PHASE
        for kind in (first, *order) if first else order:
            if found := self._entries(kind, name, phase):
                return found[0] if len(found) == 1 else Place("several", kind, _told(found))
        return Place("unknown")

    def require(self, name: str, phase: int | None, kind: Kind, called: str) -> Place:
        """The one entry of a kind; LedgerError names the candidates, by code, or says there is none."""
        found = self._entries(kind, name, phase)
        if len(found) == 1:
            return found[0]
        told = f": {_told(found)}." if found else "."
        raise LedgerError(f"{len(found)} {called} are called {name}{told}")

    def _entries(self, kind: Kind, name: str | None, phase: int | None) -> list[Place]:
        names = [name or "", *self.aliases.get(name or "", ())]
        if kind == "territory" and phase is None:
            found = (self._names.get((kind, one, name), ()) for one in PHASES for name in names)
            return next((entries for one in found if (entries := list(one))), [])
        of_phase = phase if kind == "territory" else None
        return list(dict.fromkeys(one for name in names for one in self._names.get((kind, of_phase, name), ())))

    @cached_property
    def _names(self) -> Index:
        found: Index = defaultdict(list)
        found["country", None, COUNTRY].append(Place("country", FRANCE))
        for kind, (table, code, beside) in LISTED.items():
            rows = self.raw[table].select(code, "name", beside=beside)
            _add(found, kind, None, (row for row in rows.iter_rows() if row[2] != "EPT"))
        for phase in PHASES:
            listed = self.territories.filter(phase=phase).select("territory_id", "name", "region_name")
            _add(found, "territory", phase, listed.iter_rows())
            if self.other_names is not None:
                others = self.other_names.join(listed, on="territory_id", how="semi").join(
                    listed, on="name", how="anti"
                )
                rows = others.filter(phase=phase).select("territory_id", "name", "region_name")
                _add(found, "territory", phase, rows.unique(maintain_order=True).iter_rows())
        return found


def _add(found: Index, kind: Kind, phase: int | None, rows: Iterable[tuple[str, str, str]]) -> None:
    for code, name, beside in rows:
        found[kind, phase, name].append(Place(kind, code, f"{code} ({name}, {beside})"))


def _told(found: Iterable[Place]) -> str:
    return "; ".join(sorted(one.told for one in found))
