"""Two folders byte by byte, and the first place where two files part, said as a person would say it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np
import polars as pl
from PIL import Image, UnidentifiedImageError

SHOWN = 60  # characters of a text about its first difference
PICTURES, TABLES, NOTEBOOKS = frozenset({".png"}), frozenset({".parquet"}), frozenset({".ipynb"})
ARCHIVES = frozenset({".zip", ".xlsx"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A file that is not the same in two folders, and how."""

    path: str
    how: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was compared, and what differs, in the order of paths."""

    files: int
    size: int
    differences: Sequence[Difference]


def compare(one: Path, other: Path, names: Sequence[str]) -> Comparison:
    """The files under `names` (folders or files) of two folders; symbolic links count as what they lead to."""
    here, there = (_files(root, names) for root in (one, other))
    size = sum((one / path).stat().st_size for path in here)
    return Comparison(len(here | there), size, list(_differences(one, other, here, there)))


def _files(root: Path, names: Sequence[str]) -> set[str]:
    starts = [root / name for name in names]
    found = [path for start in starts for path in (start, *start.rglob("*")) if path.is_file()]
    return {path.relative_to(root).as_posix() for path in found}


def _differences(one: Path, other: Path, here: set[str], there: set[str]) -> Iterator[Difference]:
    for path in sorted(here | there):
        if path not in there:
            yield Difference(path, "only in the first folder")
        elif path not in here:
            yield Difference(path, "only in the second folder")
        elif how := explain(Path(path).suffix, (one / path).read_bytes(), (other / path).read_bytes()):
            yield Difference(path, how)


def explain(suffix: str, one: bytes, other: bytes) -> str:
    """Where two contents of a kind of file part first; an empty text if they are the same bytes.

    Which column and row of a table, which part of an archive, which cell of a notebook, which pixels of a picture,
    which line of a text. Contents that only their kind's reader finds equal are said to differ in their bytes.
    """
    if one == other:
        return ""
    return _by_kind(suffix, one, other) or _bytes(one, other)


def _by_kind(suffix: str, one: bytes, other: bytes) -> str:
    """The difference as a reader of this kind of file sees it; empty if it sees none or cannot read one of them."""
    try:
        if suffix in TABLES:
            return table(pl.read_parquet(BytesIO(one)), pl.read_parquet(BytesIO(other)))
        if suffix in PICTURES:
            return picture(*(np.asarray(Image.open(BytesIO(content)).convert("RGBA")) for content in (one, other)))
        if suffix in NOTEBOOKS:
            return notebook(json.loads(one), json.loads(other))
        if suffix in ARCHIVES:
            return archive(ZipFile(BytesIO(one)), ZipFile(BytesIO(other)))
        return text(one.decode(), other.decode())
    except (pl.exceptions.PolarsError, UnidentifiedImageError, BadZipFile, KeyError, ValueError):
        return ""


def table(one: pl.DataFrame, other: pl.DataFrame) -> str:
    """First column and row (counted from 1) where two tables differ."""
    if one.schema != other.schema:
        parts = sorted({f"{name} {kind}" for name, kind in {*one.schema.items()} ^ {*other.schema.items()}})
        return f"columns: {', '.join(parts) or 'in another order'}"
    if one.height != other.height:
        return f"{one.height} rows against {other.height}"
    for name in one.columns:
        apart = one[name].ne_missing(other[name]).arg_true()
        if apart.len():
            row = int(apart[0])
            values = f"{one[name][row]!r} against {other[name][row]!r}"
            return f"column {name}, row {row + 1}: {values} ({apart.len()} rows differ)"
    return ""


def picture(one: np.ndarray, other: np.ndarray) -> str:
    """How many pixels differ, and the box around them."""
    if one.shape != other.shape:
        return f"{one.shape[1]} × {one.shape[0]} pixels against {other.shape[1]} × {other.shape[0]}"
    apart = (one != other).any(axis=2)
    if not apart.any():
        return ""
    (top, *_, bottom), (left, *_, right) = (np.flatnonzero(apart.any(axis=axis)).repeat(2) for axis in (1, 0))
    return f"{int(apart.sum())} pixels differ, between ({left}, {top}) and ({right}, {bottom})"


def notebook(one: dict[str, list[dict[str, object]]], other: dict[str, list[dict[str, object]]]) -> str:
    """First cell (counted from 1) that differs, and in which of its parts."""
    if len(one["cells"]) != len(other["cells"]):
        return f"{len(one['cells'])} cells against {len(other['cells'])}"
    for rank, (mine, theirs) in enumerate(zip(one["cells"], other["cells"], strict=True), start=1):
        for part in sorted({*mine, *theirs}):
            if mine.get(part) != theirs.get(part):
                said = text(*(json.dumps(cell.get(part), ensure_ascii=False, indent=1) for cell in (mine, theirs)))
                return f"cell {rank}, {part}: {said}"
    return "metadata"


def archive(one: ZipFile, other: ZipFile) -> str:
    """First part of an archive that differs, and how."""
    names = one.namelist(), other.namelist()
    if names[0] != names[1]:
        return f"parts: {', '.join(sorted({*names[0]} ^ {*names[1]})) or 'in another order'}"
    for name in names[0]:
        if how := explain(Path(name).suffix, one.read(name), other.read(name)):
            return f"part {name}: {how}"
    return ""


def text(one: str, other: str) -> str:
    """First line (counted from 1) that differs, from a little before the place."""
    mine, theirs = one.splitlines(), other.splitlines()
    for number, (line, against) in enumerate(zip(mine, theirs, strict=False), start=1):
        if line != against:
            start = max(0, _common(line, against) - SHOWN // 3)
            return f"line {number}: {line[start : start + SHOWN]!r} against {against[start : start + SHOWN]!r}"
    return f"{len(mine)} lines against {len(theirs)}" if len(mine) != len(theirs) else ""


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many items two sequences begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _bytes(one: bytes, other: bytes) -> str:
    return f"byte {_common(one, other)} ({len(one)} bytes against {len(other)})"
