"""A finding: cells or rows of one table whose change one sentence says, and how unusual it is (pure)."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import polars as pl

from analysis.upkeep.changes.rows import Cell, RowChanges, hashable

Key = tuple[Any, ...]
ALONE = 10  # findings of one cell that a column has, the most unusual ones; the others are one finding
SMALL = 0.1  # of the usual difference between two rows: what is less stands together
EDITIONS = ("phase", "edition", "year")  # columns of a key that tell several states of the same thing apart
DECIMALS = 6  # of `unusual`: sums in another order differ behind them


class Kind(StrEnum):
    """What became of the cells of a finding."""

    FACTOR = "factor"  # numbers of a column multiplied by the same factor
    EXCHANGED = "exchanged"  # two rows have each other's value
    ELSEWHERE = "elsewhere"  # a value whose other rows are all of another group
    RENAMED = "renamed"  # a value that became a new one wherever it stood
    MOVED = "moved"  # a value that became another one
    OUTSIDE = "outside"  # a number that the column cannot hold
    NUMBER = "number"  # one number
    SMALL = "small"  # numbers that hardly moved
    OTHERS = "others"  # cells of a column beyond those that stand alone
    EMPTIED = "emptied"
    FILLED = "filled"
    LOST = "lost"  # rows
    NEW = "new"
    COLUMN_LOST = "column lost"
    COLUMN_NEW = "column new"
    ROUNDED = "rounded"
    REWRITTEN = "rewritten"  # a text but for capitals, accents, signs and spaces


SAME_MEANING = frozenset({Kind.ROUNDED, Kind.REWRITTEN})  # the same, written otherwise: last whatever the measure


@dataclass(frozen=True, slots=True)
class Finding:
    """What one sentence says: each of `columns` changed in each of `rows`, which the cells of `key` name.

    Without a column it is about whole rows, without a row about a whole column. `of` counts the rows that might have
    changed so; `before` and `after` are those of the first row. `measure` is the factor, or how many usual differences
    a number moved. `beside` names cells that the sentence needs: for ELSEWHERE those of the value's other rows, for
    FACTOR the edition that all its rows are of, for OUTSIDE the bound. `unusual` is without a unit.
    """

    table: str
    kind: Kind
    unusual: float
    key: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[Key, ...] = ()
    of: int = 0
    before: Any = None
    after: Any = None
    measure: float = 0.0
    beside: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A table in two versions, with the columns that both have, and the changes of its rows."""

    name: str
    before: pl.DataFrame
    after: pl.DataFrame
    changes: RowChanges

    @property
    def key(self) -> tuple[str, ...]:
        """Columns that name a row."""
        return self.changes.key

    def values(self, column: str) -> Counter[Any]:
        """How many rows of the version before have each value."""
        return Counter(map(hashable, self.before[column]))

    def finding(self, kind: Kind, unusual: float, cells: Sequence[Cell], **more: Any) -> Finding:
        """A finding on cells: of one column, or of the same rows in each."""
        columns = tuple(dict.fromkeys(one.column for one in cells))
        rows = tuple(one.key for one in cells if one.column == columns[0])
        first = {"of": self.before.height, "before": cells[0].before, "after": cells[0].after} | more
        return Finding(self.name, kind, round(unusual, DECIMALS), self.key, columns, rows, **first)


def rarity(count: int, of: int) -> float:
    """1 for one change among many rows, nearly 0 where all have it; on a logarithmic scale."""
    return max(0.0, 1 - math.log(count) / math.log(max(of, count) + 1))


def together(count: int) -> float:
    """What it weighs that one sentence says `count` changes: 1 for one, 2 for three, 3 for seven."""
    return math.log2(1 + count)


def some_alone(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The ALONE most unusual findings of a column; the others as one."""
    ranked = sorted(findings, key=lambda one: -one.unusual)
    yield from ranked[:ALONE]
    if rest := ranked[ALONE:]:
        rows = tuple(key for one in rest for key in one.rows)
        yield replace(rest[0], kind=Kind.OTHERS, rows=rows) if len(rest) > 1 else rest[0]


def by_column(cells: Iterable[Cell], columns: Sequence[str]) -> dict[str, list[Cell]]:
    """Cells by column, those in the order of `columns`, each in the order of its rows."""
    found: dict[str, list[Cell]] = {one: [] for one in columns}
    for cell in cells:
        found[cell.column].append(cell)
    return {column: changed for column, changed in found.items() if changed}
