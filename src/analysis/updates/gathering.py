"""A list of communes as a list of members: whole intercommunalities, and the communes that remain (pure)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from analysis import matching, registry
from analysis.updates.entries import Entry
from analysis.updates.grid import Problem, plain

SHOWN = 3
LEAST_LIKENESS = 0.25
Groups = Mapping[str, frozenset[str]]


def of_communes(entries: Sequence[Entry], groups: Groups) -> bool:
    """Whether rows are communes: without SIREN, or each beside that of its intercommunality."""
    counts = Counter((one.phase, one.siren) for one in entries if one.commune and one.siren in groups)
    return any(one.commune and not one.siren for one in entries) or any(count > 1 for count in counts.values())


class Gathering:
    """The members that the communes of a list make, in the COG edition that explains the list best."""

    def __init__(self, entries: Sequence[Entry], raw: Mapping[str, pl.DataFrame]) -> None:
        self._raw, self.problems, self.remarks = raw, list[Problem](), list[Problem]()
        self._names = dict(raw["communes"].select("commune_code", "name").iter_rows())
        self._groups = dict(raw["intercommunalities"].select("intercommunality_code", "name").iter_rows())
        self._alone = {commune: siren for siren, commune in raw["commune_members"].iter_rows()}
        self._rows = defaultdict[tuple[int, str], dict[str, Entry]](dict)
        others = [one for one in entries if not one.commune]
        for one in entries:
            if one.commune:
                self._add(one)
        editions = range(int(raw["cog_changes"]["edition"].min()) - 1, int(raw["cog_changes"]["edition"].max()) + 1)  # type: ignore[arg-type]
        known = {edition: groups_at(raw, edition) for edition in editions}
        edition = min(known, key=lambda one: (self._remaining(known[one]), -one))
        self._edition, self._places = edition, known[edition]
        self.entries = [*others, *self._members()]
        self._tell()

    def _add(self, one: Entry) -> None:
        """Put a commune into its territory."""
        rows = self._rows[one.phase, one.territory_id or plain(one.territory)]
        first = next(iter(rows.values()), one)
        if one.commune in rows:
            self._refuse(one, f"commune {one.commune} stands twice, first at {rows[one.commune].place}")
        elif plain(one.territory) != plain(first.territory):
            self._refuse(one, f"{one.territory_id} is called {one.territory!r} here, {first.territory!r} at {first.place}")
        known = self._names.get(one.commune, "")
        if known and one.member and matching.likeness(one.member, known) < LEAST_LIKENESS:
            self.remarks.append(Problem(one.place, f"{one.commune} is {known!r} in COG 2024, {one.member!r} in the list"))
        rows.setdefault(one.commune, one)

    def _refuse(self, one: Entry, what: str) -> None:
        self.problems.append(Problem(one.place, what))

    def _remaining(self, groups: Groups) -> int:
        """How many communes stand in no group that a territory has whole."""
        known = frozenset[str]().union(*groups.values())
        rest = sum(len(_rest(rows, _whole(rows, groups), groups)) for rows in self._rows.values())
        return rest + sum(code not in known for rows in self._rows.values() for code in rows)

    def _members(self) -> Iterator[Entry]:
        for rows in self._rows.values():
            whole = _whole(rows, self._places)
            for code in whole:
                self._require_of(code, rows)
                yield replace(_first(rows, self._places[code]), siren=code, member="", commune="")
            rest = _rest(rows, whole, self._places)
            yield from self._left(rows, rest, whole)

    def _require_of(self, group: str, rows: Mapping[str, Entry]) -> None:
        """Refuse rows of a group that name another one, of which their commune is none."""
        for commune in self._places[group]:
            one = rows[commune]
            if one.siren and commune not in self._places.get(one.siren, ()):
                self._refuse(one, f"commune {commune} is of {group} ({self._groups.get(group, '?')}), not of {one.siren}")

    def _left(self, rows: Mapping[str, Entry], rest: Sequence[str], whole: Sequence[str]) -> Iterator[Entry]:
        """Communes that are members on their own; those whose SIREN nobody knows are told by intercommunality."""
        parts = defaultdict[str, list[str]](list)
        for code in rest:
            one, siren = rows[code], self._alone.get(code, "")
            if one.siren and one.siren not in self._groups:
                yield one
            elif siren:
                yield replace(one, siren=siren)
            else:
                parts[next((group for group, places in self._places.items() if code in places), "")].append(code)
        for group, codes in parts.items():
            self._refuse(_first(rows, codes), self._part(group, codes, rows))

    def _part(self, group: str, codes: Sequence[str], rows: Mapping[str, Entry]) -> str:
        """Why communes are no member: which others their intercommunality has, or that nobody knows them."""
        named = ", ".join(f"{code} ({rows[code].member or self._names.get(code, '?')})" for code in codes[:SHOWN])
        more = f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else ""
        if not group:
            editions = self._raw["cog_changes"]["edition"]
            return f"INSEE code {named}{more} is in no COG from {int(editions.min()) - 1} to {editions.max()}"  # type: ignore[arg-type]
        lacking = sorted(self._places[group] - set(rows))
        absent = ", ".join(f"{code} ({self._names.get(code, '?')})" for code in lacking[:SHOWN])
        others = f" and {len(lacking) - SHOWN} more" if len(lacking) > SHOWN else ""
        what = f"{len(codes)} of the {len(self._places[group])} communes of {group} ({self._groups.get(group, '?')})"
        cure = "complete it, or give each commune its SIREN in a column member_code"
        return f"{what} are in the territory, first {named}{more}; not {absent}{others}; {cure}"

    def _tell(self) -> None:
        communes = sum(map(len, self._rows.values()))
        alone = sum(bool(one.commune) for one in self.entries)
        what = f"one row a commune: {communes:,} communes of COG {self._edition} are read as "
        told = f"{len(self.entries) - alone:,} intercommunalities and {alone:,} communes"
        self.remarks.insert(0, Problem("", what + told))


def groups_at(raw: Mapping[str, pl.DataFrame], edition: int) -> Groups:
    """Communes by établissement public territorial and by intercommunality at an edition of the COG."""
    found = defaultdict[str, set[str]](set)
    for ept, commune in raw["ept_communes"].iter_rows():
        found[ept].add(commune)
    for commune, epci in registry.communes_at_edition(raw, edition).drop_nulls().iter_rows():
        found[epci].add(commune)
    return {code: frozenset(communes) for code, communes in found.items()}


def _whole(rows: Mapping[str, Entry], groups: Groups) -> list[str]:
    """Groups all of whose communes are there, those of Grand Paris before its métropole."""
    left, found = set(rows), list[str]()
    for code, communes in groups.items():
        if communes <= left:
            found.append(code)
            left -= communes
    return found


def _rest(rows: Mapping[str, Entry], whole: Sequence[str], groups: Groups) -> list[str]:
    taken = frozenset[str]().union(*(groups[code] for code in whole))
    return [code for code in rows if code not in taken]


def _first(rows: Mapping[str, Entry], codes: Collection[str]) -> Entry:
    """The row that comes first in the file among those of some communes."""
    return next(one for code, one in rows.items() if code in codes)
