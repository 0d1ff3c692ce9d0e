"""All findings of the tables that changed, the most unusual first (pure)."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from analysis.upkeep.changes.ranking.exchanges import exchanged, renamed_keys
from analysis.upkeep.changes.ranking.finding import (
    DECIMALS,
    SAME_MEANING,
    Compared,
    Finding,
    Kind,
    by_column,
    rarity,
    together,
)
from analysis.upkeep.changes.ranking.numbers import Step, of_numbers
from analysis.upkeep.changes.ranking.texts import of_texts
from analysis.upkeep.changes.ranking.yardsticks import as_number, numeric
from analysis.upkeep.changes.rows import Cell, Row, RowChanges, key_of


def of_tables(
    changed: Mapping[str, RowChanges], before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]
) -> list[Finding]:
    """The findings of all `changed` tables by name; a table that one version lacks has lost or got all its rows.

    Those that say the same in another writing stand last, all others by how unusual they are.
    """
    found = list[Finding]()
    for name, changes in changed.items():
        there = before[name] if name in before else after[name]
        found += of_table(name, before.get(name, there.clear()), after.get(name, there.clear()), changes)
    return sorted(found, key=lambda one: (one.kind in SAME_MEANING, -one.unusual))


def of_table(name: str, before: pl.DataFrame, after: pl.DataFrame, changes: RowChanges) -> Iterator[Finding]:
    """The findings of one table: every cell, row and column that is another is in one of them."""
    both = [one for one in after.columns if one in before.columns]
    compared = Compared(name, before.select(both), after.select(both), changes)
    renamed, lost, new = renamed_keys(compared)
    yield from _whole_columns(name, before, after)
    yield from _whole_rows(compared, lost, new)
    yield from _cells(compared, by_column([*renamed, *changes.cells()], both))


def _whole_columns(name: str, before: pl.DataFrame, after: pl.DataFrame) -> Iterator[Finding]:
    for kind, one, other in ((Kind.COLUMN_LOST, before, after), (Kind.COLUMN_NEW, after, before)):
        rare = 1 if kind is Kind.COLUMN_LOST else rarity(max(1, one.height), one.height)
        for column in (column for column in one.columns if column not in other.columns):
            unusual = round(together(one.height) * rare, DECIMALS)
            yield Finding(name, kind, unusual, columns=(column,), of=one.height)


def _whole_rows(compared: Compared, lost: Sequence[Row], new: Sequence[Row]) -> Iterator[Finding]:
    """Rows that went, each worth as many cells as it had; rows that came, which tables do."""
    rows, cells = compared.before.height, compared.before.width
    for kind, ones in ((Kind.LOST, lost), (Kind.NEW, new)):
        if ones:
            worth = cells if kind is Kind.LOST else rarity(len(ones), rows)
            keys = tuple(key_of(one, compared.key) for one in ones)
            unusual = round(worth * together(len(ones)), DECIMALS)
            yield Finding(compared.name, kind, unusual, compared.key, rows=keys, of=rows)


def _cells(compared: Compared, columns: Mapping[str, Sequence[Cell]]) -> Iterator[Finding]:
    taken = set[int]()
    for finding, cells in exchanged(compared, columns):
        taken |= {id(one) for one in cells}
        yield finding
    for column, changed in columns.items():
        yield from _of_column(compared, column, [one for one in changed if id(one) not in taken])


def _of_column(compared: Compared, column: str, cells: Sequence[Cell]) -> Iterator[Finding]:
    steps, texts, rows = list[Step](), list[Cell](), compared.before.height
    emptied = [one for one in cells if _empty(one.after)]
    filled = [one for one in cells if _empty(one.before) and not _empty(one.after)]
    is_numeric = numeric(compared, column)
    for one in (one for one in cells if not _empty(one.before) and not _empty(one.after)):
        before, after = as_number(one.before), as_number(one.after)
        if is_numeric and before is not None and after is not None:
            steps.append(Step(one, before, after))
        else:
            texts.append(one)
    if emptied:
        yield compared.finding(Kind.EMPTIED, together(len(emptied)), emptied)
    if filled:
        yield compared.finding(Kind.FILLED, together(len(filled)) * rarity(len(filled), rows), filled)
    yield from of_numbers(compared, column, steps)
    yield from of_texts(compared, column, texts)


def _empty(value: object) -> bool:
    return value is None or value in ("", []) or value != value  # noqa: PLR0124 - what is no number is not itself
