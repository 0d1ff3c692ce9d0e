"""Rows of two versions of a table, told apart by their key (pure)."""

from collections import Counter
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
            yield from between(old, new, self.key)


def between(old: Row, new: Row, key: Sequence[str]) -> Iterator[Cell]:
    """The cells in which two rows differ, under the key of the new one."""
    name_of = key_of(new, key)
    yield from (Cell(name_of, name, old[name], new[name]) for name in new if not _same(old[name], new[name]))


def compare(before: pl.DataFrame, after: pl.DataFrame, key: Sequence[str]) -> RowChanges:
    """What became of the rows of `before` in `after`; `key` names a row of either, and both have the same columns.

    Two cells that are not a number are the same. Rows that share a key are told apart by their rank among them: a raw
    file that a build would refuse for that is still shown whole.
    """
    if before.equals(after):
        return RowChanges(tuple(key))
    old, new = _by_key(before, key), _by_key(after, key)
    return RowChanges(
        tuple(key),
        [new[one] for one in _ordered(new.keys() - old.keys())],
        [old[one] for one in _ordered(old.keys() - new.keys())],
        [(old[one], new[one]) for one in _ordered(old.keys() & new.keys()) if not _same_row(old[one], new[one])],
    )


def _by_key(frame: pl.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    """Rows by key and rank among those that share it."""
    seen, found = Counter[tuple[Any, ...]](), {}
    for row in frame.iter_rows(named=True):
        values = key_of(row, key)
        found[*values, seen[values]] = row
        seen[values] += 1
    return found


def key_of(row: Row, key: Sequence[str]) -> tuple[Any, ...]:
    """Cells that name a row, such that they find themselves in a dictionary."""
    return tuple(hashable(row[one]) for one in key)


def hashable(value: Any) -> Any:
    """What finds itself in a dictionary: a list as a tuple, "not a number" as a text."""
    if isinstance(value, list):
        return tuple(value)
    return "NaN" if value != value else value  # noqa: PLR0124


def _same_row(old: Row, new: Row) -> bool:
    return all(_same(old[name], new[name]) for name in new)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other or (one != one and other != other))  # noqa: PLR0124 - what is no number is not itself


def _ordered(keys: set[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Sorted, an empty cell before all others, whatever the types."""
    return sorted(keys, key=lambda key: [(one is not None, str(type(one)), "" if one is None else one) for one in key])
