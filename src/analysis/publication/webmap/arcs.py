"""Outlines that share borders as arcs, each drawn once and named by those that use it (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from analysis.registry.geography import Geometries

Points: TypeAlias = npt.NDArray[np.int64]  # (count, 2), in steps of the grid
Ring: TypeAlias = list[int]  # arcs one after the other; ~i is arc i from its end to its start
Shape: TypeAlias = list[Ring]  # filled by the even-odd rule: holes are rings like the others
SIDE: Final = 1 << 31  # beyond any coordinate, to make one key of two


@dataclass(frozen=True)
class Topology:
    """Arcs, and the shapes made of them in the order of the outlines."""

    arcs: list[Points]
    shapes: list[Shape]

    def part(self, ranks: Iterable[int], known: Sequence[int] = ()) -> "tuple[Topology, list[int]]":
        """These shapes with their own arcs, numbered as they come, and the former number of each arc.

        `known` are former numbers of arcs that another part holds: they keep their numbers there, own arcs follow.
        """
        numbers = {old: new for new, old in enumerate(known)}
        shapes = [[[_renumbered(arc, numbers) for arc in ring] for ring in self.shapes[rank]] for rank in ranks]
        former = list(numbers)[len(known) :]
        return Topology([self.arcs[old] for old in former], shapes), former

    def users(self) -> list[list[int]]:
        """For each arc, the ranks of the shapes that use it."""
        found: list[list[int]] = [[] for _ in self.arcs]
        for rank, shape in enumerate(self.shapes):
            for arc in {_plain(arc) for ring in shape for arc in ring}:
                found[arc].append(rank)
        return found


def _plain(arc: int) -> int:
    return arc if arc >= 0 else ~arc


def _renumbered(arc: int, numbers: dict[int, int]) -> int:
    new = numbers.setdefault(_plain(arc), len(numbers))
    return new if arc >= 0 else ~new


def topology(outlines: Geometries, grid: float) -> Topology:
    """Polygons put on a grid of this step (in their own units) and cut where borders meet.

    Two polygons that share vertices share arcs, whatever layers they come from.
    """
    points, ring_of, shape_of = _rings(outlines, grid)
    keys = points[:, 0] * SIDE + points[:, 1]
    names, first, vertices = np.unique(keys, return_index=True, return_inverse=True)
    starts = np.flatnonzero(np.r_[True, ring_of[1:] != ring_of[:-1]])
    stops = np.r_[starts[1:], len(points)]
    meets = _meeting(vertices, starts, stops, len(names))
    numbers: dict[bytes, int] = {}
    arcs: list[Points] = []
    shapes: list[Shape] = [[] for _ in outlines]
    for start, stop in zip(starts, stops, strict=True):
        ring = []
        for chain in _chains(vertices[start:stop], meets):
            forward = _runs_forward(chain)
            kept = chain if forward else chain[::-1]
            number = numbers.setdefault(kept.tobytes(), len(arcs))
            if number == len(arcs):
                arcs.append(points[first[kept]])
            ring.append(number if forward else ~number)
        shapes[int(shape_of[start])].append(ring)
    return Topology(arcs, shapes)


def _rings(outlines: Geometries, grid: float) -> tuple[Points, Points, Points]:
    """Points on the grid, the ring and the outline of each; rings are open, and those that collapse are gone."""
    parts, outline = shapely.get_parts(outlines, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    places, ring = shapely.get_coordinates(rings, return_index=True)
    points = np.round(places / grid).astype(np.int64)
    same = np.r_[False, (points[1:] == points[:-1]).all(axis=1) & (ring[1:] == ring[:-1])]
    points, ring = points[~same], ring[~same]
    last = np.r_[ring[1:] != ring[:-1], True]  # repeats the first point
    points, ring = points[~last], ring[~last]
    kept = np.bincount(ring, minlength=len(rings))[ring] >= 3
    points, ring = points[kept], ring[kept]
    return points, ring, outline[part[ring]]


def _meeting(vertices: Points, starts: Points, stops: Points, count: int) -> npt.NDArray[np.bool_]:
    """Vertices where more or fewer than two borders meet."""
    following = np.roll(vertices, -1)
    following[stops - 1] = vertices[starts]
    low, high = np.minimum(vertices, following), np.maximum(vertices, following)
    edges = np.unique(low * np.int64(count) + high)
    ends = np.bincount(np.r_[edges // count, edges % count], minlength=count)
    meets: npt.NDArray[np.bool_] = ends != 2
    return meets


def _chains(ring: Points, meets: npt.NDArray[np.bool_]) -> list[Points]:
    """A ring cut where borders meet; one that meets none starts at its least vertex."""
    cuts = np.flatnonzero(meets[ring])
    turned = np.roll(ring, -int(cuts[0] if len(cuts) else ring.argmin()))
    closed = np.r_[turned, turned[:1]]
    places = [*(cuts - cuts[0]), len(ring)] if len(cuts) else [0, len(ring)]
    return [closed[start : stop + 1] for start, stop in pairwise(places)]


def _runs_forward(chain: Points) -> bool:
    """The direction in which an arc is kept, the same whoever uses it."""
    if chain[0] != chain[-1]:
        return bool(chain[0] < chain[-1])
    return bool(chain[1] <= chain[-2])


# --- text --------------------------------------------------------------------------------------------------

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
MORE: Final = 32  # of six bits: five hold the number, one says that another character follows


def encoded(arcs: Sequence[Points]) -> str:
    """Arcs as text: for each the number of its points, then steps from the point before, the last of the arc before.

    A number takes one character for every five bits, the lowest first; a step's sign is its lowest bit.
    """
    if not arcs:
        return ""
    counts = np.array([len(arc) for arc in arcs])
    points = np.concatenate(arcs)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel()
    numbers = np.insert((steps << 1) ^ (steps >> 63), 2 * np.r_[0, np.cumsum(counts)[:-1]], counts)
    digits = [(numbers >> shift) & (MORE - 1) for shift in range(0, 35, 5)]
    follows = [(numbers >> shift) > 0 for shift in range(5, 40, 5)]
    table = np.stack([digit | np.where(more, MORE, 0) for digit, more in zip(digits, follows, strict=True)], axis=1)
    used = np.stack([np.ones(len(numbers), dtype=bool), *follows[:-1]], axis=1)
    letters = np.frombuffer(ALPHABET.encode(), dtype=np.uint8)[table[used]]
    text: str = letters.tobytes().decode()
    return text
