"""Rows of two versions of a table, told apart by their key (pure)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows that came, rows that went, and rows that are another now, before and after; each sorted by the key.

    Columns that stand in one version alone are named, and make no row another one.
    """

    added: list[Row]
    removed: list[Row]
    changed: list[tuple[Row, Row]]
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.new_columns or self.lost_columns)


def compare(before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str]) -> RowChanges:
    """What became of the rows of `before` in `after`; `key` names a row of either.

    Two empty cells are the same, and so are two cells that are not a number. Rows with the same key are told apart
    by their rank among them. Without a `key` whole rows are compared. KeyError for a key that is no shared column.
    """
    shared = [name for name in before.columns if name in after.columns]
    lost = tuple(name for name in before.columns if name not in shared)
    new = tuple(name for name in after.columns if name not in shared)
    if not new and not lost and before.equals(after):
        return RowChanges([], [], [])
    old, now = (_by_key(frame, key or shared) for frame in (before, after))
    both = sorted(old.keys() & now.keys(), key=_order)
    return RowChanges(
        [now[one] for one in sorted(now.keys() - old.keys(), key=_order)],
        [old[one] for one in sorted(old.keys() - now.keys(), key=_order)],
        [(old[one], now[one]) for one in both if changed_columns(old[one], now[one])],
        new,
        lost,
    )


def changed_columns(before: Row, after: Row) -> list[str]:
    """Columns of both rows whose cell is another now, in the order of the first."""
    return [name for name, value in before.items() if name in after and not _same(value, after[name])]


def _same(one: Any, other: Any) -> bool:
    return bool(one == other or (one != one and other != other))  # noqa: PLR0124 - what is not a number is not itself


def _by_key(frame: pl.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    seen = Counter[tuple[Any, ...]]()
    found = {}
    for row in frame.iter_rows(named=True):
        values = tuple(_hashable(row[one]) for one in key)
        found[(*values, seen[values])] = row
        seen[values] += 1
    return found


def _hashable(value: Any) -> Any:
    """A list as a tuple; "not a number" as a text, for it is a key that finds itself."""
    if isinstance(value, list):
        return tuple(value)
    return "NaN" if value != value else value  # noqa: PLR0124


def _order(key: tuple[Any, ...]) -> tuple[tuple[bool, str, Any], ...]:
    """Sorts keys whose cells may be empty, or of another type in the other version."""
    return tuple((value is not None, type(value).__name__, 0 if value is None else value) for value in key)
