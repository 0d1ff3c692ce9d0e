"""The source of a reading note: in sources.yaml already, or drafted beside the note and added with it."""

from pathlib import Path

from analysis.errors import SourceError
from analysis.io import yaml_files
from analysis.io.paths import RAW
from analysis.sources import drafts, notes, provenance
from analysis.sources.provenance import Source

SOURCES = RAW / "sources.yaml"
ENTRY = "source.yaml"  # beside a drafted note: the entry of its source


def appended(content: bytes, entry: str) -> bytes:
    """A YAML list such as sources.yaml with an entry at its end, its own bytes as they are."""
    newline = "\r\n" if b"\r\n" in content else "\n"
    before = content.decode().rstrip("\r\n")
    return (before + newline * 2 + entry.replace("\n", newline)).encode()


class Listed:
    """sources.yaml with the source of a note, which is added to its end where it is not there yet.

    `sources` by id, `content` of the file, `added`: the text of the new entry, empty without one. SourceError for a
    source without an entry, with the one to write, and for an entry that is not the source's or not that of the file.
    """

    def __init__(self, root: Path, note: Path, entry: Path | None) -> None:
        header = notes.load_header(note)
        self.source_id = header.source
        self.sources = provenance.load_sources(root / SOURCES)
        self.content, self.added = (root / SOURCES).read_bytes(), ""
        known, beside = self.sources.get(self.source_id), note.with_name(ENTRY)
        if entry is None and known is None and beside.is_file():
            entry = beside
        if entry is None and known is None:
            drafted = drafts.entry(self.source_id, published=header.published)
            what = f"source {self.source_id} is not in {SOURCES.as_posix()}."
            repair = f"Add this entry, completed, then run the command again:\n{drafted}"
            raise SourceError(what, where=note, repair=repair)
        if entry is not None and self._read(entry) != known:
            self._add(entry, root)

    def _read(self, entry: Path) -> Source:
        """The one source of a file."""
        found = provenance.load_sources(entry)
        if list(found) != [self.source_id]:
            what = f"holds {', '.join(found) or 'no source'}, the note is about {self.source_id}."
            raise SourceError(what, where=entry, repair="Keep the entry of the note's source alone, under its id.")
        return found[self.source_id]

    def _add(self, entry: Path, root: Path) -> None:
        """Put the entry at the end of the file, whose bytes stay as they are."""
        if self.source_id in self.sources:
            what = f"says otherwise of {self.source_id} than {SOURCES.as_posix()}."
            raise SourceError(what, where=entry, repair=f"Correct the entry there, and leave {entry.name} out.")
        self.added = yaml_files.read_document(entry).strip("\n") + "\n"
        self.content = appended(self.content, self.added)
        text = self.content.decode("utf-8-sig").replace("\r\n", "\n")
        self.sources = provenance.parse_sources(root / SOURCES, text)
