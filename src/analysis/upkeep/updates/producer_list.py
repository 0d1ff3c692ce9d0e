"""`analysis update members`: a producer's new list worked out against the raw tables, file by file."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analysis.errors import AtlasError
from analysis.io import store, yaml_files
from analysis.io.paths import EDITIONS, RAW
from analysis.registry import memberships
from analysis.sources import corrections, editions, provenance
from analysis.upkeep.updates import (
    formats,
    list_entries,
    new_edition,
    note_source,
    proposal,
    rewriting,
    source_record,
    transaction,
)
from analysis.upkeep.updates.grid import Problem, refused
from analysis.upkeep.updates.new_edition import Asked
from analysis.upkeep.updates.source_record import Changed, Given

# How each file is ordered: where a new row goes.
ORDER: Mapping[str, Sequence[str]] = {
    "territories": ("phase", "territory_id"),
    "members": ("phase", "territory_id", "member_code"),
    "commune_members": ("member_code",),
}
LISTED = RAW / editions.FILE
REPAIR = "Nothing was written. Correct the list, then run the command again."


@dataclass(frozen=True, slots=True)
class Request:
    """A file and what is said of it on the command line."""

    file: Path
    phase: int | None = None
    sheet: str = ""
    ignored: Sequence[str] = ()
    accept_shrink: bool = False
    given: Given = field(default_factory=Given)
    edition: Asked = field(default_factory=Asked)


@dataclass(frozen=True)
class Update:
    """New contents by path (relative to the root), the files they replace, and what people are shown of both."""

    contents: Mapping[Path, bytes]
    expected: Mapping[Path, str]
    told: str
    phases: tuple[int, ...]
    before: Mapping[str, pl.DataFrame]
    after: Mapping[str, pl.DataFrame]
    provenance: Sequence[Changed]
    remarks: Sequence[Problem]


def work_out(root: Path, request: Request) -> Update:
    """What a list would change; without contents when it changes nothing.

    UpdateError gives every reason not to take the list at once, each with its line.
    """
    # Digests first: whoever changes a file from here on is noticed before it is replaced.
    expected = {path: transaction.digest(root / path) for path in (*map(_path, ORDER), source_record.WHERE, LISTED)}
    raw = store.read_raw_tables(root)
    known = provenance.load_sources(root / source_record.WHERE)
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    content, name = formats.load(request.file), request.file.name
    grid, columns = formats.read(content, name, request.sheet, request.ignored)
    phase = request.phase
    if phase is None and "phase" not in columns.at:
        missing = Problem("", "no column gives the phase; give --phase 1 or --phase 2")
        raise refused(name, [missing], REPAIR)
    listing = list_entries.read(columns, phase)
    made = proposal.propose(listing, raw, fixes, accept_shrink=request.accept_shrink)
    tables = [] if made.problems else [one for one in ORDER if not _same(one, made.tables, raw)]
    if tables and not request.edition.correct:
        return _edition(root, request, made, Lists(raw, known, fixes, expected, grid.told, listing, content))
    if not made.problems and not tables and not source_record.said_otherwise(request.given, known):
        return Update({}, expected, grid.told, made.phases, raw, raw, (), made.remarks)
    wrong = [*made.problems, *source_record.problems(request.given, known)]
    if wrong:
        raise refused(name, wrong, REPAIR)
    changed = source_record.changes(request.given, known, hashlib.sha256(content).hexdigest())
    contents = _contents(root, tables, made.tables, request.given, changed)
    return Update(contents, expected, grid.told, made.phases, raw, made.tables, changed, made.remarks)


@dataclass(frozen=True)
class Lists:
    """What an edition is made from: raw tables, sources, corrections, digests, what was read of the file."""

    raw: Mapping[str, pl.DataFrame]
    sources: Mapping[str, provenance.Source]
    fixes: Sequence[corrections.Correction]
    expected: dict[Path, str]
    told: str
    listing: list_entries.Listing
    content: bytes


def _edition(root: Path, request: Request, made: proposal.Proposal, old: Lists) -> Update:
    """A list as a new edition: its rows in force, those of the former one among the earlier ones."""
    known = editions.load(root / LISTED)
    changed = [phase for phase in made.phases if not _same_phase(phase, made.tables, old.raw)]
    source, name = request.given.source, request.file.name
    wrong = [
        *new_edition.problems(request.edition, changed, source, known),
        *source_record.problems(request.given, old.sources),
    ]
    if wrong:
        raise refused(name, wrong, REPAIR)
    former = editions.in_force(known, changed[0])
    rows = new_edition.moved(corrections.apply(old.raw, old.fixes), former)
    made = proposal.propose(
        old.listing, old.raw, old.fixes, accept_shrink=request.accept_shrink,
        retire=lambda tables: new_edition.with_former(tables, rows, former),
    )  # fmt: skip
    new = request.edition.edition(changed[0], source, request.given.published)
    fields = source_record.changes(request.given, old.sources, hashlib.sha256(old.content).hexdigest())
    tables = [one for one in ORDER if not _same(one, made.tables, old.raw)]
    contents = _contents(root, tables, made.tables, request.given, fields)
    contents[LISTED] = note_source.appended((root / LISTED).read_bytes(), new_edition.entry(new))
    contents |= {EDITIONS / f"{former.id}_{one}.csv": frame.write_csv().encode() for one, frame in rows.items()}
    sources = provenance.parse_sources(source_record.WHERE, contents[source_record.WHERE].decode())
    listed = editions.parse(LISTED, contents[LISTED].decode(), sources)
    wrong = [*made.problems, *_unfit(made.tables, old.fixes, listed)]
    if wrong:
        raise refused(name, wrong, REPAIR)
    expected = old.expected | {path: transaction.digest(root / path) for path in contents}
    told = f"{old.told}\nnew edition {new.id} of phase {new.phase}, in force from {new.first_day}; {former.id} is kept"
    return Update(contents, expected, told, made.phases, old.raw, made.tables, fields, made.remarks)


def _unfit(
    tables: Mapping[str, pl.DataFrame], fixes: Sequence[corrections.Correction], listed: Sequence[editions.Edition]
) -> list[Problem]:
    """What the stage of the registry would refuse of the editions."""
    try:
        memberships.build(corrections.apply(tables, fixes), listed)
    except AtlasError as error:
        return [Problem("", str(error))]
    return []


def _same_phase(phase: int, after: Mapping[str, pl.DataFrame], before: Mapping[str, pl.DataFrame]) -> bool:
    return all(
        after[one].filter(phase=phase).sort(ORDER[one]).equals(before[one].filter(phase=phase).sort(ORDER[one]))
        for one in new_edition.MOVED
    )


def _contents(
    root: Path, tables: Sequence[str], frames: Mapping[str, pl.DataFrame], given: Given, changed: Sequence[Changed]
) -> dict[Path, bytes]:
    """The files that change: tables with their rows replaced, and the sources."""
    files = {_path(one): rewriting.rewritten(_text(root, _path(one)), frames[one], ORDER[one]) for one in tables}
    if changed:
        files[source_record.WHERE] = source_record.written(_text(root, source_record.WHERE), given, changed)
    return {path: text.encode() for path, text in files.items()}


def _same(table: str, after: Mapping[str, pl.DataFrame], before: Mapping[str, pl.DataFrame]) -> bool:
    """Whether a table has the same rows, in whatever order its file keeps them."""
    key = ORDER[table]
    return after[table].sort(key).equals(before[table].sort(key))


def _path(table: str) -> Path:
    return RAW / f"{table}.csv"


def _text(root: Path, path: Path) -> str:
    """Text of a raw file with its line ends as they are."""
    return (root / path).read_bytes().decode("utf-8")
