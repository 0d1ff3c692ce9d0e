"""Pairs of rows: two that have each other's values, and one that came under another key where one went (pure)."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.upkeep.changes.ranking.finding import SMALL, Compared, Finding, Key, Kind, rarity
from analysis.upkeep.changes.ranking.yardsticks import as_number, numeric, yardstick
from analysis.upkeep.changes.rows import Cell, Row, between, hashable, key_of

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
    for one in _apart(compared, column, cells):
        moves.setdefault((hashable(one.before), hashable(one.after)), []).append(one)
    seen = set[Key]()
    for (before, after), ones in moves.items():
        back = moves.get((after, before), [])
        if len(ones) == len(back) == 1 and ones[0].key not in seen:
            seen.add(back[0].key)
            yield ones[0], back[0]


def _apart(compared: Compared, column: str, cells: Sequence[Cell]) -> Iterator[Cell]:
    """Cells that are not empty; of numbers, of which noise makes pairs, those that moved far."""
    by = yardstick(compared, column) if numeric(compared, column) else None
    for one in (one for one in cells if one.before is not None and one.after is not None):
        before, after = as_number(one.before), as_number(one.after)
        if by is None or before is None or after is None or by.far(before, after) >= SMALL:
            yield one


def renamed_keys(compared: Compared) -> tuple[list[Cell], list[Row], list[Row]]:
    """Rows that went and came again under another key, as cells; then the rows that only went or only came.

    One cell of the key is another, the rest of the key and all texts are the same; numbers may have moved.
    """
    cells, changes = list[Cell](), compared.changes
    gone, come = list(changes.removed), list(changes.added)
    for column in changes.key if gone and come else ():
        same = _identity(compared, column)
        old, new = (_once(rows, same) for rows in (gone, come))
        for one in (one for one in old if one in new):
            cells += between(old[one], new[one], changes.key)
            gone.remove(old[one])
            come.remove(new[one])
    return cells, gone, come


def _identity(compared: Compared, column: str) -> list[str]:
    """What a thing is known by whose `column` is another: the rest of its key, and texts; nothing if in doubt."""
    rest = [one for one in compared.before.columns if one != column]
    texts = [one for one in rest if not numeric(compared, one)]
    identity = texts if set(texts) - set(compared.key) else rest
    rows = [frame.select(identity) for frame in (compared.before, compared.after)]
    known = set(identity) & set(compared.key) or not any(one.is_duplicated().any() for one in rows)
    return identity if known and set(identity) - set(compared.key) else []


def _once(rows: Iterable[Row], columns: Sequence[str]) -> dict[Key, Row]:
    """The rows that alone have what they have in `columns`; none without a column."""
    found: dict[Key, list[Row]] = {}
    for row in rows if columns else ():
        found.setdefault(key_of(row, columns), []).append(row)
    return {key: same[0] for key, same in found.items() if len(same) == 1}
