"""Labels near the points they name, tied to them by leaders that cross no text (pure).

All in pixels. A box is an array (x0, y0, x1, y1); boxes have the shape (n, 4), sizes and anchors (n, 2).
"""

from itertools import permutations, product
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

Array = NDArray[np.float64]
Shapes = NDArray[np.object_]
Clashes = dict[tuple[int, int], NDArray[np.bool_]]
MARK = 4.5  # points from the middle of a mark to its edge
APART = 5.0  # points kept free between two labels
START = 7.0  # points from the middle of a mark to where its leader must be clear of every mark
SLANT = 8  # what a leader's way across costs, in ways up or down
GAPS = tuple(range(8, 150, 5))  # points between a mark and its label
SHIFTS = (0.0, 0.25, -0.25, 0.45, -0.45, 0.7, -0.7, 1.0, -1.0)  # of the label's width, from above or below its mark
CHOICES = 120  # places kept for each label, the cheapest
STEPS = 4000  # partial arrangements looked at before the best one is taken


def place(sizes: Array, anchors: Array, solid: Shapes, lines: Shapes, bounds: Array, unit: float) -> Array | None:
    """A box for each label, near its anchor and inside `bounds`, or None when the labels do not all find room.

    Boxes stand APART from each other and meet neither `solid` nor `lines`; a leader, from its anchor to its box, may
    cross only `lines`. `unit` pixels make a point. Of the arrangements looked at, the one with the shortest leaders
    wins.
    """
    frame, wall = shapely.box(*bounds), np.concatenate([solid, lines])
    free = [
        _free(*_choices(size, anchor, unit), frame, solid, wall) for size, anchor in zip(sizes, anchors, strict=True)
    ]
    costs = [np.round(one[0]) for one in free]
    pairs = permutations(range(len(free)), 2)
    clashes = {(a, b): _clashes(free[a][1:], free[b][1:], APART * unit) for a, b in pairs}
    chosen = _cheapest(costs, clashes)
    return None if chosen is None else np.array([shapely.bounds(free[a][1][one]) for a, one in enumerate(chosen)])


def _cheapest(costs: list[Array], clashes: Clashes) -> list[int] | None:
    """One place for each label, no two of them clashing, at the least cost found in STEPS steps.

    Branch and bound: the label with fewest places left comes next, its cheapest place first; what cannot become
    cheaper than the best arrangement so far is left.
    """
    best, bound, steps = None, np.inf, 0
    waiting: list[tuple[dict[int, int], list[NDArray[np.bool_]]]] = [({}, [np.ones(len(one), bool) for one in costs])]
    while waiting and steps < STEPS:
        chosen, left = waiting.pop()
        steps += 1
        if not all(one.any() for one in left):
            continue
        least = sum(float(cost[one].min()) for cost, one in zip(costs, left, strict=True))
        if least >= bound:
            continue
        if len(chosen) == len(costs):
            best, bound = [chosen[label] for label in range(len(costs))], least
            continue
        label = min((int(one.sum()), rank) for rank, one in enumerate(left) if rank not in chosen)[1]
        for one in np.flatnonzero(left[label])[::-1]:  # the cheapest is put on top
            waiting.append((chosen | {label: int(one)}, _left(left, label, int(one), clashes)))
    return best


def _left(left: list[NDArray[np.bool_]], label: int, one: int, clashes: Clashes) -> list[NDArray[np.bool_]]:
    """Places that remain for every label once `label` has taken place `one`."""
    return [
        np.arange(len(places)) == one if rank == label else places & ~clashes[label, rank][one]
        for rank, places in enumerate(left)
    ]


def _choices(size: Array, anchor: Array, unit: float) -> tuple[Array, Shapes, Shapes]:
    """Costs, boxes and leaders of all places below and above the anchor, the cheapest first."""
    tried = []
    for rank, (gap, side, shift) in enumerate(product(GAPS, (-1, 1), SHIFTS)):
        cost = gap * unit + SLANT * max(abs(shift) - 0.5, 0) * size[0]
        tried.append((cost, rank, shift * size[0], side * (gap * unit + size[1] / 2)))
    tried.sort()
    middles = anchor + np.array([(across, up) for _, _, across, up in tried])
    boxes = np.hstack([middles - size / 2, middles + size / 2])
    leaders = shapely.linestrings([leader(anchor, box, START * unit) for box in boxes])
    return np.array([cost for cost, *_ in tried]), shapely.box(*boxes.T), leaders


def leader(anchor: Array, box: Array, start: float) -> Array:
    """The line, two points, from `start` pixels beyond the anchor to the nearest point of the box."""
    end = np.clip(anchor, box[:2], box[2:])
    length = float(np.hypot(*(end - anchor))) or 1.0
    return np.array([anchor + (end - anchor) * min(start / length, 1.0), end])


def _free(
    costs: Array, boxes: Shapes, leaders: Shapes, frame: Any, solid: Shapes, wall: Shapes
) -> tuple[Array, Shapes, Shapes]:
    """The cheapest places inside the frame whose box meets nothing of `wall` and whose leader nothing `solid`."""
    fits = shapely.covers(frame, boxes) & ~_meet(boxes, wall).any(axis=1) & ~_meet(leaders, solid).any(axis=1)
    kept = np.flatnonzero(fits)[:CHOICES]
    return costs[kept], boxes[kept], leaders[kept]


def _clashes(one: tuple[Shapes, Shapes], other: tuple[Shapes, Shapes], apart: float) -> NDArray[np.bool_]:
    """Which places of one label cannot go with which places of another: no two boxes come nearer than `apart`."""
    found: NDArray[np.bool_] = shapely.dwithin(one[0][:, None], other[0][None], apart)
    for mine, theirs in ((one[0], other[1]), (one[1], other[0]), (one[1], other[1])):
        found |= _meet(mine, theirs)
    return found


def _meet(shapes: Shapes, others: Shapes) -> NDArray[np.bool_]:
    return np.asarray(shapely.intersects(shapes[:, None], others[None]), dtype=bool)
