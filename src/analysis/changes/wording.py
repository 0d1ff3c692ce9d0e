"""What the reports say of a change, in words that all of them share (pure)."""

from collections.abc import Iterable
from typing import Any

from analysis.changes.report import Report, TableChange

NOTHING = "Nothing changed"


def headline(report: Report) -> str:
    """The report in one line."""
    if not report:
        return f"{NOTHING} since {report.base}."
    counts = (
        (len(report.raw), "raw file", "raw files"),
        (len(report.tables), "table", "tables"),
        (len(report.verdicts), "verdict", "verdicts"),
        (len(report.figures), "figure", "figures"),
        (len(report.notebooks), "notebook", "notebooks"),
    )
    return f"Since {report.base}: " + ", ".join(counted(*one) for one in counts if one[0]) + " changed."


def counted(count: int, one: str, many: str) -> str:
    """`1 row`, `2 rows`."""
    return f"{count:,} {one if count == 1 else many}"


def summary(table: TableChange) -> str:
    """How many rows of a table came, went and changed, and which columns."""
    rows = table.rows
    parts = [
        f"{len(found):,} {word}"
        for found, word in ((rows.added, "added"), (rows.removed, "removed"), (rows.changed, "changed"))
        if found
    ]
    parts += [f"column {name} added" for name in table.columns_added]
    parts += [f"column {name} removed" for name in table.columns_removed]
    return ", ".join(parts)


def because(table: TableChange) -> str:
    """What a table's change comes from."""
    return f"because of {', '.join(table.because)}" if table.because else ""


def value(found: Any) -> str:
    """A cell's value; a dash for an empty one."""
    if found is None or found == "":
        return "–"
    return "; ".join(map(str, found)) if isinstance(found, list) else str(found)


def row(cells: Iterable[tuple[str, Any]]) -> str:
    """A row's cells that are not empty: `name: value`."""
    return ", ".join(f"{name}: {value(found)}" for name, found in cells if found not in (None, "", []))
