"""Provenance: sources and reading notes, read and checked against each other; the credit line under a figure."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analysis.errors import SourceError
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.io import file_names
from analysis.io.yaml_files import RERUN, compose, read_document, read_yaml, refuse

DAY_OR_MONTH = r"^\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?$"
KINDS = ("dataset", "report", "press_release", "article")
Model = TypeVar("Model", bound=BaseModel)


QUESTION = "? "
SHARE_ALIKE = frozenset({"ODbL 1.0"})  # licences that what is made of a source takes over: every credit line says so


def asked(question: str) -> str:
    """A value still to be found out, as drafts write it; no entry is read while it stands there."""
    return f"{QUESTION}{question}"


class Entry(BaseModel):
    """What people write in YAML: no unknown key, no change afterwards, no question of a draft left unanswered."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @field_validator("*", mode="before")
    @classmethod
    def _answered(cls, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(QUESTION):
            raise ValueError(f"to be answered: {value.removeprefix(QUESTION)}")
        return value


class Licence(Entry):
    """What a document may be used for, and where that is stated."""

    name: str = Field(min_length=1)
    stated_at: str = Field(min_length=1)


class Source(Entry):
    """One entry of sources.yaml. Dates are YYYY-MM or YYYY-MM-DD; only a dataset may go without `published`.

    `updates` is the dataset whose rows this one replaced in part: who credits that one credits both.
    """

    id: str = Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")
    kind: Literal["dataset", "report", "press_release", "article"]
    producer: str = Field(min_length=1)
    title: str = Field(min_length=1)
    url: str | None = Field(pattern=r"^https?://\S+$")
    published: str | None = Field(pattern=DAY_OR_MONTH)
    accessed: str = Field(pattern=DAY_OR_MONTH)
    licence: Licence
    sha256: str | None = Field(pattern=r"^[0-9a-f]{64}$")
    updates: str | None = None

    @model_validator(mode="after")
    def _named(self) -> "Source":
        if reason := file_names.problem(self.id):  # its note is a file of that name
            raise ValueError(f"id: {reason}")
        return self

    @model_validator(mode="after")
    def _dated(self) -> "Source":
        if self.published is None and self.kind != "dataset":
            raise ValueError("published: only a dataset may have no date")
        return self


# --- reading -----------------------------------------------------------------------------------------------


def load_sources(path: Path) -> dict[str, Source]:
    """Sources by id, in file order; SourceError names line and entry of what is missing, unknown or doubled."""
    return parse_sources(path, read_document(path))


def parse_sources(path: Path, text: str) -> dict[str, Source]:
    """`load_sources` of the text that `path` holds or is to hold."""
    entries = read_yaml(path, text)
    if not isinstance(entries, list):
        refuse(path, 1, "the file is not a list of sources.", "Write one `- id:` entry a source")
    nodes = compose(text)  # for their lines
    sources: dict[str, Source] = {}
    for rank, (entry, node) in enumerate(zip(entries, nodes.value, strict=True), start=1):
        line = node.start_mark.line + 1
        name = entry.get("id") if isinstance(entry, Mapping) else None
        source = validated(Source, entry, path, line, f"entry {rank} ({name or 'without id'})")
        if source.id in sources:
            refuse(path, line, f"entry {rank}: id {source.id} stands twice.", "Keep one entry an id")
        sources[source.id] = source
    _require_updated(sources, path)
    return sources


def _require_updated(sources: Mapping[str, Source], path: Path) -> None:
    """Refuse a source that updates what is not a dataset of the file."""
    for one in sources.values():
        if one.updates is not None and (one.updates not in sources or sources[one.updates].kind != "dataset"):
            refuse(path, None, f"{one.id} updates {one.updates}, which is no dataset here.", "Correct `updates`")


def with_updates(source_ids: Iterable[str], sources: Mapping[str, Source]) -> list[str]:
    """The ids, then those of the sources that update one of them: rows of a list may come from its later editions."""
    wanted = list(dict.fromkeys(source_ids))
    return [*wanted, *(one.id for one in sources.values() if one.updates in wanted and one.id not in wanted)]


def load_vocabulary(path: Path) -> dict[str, Any]:
    """Raw vocabulary, for `claims.vocabulary`, which checks it; SourceError when it is not a YAML mapping."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        refuse(path, 1, "the vocabulary is not a mapping.", "Write units, phases, places and concepts")
    return content


def validated(model: type[Model], entry: Any, path: Path, line: int, name: str) -> Model:
    """`entry` as `model`; SourceError names the entry and its first wrong field."""
    try:
        return model.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field_name = ".".join(map(str, first["loc"]))
        what = f"{name}: {field_name + ': ' if field_name else ''}{first['msg']}."
        refuse(path, line, what, "Correct the entry", cause=error)


# --- showing -----------------------------------------------------------------------------------------------


def credit_line(source_ids: Iterable[str], sources: Mapping[str, Source], title: Callable[[str], str] = str) -> str:
    """Credit under a figure: each source once, lists first, then by date; SourceError when one is unknown.

    "Sources : ANCT, Listes … (novembre 2023) ; Insee, … (février 2025)"; `title` writes what is French in all of them.
    """
    wanted = set(source_ids)
    unknown = sorted(wanted - set(sources))
    if unknown or not wanted:
        what = f"unknown source: {', '.join(unknown)}." if unknown else "a figure without any source."
        raise SourceError(what, where="data/raw/sources.yaml", repair=f"Add the entry, {RERUN}")
    chosen = sorted((sources[one] for one in with_updates(wanted, sources)), key=_credit_order)
    opening = tr("Sources :") if len(chosen) > 1 else tr("Source :")
    return typography.spaced(f"{opening} {typography.series([_credit(one, title) for one in chosen])}")


def _credit_order(source: Source) -> tuple[int, str, str]:
    return KINDS.index(source.kind), source.published or "", source.id


def _credit(source: Source, title: Callable[[str], str]) -> str:
    told = [typography.date(source.published)] if source.published else []
    told += [source.licence.name] if source.licence.name in SHARE_ALIKE else []
    return f"{title(f'{source.producer}, {source.title}')}" + (f" ({', '.join(told)})" if told else "")
