"""Members of a new list against the registry: codes, names, and who stands for which commune (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import polars as pl

from analysis import matching, registry
from analysis.updates.entries import Entry
from analysis.updates.grid import Problem

LEAST_LIKENESS = 0.25  # share of the words of two names: below it, a code may be another's
SHOWN = 3


class Members:
    """What the raw tables know of possible members, by SIREN."""

    def __init__(self, raw: Mapping[str, pl.DataFrame]) -> None:
        self._raw = raw
        groups = raw["intercommunalities"].select("intercommunality_code", "name", "kind").iter_rows()
        self._groups = {code: (name, kind) for code, name, kind in groups}
        self._communes = dict(raw["communes"].select("commune_code", "name").iter_rows())
        self._alone = dict(raw["commune_members"].iter_rows())

    @cached_property
    def _places(self) -> Mapping[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for code, commune in registry.member_communes(self._raw).iter_rows():
            found[code].append(commune)
        return found

    def kind(self, code: str) -> str:
        """epci, ept, or commune, which is what is no group."""
        known = self._groups.get(code)
        return "commune" if known is None else "ept" if known[1] == "EPT" else "epci"

    def alone(self, entries: Iterable[Entry]) -> dict[str, str]:
        """INSEE code by SIREN of the communes that are members on their own."""
        return {one.siren: one.commune for one in entries if one.commune and one.siren not in self._groups}

    def name(self, one: Entry) -> str:
        """The member's name at the COG, empty where its code says nothing."""
        if one.siren in self._groups:
            return str(self._groups[one.siren][0])
        return str(self._communes.get(one.commune or self._alone.get(one.siren, ""), ""))

    def problems(self, entries: Iterable[Entry]) -> Iterator[Problem]:
        """Unknown codes, members given twice, communes that two members stand for; entries are of one phase."""
        seen, claimed = dict[str, Entry](), dict[str, Entry]()
        for one in entries:
            first = seen.setdefault(one.siren, one)
            what = self._unknown(one) if first is one else self._twice(one, first)
            if what:
                yield Problem(one.place, what)
                continue
            yield from self._claims(one, claimed)

    def _twice(self, one: Entry, first: Entry) -> str:
        if (one.territory_id, one.territory) == (first.territory_id, first.territory):
            return f"member {one.siren} stands twice in {one.territory!r}, first at {first.place}"
        return f"member {one.siren} is in {one.territory!r} here, in {first.territory!r} at {first.place}"

    def _unknown(self, one: Entry) -> str:
        """Why a code cannot be a member; empty when it can."""
        if one.siren in self._groups:
            return "" if self._places[one.siren] else f"the communes of {one.siren} are not in ept_communes.csv"
        known = self._alone.get(one.siren)
        if one.commune and one.commune not in self._communes:
            return f"INSEE code {one.commune} is not in COG 2024"
        if known and one.commune and one.commune != known:
            return f"{one.siren} is commune {known} in commune_members.csv, {one.commune} here"
        return "" if known or one.commune else f"{self._named(one)} is not in COG 2024{self._heirs(one.siren)}"

    def _named(self, one: Entry) -> str:
        return f"SIREN {one.siren}" + (f" ({one.member})" if one.member else "")

    def _heirs(self, code: str) -> str:
        """Where the communes of a group that is no more went, as cog_changes.csv tells it."""
        changes = self._raw["cog_changes"].filter((pl.col("old_epci_code") == code) | (pl.col("new_epci_code") == code))
        if changes.is_empty():
            return "; a commune needs its INSEE code in a column commune_code"
        left = changes.get_column("commune_code")
        heirs = self._raw["communes"].filter(pl.col("commune_code").is_in(left.implode()))
        codes = heirs.get_column("epci_code").drop_nulls().unique().sort().to_list()
        named = ", ".join(f"{one} ({self._groups[one][0]})" for one in codes[:SHOWN]) or "no group"
        edition = changes.sort("edition").item(-1, "edition")
        return f"; it ended with the edition of {edition}: its communes are now in {named}"

    def _claims(self, one: Entry, claimed: dict[str, Entry]) -> Iterator[Problem]:
        """Communes of a member that an earlier member has too: a métropole and its EPT, an EPCI and its commune."""
        places = self._places.get(one.siren) or [one.commune]
        taken = [(place, claimed.setdefault(place, one)) for place in places]
        doubled = [(place, other) for place, other in taken if other is not one]
        if doubled:
            place, other = doubled[0]
            what = f"member {one.siren} has {len(doubled)} commune(s) of {other.siren} ({other.place}), first {place}"
            yield Problem(one.place, what)

    def remarks(self, entries: Iterable[Entry]) -> Iterator[Problem]:
        """Members whose name in the list has little to do with the name of their code."""
        for one in entries:
            known = self.name(one)
            if one.member and known and matching.likeness(one.member, known) < LEAST_LIKENESS:
                yield Problem(one.place, f"{one.siren} is {known!r} in COG 2024, {one.member!r} in the list")
