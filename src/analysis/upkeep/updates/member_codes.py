"""Members of a new list against the registry: codes, names, and who stands for which commune (pure)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import polars as pl

from analysis.registry import matching, official_lists
from analysis.upkeep.updates import cell
from analysis.upkeep.updates.gathering import LEAST_LIKENESS, SHOWN, Gathering, of_communes
from analysis.upkeep.updates.grid import Problem, plain
from analysis.upkeep.updates.list_entries import Entry
from analysis.upkeep.updates.lone_communes import Communes

KINDS = re.compile(r"\b(?:CC|CA|CU|EPT|SAN)\b|(?i:communauté (?:de communes|d.agglom|urbaine))")
ASIDE = re.compile(r"\(([^()]*)\)")
ACRONYM = re.compile(r"[A-Z0-9’'.&-]{2,12}|\d{1,3}|2[AB]")


class Members:
    """What the raw tables know of possible members, by SIREN."""

    def __init__(self, raw: Mapping[str, pl.DataFrame]) -> None:
        self._raw = raw
        groups = raw["intercommunalities"].select("intercommunality_code", "name", "kind").iter_rows()
        self._groups = {code: (name, kind) for code, name, kind in groups}
        self._communes = Communes(raw)
        self._alone = dict(raw["commune_members"].iter_rows())
        where = (*raw["departments"]["name"], *raw["departments"]["department_code"], *raw["regions"]["name"])
        self._where = frozenset(map(plain, where))

    @cached_property
    def _places(self) -> Mapping[str, list[str]]:
        found = defaultdict[str, list[str]](list)
        for code, commune in official_lists.member_communes(self._raw).iter_rows():
            found[code].append(commune)
        return found

    def completed(self, entries: Sequence[Entry], problems: list[Problem], remarks: list[Problem]) -> tuple[Entry, ...]:
        """The entries with what their rows leave out: communes gathered into groups, those named by SIREN found."""
        if of_communes(entries, self._groups):
            gathered = Gathering(entries, self._raw)
            problems += gathered.problems
            remarks += gathered.remarks
            entries = gathered.entries
        return tuple(self._found(one, remarks) for one in entries)

    def _found(self, entry: Entry, remarks: list[Problem]) -> Entry:
        """A commune given by SIREN and name with its INSEE code."""
        if entry.commune or entry.siren in self._groups or entry.siren in self._alone:
            return entry
        code = self._communes.code(entry)
        if code:
            remarks.append(
                Problem(entry.place, f"{entry.siren} is read as commune {code} ({self._communes.names[code]})")
            )
        return replace(entry, commune=code)

    def kind(self, code: str) -> str:
        """epci, ept, or commune, which is what is no group."""
        known = self._groups.get(code)
        return "commune" if known is None else "ept" if known[1] == "EPT" else "epci"

    def alone(self, entries: Iterable[Entry]) -> dict[str, str]:
        """INSEE code by SIREN of the communes that are members on their own."""
        return {one.siren: one.commune for one in entries if one.commune and one.siren not in self._groups}

    def name(self, entry: Entry) -> str:
        """The member's name at the COG, empty where its code says nothing."""
        if entry.siren in self._groups:
            return str(self._groups[entry.siren][0])
        return str(self._communes.names.get(entry.commune or self._alone.get(entry.siren, ""), ""))

    def problems(self, entries: Iterable[Entry], *, grouped: bool = False) -> Iterator[Problem]:
        """Unknown codes, members given twice, communes that two members stand for, names of more than one member.

        Entries are of one phase; `grouped` says that a cell may hold several members.
        """
        seen, claimed = dict[str, Entry](), dict[str, Entry]()
        for one in entries:
            first = seen.setdefault(one.siren, one)
            what = self._unknown(one) if first is one else self._twice(one, first)
            what = what or self._more_than_its_name(one, grouped=grouped)
            if what:
                yield Problem(one.place, what)
                continue
            yield from self._claims(one, claimed)

    def _twice(self, entry: Entry, first: Entry) -> str:
        if (entry.territory_id, entry.territory) == (first.territory_id, first.territory):
            return f"member {entry.siren} stands twice in {entry.territory!r}, first at {first.place}"
        return f"member {entry.siren} is in {entry.territory!r} here, in {first.territory!r} at {first.place}"

    def _more_than_its_name(self, entry: Entry, *, grouped: bool) -> str:
        """What is wrong with a text that names its member and something more: a member without its code."""
        known, told = self.name(entry), ASIDE.sub(self._kept_aside, entry.member)
        extra = matching.words(told) - matching.words(known) if matching.words(told) and known else frozenset()
        holds_it = matching.words(known) <= matching.words(told)
        several = len(KINDS.findall(told)) > max(1, len(KINDS.findall(known)))
        parts = cell.parts(told) if grouped else 1
        if not (extra and (several or parts > 1 or (grouped and holds_it))):
            return ""
        what = f"{entry.member!r} is more than the name of {entry.siren}, {known!r}"
        return f'{what}: a member without its SIREN? Write each as "name (SIREN)", or the name as it is here'

    def _kept_aside(self, found: re.Match[str]) -> str:
        """A text in brackets, unless it only says where a member is or how it is called for short."""
        return "" if plain(found[1]) in self._where or ACRONYM.fullmatch(found[1].strip()) else found[0]

    def _unknown(self, entry: Entry) -> str:
        """Why a code cannot be a member; empty when it can."""
        if entry.siren in self._groups:
            return "" if self._places[entry.siren] else f"the communes of {entry.siren} are not in ept_communes.csv"
        known = self._alone.get(entry.siren)
        if entry.commune and entry.commune not in self._communes.names:
            return f"INSEE code {entry.commune} is not in COG 2024"
        if known and entry.commune and entry.commune != known:
            return f"{entry.siren} is commune {known} in commune_members.csv, {entry.commune} here"
        return "" if known or entry.commune else f"{self._named(entry)} is not in COG 2024{self._heirs(entry)}"

    def _named(self, entry: Entry) -> str:
        return f"SIREN {entry.siren}" + (f" ({entry.member})" if entry.member else "")

    def _heirs(self, entry: Entry) -> str:
        """Where the communes of a group that is no more went, as cog_changes.csv tells it."""
        code = entry.siren
        changes = official_lists.changes_to_ours(self._raw["cog_changes"]).filter(
            (pl.col("old_epci_code") == code) | (pl.col("new_epci_code") == code)
        )
        if changes.is_empty():
            return self._communes.why(entry)
        left = changes.get_column("commune_code")
        heirs = self._raw["communes"].filter(pl.col("commune_code").is_in(left.implode()))
        codes = heirs.get_column("epci_code").drop_nulls().unique().sort().to_list()
        named = ", ".join(f"{heir} ({self._groups[heir][0]})" for heir in codes[:SHOWN]) or "no group"
        edition = changes.sort("edition").item(-1, "edition")
        return f"; it ended with the edition of {edition}: its communes are now in {named}"

    def _claims(self, entry: Entry, claimed: dict[str, Entry]) -> Iterator[Problem]:
        """Communes of a member that an earlier member has too: a métropole and its EPT, an EPCI and its commune."""
        places = self._places.get(entry.siren) or [entry.commune]
        taken = [(place, claimed.setdefault(place, entry)) for place in places]
        doubled = [(place, other) for place, other in taken if other is not entry]
        if doubled:
            place, other = doubled[0]
            what = f"member {entry.siren} has {len(doubled)} commune(s) of {other.siren} ({other.place}), first {place}"
            yield Problem(entry.place, what)

    def remarks(self, entries: Iterable[Entry]) -> Iterator[Problem]:
        """Members whose name in the list has little to do with the name of their code."""
        for one in entries:
            known = self.name(one)
            if one.member and known and matching.likeness(one.member, known) < LEAST_LIKENESS:
                yield Problem(one.place, f"{one.siren} is {known!r} in COG 2024, {one.member!r} in the list")
