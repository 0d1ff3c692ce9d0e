"""The editions of the official lists: which there are, from when each holds, and where its rows are."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from pydantic import Field

from analysis.errors import SourceError
from analysis.io.paths import EDITIONS
from analysis.io.yaml_files import compose, read_document, read_yaml, refuse
from analysis.sources.provenance import DAY_OR_MONTH, Entry, Source, load_sources, validated
from analysis.tables.codes import PHASES

FILE: Final = "editions.yaml"
TERRITORIES: Final = "territories"
ID: Final = r"^\d{4}-\d\d(-\d\d)?$"
ROWS: Final = ("members", "communes")  # what a list gives of its territories: one of them


class Edition(Entry):
    """One entry of editions.yaml: an official list as it stood from a day or a month on.

    `known_from` is when it could be read, `cog` the edition of the COG that it was made in, `source` its entry in
    sources.yaml.
    """

    id: str = Field(pattern=ID)
    phase: int = Field(ge=PHASES[0], le=PHASES[-1])
    title: str = Field(min_length=1)
    valid_from: str = Field(pattern=DAY_OR_MONTH)
    known_from: str = Field(pattern=DAY_OR_MONTH)
    cog: int = Field(ge=2019)
    source: str = Field(min_length=1)

    @property
    def first_day(self) -> str:
        """The day from which it holds: the first of the month where only a month is known."""
        return self.valid_from if self.valid_from.count("-") > 1 else f"{self.valid_from}-01"


def load(path: Path) -> list[Edition]:
    """The editions of editions.yaml, in its order; SourceError names line and entry of what is wrong.

    Refused are an id that stands twice, two editions of a phase of one day, an edition that stands after a newer one,
    a source that is no dataset of sources.yaml, and rows that are missing, or of no edition.
    """
    text = read_document(path)
    editions = parse(path, text, load_sources(path.parent / "sources.yaml"))
    _require_files(path, editions)
    return editions


def parse(path: Path, text: str, sources: Mapping[str, Source]) -> list[Edition]:
    """`load` of the text that `path` holds or is to hold, without looking at the files of rows."""
    entries = read_yaml(path, text)
    if not isinstance(entries, list) or not entries:
        refuse(path, 1, "the file is not a list of editions.", "Write one `- id:` entry an edition")
    lines = [node.start_mark.line + 1 for node in compose(text).value]
    editions = [_parsed(path, line, entry, rank) for rank, (line, entry) in enumerate(zip(lines, entries, strict=True))]
    for line, one in zip(lines, editions, strict=True):
        if one.source not in sources or sources[one.source].kind != "dataset":
            refuse(path, line, f"{one.id}: source {one.source} is no dataset of sources.yaml.", "Add its entry")
    _require_order(path, dict(zip(lines, editions, strict=True)))
    return editions


def _parsed(path: Path, line: int, entry: Any, rank: int) -> Edition:
    name = entry.get("id") if isinstance(entry, dict) else None
    return validated(Edition, entry, path, line, f"entry {rank + 1} ({name or 'without id'})")


def _require_order(path: Path, by_line: dict[int, Edition]) -> None:
    for (_, before), (line, one) in pairwise(sorted(by_line.items(), key=lambda pair: (pair[1].phase, pair[0]))):
        if before.phase != one.phase:
            continue
        if before.first_day == one.first_day:
            what = f"{one.id} and {before.id} are of one phase and hold from the same day, {one.first_day}."
            refuse(path, line, what, "Keep one of them, or correct `valid_from`")
        if before.first_day > one.first_day:
            what = f"{one.id} holds from {one.first_day}, before {before.id} ({before.first_day}), but stands after it."
            refuse(path, line, what, "Put the older first: the last of a phase is the one in force")
    ids = [one.id for one in by_line.values()]
    for line, one in by_line.items():
        if ids.count(one.id) > 1:
            refuse(path, line, f"id {one.id} stands twice.", "Keep one entry an id")


def in_force(editions: Sequence[Edition], phase: int) -> Edition:
    """The last edition of a phase, whose rows are in members.csv; SourceError where it has none."""
    found = [one for one in editions if one.phase == phase]
    if not found:
        raise SourceError(f"no edition of phase {phase}.", where=FILE, repair="Restore it with `git checkout`.")
    return found[-1]


def _require_files(path: Path, editions: Sequence[Edition]) -> None:
    """Refuse rows that are missing, and those of no earlier edition."""
    latest = {in_force(editions, phase).id for phase in PHASES}
    folder = path.parent / EDITIONS.name
    there = {one.name for one in folder.glob("*.csv")}
    for one in (one for one in editions if one.id not in latest):
        found = [kind for kind in ROWS if f"{one.id}_{kind}.csv" in there]
        if f"{one.id}_{TERRITORIES}.csv" not in there or len(found) != 1:
            what = f"edition {one.id} needs {one.id}_{TERRITORIES}.csv and one of {', '.join(_files(one))}."
            refuse(folder, None, what, "Restore them with `git checkout`")
    known = {name for one in editions if one.id not in latest for name in (f"{one.id}_{TERRITORIES}.csv", *_files(one))}
    if unknown := sorted(there - known):
        what = f"{unknown[0]} is of no earlier edition of {path.name}."
        refuse(folder, None, what, f"Add its entry in {path.name}, or remove the file")


def _files(edition: Edition) -> Iterator[str]:
    return (f"{edition.id}_{kind}.csv" for kind in ROWS)
