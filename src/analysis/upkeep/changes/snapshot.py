"""What a project's folder holds, read as it is: an older version may have other columns, and none is refused."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import InvalidTableError
from analysis.io.paths import LAYERS, NOTES, PROCESSED, RAW
from analysis.io.yaml_files import read_document, read_yaml
from analysis.sources.notes import FIGURES, LISTS, REMARKS
from analysis.tables import TABLES

ENTRIES = ("sources", "corrections", "checks", "vocabulary")  # of data/raw, in YAML
READING_NOTES = "notes"
CONTEXT_LAYERS = "layers/"  # before the name of each
GEOMETRY = "geometry"
NAMED_BY = ("id", "name", "rule", "source")  # keys that name an entry of a list, the first that it has
SHOWN_DIGITS = 12


def raw(root: Path) -> dict[str, pl.DataFrame]:
    """Raw tables, YAML files and reading notes by name, every cell a text."""
    found = {path.stem: _csv(path) for path in sorted((root / RAW).glob("*.csv"))}
    found |= {f"{CONTEXT_LAYERS}{path.stem}": _csv(path) for path in sorted((root / LAYERS).glob("*.csv"))}
    declared = {f"{CONTEXT_LAYERS}{path.name}": path for path in sorted((root / LAYERS).glob("*.yaml"))}
    for name, path in ({name: root / RAW / f"{name}.yaml" for name in ENTRIES} | declared).items():
        if path.is_file():
            found[name] = pl.DataFrame(list(_entries(read_yaml(path))), schema=["entry", "value"], orient="row")
    found[READING_NOTES] = pl.DataFrame(list(_sentences(root / NOTES)), schema=["note", "part", "text"], orient="row")
    return found


def processed(root: Path) -> dict[str, pl.DataFrame]:
    """Processed tables by name; of a geometry, the beginning of its digest."""
    return {path.stem: _parquet(path) for path in sorted((root / PROCESSED).glob("*.parquet"))}


def key_of(name: str, columns: list[str]) -> list[str]:
    """What names a row of a table: its declared key, or all columns where there is none."""
    declared = list(TABLES[name].key) if name in TABLES else ["entry"]
    return declared if set(declared) <= set(columns) else columns


def _csv(path: Path) -> pl.DataFrame:
    try:
        return pl.read_csv(path, infer_schema=False, raise_if_empty=False)
    except pl.exceptions.PolarsError as error:
        what = f"not a readable CSV table ({str(error).splitlines()[0]})."
        raise InvalidTableError(what, where=f"{RAW}/{path.name}", repair="Restore it.") from error


def _parquet(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        what = f"not a readable Parquet table ({str(error).splitlines()[0]})."
        raise InvalidTableError(what, where=f"{PROCESSED}/{path.name}", repair="Run `dvc repro`.") from error
    if GEOMETRY in frame.columns:
        outlines = [hashlib.sha256(one or b"").hexdigest()[:SHOWN_DIGITS] for one in frame[GEOMETRY]]
        frame = frame.with_columns(pl.Series(GEOMETRY, outlines))
    return frame


def _entries(content: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a YAML document with the way to it: `lemoniteur-2021 > licence > name`."""
    if isinstance(content, Mapping):
        for key, value in content.items():
            yield from _entries(value, _below(path, str(key)))
    elif isinstance(content, list) and any(isinstance(one, Mapping) for one in content):
        for rank, one in enumerate(content, start=1):
            yield from _entries(one, _below(path, _name(one) or str(rank)))
    else:
        yield path, str(content)


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return ""
    if "table" in entry and isinstance(entry.get("where"), Mapping):  # a correction is named by what it corrects
        return " ".join(map(str, (entry["table"], *entry["where"].values(), entry.get("column", ""))))
    return next((str(entry[one]) for one in NAMED_BY if isinstance(entry.get(one), str)), "")


def _below(path: str, name: str) -> str:
    return f"{path} > {name}" if path else name


def _sentences(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Lines of the reading notes with their source and the part they stand in."""
    for path in sorted(folder.glob("*.md")):
        part = "front matter"
        for line in read_document(path).splitlines() if path.name != "README.md" else ():
            if line in {FIGURES, REMARKS, LISTS}:
                part = line.removeprefix("## ")
            elif line.strip(" -"):
                yield path.stem, part, line.strip().removeprefix("- ")
