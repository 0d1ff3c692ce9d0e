"""A raster of a map's window, in cells of a printer's point, on which rectangles are scored all at once (pure)."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from analysis.maps.cartography import View

CELL_POINTS: Final = 1.0
Mask = npt.NDArray[np.bool_]
Cells = npt.NDArray[np.int_]
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


def shares(table: Scores, height: int, width: int, *, start: int = 0, step: int = 1) -> Scores:
    """Share of set cells in every rectangle of `height` by `width` cells, by its south-western cell.

    Only each `step`-th cell is tried, from `start` on and as far from the other edges.
    """
    rows, columns = table.shape[0] - height - start, table.shape[1] - width - start
    if rows <= start or columns <= start:
        return np.zeros((0, 0))
    low, high = slice(start, rows, step), slice(start + height, rows + height, step)
    left, right = slice(start, columns, step), slice(start + width, columns + width, step)
    counts = table[high, right] - table[low, right] - table[high, left] + table[low, left]
    result: Scores = counts / (height * width)
    return result


def line_cells(start: tuple[float, float], ends: Scores) -> tuple[Cells, Cells]:
    """Rows and columns of the cells along segments in cells (row, column), from one start: a row a segment.

    All segments have as many samples, at least two a cell.
    """
    longest = float(np.abs(ends - start).max(initial=0.0))
    along = np.linspace(0, 1, int(2 * longest) + 2)
    rows, columns = (start[axis] + along * (ends[:, [axis]] - start[axis]) for axis in (0, 1))
    return rows.astype(int), columns.astype(int)
