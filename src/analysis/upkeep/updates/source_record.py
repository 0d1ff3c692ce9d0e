"""The source that a new list comes from, as an entry of sources.yaml; the rest of the file keeps its text (pure)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from analysis.io import yaml_files
from analysis.io.paths import RAW
from analysis.sources import provenance
from analysis.sources.provenance import Source
from analysis.upkeep.updates.grid import Problem

WHERE = RAW / "sources.yaml"
LISTS = "anct-lists"  # what figures and tables credit for the official lists
UNKNOWN = "unknown"  # said of a date or address that nobody knows
REQUIRED = ("producer", "title", "published", "accessed", "licence", "licence_at")  # of a new source
DATED = ("published", "accessed")  # of every new list


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of the new list's source; empty where nothing is."""

    source: str = LISTS
    producer: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    accessed: str = ""
    licence: str = ""
    licence_at: str = ""

    def said(self) -> dict[str, str | None]:
        """The fields that are given, as sources.yaml names them; None where the value is said to be unknown."""
        names = {"licence": "licence.name", "licence_at": "licence.stated_at"}
        pairs = (
            (names.get(one.name, one.name), getattr(self, one.name)) for one in fields(self) if one.name != "source"
        )
        return {name: None if text == UNKNOWN else text for name, text in pairs if text}


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of the entry before and after."""

    field: str
    before: str | None
    after: str | None


def problems(given: Given, known: Mapping[str, Source]) -> list[Problem]:
    """What is missing to say where a list that changes rows comes from."""
    old = known.get(given.source)
    if old and LISTS not in (old.id, old.updates):
        return [Problem("", f"source {old.id} is not one of the lists; give another --source")]
    missing = [name for name in (DATED if old else REQUIRED) if not getattr(given, name)]
    options = " ".join(f"--{name.replace('_', '-')}" for name in missing)
    state = "needs" if old else "is not in sources.yaml and needs"
    found = [Problem("", f"source {given.source} {state} {options} (`{UNKNOWN}` where it is)")] if missing else []
    return found or list(_invalid(given, old))


def _invalid(given: Given, old: Source | None) -> Iterator[Problem]:
    """Values that an entry of sources.yaml cannot have, by the option that gives each."""
    entry: dict[str, Any] = old.model_dump() if old else {"kind": "dataset", "url": None, "licence": {}}
    entry |= {"id": given.source, "sha256": None}
    for name, value in given.said().items():
        outer, _, inner = name.partition(".")
        entry[outer] = entry[outer] | {inner: value} if inner else value
    try:
        Source.model_validate(entry)
    except ValidationError as error:
        names = {"id": "source", "licence.name": "licence", "licence.stated_at": "licence-at"}
        for one in error.errors():
            name = ".".join(map(str, one["loc"]))
            yield Problem("", f"--{names.get(name, name)} {one['input']!r}: {one['msg']}")


def changes(given: Given, known: Mapping[str, Source], digest: str) -> list[Changed]:
    """Fields of the entry that what is said would change; `digest` is the SHA-256 of the list's file."""
    old = known.get(given.source)
    before = _flat(old) if old else {}
    after = given.said() | {"sha256": digest}
    return [Changed(name, before.get(name), value) for name, value in after.items() if before.get(name) != value]


def said_otherwise(given: Given, known: Mapping[str, Source]) -> bool:
    """Whether the command line says something of a source that its entry does not."""
    old = known.get(given.source)
    return old is None or any(_flat(old)[name] != value for name, value in given.said().items())


def _flat(source: Source) -> dict[str, str | None]:
    own: dict[str, Any] = source.model_dump()
    licence = own.pop("licence")
    return own | {f"licence.{name}": value for name, value in licence.items()}


def written(text: str, given: Given, changed: Sequence[Changed]) -> str:
    """sources.yaml with the entry changed, or with a new one below the lists; SourceError when it is not valid."""
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    nodes = {_values(node)["id"].value: node for node in root.value}
    if given.source in nodes:
        made = _replaced(text, _values(nodes[given.source]), changed)
    else:
        family = [node for name, node in nodes.items() if name == LISTS or _updates(node) == LISTS]
        made = _inserted(text, family[-1], given, {one.field: one.after for one in changed})
    rows = yaml_files.read_yaml(WHERE, made)
    for rank, entry in enumerate(rows, start=1):
        provenance.validated(Source, entry, Path(WHERE), 1, f"entry {rank} ({entry.get('id')})")
    return made


def _values(node: Any, prefix: str = "") -> dict[str, Any]:
    """Value nodes of a mapping by key, those of an inner mapping as "licence.name"."""
    found = dict[str, Any]()
    for key, value in node.value:
        inner = isinstance(value, yaml.MappingNode)
        found |= _values(value, f"{prefix}{key.value}.") if inner else {f"{prefix}{key.value}": value}
    return found


def _updates(node: Any) -> str | None:
    found = _values(node).get("updates")
    return found.value if found else None


def _replaced(text: str, values: Mapping[str, Any], changed: Sequence[Changed]) -> str:
    for one in sorted(changed, key=lambda one: -values[one.field].start_mark.index):
        start, end = values[one.field].start_mark.index, values[one.field].end_mark.index
        text = text[:start] + _scalar(one.field, one.after) + text[end:]
    return text


def _inserted(text: str, after: Any, given: Given, values: Mapping[str, str | None]) -> str:
    """The text with a new entry below the one at `after`."""
    newline = "\r\n" if "\r\n" in text else "\n"
    last = max(value.end_mark.index for value in _values(after).values())
    end = text.find("\n", last)
    head, tail = (text[: end + 1], text[end + 1 :]) if end >= 0 else (text + newline, "")
    lines = ["", f"- id: {given.source}", "  kind: dataset"]
    lines += [f"  {name}: {_scalar(name, values.get(name))}" for name in ("producer", "title", "url", *DATED)]
    lines += ["  licence:"]
    lines += [f"    {name}: {_scalar(name, values.get(f'licence.{name}'))}" for name in ("name", "stated_at")]
    lines += [f"  sha256: {_scalar('sha256', values.get('sha256'))}", f"  updates: {LISTS}"]
    return head + newline.join(lines) + newline + tail


def _scalar(field: str, value: str | None) -> str:
    """A value as the file writes it: in double quotes, addresses without."""
    if value is None:
        return "null"
    return value if field == "url" else json.dumps(value, ensure_ascii=False)
