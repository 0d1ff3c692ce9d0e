"""Provenance: sources and reading notes, read and checked against each other; the credit line under a figure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from analysis.errors import SourceError

RERUN = "then run `dvc repro`."
DAY_OR_MONTH = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
KINDS = ("dataset", "report", "press_release", "article")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
FIGURES, REMARKS, LISTS = "## Chiffres", "## Remarques", "## Énumérations"


Model = TypeVar("Model", bound=BaseModel)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Licence(_Entry):
    """What a document may be used for, and where that is stated."""

    name: str = Field(min_length=1)
    stated_at: str = Field(min_length=1)


class Source(_Entry):
    """One entry of sources.yaml. Dates are YYYY-MM or YYYY-MM-DD; only a dataset may go without `published`."""

    id: str = Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")
    kind: Literal["dataset", "report", "press_release", "article"]
    producer: str = Field(min_length=1)
    title: str = Field(min_length=1)
    url: str | None = Field(pattern=r"^https?://\S+$")
    published: str | None = Field(pattern=DAY_OR_MONTH)
    accessed: str = Field(pattern=DAY_OR_MONTH)
    licence: Licence
    sha256: str | None = Field(pattern=r"^[0-9a-f]{64}$")

    @model_validator(mode="after")
    def _dated(self) -> "Source":
        if self.published is None and self.kind != "dataset":
            raise ValueError("published: only a dataset may have no date")
        return self


class NoteHeader(_Entry):
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


# --- reading -----------------------------------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Safe YAML that keeps dates as text and refuses a key written twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if str(key.value) in seen:
                raise yaml.MarkedYAMLError(problem=f"key {key.value!r} stands twice", problem_mark=key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path, text: str | None = None, first_line: int = 1) -> Any:
    """Content of a YAML file (or of `text`, which starts at `first_line` of it); SourceError names the line."""
    try:
        return yaml.load(_read(path) if text is None else text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + mark.line if mark else first_line
        _refuse(path, line, f"invalid YAML ({getattr(error, 'problem', None) or error}).", "Correct the syntax")


def load_sources(path: Path) -> dict[str, Source]:
    """Sources by id, in file order; SourceError names line and entry of what is missing, unknown or doubled."""
    text = _read(path)
    entries = read_yaml(path, text)
    if not isinstance(entries, list):
        _refuse(path, 1, "the file is not a list of sources.", "Write one `- id:` entry a source")
    nodes: Any = yaml.compose(text, Loader=_Loader)  # for their lines
    sources: dict[str, Source] = {}
    for rank, (entry, node) in enumerate(zip(entries, nodes.value, strict=True), start=1):
        line = node.start_mark.line + 1
        name = entry.get("id") if isinstance(entry, Mapping) else None
        source = _validated(Source, entry, path, line, f"entry {rank} ({name or 'without id'})")
        if source.id in sources:
            _refuse(path, line, f"entry {rank}: id {source.id} stands twice.", "Keep one entry an id")
        sources[source.id] = source
    return sources


def load_vocabulary(path: Path) -> dict[str, Any]:
    """Raw vocabulary, for `claims.vocabulary`, which checks it; SourceError when it is not a YAML mapping."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        _refuse(path, 1, "the vocabulary is not a mapping.", "Write units, phases, places and concepts")
    return content


def load_notes(folder: Path, sources: Mapping[str, Source]) -> list[Note]:
    """Every note of `folder`, by file name, each about a known source; README.md is not a note."""
    if not folder.is_dir():
        _refuse(folder, None, "the folder of notes is missing.", "Restore it with `git checkout`")
    paths = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    return [load_note(path, sources) for path in paths]


def load_note(path: Path, sources: Mapping[str, Source]) -> Note:
    """One note; SourceError when its header, its source or one of its lines is wrong."""
    header_text, body = _split(path, _read(path))
    header = _validated(NoteHeader, read_yaml(path, header_text, 2), path, 2, "front matter")
    if header.source != path.stem:
        _refuse(path, 2, f"source {header.source} is not the file's name.", f"Rename it {header.source}.md")
    if header.source not in sources:
        _refuse(path, 2, f"source {header.source} is not in sources.yaml.", "Add its entry in data/raw/sources.yaml")
    dated = sources[header.source].published
    if header.published != dated:
        _refuse(path, 2, f"published {header.published}, but sources.yaml says {dated}.", "Correct one of them")
    note = Note(header.source, str(path), header.published)
    for line, section, text in _sectioned(path, body):
        _add(note, path, line, section, text)
    _check_lists(note, path)
    return note


