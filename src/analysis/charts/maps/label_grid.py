"""A raster of a map's window, in cells of a printer's point, on which rectangles are scored all at once (pure)."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from analysis.charts.maps.cartography import View

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
        points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shape)), return_index=True)
        x, y = ((points - (self.view.xmin, self.view.ymin)) / self.cell - 0.5).T  # cells' centres are whole numbers
        follows = ring[1:] == ring[:-1]
        rows, columns = _crossings(*(part[follows] for part in (x[:-1], y[:-1], x[1:], y[1:])))
        shows = (rows >= 0) & (rows < self.rows)
        places = rows[shows] * (self.columns + 1) + np.clip(columns[shows], 0, self.columns)
        counts = np.bincount(places, minlength=self.rows * (self.columns + 1)).reshape(self.rows, -1)
        inside: Mask = np.cumsum(counts, axis=1)[:, :-1] % 2 == 1
        return inside

    def position(self, row: float, column: float) -> tuple[float, float]:
        """Metres in the projection of a place counted in cells from the south-western corner."""
        return self.view.xmin + column * self.cell, self.view.ymin + row * self.cell

    def cells(self, x: float, y: float) -> tuple[float, float]:
        """Row and column, in cells, of a place in metres."""
        return (y - self.view.ymin) / self.cell, (x - self.view.xmin) / self.cell


def _crossings(x0: Scores, y0: Scores, x1: Scores, y1: Scores) -> tuple[Cells, Cells]:
    """Where segments cross the middles of rows: the row, and the first column whose centre lies to the right."""
    low, high = np.minimum(y0, y1), np.maximum(y0, y1)
    first = np.ceil(low).astype(int)
    counts = np.ceil(high).astype(int) - first
    which = np.repeat(np.arange(len(counts)), counts)
    rows = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    slope = (x1 - x0)[which] / (y1 - y0)[which]
    return rows, np.ceil(x0[which] + (rows - y0[which]) * slope).astype(int)


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
