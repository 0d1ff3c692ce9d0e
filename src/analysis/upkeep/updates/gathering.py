"""A list of communes as a list of members: whole intercommunalities, and the communes that remain (pure)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from analysis.registry import matching, official_lists
from analysis.registry.memberships import heirs_of
from analysis.tables.codes import COG_YEAR
from analysis.upkeep.updates.grid import Problem, plain
from analysis.upkeep.updates.list_entries import Entry

SHOWN = 3
LEAST_LIKENESS = 0.25  # share of the words of two names: below it, a code may be another's
Groups = Mapping[str, frozenset[str]]
Rows = Mapping[str, Entry]  # of one territory, by INSEE code


def of_communes(entries: Sequence[Entry], groups: Collection[str]) -> bool:
    """Whether rows are communes: without SIREN, or each beside that of its intercommunality."""
    counts = Counter((one.phase, one.siren) for one in entries if one.commune and one.siren in groups)
    return any(one.commune and not one.siren for one in entries) or any(count > 1 for count in counts.values())


class Edition:
    """Communes of the établissements publics territoriaux and of the intercommunalities at one edition of the COG."""

    def __init__(self, raw: Mapping[str, pl.DataFrame], year: int) -> None:
        self.year, places = year, defaultdict[str, set[str]](set)
        self.of = defaultdict[str, list[str]](list)
        current = official_lists.communes_at_edition(raw, year)
        self.codes = frozenset(current["commune_code"])
        # Those of Grand Paris first: their communes are of its métropole too.
        for group, commune in (
            *raw["ept_communes"].iter_rows(),
            *current.select("epci_code", "commune_code").iter_rows(),
        ):
            if group:
                places[group].add(commune)
                self.of[commune].append(group)
        self.places: Groups = {group: frozenset(communes) for group, communes in places.items()}

    def whole(self, communes: Collection[str]) -> list[str]:
        """Groups all of whose communes are among these; each commune counts for one."""
        left, found = set(communes), list[str]()
        counts = Counter(group for code in communes for group in self.of.get(code, ()))
        for group in (one for one in self.places if one in counts):
            if counts[group] == len(self.places[group]) and self.places[group] <= left:
                found.append(group)
                left -= self.places[group]
        return found

    def rest(self, communes: Iterable[str], groups: Iterable[str]) -> list[str]:
        """Communes that are in none of the groups."""
        taken = frozenset[str]().union(*(self.places[group] for group in groups))
        return [code for code in communes if code not in taken]


class Gathering:
    """The members that the communes of a list make, in the COG edition that explains the list best."""

    def __init__(self, entries: Sequence[Entry], raw: Mapping[str, pl.DataFrame]) -> None:
        self._raw, self.problems, self.remarks = raw, list[Problem](), list[Problem]()
        self._names = dict(raw["communes"].select("commune_code", "name").iter_rows())
        self._groups = dict(raw["intercommunalities"].select("intercommunality_code", "name").iter_rows())
        self._alone = {commune: siren for siren, commune in raw["commune_members"].iter_rows()}
        self._successors = heirs_of(official_lists.changes_to_ours(raw["cog_changes"]))
        self._rows = defaultdict[tuple[int, str], dict[str, Entry]](dict)
        others = [one for one in entries if not one.commune]
        for one in entries:
            if one.commune:
                self._add(one)
        years = raw["cog_changes"]["edition"]
        known = [Edition(raw, year) for year in range(int(years.min()) - 1, int(years.max()) + 1)]  # type: ignore[arg-type]
        self._now = next(one for one in known if one.year == COG_YEAR)
        self._years = f"{known[0].year} to {known[-1].year}"
        self._edition = min(known, key=lambda one: (self._remaining(one), abs(COG_YEAR - one.year)))
        self.entries = [*others, *self._members()]
        self._tell()
        self._compare()

    def _add(self, entry: Entry) -> None:
        """Put a commune into its territory."""
        rows = self._rows[entry.phase, entry.territory_id or plain(entry.territory)]
        first = next(iter(rows.values()), entry)
        if entry.commune in rows:
            self._refuse(entry, f"commune {entry.commune} stands twice, first at {rows[entry.commune].place}")
        elif plain(entry.territory) != plain(first.territory):
            self._refuse(
                entry, f"{entry.territory_id} is called {entry.territory!r} here, {first.territory!r} at {first.place}"
            )
        rows.setdefault(entry.commune, entry)

    def _refuse(self, entry: Entry, what: str) -> None:
        self.problems.append(Problem(entry.place, what))

    def _remaining(self, edition: Edition) -> int:
        """How many communes are unknown at an edition, or in no group that a territory has whole."""
        rest = (edition.rest(rows, edition.whole(rows)) for rows in self._rows.values())
        return sum(1 + (code not in edition.codes) for codes in rest for code in codes)

    def _members(self) -> Iterator[Entry]:
        """Groups whole at the list's edition that there still are, then those whole today, then communes alone."""
        for rows in self._rows.values():
            then = [group for group in self._edition.whole(rows) if group in self._groups]
            yield from self._whole(then, self._edition, rows)
            rest = {self._successor(code): rows[code] for code in self._edition.rest(rows, then)}
            heirs = [group for group in self._now.whole(rest) if group in self._groups]
            yield from self._whole(heirs, self._now, rest)
            left = {rest[code].commune: rest[code] for code in self._now.rest(rest, heirs)}
            ended = self._edition.whole(left)
            yield from self._whole(ended, self._edition, left)
            yield from self._left(rows, self._edition.rest(left, ended))

    def _whole(self, groups: Iterable[str], edition: Edition, rows: Rows) -> Iterator[Entry]:
        """One entry a group, where its first commune stands; a row that names another group is refused."""
        for group in groups:
            yield replace(_first(rows, edition.places[group]), siren=group, member="", commune="")
            for commune in edition.places[group]:
                said = rows[commune].siren
                if said and said not in self._edition.of[rows[commune].commune]:
                    what = (
                        f"commune {rows[commune].commune} is of {group} ({self._groups.get(group, '?')}), not of {said}"
                    )
                    self._refuse(rows[commune], what)

    def _successor(self, code: str) -> str:
        """The commune that one is today."""
        return self._successors.get(code, code) if code not in self._names else code

    def _left(self, rows: Rows, rest: Iterable[str]) -> Iterator[Entry]:
        """Communes that are members on their own; those whose SIREN nobody knows are told by intercommunality."""
        parts = defaultdict[str, list[str]](list)
        for code in rest:
            one, siren = rows[code], self._alone.get(code, "")
            if one.siren and one.siren not in self._groups:
                yield one
            elif siren:
                yield replace(one, siren=siren)
            else:
                parts[next(iter(self._edition.of.get(code, [""])))].append(code)
        for group, codes in parts.items():
            self._refuse(_first(rows, codes), self._part(group, codes, rows))

    def _part(self, group: str, codes: Sequence[str], rows: Rows) -> str:
        """Why communes are no member: which others their intercommunality has, or that nobody knows them."""
        named = self._shown(codes, rows)
        if not group and not set(codes) & self._edition.codes:
            return f"INSEE code {named} is in no COG from {self._years}"
        cure = "give each commune its SIREN in a column member_code"
        if not group:
            return f"{named}: of no intercommunality; {cure}"
        places = self._edition.places[group]
        what = f"{len(codes)} of the {len(places)} communes of {group} ({self._groups.get(group, '?')})"
        absent = self._shown(sorted(places - set(rows)), rows)
        return f"{what} are in the territory: {named}; not {absent}; complete it, or {cure}"

    def _shown(self, codes: Sequence[str], rows: Rows) -> str:
        """The first of some communes, with their names."""
        names = {code: self._names.get(code) or (rows[code].member if code in rows else "") for code in codes[:SHOWN]}
        first = ", ".join(f"{code} ({name})" if name else code for code, name in names.items())
        return first + (f" and {len(codes) - SHOWN} more" if len(codes) > SHOWN else "")

    def _tell(self) -> None:
        communes = sum(map(len, self._rows.values()))
        alone = sum(bool(one.commune) for one in self.entries)
        what = f"one row a commune: {communes:,} communes of COG {self._edition.year} are read as "
        told = f"{len(self.entries) - alone:,} intercommunalities and {alone:,} communes"
        self.remarks.insert(0, Problem("", what + told))

    def _compare(self) -> None:
        """Remarks on names that are neither near to that of their commune nor to that of its intercommunality."""
        for one in (one for rows in self._rows.values() for one in rows.values() if one.member):
            groups = self._edition.of.get(one.commune, ())
            names = [self._names.get(one.commune, ""), *(self._groups.get(group, "") for group in groups)]
            if all(matching.likeness(one.member, name) < LEAST_LIKENESS for name in names if name):
                what = f"{one.commune} is {names[0]!r} in COG 2024, {one.member!r} in the list"
                self.remarks.append(Problem(one.place, what))


def _first(rows: Rows, codes: Collection[str]) -> Entry:
    """The row that comes first in the file among those of some communes."""
    return next(one for code, one in rows.items() if code in codes)