def _read(path: Path) -> str:
    try:
        return unicodedata.normalize("NFC", path.read_bytes().decode("utf-8-sig")).replace("\r\n", "\n")
    except FileNotFoundError as error:
        raise SourceError("the file is missing.", where=path, repair=f"Restore it, {RERUN}") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = f"line {line}: byte 0x{error.object[error.start]:02x} is not UTF-8."
        raise SourceError(what, where=path, repair=f"Save the file as UTF-8, {RERUN}") from error


def _split(path: Path, text: str) -> tuple[str, list[tuple[int, str]]]:
    lines = text.split("\n")
    if lines[0] != "---" or "---" not in lines[1:]:
        _refuse(path, 1, "no front matter between two lines `---`.", "Add source, published, place_in_document")
    end = lines.index("---", 1)
    return "\n".join(lines[1:end]), [(end + 2 + rank, line) for rank, line in enumerate(lines[end + 1 :])]


def _sectioned(path: Path, body: list[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    """Line number, section and text of each bullet; every other line must be blank or one of the headings."""
    section = ""
    for line, text in body:
        if text in (FIGURES, REMARKS, LISTS):
            section = text
        elif section and re.match(r"(  )?- \S" if section == LISTS else r"- \S", text):
            yield line, section, text.rstrip()
        elif text.strip():
            hint = f"Use the headings {FIGURES}, {REMARKS}, {LISTS} and one `- ` line a sentence"
            _refuse(path, line, f"cannot read {text[:40]!r}.", hint)


def _add(note: Note, path: Path, line: int, section: str, text: str) -> None:
    """Put one bullet where its section wants it."""
    if section == LISTS:
        _add_to_list(note, path, line, text)
        return
    group = note.sentences if section == FIGURES else note.remarks
    sentence = Sentence(text.removeprefix("- ").strip(), line)
    if any(other.text == sentence.text for other in group):
        _refuse(path, line, f"the sentence {sentence.text[:40]!r} stands twice.", "Keep one")
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
        _refuse(path, line, f"cannot read {text[:40]!r}.", "Write `- liste: concept | place`, then `  - name`")


def _check_lists(note: Note, path: Path) -> None:
    for rank, one in enumerate(note.enumerations):
        count = one.listed or len(one.items)
        if not count or (one.items and len(one.items) != count):
            what = f"list {one.concept} | {one.place}: {one.listed} announced, {len(one.items)} names."
            _refuse(path, one.line, what, "Give the names, or their number when they are not reproduced")
        note.enumerations[rank] = Enumeration(one.concept, one.place, one.items, count, one.line)


def _validated(model: type[Model], entry: Any, path: Path, line: int, name: str) -> Model:
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field_name = ".".join(map(str, first["loc"]))
        what = f"{name}: {field_name + ': ' if field_name else ''}{first['msg']}."
        _refuse(path, line, what, "Correct the entry", cause=error)


def _refuse(path: Path, line: int | None, what: str, repair: str, cause: Exception | None = None) -> NoReturn:
    place = f"line {line}: " if line else ""
    raise SourceError(place + what, where=path, repair=f"{repair}, {RERUN}") from cause


# --- showing -----------------------------------------------------------------------------------------------


def credit_line(source_ids: Iterable[str], sources: Mapping[str, Source]) -> str:
    """French credit under a figure: each source once, lists first, then by date; SourceError when one is unknown.

    "Sources : ANCT, Listes … (novembre 2023) ; Insee, … (février 2025)"
    """
    wanted = set(source_ids)
    unknown = sorted(wanted - set(sources))
    if unknown or not wanted:
        what = f"unknown source: {', '.join(unknown)}." if unknown else "a figure without any source."
        raise SourceError(what, where="data/raw/sources.yaml", repair=f"Add the entry, {RERUN}")
    chosen = sorted((sources[one] for one in wanted), key=_credit_order)
    return f"Source{'s' if len(chosen) > 1 else ''} : " + " ; ".join(map(_credit, chosen))


def _credit_order(source: Source) -> tuple[int, str, str]:
    return KINDS.index(source.kind), source.published or "", source.id


def _credit(source: Source) -> str:
    date = f" ({french_date(source.published)})" if source.published else ""
    return f"{source.producer}, {source.title}{date}"


def french_date(date: str) -> str:
    """`2023-11` as "novembre 2023", `2023-11-01` as "1er novembre 2023"."""
    year, month, *day = date.split("-")
    number = {"01": "1er "}.get(day[0], f"{int(day[0])} ") if day else ""
    return f"{number}{MONTHS[int(month) - 1]} {year}"
