"""A change report: two project folders compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from analysis.i18n.language import tr
from analysis.io.paths import OUTPUTS
from analysis.reports.notebooks.manifest import Manifest
from analysis.tables import TABLES
from analysis.upkeep import sameness
from analysis.upkeep.changes import pictures, ranking, rows, snapshot
from analysis.upkeep.changes.causes import LEDGER, because
from analysis.upkeep.changes.moves import Move, of_tables
from analysis.upkeep.changes.pictures import Box
from analysis.upkeep.changes.ranking import Finding
from analysis.upkeep.changes.rows import Row, RowChanges

CODE_FILES = ("src/analysis", "dvc.yaml", "params.yaml", "requirements.lock")
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
    reason_en: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A figure or an executed notebook: `status` is added, removed or changed.

    A notebook says `how` it differs first, in English; a figure how many `pixels` differ, and the boxes around them.
    """

    path: str
    status: str
    how: str = ""
    pixels: int = 0
    boxes: list[Box] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that moved since `base`; `missing` says in words what could not be compared.

    `moves` sums up what territories lost and gained. `code` names files of the package, of its lock and of the
    parameters that are others: they explain changes, and are none of them. `findings` has all changes of tables again,
    put together where one sentence says them, the most unusual first.
    """

    base: str
    raw: list[TableChange]
    tables: list[TableChange]
    verdicts: list[VerdictChange]
    figures: list[FileChange]
    notebooks: list[FileChange]
    missing: list[str]
    moves: list[Move] = field(default_factory=list)
    code: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.raw or self.tables or self.figures or self.notebooks)

    def as_json(self) -> dict[str, Any]:
        """The report for machines: values as they are, or as texts where JSON has none."""
        return {"version": VERSION, "changed": bool(self), **asdict(self)}


def report(
    base: str,
    before: Path,
    after: Path,
    stems: Iterable[str],
    missing: Iterable[str] = (),
    *,
    incomplete: bool = False,
) -> Report:
    """What moved from the project in `before` to the one in `after`; of notebooks and figures, those of `stems`.

    Where the older version is `incomplete`, a table that it lacks is named as not compared, and not as a new one.
    """
    files = list(_files(before, after, sorted(stems)))
    raw_before, raw_after = snapshot.raw(before), snapshot.raw(after)
    raw = list(_tables(raw_before, raw_after))
    old, new = snapshot.processed(before), snapshot.processed(after)
    unknown = sorted(new.keys() - old.keys()) if incomplete else []
    new = {name: one for name, one in new.items() if name not in unknown}
    moved, code = {one.name for one in raw}, _code(before, after)
    tables = [
        TableChange(one.name, one.columns_added, one.columns_removed, one.rows, because(one.name, moved, code))
        for one in _tables(old, new)
    ]
    return Report(
        base,
        raw,
        tables,
        list(_verdicts(next((one.rows for one in tables if one.name == LEDGER), None))),
        [_figure(one, before, after) for one in files if one.path.endswith(".png")],
        [_notebook(one, before, after) for one in files if one.path.endswith(".ipynb")],
        [*missing, *(tr("{name} : cette version ne la construit pas.").format(name=name) for name in unknown)],
        of_tables({one.name: one.rows for one in tables}, old, new),
        code,
        ranking.of_tables({one.name: one.rows for one in (*raw, *tables)}, raw_before | old, raw_after | new),
    )


def _code(before: Path, after: Path) -> list[str]:
    return [one.path for one in sameness.compare(before, after, CODE_FILES).differences if _is_code(one.path)]


def _is_code(path: str) -> bool:
    return not path.endswith(".pyc") and ".egg-info" not in path


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
    reason_en = row.get("reason_en") or ""
    return VerdictChange(row["claim_id"], row["source_id"], before, after, row["reason"], reason_en)


def _files(before: Path, after: Path, stems: Sequence[str]) -> Iterator[FileChange]:
    """Files of the reports that differ, by path below outputs/, as the manifests of both folders name them."""
    found = [Manifest.load(root).entries for root in (before, after)]
    old, new = ({path: d for one in stems if one in of for path, d in of[one].outputs.items()} for of in found)
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            yield FileChange(path, "added" if path not in old else "removed" if path not in new else "changed")


def _figure(change: FileChange, before: Path, after: Path) -> FileChange:
    if change.status != "changed":
        return change
    found = pictures.compare(*((root / OUTPUTS / change.path).read_bytes() for root in (before, after)))
    return replace(change, pixels=found.pixels, boxes=found.boxes)


def _notebook(change: FileChange, before: Path, after: Path) -> FileChange:
    if change.status != "changed":
        return change
    contents = ((root / OUTPUTS / change.path).read_bytes() for root in (before, after))
    return replace(change, how=sameness.explain(".ipynb", *contents))
