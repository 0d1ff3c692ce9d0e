"""Rows of two versions of a table, told apart by their key (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows that came, rows that went, and rows that are another now, before and after; each sorted by the key."""

    added: list[dict[str, Any]]
    removed: list[dict[str, Any]]
    changed: list[tuple[dict[str, Any], dict[str, Any]]]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def compare(before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str]) -> RowChanges:
    """What became of the rows of `before` in `after`; `key` names a row of either."""
    old, new = _by_key(before, key), _by_key(after, key)
    return RowChanges(
        [new[one] for one in sorted(new.keys() - old.keys())],
        [old[one] for one in sorted(old.keys() - new.keys())],
        [(old[one], new[one]) for one in sorted(old.keys() & new.keys()) if old[one] != new[one]],
    )


def _by_key(frame: pl.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {tuple(row[one] for one in key): row for row in frame.iter_rows(named=True)}
