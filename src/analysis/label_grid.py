"""A raster of a map's window, in cells of a printer's point, on which rectangles are scored all at once (pure)."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from analysis.cartography import View

CELL_POINTS: Final = 1.0
Mask = npt.NDArray[np.bool_]
Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Grid:
    """The window cut into `rows` by `columns` square cells of `cell` metres; row 0 is the southernmost."""

    view: View
    rows: int
    columns: int

    @property
    def cell(self) -> float:
        """Side of a cell, in metres."""
        return self.view.width / self.columns

    def inside(self, shape: Any) -> Mask:
        """Cells whose centre lies in the shape."""
        found = np.zeros((self.rows, self.columns), dtype=bool)
        if shapely.is_empty(shape):
            return found
        rows, columns = self.window(*shapely.bounds(shape))
        x = self.view.xmin + (np.arange(columns.start, columns.stop) + 0.5) * self.cell
        y = self.view.ymin + (np.arange(rows.start, rows.stop) + 0.5) * self.cell
        shapely.prepare(shape)
        found[rows, columns] = shapely.contains_xy(shape, *np.meshgrid(x, y))
        return found

    def window(self, xmin: float, ymin: float, xmax: float, ymax: float) -> tuple[slice, slice]:
        """Rows and columns that the bounds touch, within the grid."""
        left, right = (self._count(x - self.view.xmin, self.columns) for x in (xmin, xmax))
        low, high = (self._count(y - self.view.ymin, self.rows) for y in (ymin, ymax))
        return slice(low, min(high + 1, self.rows)), slice(left, min(right + 1, self.columns))

    def _count(self, metres: float, most: int) -> int:
        return int(min(max(metres // self.cell, 0), most))

    def position(self, row: float, column: float) -> tuple[float, float]:
        """Metres in the projection of a place counted in cells from the south-western corner."""
        return self.view.xmin + column * self.cell, self.view.ymin + row * self.cell

    def cells(self, x: float, y: float) -> tuple[float, float]:
        """Row and column, in cells, of a place in metres."""
        return (y - self.view.ymin) / self.cell, (x - self.view.xmin) / self.cell


def grid_of(view: View, width_points: float) -> Grid:
    """The grid of a window that is drawn `width_points` wide."""
    columns = max(round(width_points / CELL_POINTS), 1)
    return Grid(view, max(round(columns * view.height / view.width), 1), columns)


def totals(mask: Mask) -> Scores:
    """Summed-area table: any rectangle's count of cells is then four look-ups."""
    table = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1))
    np.cumsum(np.cumsum(mask, axis=0), axis=1, out=table[1:, 1:])
    return table


def shares(table: Scores, height: int, width: int) -> Scores:
    """Share of set cells in the rectangle of `height` by `width` cells whose south-western cell is [row, column]."""
    if table.shape[0] <= height or table.shape[1] <= width:
        return np.zeros((0, 0))
    counts = table[height:, width:] - table[:-height, width:] - table[height:, :-width] + table[:-height, :-width]
    result: Scores = counts / (height * width)
    return result


def line_cells(start: tuple[float, float], end: tuple[float, float]) -> tuple[npt.NDArray[np.int_], ...]:
    """Rows and columns of the cells along a segment given in (row, column), both ends included."""
    steps = int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) * 2) + 2
    return tuple(np.linspace(start[axis], end[axis], steps).astype(int) for axis in (0, 1))
