"""Whether a new list as a whole looks like a list of its phase (pure)."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from analysis.upkeep.updates import identity
from analysis.upkeep.updates.grid import Problem, plain

LEAST_KEPT = 0.5  # a list that loses more than half its rows is more likely cut than true


def shape_problems(
    found: Sequence[identity.Named], raw: Mapping[str, pl.DataFrame], phase: int, *, accept_shrink: bool
) -> Iterator[Problem]:
    """A list that lost half its rows, unless that is accepted; a list that is rather that of the other phase."""
    old = identity.held(raw, phase)
    counts = {
        "territories": (len(old.names), len(found)),
        "members": (sum(map(len, old.members.values())), sum(len(one.entries) for one in found)),
    }
    for what, (before, after) in counts.items():
        if after < LEAST_KEPT * before and not accept_shrink:
            hint = "if that is so, give --accept-shrink"
            yield Problem("", f"phase {phase} would go from {before} {what} to {after}; {hint}")
    here, there = (_alike(found, identity.held(raw, one)) for one in (phase, 3 - phase))
    if there > here:
        seen = f"{there} of {len(found)} territories have the names of phase {3 - phase}, {here} those of phase {phase}"
        yield Problem("", f"{seen}; is it --phase {3 - phase}?")


def shape_remarks(found: Sequence[identity.Named], old: identity.Held) -> Iterator[Problem]:
    """Identifiers that another place had before (no name or member is the same); names that are kept as they were."""
    kept = [(entry, one) for one in found for entry in one.entries[:1] if identity.poorer(entry.territory, one.name)]
    if kept:
        what = f"{len(kept)} name(s) of territories without their accents, signs or capitals are kept as they were"
        yield Problem(kept[0][1].place, f"{what}, first {kept[0][1].name!r} for {kept[0][0].territory!r}")
    for one in found:
        name, members = old.names.get(one.territory_id, ""), old.members.get(one.territory_id, frozenset())
        if name and plain(name) != plain(one.name) and not members & {entry.siren for entry in one.entries}:
            yield Problem(one.place, f"{one.territory_id} was {name!r}, and {one.name!r} has none of its members")


def _alike(found: Sequence[identity.Named], old: identity.Held) -> int:
    """How many territories have a name of a list, under the same identifier."""
    return sum(plain(old.names.get(one.territory_id, "")) == plain(one.name) for one in found)
