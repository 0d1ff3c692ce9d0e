"""Where names go on a map: inside their own area when they fit, else in a free place with a leader line (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from analysis.charts.maps.board import EDGE, ROOM, Board, Label, Point, Room, Wording, room_of
from analysis.charts.maps.label_grid import Cells, Grid, Scores, shares, totals
from analysis.errors import FigureError

__all__ = ["Label", "Placed", "Wording", "place"]

LEAST_INSIDE: Final = 0.88  # share of an inside label's rectangle in its own area
# What a place outside may do, ever laxer: share on named areas, price of a line over a line, over a label.
NEVER: Final = float("inf")
LICENCES: Final = ((0.01, NEVER, NEVER), (0.25, NEVER, NEVER), (1.0, 50.0, NEVER), (1.0, 50.0, 200.0))
ON_GROUND: Final = 2  # of these, for a label on its ground
STRIDE: Final = 3  # cells between the places tried outside
TRIALS: Final = 250  # places outside, a wording, whose leader line is followed
INSIDE_LINE: Final = 3.0  # what an inside label wholly on lines to avoid costs, as five times the share outside
SHORTEST: Final = 5  # cells of a leader line
OUTSIDE_WORDING: Final = 25.0  # cells of leader line that an ugly wording is worth
OUTSIDE_LINE: Final = 250.0  # the same, for a label wholly on lines to avoid


@dataclass(frozen=True, slots=True)
class Placed:
    """A label's wording and centre in metres; `leader` goes from its area to it when it stands outside."""

    label: Label
    wording: Wording
    centre: Point
    leader: tuple[Point, Point] | None = None


def place(
    labels: Sequence[Label],
    wordings: Sequence[Sequence[Wording]],
    grid: Grid,
    *,
    obstacles: Sequence[Any] = (),
    lines: Sequence[Any] = (),
    grounds: Sequence[Any] = (),
    outside: bool = True,
) -> list[Placed]:
    """Each label's place, in the labels' order; the same places for the same input.

    `wordings` lists the ways to write each label. `obstacles` are areas to leave free, `lines` areas whose
    outline had better not run through a label outside, which stands on the first of `grounds` that has a place for it
    that covers few named areas, or else anywhere. Without `outside`, what does not fit inside is left out;
    with it, FigureError is raised when no free place is left for a label that is not optional.
    """
    board = Board(grid, labels, obstacles, lines)
    beyond = [totals(~grid.inside(one)) for one in grounds]
    placed: dict[int, Placed] = {}
    shapes = np.array([one.shape for one in labels], dtype=object)
    circles = shapely.maximum_inscribed_circle(shapes)
    order = sorted(range(len(labels)), key=lambda one: (labels[one].optional, shapely.length(circles[one]), one))
    for number in order:
        middle = _middle(labels[number].shape, grid)
        found = _place_inside(board, labels[number], number, wordings[number], middle)
        if found:
            placed[number] = found
    for number in order:
        if outside and number not in placed and not labels[number].optional:
            anchor = grid.cells(*shapely.get_coordinates(circles[number])[0])
            placed[number] = _place_outside(board, labels[number], number, wordings[number], anchor, beyond)
    return [placed[number] for number in sorted(placed)]


def _middle(shape: Any, grid: Grid) -> Point:
    """The centroid of the largest part, in cells."""
    parts = shapely.get_parts(shape)
    largest = parts[int(shapely.area(parts).argmax())]
    return grid.cells(*shapely.get_coordinates(shapely.centroid(largest))[0])


def _place_inside(board: Board, label: Label, number: int, wordings: Sequence[Wording], centre: Point) -> Placed | None:
    room = room_of(board, number, max(max(one.height, one.width) for one in wordings))
    if room is None:
        return None
    best: tuple[float, int, int, Wording] | None = None
    for wording in wordings:
        row, column, cost = _best_inside(room, wording, centre)
        if np.isfinite(cost) and (best is None or cost < best[0]):
            best = (cost, row, column, wording)
    if best is None:
        return None
    _, row, column, wording = best
    board.occupy(row, column, wording)
    return Placed(label, wording, board.grid.position(row + wording.height / 2, column + wording.width / 2))


