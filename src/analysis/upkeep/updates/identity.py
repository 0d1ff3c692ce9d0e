"""Which territory of the list in force each territory of a new list is, and whether the list looks like one (pure).

By its identifier; without one by its name, else by its members. An identifier that the producer did not give is
never made up.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from analysis.upkeep.updates import letters
from analysis.upkeep.updates.grid import Problem, plain, tidy
from analysis.upkeep.updates.list_entries import Entry

LEAST_KEPT = 0.5  # a list that loses more than half its rows is more likely cut than true
LEAST_SHARE = 0.5  # of the members of both: a territory that keeps more under another name was renamed


@dataclass(frozen=True, slots=True)
class Held:
    """The list in force of one phase: names and members by identifier."""

    names: Mapping[str, str]
    members: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """One territory of a new list: its entries, and the identifier found for it (empty when none is)."""

    territory_id: str
    name: str
    entries: tuple[Entry, ...]

    @property
    def place(self) -> str:
        """Where it first stands."""
        return self.entries[0].place


def held(raw: Mapping[str, pl.DataFrame], phase: int) -> Held:
    """The list in force of a phase, from the raw tables."""
    names = raw["territories"].filter(phase=phase).select("territory_id", "name").iter_rows()
    members = defaultdict[str, set[str]](set)
    for territory, code in raw["members"].filter(phase=phase).select("territory_id", "member_code").iter_rows():
        members[territory].add(code)
    return Held(dict(names), {territory: frozenset(codes) for territory, codes in members.items()})


def resolve(entries: Iterable[Entry], known: Held, problems: list[Problem]) -> list[Named]:
    """Territories of one phase in the order of the file; `problems` gets those that cannot be told."""
    groups = defaultdict[tuple[str, str], list[Entry]](list)
    for one in entries:
        groups[one.territory_id, "" if one.territory_id else plain(one.territory)].append(one)
    given = {identifier for identifier, _ in groups if identifier}
    by_name = {plain(name): identifier for identifier, name in known.names.items() if identifier not in given}
    free = {one for one in known.names if one not in given} - {by_name[name] for _, name in groups if name in by_name}
    found = list[Named]()
    for (identifier, name), group in groups.items():
        same = identifier or by_name.get(name) or _by_members(group, known, free)
        if not same and name:
            what = f"territory {group[0].territory!r} is not in the list in force, and nothing gives its identifier"
            problems.append(Problem(group[0].place, f"{what}; add a column territory_id"))
        elif same and not (plain(group[0].territory) or same in known.names):
            what = f"{same} is not in the list in force, and nothing gives its name; add a column name"
            problems.append(Problem(group[0].place, what))
        found.append(Named(same, _name(group, known.names.get(same, ""), problems), tuple(group)))
    problems += _doubled(found)
    return found


def _by_members(group: Sequence[Entry], known: Held, free: Iterable[str]) -> str:
    """The territory that shares most members with a group, when it is one that no name took and shares enough."""
    codes = frozenset(one.siren for one in group)
    shares = {one: _share(codes, known.members.get(one, frozenset())) for one in free}
    best = [one for one in sorted(shares) if shares[one] > LEAST_SHARE]
    return best[0] if len(best) == 1 else ""


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _name(group: Sequence[Entry], old: str, problems: list[Problem]) -> str:
    """The name as the file writes it, or as the list in force does where the file has none or writes it more poorly."""
    first = next((one for one in group if plain(one.territory)), None)
    if first is None or poorer(first.territory, old):
        return old
    if letters.lost(first.territory, old):
        problems.append(Problem(first.place, f"name {first.territory!r} has lost letters of {old!r}"))
    return first.territory


def poorer(name: str, old: str) -> bool:
    """Whether a name is the old one with other spaces, without its accents or typographic signs, or in one case."""
    if plain(name) != plain(old) or name == old:
        return False
    one_case = (name.isupper() or name.islower()) and not (old.isupper() or old.islower())
    return one_case or tidy(old) == name or _signs(name) < _signs(old)


def _signs(name: str) -> int:
    return sum(not one.isascii() for one in name)


def _doubled(territories: Iterable[Named]) -> Iterable[Problem]:
    """Territories that two groups claim, by identifier or by name."""
    by_identifier, by_name = dict[str, Named](), dict[str, Named]()
    for one in territories:
        for entry in one.entries:
            names = plain(entry.territory), plain(one.entries[0].territory)
            if all(names) and names[0] != names[1]:
                what = f"{one.territory_id} is called {entry.territory!r} here, {one.name!r} at {one.place}"
                yield Problem(entry.place, what)
        for seen, key in ((by_identifier, one.territory_id), (by_name, plain(one.name))):
            first = seen.setdefault(key, one) if key else one
            if first is not one:
                yield Problem(one.place, f"territory {one.name!r} stands twice, first at {first.place}")
                break


# --- the list as a whole -----------------------------------------------------------------------------------


def shape_problems(
    territories: Sequence[Named], raw: Mapping[str, pl.DataFrame], phase: int, *, accept_shrink: bool
) -> Iterator[Problem]:
    """A list that lost half its rows, unless that is accepted; a list that is rather that of the other phase."""
    old = held(raw, phase)
    counts = {
        "territories": (len(old.names), len(territories)),
        "members": (sum(map(len, old.members.values())), sum(len(one.entries) for one in territories)),
    }
    for what, (before, after) in counts.items():
        if after < LEAST_KEPT * before and not accept_shrink:
            hint = "if that is so, give --accept-shrink"
            yield Problem("", f"phase {phase} would go from {before} {what} to {after}; {hint}")
    here, there = (_alike(territories, held(raw, one)) for one in (phase, 3 - phase))
    if there > here:
        seen = f"{there} of {len(territories)} territories have the names of phase {3 - phase}"
        yield Problem("", f"{seen}, {here} those of phase {phase}; is it --phase {3 - phase}?")


def shape_remarks(territories: Sequence[Named], old: Held) -> Iterator[Problem]:
    """Identifiers that another place had before (no name or member is the same); names that are kept as they were."""
    kept = [(entry, one) for one in territories for entry in one.entries[:1] if poorer(entry.territory, one.name)]
    if kept:
        what = f"{len(kept)} name(s) of territories without their accents, signs or capitals are kept as they were"
        yield Problem(kept[0][1].place, f"{what}, first {kept[0][1].name!r} for {kept[0][0].territory!r}")
    for one in territories:
        name, members = old.names.get(one.territory_id, ""), old.members.get(one.territory_id, frozenset())
        if name and plain(name) != plain(one.name) and not members & {entry.siren for entry in one.entries}:
            yield Problem(one.place, f"{one.territory_id} was {name!r}, and {one.name!r} has none of its members")


def _alike(territories: Sequence[Named], old: Held) -> int:
    """How many territories have a name of a list, under the same identifier."""
    return sum(plain(old.names.get(one.territory_id, "")) == plain(one.name) for one in territories)
