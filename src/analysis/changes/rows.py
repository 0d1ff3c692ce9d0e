"""Rows of two versions of a table, told apart by their key (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is another now: the values of its row's key, its column, and what it held and holds."""

    key: tuple[Any, ...]
    column: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class RowChanges:
    """Rows that came, rows that went, and rows that are another now, before and after; each sorted by the key."""

    key: tuple[str, ...] = ()
    added: list[Row] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def cells(self) -> Iterator[Cell]:
        """The cells that differ in the rows that both versions have."""
        for old, new in self.changed:
            key = tuple(new[one] for one in self.key)
            yield from (Cell(key, name, old[name], new[name]) for name in new if old[name] != new[name])


def compare(before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str]) -> RowChanges:
    """What became of the rows of `before` in `after`; `key` names a row of either, and both have the same columns."""
    old, new = _by_key(before, key), _by_key(after, key)
    return RowChanges(
        tuple(key),
        [new[one] for one in _ordered(new.keys() - old.keys())],
        [old[one] for one in _ordered(old.keys() - new.keys())],
        [(old[one], new[one]) for one in _ordered(old.keys() & new.keys()) if old[one] != new[one]],
    )


def _by_key(frame: pl.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[one] for one in key): row for row in frame.iter_rows(named=True)}


def _ordered(keys: set[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Sorted, an empty cell before all others."""
    return sorted(keys, key=lambda key: [(one is not None, str(type(one)), one) for one in key])
