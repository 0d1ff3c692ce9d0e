"""Findings on pairs of rows: two that have each other's values, and one that came where one went (pure)."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from analysis.upkeep.changes.ranking.finding import SMALL, Compared, Finding, Key, Kind, rarity
from analysis.upkeep.changes.ranking.yardsticks import as_number, numeric, yardstick
from analysis.upkeep.changes.rows import Cell, Row, hashable, key_of

LEAST_VALUES = 3  # of a column of which two can be exchanged: two of "yes" and "no" are no coincidence


def exchanged(compared: Compared, columns: Mapping[str, Sequence[Cell]]) -> list[tuple[Finding, list[Cell]]]:
    """Pairs of rows that have each other's values, with their cells; a pair may have exchanged several columns."""
    pairs: dict[tuple[Key, Key], list[Cell]] = {}
    for column, cells in columns.items():
        for one, other in _pairs(compared, column, cells):
            pairs.setdefault((one.key, other.key), []).extend((one, other))
    rare = rarity(len(pairs), compared.before.height) if pairs else 0.0
    return [(_exchange(compared, rare, cells), cells) for cells in pairs.values()]


def _exchange(compared: Compared, rare: float, cells: Sequence[Cell]) -> Finding:
    values = max(len(compared.values(one.column)) for one in cells)
    return compared.finding(Kind.EXCHANGED, math.log2(values) * rare, cells)


def _pairs(compared: Compared, column: str, cells: Sequence[Cell]) -> Iterable[tuple[Cell, Cell]]:
    """Cells of which one alone went from a value to another, and one alone the other way."""
    if column in compared.key or len(compared.values(column)) < LEAST_VALUES:
        return
    moves: dict[tuple[Any, Any], list[Cell]] = {}
    for one in cells:
        if one.before is not None and one.after is not None:
            moves.setdefault((hashable(one.before), hashable(one.after)), []).append(one)
    seen = set[Key]()
    for (before, after), ones in moves.items():
        back = moves.get((after, before), [])
        if len(ones) == len(back) == 1 and ones[0].key not in seen and _apart(compared, ones[0]):
            seen.add(back[0].key)
            yield ones[0], back[0]


def _apart(compared: Compared, cell: Cell) -> bool:
    """Whether two values are no near numbers, of which noise makes pairs."""
    before, after = as_number(cell.before), as_number(cell.after)
    if before is None or after is None or not numeric(compared, cell.column):
        return True
    return yardstick(compared, cell.column).far(before, after) >= SMALL


def renamed_keys(compared: Compared) -> tuple[list[Cell], list[Row], list[Row]]:
    """Rows that went and came with all but one cell of their key, as cells; then the rows that only went or came.

    What the two share must be found in one row alone of either version.
    """
    cells, changes = list[Cell](), compared.changes
    gone, come = list(changes.removed), list(changes.added)
    for column in changes.key if gone and come else ():
        shared = [one for one in compared.before.columns if one != column]
        if not set(shared) - set(changes.key):
            continue
        once = _once(compared.before, shared) & _once(compared.after, shared)
        old, new = ({key_of(row, shared): row for row in rows} for rows in (gone, come))
        for same in (one for one in old if one in new and one in once):
            cells.append(Cell(key_of(new[same], changes.key), column, old[same][column], new[same][column]))
            gone.remove(old[same])
            come.remove(new[same])
    return cells, gone, come


def _once(frame: pl.DataFrame, columns: Sequence[str]) -> set[Key]:
    found = Counter(key_of(row, columns) for row in frame.select(columns).iter_rows(named=True))
    return {one for one, count in found.items() if count == 1}
