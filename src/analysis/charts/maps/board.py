"""What is already on a map while labels are placed, cell by cell, and the labels themselves (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from analysis.charts.maps.label_grid import Grid, Mask, Scores, line_cells, shares, totals

Point = tuple[float, float]

GAP: Final = 2  # cells kept free around a label
EDGE: Final = 3  # cells kept free along the frame
ROOM: Final = 4  # cells around a label that had better be its own area too
OUTSIDE_CROSSING: Final = 2.0  # cells of leader line that one across another named area is worth


@dataclass(frozen=True, slots=True)
class Label:
    """A name and the area it names, in the window's projection.

    An `optional` one is left out when it does not fit inside; `look` holds the text's weight, style, colour.
    """

    code: str
    text: str
    shape: Any
    optional: bool = False
    look: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to write a name: lines, font size, extent in cells, and how ugly it is (0 = not at all)."""

    text: str
    size: float
    height: int
    width: int
    cost: float


class Board:
    """What is already on the map, cell by cell."""

    def __init__(self, grid: Grid, labels: Sequence[Label], obstacles: Sequence[Any], lines: Sequence[Any]) -> None:
        self.grid = grid
        self.owner = np.full((grid.rows, grid.columns), -1)
        for number, label in enumerate(labels):
            self.owner[grid.inside(label.shape)] = number
        self.taken = np.zeros_like(self.owner, dtype=bool)
        for one in obstacles:
            self.taken |= grid.inside(one)
        self.wires = np.zeros_like(self.taken)  # leader lines
        self.lines = np.zeros_like(self.taken)
        for one in lines:
            self.lines |= _edge(grid.inside(one))
        self.named, self.lined = totals(self.owner >= 0), totals(self.lines)

    def occupy(self, row: float, column: float, wording: Wording) -> None:
        """Keep a rectangle, given by its south-western cell, and the gap around it."""
        low, left = max(int(row) - GAP, 0), max(int(column) - GAP, 0)
        self.taken[low : int(row) + wording.height + GAP, left : int(column) + wording.width + GAP] = True

    def occupy_line(self, start: Point, end: Point) -> None:
        """Keep a leader line, given in cells, and one cell around it."""
        rows, columns = line_cells(start, np.array([end]))
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                self.wires[self._within(rows + down, columns + right)] = True

    def crossings(self, start: Point, ends: Scores, number: int, over_line: float, over_label: float) -> Scores:
        """The price of what each line crosses: other named areas by the cell, leader lines, labels."""
        cells = self._within(*line_cells(start, ends))
        owners = self.owner[cells]
        abroad = ((owners >= 0) & (owners != number)).mean(axis=1) * np.hypot(*(ends - start).T)
        price: Scores = OUTSIDE_CROSSING * abroad
        price[self.wires[cells].any(axis=1)] += over_line
        price[self.taken[cells].any(axis=1)] += over_label
        return price

    def _within(self, rows: Any, columns: Any) -> tuple[Any, Any]:
        return np.clip(rows, 0, self.grid.rows - 1), np.clip(columns, 0, self.grid.columns - 1)


@dataclass(frozen=True, slots=True)
class Room:
    """Summed-area tables of an area's surroundings: its own cells, those taken, those on lines to avoid.

    `spans` are its first and last row and column in a grid of `most` rows and columns; the tables start at `row`
    and `column`; `reach` is the side of a square as large as the area, in cells.
    """

    spans: Sequence[Sequence[int]]
    most: tuple[int, ...]
    row: int
    column: int
    mine: Scores
    taken: Scores
    lines: Scores
    reach: float

    def shares(self, wording: Wording, *, margin: int = 0) -> Scores:
        """Share of own cells in the wording's rectangle, `margin` cells wider all around, wherever it fits."""
        return self._shares(self.mine, wording, margin)

    def taken_shares(self, wording: Wording) -> Scores:
        """Share of taken cells in the wording's rectangle, wherever it fits."""
        return self._shares(self.taken, wording, 0)

    def line_shares(self, wording: Wording) -> Scores:
        """Share of cells on lines to avoid in the wording's rectangle, wherever it fits."""
        return self._shares(self.lines, wording, 0)

    def _shares(self, table: Scores, wording: Wording, margin: int) -> Scores:
        rows, columns = self.crop(wording)
        low, left = rows.start - margin - self.row, columns.start - margin - self.column
        high, right = rows.stop + margin - self.row, columns.stop + margin - self.column
        part = table[low : high + 1, left : right + 1]
        return shares(part, wording.height + 2 * margin, wording.width + 2 * margin)

    def crop(self, wording: Wording) -> tuple[slice, slice]:
        """Rows and columns of the grid in which the wording's rectangle can be mostly inside the area."""
        found = []
        for (first, last), length, most in zip(self.spans, (wording.height, wording.width), self.most, strict=True):
            low = max(first - length // 4, EDGE)
            found.append(slice(low, max(min(last + 1 + length // 4, most - EDGE), low)))
        return found[0], found[1]


def room_of(board: Board, number: int, longest: int) -> Room | None:
    """The surroundings of a label's area, for wordings whose sides are at most `longest`; None where none shows."""
    own = board.owner == number
    spans = [np.flatnonzero(own.any(axis=axis))[[0, -1]].tolist() for axis in (1, 0)] if own.any() else []
    if not spans:
        return None
    margin = longest // 4 + ROOM
    (low, high), (left, right) = ((first - margin, last + 1 + margin) for first, last in spans)
    here = slice(max(low, 0), high), slice(max(left, 0), right)
    rows, columns = own.shape
    beyond = (max(-low, 0), max(high - rows, 0)), (max(-left, 0), max(right - columns, 0))
    mine, taken, lines = (totals(np.pad(mask[here], beyond)) for mask in (own, board.taken, board.lines))
    return Room(spans, own.shape, low, left, mine, taken, lines, float(np.sqrt(own.sum())))


def _edge(mask: Mask) -> Mask:
    edge = np.zeros_like(mask)
    edge[1:] |= mask[1:] != mask[:-1]
    edge[:, 1:] |= mask[:, 1:] != mask[:, :-1]
    return edge
