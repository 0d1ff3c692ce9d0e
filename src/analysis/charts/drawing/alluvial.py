"""Alluvial diagrams: families of linked bars in two columns, their order, and the ribbons between them (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from analysis.charts.drawing.style import PAPER, Look

Span: TypeAlias = tuple[float, float]  # bottom and top
Pair: TypeAlias = tuple[str, str]
SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Family:
    """Bars of both columns that ribbons link, from top to bottom; one column may be empty."""

    first: tuple[str, ...]
    second: tuple[str, ...]


def families(first: Iterable[str], second: Iterable[str], pairs: Iterable[Pair]) -> list[Family]:
    """The connected families of two columns, each ordered so that its ribbons cross little.

    Families come in the order of their first bar; bars without a ribbon make a family of their own.
    """
    links = sorted(set(pairs))
    keys = [*((1, one) for one in first), *((2, one) for one in second)]
    root = {key: key for key in keys}
    for one, two in links:
        old, new = _root(root, (2, two)), _root(root, (1, one))
        root[old] = new
    groups: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for key in keys:
        groups.setdefault(_root(root, key), []).append(key)
    return [_ordered(members, links) for members in groups.values()]


def _root(root: Mapping[tuple[int, str], tuple[int, str]], key: tuple[int, str]) -> tuple[int, str]:
    while root[key] != key:
        key = root[key]
    return key


def _ordered(members: Sequence[tuple[int, str]], links: Sequence[Pair]) -> Family:
    """Each column by the middle of what its bars are linked with, in turns (barycentre heuristic)."""
    columns = [[name for side, name in members if side == number] for number in (1, 2)]
    both = [[(two, one) for one, two in links], links]
    for sweep in range(SWEEPS):
        moved, fixed = (1, 0) if sweep % 2 == 0 else (0, 1)
        places = {name: place for place, name in enumerate(columns[fixed])}
        middle = {name: _middle(name, both[moved], places) for name in columns[moved]}
        columns[moved].sort(key=lambda name: middle[name])  # stable: bars that tie keep their order
    return Family(tuple(columns[0]), tuple(columns[1]))


def _middle(name: str, links: Sequence[Pair], places: Mapping[str, int]) -> float:
    found = [places[one] for one, two in links if two == name and one in places]
    return sum(found) / len(found) if found else 0.0


def ribbon(axes: Axes, left: float, right: float, first: Span, second: Span, look: Look) -> None:
    """A band from `first` at x = left to `second` at x = right, with the look of what it counts."""
    middle = (left + right) / 2
    (low_1, high_1), (low_2, high_2) = first, second
    points = [
        (left, high_1), (middle, high_1), (middle, high_2), (right, high_2),
        (right, low_2), (middle, low_2), (middle, low_1), (left, low_1), (left, high_1),
    ]  # fmt: skip
    codes = np.array([Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY])
    axes.add_patch(_patch(Path(points, codes), look, level=2))


def bar(axes: Axes, left: float, right: float, span: Span, look: Look, *, level: int = 3) -> None:
    """A bar of a column."""
    edge = look.line if look.face == PAPER else look.face
    box = Rectangle(
        (left, span[0]), right - left, span[1] - span[0], facecolor=look.face, edgecolor=edge, hatch=look.hatch,
        hatchcolor=look.line, linewidth=0.6, zorder=level,
    )  # fmt: skip
    axes.add_patch(box)


def _patch(path: Path, look: Look, *, level: int) -> PathPatch:
    edge = look.line if look.face == PAPER else "none"
    return PathPatch(
        path, facecolor=look.face, edgecolor=edge, hatch=look.hatch, hatchcolor=look.line, linewidth=0.5, zorder=level
    )
