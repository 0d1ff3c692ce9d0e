"""Findings on the texts and codes of a column: renamed, moved, in a group that is not theirs, rewritten (pure)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import polars as pl

from analysis.extraction.prose.folded_words import fold
from analysis.upkeep.changes.ranking.finding import Compared, Finding, Kind, rarity, some_alone, together
from analysis.upkeep.changes.ranking.yardsticks import numeric, variety
from analysis.upkeep.changes.rows import Cell, hashable, key_of

LEAST_OTHERS = 3  # rows of a value that say what group it is of
NEARLY_ALL = 0.9  # of the values of a column: those whose rows are of one group each


def of_texts(compared: Compared, column: str, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Findings on the texts of a column; every cell is in one of them."""
    rewritten, moves = list[Cell](), dict[tuple[Any, Any], list[Cell]]()
    for one in cells:
        if _plain(one.before) == _plain(one.after):
            rewritten.append(one)
        else:
            moves.setdefault((hashable(one.before), hashable(one.after)), []).append(one)
    if rewritten:
        yield compared.finding(Kind.REWRITTEN, rarity(len(rewritten), compared.before.height), rewritten)
    if moves:
        far = rarity(len(moves), compared.before.height) / variety(compared, column)
        groups, renamed = _groups(compared, column), _renamed(compared, column, moves)
        yield from some_alone([_moved(compared, far, same, groups, move in renamed) for move, same in moves.items()])


def _moved(compared: Compared, far: float, cells: Sequence[Cell], groups: Sequence[str], renamed: bool) -> Finding:
    """What is said of cells that had one value and have one other now."""
    unusual = far * together(len(cells)) * _unlike(cells[0])
    if strange := _elsewhere(compared, cells, groups):
        return compared.finding(Kind.ELSEWHERE, unusual * (1 + len(strange)), cells, beside=tuple(strange.items()))
    kind = Kind.RENAMED if len(cells) > 1 and renamed else Kind.MOVED
    return compared.finding(kind, unusual, cells)


def _unlike(cell: Cell) -> float:
    """How much of two texts differs, by words: 1 for codes."""
    before, after = (str(one).split() for one in (cell.before, cell.after))
    return 1 - SequenceMatcher(None, before, after, autojunk=False).ratio()


def _renamed(compared: Compared, column: str, moves: Iterable[tuple[Any, Any]]) -> set[tuple[Any, Any]]:
    """The moves whose value after is new, and whose value before is gone."""
    old, new = compared.values(column), set(map(hashable, compared.after[column]))
    return {(before, after) for before, after in moves if before not in new and after not in old}


def _groups(compared: Compared, column: str) -> list[str]:
    """Other columns of texts that a column decides: nearly all its values have rows of one group only."""
    frame, found = compared.before, list[str]()
    others = [one for one in frame.columns if one != column and frame.schema[one] == pl.String]
    for other in others if frame.schema[column] == pl.String else ():
        rows = frame.select(column, other).drop_nulls()
        if rows[other].n_unique() < 2 or numeric(compared, other):
            continue
        of_value = rows.group_by(column).agg(pl.len().alias("rows"), pl.col(other).n_unique().alias("groups"))
        several = of_value.filter(pl.col("rows") > 1)
        if several.height > 1 and (several["groups"] == 1).sum() >= NEARLY_ALL * several.height:
            found.append(other)
    return found


def _elsewhere(compared: Compared, cells: Sequence[Cell], groups: Sequence[str]) -> Mapping[str, Any]:
    """Groups of all other rows that have the value, where none of the rows of `cells` is of them."""
    if not groups:
        return {}
    column, value, here = cells[0].column, cells[0].after, {one.key for one in cells}
    rows = list(compared.after.filter(pl.col(column) == value).iter_rows(named=True))
    others = [row for row in rows if key_of(row, compared.key) not in here]
    own = [row for row in rows if key_of(row, compared.key) in here]
    found = {name: others[0][name] for name in groups} if len(others) >= LEAST_OTHERS else {}
    return {
        name: value
        for name, value in found.items()
        if value is not None and all(row[name] == value for row in others) and all(row[name] != value for row in own)
    }


def _plain(value: Any) -> Any:
    """A text but for what does not change its meaning: case, accents and spaces; where it has no digit, signs too."""
    if not isinstance(value, str):
        return hashable(value)
    words = fold(value)
    if not any(one.isdigit() for one in words):
        words = "".join(one if one.isalnum() else " " for one in words)
    return " ".join(words.split())
