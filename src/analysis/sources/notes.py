"""Reading notes: one sentence a figure, remarks and lists, read strictly and checked against the sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from analysis.io.file_names import inside
from analysis.io.yaml_files import read_document, read_yaml, refuse
from analysis.sources.provenance import DAY_OR_MONTH, Entry, Source, validated

COMMENT = re.compile(r"<!--(?:(?!-->).)*-->")  # on a line of its own
FIGURES, REMARKS, LISTS = "## Chiffres", "## Remarques", "## Énumérations"


class NoteHeader(Entry):
    """Front matter of a note; `published` repeats the source's date, the default date of every figure."""

    source: str
    published: str = Field(pattern=DAY_OR_MONTH)
    place_in_document: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a note, with its line in the file."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Enumeration:
    """What a source lists: the names, or only how many (`listed`) when they are not reproduced."""

    concept: str
    place: str
    items: tuple[str, ...]
    listed: int
    line: int


@dataclass(frozen=True, slots=True)
class Note:
    """A reading note: sentences with figures, remarks that are never read for figures, lists."""

    source_id: str
    path: str
    published: str
    sentences: list[Sentence] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)
    enumerations: list[Enumeration] = field(default_factory=list)


def load_notes(folder: Path, sources: Mapping[str, Source]) -> list[Note]:
    """Every note of `folder`, by file name, each about a known source; README.md is not a note."""
    if not folder.is_dir():
        refuse(folder, None, "the folder of notes is missing.", "Restore it with `git checkout`")
    paths = sorted(inside(folder, path.name) for path in folder.glob("*.md") if path.name != "README.md")
    return [load_note(path, sources) for path in paths]


def load_note(path: Path, sources: Mapping[str, Source], *, draft: bool = False) -> Note:
    """One note; SourceError when its header, its source or one of its lines is wrong. A draft may have any name."""
    header, body = _read(path)
    if header.source != path.stem and not draft:
        refuse(path, 2, f"source {header.source} is not the file's name.", f"Rename it {header.source}.md")
    if header.source not in sources:
        refuse(path, 2, f"source {header.source} is not in sources.yaml.", "Add its entry in data/raw/sources.yaml")
    dated = sources[header.source].published
    if header.published != dated:
        refuse(path, 2, f"published {header.published}, but sources.yaml says {dated}.", "Correct one of them")
    note = Note(header.source, str(path), header.published)
    for line, section, text in _sectioned(path, body):
        _add(note, path, line, section, text)
    _check_lists(note, path)
    return note


def load_header(path: Path) -> NoteHeader:
    """Front matter of a note, whose source may be unknown; SourceError when it is wrong."""
    return _read(path)[0]


def _read(path: Path) -> tuple[NoteHeader, list[tuple[int, str]]]:
    header_text, body = _split(path, read_document(path))
    return validated(NoteHeader, read_yaml(path, header_text, 2), path, 2, "front matter"), body


def _split(path: Path, text: str) -> tuple[str, list[tuple[int, str]]]:
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        refuse(path, 1, "no front matter between two lines `---`.", "Add source, published, place_in_document")
    end = lines.index("---", 1)
    return "\n".join(lines[1:end]), [(end + 2 + rank, line) for rank, line in enumerate(lines[end + 1 :])]


def _sectioned(path: Path, body: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Line number, section and text of each bullet; other lines must be blank, a comment or one of the headings."""
    section = ""
    for line, text in body:
        if COMMENT.fullmatch(text.strip()):
            continue
        if text in (FIGURES, REMARKS, LISTS):
            section = text
        elif section and re.match(r"(  )?- \S" if section == LISTS else r"- \S", text):
            yield line, section, text.rstrip()
        elif text.strip():
            hint = (
                f"Use the headings {FIGURES}, {REMARKS}, {LISTS}, one `- ` line a sentence, `<!-- … -->` for comments"
            )
            refuse(path, line, f"cannot read {text[:40]!r}.", hint)


def _add(note: Note, path: Path, line: int, section: str, text: str) -> None:
    """Put one bullet where its section wants it."""
    if section == LISTS:
        _add_to_list(note, path, line, text)
        return
    group = note.sentences if section == FIGURES else note.remarks
    sentence = Sentence(text.removeprefix("- ").strip(), line)
    if any(other.text == sentence.text for other in group):
        refuse(path, line, f"the sentence {sentence.text[:40]!r} stands twice.", "Keep one")
    group.append(sentence)


def _add_to_list(note: Note, path: Path, line: int, text: str) -> None:
    """`- liste: concept | place [| how many]` opens a list, `  - name` adds a name to the last one."""
    found = re.fullmatch(r"- liste: ([a-z_]+) \| ([^|]*[^| ])(?: \| (\d+))?", text)
    lists = note.enumerations
    if found:
        lists.append(Enumeration(found[1], found[2], (), int(found[3] or 0), line))
    elif text.startswith("  - ") and lists:
        last = lists.pop()
        items = (*last.items, text[4:].strip())
        lists.append(Enumeration(last.concept, last.place, items, last.listed, last.line))
    else:
        refuse(path, line, f"cannot read {text[:40]!r}.", "Write `- liste: concept | place`, then `  - name`")


def _check_lists(note: Note, path: Path) -> None:
    for rank, one in enumerate(note.enumerations):
        count = one.listed or len(one.items)
        if not count or (one.items and len(one.items) != count):
            what = f"list {one.concept} | {one.place}: {one.listed} announced, {len(one.items)} names."
            refuse(path, one.line, what, "Give the names, or their number when they are not reproduced")
        note.enumerations[rank] = Enumeration(one.concept, one.place, one.items, count, one.line)
