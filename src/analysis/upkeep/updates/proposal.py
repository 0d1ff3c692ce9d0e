"""Raw tables as a new list would make them, with every reason not to take it (pure)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from analysis.errors import AtlasError
from analysis.programme import REGION_DIGITS
from analysis.registry import official_lists
from analysis.sources import corrections
from analysis.tables import TABLES, schema
from analysis.tables.codes import PHASES
from analysis.upkeep.updates import identity
from analysis.upkeep.updates.grid import Problem, plain
from analysis.upkeep.updates.list_entries import Entry, Listing
from analysis.upkeep.updates.member_codes import Members

NAMES = ("territories", "members", "commune_members")  # raw tables that a list may change
MOST_ODD = 0.5  # share of the members whose names may be quite others than those of their codes
Raw = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class Proposal:
    """The raw tables after an update, or why not; remarks are worth a look and stop nothing."""

    phases: tuple[int, ...]
    tables: Raw
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)


def propose(
    listing: Listing,
    raw: Raw,
    fixes: Sequence[corrections.Correction],
    *,
    accept_shrink: bool = False,
    retire: Callable[[Raw], dict[str, pl.DataFrame]] | None = None,
) -> Proposal:
    """What a list would make of the raw tables: rows of its phases replaced, the others as they are.

    `retire` adds to the tables the rows that an edition has which is no longer in force.
    """
    phases = tuple(sorted({one.phase for one in listing.entries} & set(PHASES)))
    made, members = Proposal(phases, dict(raw), list(listing.problems), list(listing.remarks)), Members(raw)
    entries = members.completed(listing.entries, made.problems, made.remarks)
    if not phases and not made.problems:
        made.problems.append(Problem("", "the list has no row"))
    rows = {name: list[dict[str, str | int]]() for name in ("territories", "members")}
    alone = dict[str, str]()
    for phase in phases:
        of_phase = [one for one in entries if one.phase == phase]
        found = identity.resolve(of_phase, identity.held(raw, phase), made.problems)
        made.problems.extend(_repeated_rows(found) if listing.grouped else ())
        made.problems.extend(members.problems(of_phase, grouped=listing.grouped))
        odd = list(members.remarks(of_phase))
        made.remarks.extend(odd)
        if len(odd) > MOST_ODD * sum(bool(one.member) for one in of_phase):
            what = f"{len(odd)} names have nothing to do with their codes: were columns sorted apart?"
            made.problems.append(Problem(odd[0].place, f"{what} {odd[0].what}"))
        made.problems.extend(identity.shape_problems(found, raw, phase, accept_shrink=accept_shrink))
        made.remarks.extend(identity.shape_remarks(found, identity.held(raw, phase)))
        rows["territories"] += [_territory(phase, one, raw, made.problems) for one in found]
        rows["members"] += [_member(phase, one, entry, members) for one in found for entry in one.entries]
        alone |= members.alone(of_phase)
    if not made.problems:
        tables = dict(raw) | {name: _replaced(raw[name], name, phases, rows[name]) for name in rows}
        if retire:
            tables = retire(tables)
        tables["commune_members"] = _alone(raw["commune_members"], alone, tables)
        return _checked(Proposal(phases, tables, made.problems, made.remarks), fixes)
    return made


def _repeated_rows(territories: Iterable[identity.Named]) -> Iterator[Problem]:
    """In a list of one row a territory: the rows that give one again."""
    for one in territories:
        again = dict.fromkeys(entry.place for entry in one.entries if entry.place != one.place)
        yield from (Problem(place, f"territory {one.name!r} stands twice, first at {one.place}") for place in again)


def _territory(phase: int, territory: identity.Named, raw: Raw, problems: list[Problem]) -> dict[str, str | int]:
    """The row of a territory; its region is that of its identifier, and what the list says must agree."""
    code = territory.territory_id[REGION_DIGITS[0] : sum(REGION_DIGITS)]
    regions = dict(raw["regions"].select("region_code", "name").iter_rows())
    by_name = {plain(name): region for region, name in regions.items()}
    if territory.territory_id and code not in regions:
        problems.append(
            Problem(territory.place, f"identifier {territory.territory_id}: {code} is not the code of a region")
        )
    for text, place in dict.fromkeys((entry.region, entry.place) for entry in territory.entries if entry.region):
        said = by_name.get(plain(text)) or (text.zfill(2) if text.zfill(2) in regions else "")
        if not said:
            problems.append(Problem(place, f"region {text!r} is neither the code nor the name of a region"))
        elif code in regions and said != code:
            problems.append(Problem(place, f"region {text!r}, but {territory.territory_id} is of {regions[code]}"))
    return {"phase": phase, "territory_id": territory.territory_id, "name": territory.name, "region_code": code}


def _member(phase: int, territory: identity.Named, entry: Entry, members: Members) -> dict[str, str | int]:
    kind = members.kind(entry.siren)
    return {"phase": phase, "territory_id": territory.territory_id, "member_code": entry.siren, "member_kind": kind}


def _replaced(
    frame: pl.DataFrame, name: str, phases: Sequence[int], rows: Sequence[Mapping[str, str | int]]
) -> pl.DataFrame:
    kept = frame.filter(~pl.col("phase").is_in(phases))
    return pl.concat([kept, pl.DataFrame(rows, schema=frame.schema)]).sort("phase", "territory_id", *TABLES[name].key)


def _alone(known: pl.DataFrame, new: Mapping[str, str], tables: Raw) -> pl.DataFrame:
    """Communes that are members on their own, known before or in the list, as far as an edition has them."""
    members = pl.concat([tables[name].select("member_code") for name in ("members", "edition_members")])
    added = pl.DataFrame(sorted(new.items()), schema=known.schema, orient="row")
    both = pl.concat([known, added]).unique("member_code", keep="first", maintain_order=True)
    return both.join(members, on="member_code", how="semi", maintain_order="left").sort("member_code")


def _checked(made: Proposal, fixes: Sequence[corrections.Correction]) -> Proposal:
    """The proposal after the checks of the pipeline itself, so that no update stops the next run."""
    try:
        for name in NAMES:
            schema.check(made.tables[name], TABLES[name], f"{name}.csv")
            schema.check_references(made.tables[name], TABLES[name], made.tables, f"{name}.csv", repair="")
        official_lists.build(corrections.apply(made.tables, fixes))
    except AtlasError as error:
        made.problems.append(Problem("", str(error)))
    return made
