"""Labels near the points they name, tied to them by leaders that cross no text (pure).

All in pixels. A box is an array (x0, y0, x1, y1), boxes are an array of shape (n, 4), points (n, 2).
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
MARK = 4.5  # points from the middle of a mark to its edge
START = 7.0  # points from the middle of a mark to where its leader starts
DOTS = 40  # small boxes that stand for a line
DISTANCES = tuple(range(8, 150, 6))  # points between a mark and its label, nearest first
TILTS = tuple(side + sign * tilt for tilt in range(0, 91, 15) for side in (270, 90) for sign in (-1, 1))


def place(sizes: Array, anchors: Array, solid: Array, lines: Array, bounds: Array, unit: float) -> Array | None:
    """A box for each label, near its anchor and inside `bounds`, or None when the labels do not all find room.

    Boxes overlap neither each other nor `solid` nor `lines`; a leader, from its anchor to its box, may cross only
    `lines`. `unit` pixels make a point. The nearest place wins; a label that finds none goes first next time.
    """
    order = list(range(len(sizes)))
    for _ in range(len(order) ** 2 + 1):
        boxes, stuck = _attempt(order, sizes, anchors, solid, lines, bounds, unit)
        if stuck is None:
            return boxes
        order.remove(stuck)
        order.insert(0, stuck)
    return None


def _attempt(
    order: Sequence[int], sizes: Array, anchors: Array, solid: Array, lines: Array, bounds: Array, unit: float
) -> tuple[Array, int | None]:
    """Boxes placed one by one in `order`, and the first label that finds no room."""
    boxes, texts, leaders = np.zeros((len(sizes), 4)), solid, np.zeros((0, 4))
    for rank in order:
        for box in _candidates(sizes[rank], anchors[rank], unit):
            leader = dots(*leader_ends(anchors[rank], box, unit), unit / 2)
            fits = (box[:2] >= bounds[:2]).all() and (box[2:] <= bounds[2:]).all()
            clear = fits and not _meet(box[None], texts) and not _meet(box[None], np.vstack([lines, leaders]))
            if clear and not _meet(leader, np.vstack([texts, leaders])):
                boxes[rank], texts, leaders = box, np.vstack([texts, box]), np.vstack([leaders, leader])
                break
        else:
            return boxes, rank
    return boxes, None


def _candidates(size: Array, anchor: Array, unit: float) -> Iterator[Array]:
    """Boxes at a growing distance from the anchor, below and above it before beside it."""
    for distance in DISTANCES:
        for tilt in TILTS:
            way = np.array([np.cos(np.deg2rad(tilt)), np.sin(np.deg2rad(tilt))])
            middle = anchor + way * (distance * unit + size / 2)
            yield np.concatenate([middle - size / 2, middle + size / 2])


def leader_ends(anchor: Array, box: Array, unit: float) -> tuple[Array, Array]:
    """The line from outside the anchor's mark to the nearest point of the box."""
    end = np.clip(anchor, box[:2], box[2:])
    length = float(np.hypot(*(end - anchor))) or 1.0
    return anchor + (end - anchor) * min(START * unit / length, 1.0), end


def dots(start: Array, end: Array, radius: float) -> Array:
    """Small boxes along a line."""
    points = np.linspace(start, end, DOTS)[:-1]
    return np.hstack([points - radius, points + radius])


def _meet(boxes: Array, others: Array) -> bool:
    """Whether any of `boxes` overlaps any of `others`."""
    a, b = boxes[:, None], others[None]
    return bool(((a[..., :2] < b[..., 2:]) & (a[..., 2:] > b[..., :2])).all(axis=-1).any())