def _best_inside(room: Room, wording: Wording, centre: Point) -> tuple[int, int, float]:
    inside = room.shares(wording)
    if inside.size == 0:
        return 0, 0, float("inf")
    rows, columns = room.crop(wording)
    middle_row = np.arange(inside.shape[0])[:, None] + rows.start + wording.height / 2
    middle_column = np.arange(inside.shape[1])[None, :] + columns.start + wording.width / 2
    away = np.hypot(middle_row - centre[0], middle_column - centre[1]) / room.reach
    cost = 5 * (1 - inside) + 1.2 * (1 - room.shares(wording, margin=ROOM)) + 0.25 * away + wording.cost
    cost += INSIDE_LINE * room.line_shares(wording)
    cost[(inside < LEAST_INSIDE) | (room.taken_shares(wording) > 0)] = np.inf
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    return int(row) + rows.start, int(column) + columns.start, float(cost[row, column])


def _place_outside(
    board: Board, label: Label, number: int, wordings: Sequence[Wording], anchor: Point, beyond: Sequence[Scores]
) -> Placed:
    tried = [(licence, off) for off in beyond for licence in LICENCES[:ON_GROUND]]
    for (covered, over_line, over_label), off in [*tried, *((licence, None) for licence in LICENCES)]:
        costs, corners, which = _outside_places(board, wordings, anchor, covered, off)
        sizes = np.array([(one.height, one.width) for one in wordings])[which]
        ends = np.clip(anchor, corners, corners + sizes)
        costs = costs + board.crossings(anchor, ends, number, over_line, over_label)
        if np.isfinite(costs).any():
            best = int(costs.argmin())
            return _settle(board, label, anchor, tuple(corners[best]), tuple(ends[best]), wordings[which[best]])
    repair = "Enlarge the map or shorten the name."
    raise FigureError(f"no free place for the label {label.text!r}.", where=label.code, repair=repair)


def _settle(board: Board, label: Label, anchor: Point, corner: Point, end: Point, wording: Wording) -> Placed:
    board.occupy_line(anchor, end)
    board.occupy(*corner, wording)
    centre = board.grid.position(corner[0] + wording.height / 2, corner[1] + wording.width / 2)
    return Placed(label, wording, centre, (board.grid.position(*anchor), board.grid.position(*end)))


def _outside_places(
    board: Board, wordings: Sequence[Wording], anchor: Point, covered: float, off: Scores | None
) -> tuple[Scores, Scores, Cells]:
    """The best free rectangles: their costs, south-western cells (row, column), and the numbers of their wordings."""
    tables = [board.named, totals(board.taken | board.wires), board.lined]
    costs: list[Scores] = []
    corners: list[Scores] = []
    which: list[Cells] = []
    for number, wording in enumerate(wordings):
        cost = _outside_costs(tables, wording, anchor, covered)
        if off is not None:
            cost[shares(off, wording.height, wording.width, start=EDGE, step=STRIDE) > 0] = np.inf
        best = _cheapest(cost.ravel())
        costs.append(cost.ravel()[best])
        corners.append(EDGE + STRIDE * np.stack(np.unravel_index(best, cost.shape), axis=1).astype(float))
        which.append(np.full(len(best), number))
    return np.concatenate(costs), np.concatenate(corners), np.concatenate(which)


def _outside_costs(tables: Sequence[Scores], wording: Wording, anchor: Point, covered: float) -> Scores:
    named, taken, lines = (shares(table, wording.height, wording.width, start=EDGE, step=STRIDE) for table in tables)
    rows = EDGE + STRIDE * np.arange(named.shape[0])[:, None]
    columns = EDGE + STRIDE * np.arange(named.shape[1])[None, :]
    down = np.maximum(np.maximum(rows - anchor[0], anchor[0] - rows - wording.height), 0)
    across = np.maximum(np.maximum(columns - anchor[1], anchor[1] - columns - wording.width), 0)
    length = np.hypot(down, across)
    cost: Scores = length + OUTSIDE_WORDING * wording.cost + OUTSIDE_LINE * lines
    cost[(named > covered) | (taken > 0) | (length < SHORTEST)] = np.inf
    return cost


def _cheapest(costs: Scores) -> Cells:
    """Numbers of the TRIALS cheapest places, the cheapest first, the earlier of equal ones first."""
    if len(costs) > TRIALS:
        near = np.flatnonzero(costs <= np.partition(costs, TRIALS)[TRIALS])
    else:
        near = np.arange(len(costs))
    found: Cells = near[np.argsort(costs[near], kind="stable")[:TRIALS]]
    return found
