"""`analysis update members`: a producer's new list worked out against the raw tables, file by file."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from analysis.io import store, yaml_files
from analysis.io.paths import RAW
from analysis.sources import corrections, provenance
from analysis.upkeep.updates import formats, list_entries, proposal, rewriting, source_record, transaction
from analysis.upkeep.updates.grid import Problem, refused
from analysis.upkeep.updates.source_record import Changed, Given

# How each file is ordered: where a new row goes.
ORDER: Mapping[str, Sequence[str]] = {
    "territories": ("phase", "territory_id"),
    "members": ("phase", "territory_id", "member_code"),
    "commune_members": ("member_code",),
}
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
    expected = {path: transaction.digest(root / path) for path in (*map(_path, ORDER), source_record.WHERE)}
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
    if not made.problems and not tables and not source_record.said_otherwise(request.given, known):
        return Update({}, expected, grid.told, made.phases, raw, raw, (), made.remarks)
    wrong = [*made.problems, *source_record.problems(request.given, known)]
    if wrong:
        raise refused(name, wrong, REPAIR)
    changed = source_record.changes(request.given, known, hashlib.sha256(content).hexdigest())
    contents = _contents(root, tables, made.tables, request.given, changed)
    return Update(contents, expected, grid.told, made.phases, raw, made.tables, changed, made.remarks)


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
