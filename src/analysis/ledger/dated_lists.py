"""The official lists of the day that a figure is of, and what the editions around that day say (pure)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import groupby
from typing import Any, Final

import polars as pl

from analysis.errors import LedgerError
from analysis.i18n import typography
from analysis.ledger.claim_dates import UNDATED
from analysis.ledger.expressions import Function
from analysis.ledger.list_facts import Lists
from analysis.registry.memberships import as_stood
from analysis.tables.codes import PHASES

Row = Mapping[str, Any]
NAMES: Final = (
    "first_day", "edition_date", "members_date", "next_count", "final_count", "editions_said",
)  # fmt: skip


@dataclass(frozen=True)
class ListEditions:
    """Every edition of the official lists: raw and core tables, other names of places, what concepts are measured on.

    A day before the first edition of a phase is looked at with that one, the nearest that there is.
    """

    tables: Mapping[str, pl.DataFrame]
    aliases: Mapping[str, Sequence[str]]
    measured_on: Mapping[str, str]

    @cached_property
    def newest(self) -> Lists:
        """The lists in force."""
        return self.on(UNDATED)

    def on(self, day: int) -> Lists:
        """The lists of a day such as 20201215."""
        return self._lists(tuple(self._at(phase, day)["id"] for phase in PHASES))

    def functions(self, day: int) -> dict[str, Function]:
        """What the editions around a day say, as functions by name."""
        return {name: partial(getattr(self, f"_{name}"), day) for name in NAMES}

    # --- what rules may call ---

    def _first_day(self, _: int, phase: int) -> int:
        """The day from which the first edition of a phase holds."""
        return _day(self._of(phase)[0])

    def _edition_date(self, day: int, phase: int) -> str:
        """The date of the edition, in words."""
        return _date(self._at(phase, day))

    def _members_date(self, day: int, phase: int) -> str:
        """The date of the edition that gives the members: the next one where this one names communes alone."""
        return _date(self._with_members(self._at(phase, day)))

    def _next_count(self, day: int, place: str, phase: int) -> int:
        """Territories of a place in the edition that follows; in the last one where none does."""
        return self._count(place, self._next(phase, day))

    def _final_count(self, _: int, place: str, phase: int) -> int:
        """Territories of a place in the last edition."""
        return self._count(place, self._of(phase)[-1])

    def _editions_said(self, day: int, place: str, phase: int) -> str:
        """Territories of a place in the edition of a day and in those that follow: `148 (15 octobre 2020)`."""
        own = self._of(phase)[self._of(phase).index(self._at(phase, day)) :]
        runs = [(count, list(same)) for count, same in groupby(own, partial(self._count, place))]
        return typography.listed(
            [f"{typography.number(count)} ({typography.listed(list(map(_date, same)))})" for count, same in runs]
        )

    # --- parts of these ---

    @cached_property
    def _by_phase(self) -> Mapping[int, list[Row]]:
        rows = self.tables["out_editions"].sort("valid_from").to_dicts()
        return {phase: [row for row in rows if row["phase"] == phase] for phase in PHASES}

    def _of(self, phase: int) -> list[Row]:
        if phase not in PHASES:
            raise LedgerError(f"phase {phase} has no list.")
        return self._by_phase[phase]

    def _at(self, phase: int, day: int) -> Row:
        """The edition of a day, or the first one."""
        held = [row for row in self._of(phase) if _day(row) <= day]
        return held[-1] if held else self._of(phase)[0]

    def _next(self, phase: int, day: int) -> Row:
        later = [row for row in self._of(phase) if _day(row) > day]
        return later[0] if later else self._of(phase)[-1]

    def _count(self, place: str, edition: Row) -> int:
        others = {one: self._of(one)[-1]["id"] for one in PHASES} | {edition["phase"]: edition["id"]}
        lists = self._lists(tuple(others[phase] for phase in PHASES))
        return int(lists.functions["territory_count"](place, edition["phase"]))

    def _with_members(self, edition: Row) -> Row:
        """The edition itself, or the first after it that gives members."""
        later = [one for one in self._of(edition["phase"]) if one["valid_from"] >= edition["valid_from"]]
        return next((one for one in later if one["epci_member_count"] is not None), edition)

    @cached_property
    def _lists(self) -> Callable[[tuple[str, ...]], Lists]:
        return lru_cache(self._made)

    def _made(self, ids: tuple[str, ...]) -> Lists:
        """The lists of these editions, one a phase."""
        stood = as_stood(self.tables, ids)
        listed = self.tables["core_edition_communes"].filter(pl.col("edition").is_in(ids))
        phases = self.tables["out_editions"].select("phase", edition="id")
        raw = {**self.tables, "listed_communes": listed.join(phases, on="edition", validate="m:1")}
        rows = {row["id"]: row for row in self.tables["out_editions"].to_dicts()}
        named = tuple(self._with_members(rows[one])["id"] for one in ids)
        members = None if named == ids else self._lists(named)
        return Lists(
            raw,
            stood["core_territories"],
            stood["core_members"],
            stood["core_communes"],
            self.aliases,
            self.measured_on,
            self.tables["core_edition_territories"],
            members,
        )


def _day(edition: Row) -> int:
    return int(edition["valid_from"].replace("-", ""))


def _date(edition: Row) -> str:
    return typography.date(edition["as_of"])
