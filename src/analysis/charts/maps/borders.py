"""Borders of a coverage as lines, each once however many areas and layers share it (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from analysis.registry.geography import Geometries

Numbers = npt.NDArray[np.int_]
Points = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Bounds: TypeAlias = tuple[float, float, float, float]  # minx, miny, maxx, maxy


@dataclass(frozen=True, slots=True)
class Edges:
    """Segments between vertices of areas, each once: `ends` has the shape (n, 2, 2).

    `first` and `last` are the numbers of the first and the last area that has the segment, the same where only
    one has it.
    """

    ends: Points
    first: Numbers
    last: Numbers

    def between(self, keys: Geometries) -> Mask:
        """Segments whose two sides differ in `keys`, one an area; a missing key is as good as no area at all."""
        numbers = pd.factorize(keys)[0]  # -1 where missing
        beyond = np.where(self.first == self.last, -1, numbers[self.last])
        return np.asarray(numbers[self.first] != beyond, dtype=bool)

    def lines(self, chosen: Mask) -> Any:
        """The chosen segments as lines that run from one fork to the next."""
        return shapely.line_merge(shapely.multilinestrings(shapely.linestrings(self.ends[chosen])))


def edges(areas: Geometries, bounds: Bounds | None = None) -> Edges:
    """The segments of areas that may meet the bounds, or all.

    Areas share a border where they have the same vertices.
    """
    starts, stops, owners = _segments(areas)
    if bounds is not None:
        low, high = np.minimum(starts, stops), np.maximum(starts, stops)
        shows = (low <= bounds[2:]).all(axis=1) & (high >= bounds[:2]).all(axis=1)
        starts, stops, owners = starts[shows], stops[shows], owners[shows]
    if len(starts) == 0:
        return Edges(np.empty((0, 2, 2)), owners, owners)
    codes = _codes(starts, stops)
    order = np.argsort(codes, kind="stable")
    fresh = np.flatnonzero(np.diff(codes[order], prepend=-1))
    first, last = order[fresh], order[np.append(fresh[1:], len(order)) - 1]
    return Edges(np.stack([starts[first], stops[first]], axis=1), owners[first], owners[last])


def _segments(areas: Geometries) -> tuple[Points, Points, Numbers]:
    parts, area = shapely.get_parts(areas, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    return points[:-1][inside], points[1:][inside], area[part[ring[:-1][inside]]]


def _codes(starts: Points, stops: Points) -> Numbers:
    """A number for each segment, the same for the same two ends whichever comes first."""
    ends = np.ascontiguousarray(np.concatenate([starts, stops])).view(np.complex128).ravel()
    places = np.unique(ends, return_inverse=True)[1].reshape(2, -1)
    low, high = places.min(axis=0), places.max(axis=0)
    codes: Numbers = low * len(ends) + high
    return codes


def outlines(areas: Geometries) -> Any:
    """All borders of areas as lines, a common one once."""
    found = edges(areas)
    return found.lines(np.ones(len(found.first), dtype=bool))


def layered(layers: Sequence[Geometries], bounds: Bounds) -> list[Any]:
    """For each layer of areas its borders that may meet the bounds, as lines, without those of the layers before."""
    numbers = np.repeat(np.arange(len(layers)), [len(one) for one in layers])
    found = edges(np.concatenate(layers), bounds)
    layer = numbers[found.first]
    return [found.lines(layer == number) for number in range(len(layers))]
