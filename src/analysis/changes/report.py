"""A change report: two project folders compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from analysis import sameness
from analysis.changes import pictures, rows, snapshot
from analysis.changes.pictures import Box
from analysis.changes.rows import Row, RowChanges
from analysis.notebooks.manifest import Manifest
from analysis.paths import OUTPUTS
from analysis.tables import TABLES
from analysis.tables.lineage import NOTES, origins

LEDGER = "out_ledger"
VERSION = 1


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table that is another now. `because` names what it is made from that has changed too."""

    name: str
    columns_added: list[str]
    columns_removed: list[str]
    rows: RowChanges
    because: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.columns_added or self.columns_removed or self.rows)


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A published figure whose verdict is another now; empty where it has none on that side."""

    claim_id: str
    source_id: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A figure or an executed notebook: `status` is added, removed or changed; `how` it differs."""

    path: str
    status: str
    how: str = ""
    boxes: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that moved since `base`; `missing` says in words what could not be compared."""

    base: str
    raw: list[TableChange]
    tables: list[TableChange]
    verdicts: list[VerdictChange]
    figures: list[FileChange]
    notebooks: list[FileChange]
    missing: list[str]

    def __bool__(self) -> bool:
        return bool(self.raw or self.tables or self.figures or self.notebooks)

    def as_json(self) -> dict[str, Any]:
        """The report for machines: values as they are, or as texts where JSON has none."""
        return {"version": VERSION, "changed": bool(self), **asdict(self)}


def report(base: str, before: Path, after: Path, stems: Iterable[str], missing: Iterable[str] = ()) -> Report:
    """What moved from the project in `before` to the one in `after`; of notebooks and figures, those of `stems`."""
    files = list(_files(before, after, sorted(stems)))
    raw = list(_tables(snapshot.raw(before), snapshot.raw(after)))
    old, new = snapshot.processed(before), snapshot.processed(after)
    moved = {one.name for one in raw}
    tables = [
        TableChange(one.name, one.columns_added, one.columns_removed, one.rows, _because(one.name, moved))
        for one in _tables(old, new)
    ]
    return Report(
        base,
        raw,
        tables,
        list(_verdicts(next((one.rows for one in tables if one.name == LEDGER), None))),
        [_figure(one, before, after) for one in files if one.path.endswith(".png")],
        [_notebook(one, before, after) for one in files if one.path.endswith(".ipynb")],
        list(missing),
    )


def _tables(before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]) -> Iterator[TableChange]:
    """Tables that differ, in the order of the catalogue; one that only one version has is compared with nothing."""
    known = [*TABLES, *sorted({*before, *after} - {*TABLES})]
    for name in (one for one in known if one in before or one in after):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            there = old if new is None else new
            empty = there.clear() if there is not None else pl.DataFrame()
            old, new = (empty if one is None else one for one in (old, new))
        if change := _table(name, old, new):
            yield change


def _table(name: str, old: pl.DataFrame, new: pl.DataFrame) -> TableChange:
    shared = [one for one in new.columns if one in old.columns]
    return TableChange(
        name,
        [one for one in new.columns if one not in old.columns],
        [one for one in old.columns if one not in new.columns],
        rows.compare(old.select(shared), new.select(shared), snapshot.key_of(name, shared)),
    )


def _because(table: str, moved: set[str]) -> list[str]:
    """The raw tables and notes that a processed table is made from and that have changed."""
    if table not in TABLES:
        return []
    named = {NOTES: snapshot.READING_NOTES}
    own = [named.get(one, one) for one in origins(table)]
    rules = [one for one in snapshot.ENTRIES if one != "checks" or table == LEDGER]
    return [one for one in (*own, *rules) if one in moved]


def _verdicts(ledger: RowChanges | None) -> Iterator[VerdictChange]:
    if ledger is None:
        return
    for row in ledger.removed:
        yield _verdict(row, row["verdict"], "")
    for row in ledger.added:
        yield _verdict(row, "", row["verdict"])
    for old, new in ledger.changed:
        if old["verdict"] != new["verdict"]:
            yield _verdict(new, old["verdict"], new["verdict"])


def _verdict(row: Row, before: str, after: str) -> VerdictChange:
    return VerdictChange(row["claim_id"], row["source_id"], before, after, row.get("reason_en") or row["reason"])


def _files(before: Path, after: Path, stems: Sequence[str]) -> Iterator[FileChange]:
    """Files of the reports that differ, by path below outputs/, as the manifests of both folders name them."""
    found = [Manifest.load(root).entries for root in (before, after)]
    old, new = ({path: d for one in stems if one in of for path, d in of[one].outputs.items()} for of in found)
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            yield FileChange(path, "added" if path not in old else "removed" if path not in new else "changed")


def _figure(one: FileChange, before: Path, after: Path) -> FileChange:
    if one.status != "changed":
        return one
    found = pictures.compare(*((root / OUTPUTS / one.path).read_bytes() for root in (before, after)))
    return replace(one, how=f"{found.pixels} pixels differ", boxes=found.boxes)


def _notebook(one: FileChange, before: Path, after: Path) -> FileChange:
    if one.status != "changed":
        return one
    contents = ((root / OUTPUTS / one.path).read_bytes() for root in (before, after))
    return replace(one, how=sameness.explain(".ipynb", *contents))
