"""Short lines between the parts of an area that stand apart, so that one sees whose a part is (pure)."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import shapely
from matplotlib.axes import Axes

from analysis.charts.drawing import style
from analysis.charts.maps import marks

LEAST_PART, LEAST_GAP = 4.0, 2.0  # points: of a square as large as a part that is tied, and between two parts
INSIDE: Final = 2.5  # points of a tie inside each part
WIDTH: Final = 0.7  # points


def ties(areas: Iterable[Any], metres_per_point: float) -> list[Any]:
    """One line from each part to the nearest of the larger ones; smaller parts and narrower gaps are left out."""
    return [line for area in areas for line in _within(area, metres_per_point)]


def _within(area: Any, metres_per_point: float) -> list[Any]:
    parts = shapely.get_parts(area)
    sizes = shapely.area(parts)
    order = np.argsort(-sizes, kind="stable")
    parts = parts[order][sizes[order] >= (LEAST_PART * metres_per_point) ** 2]
    found = []
    for rank, part in enumerate(parts[1:], start=1):
        away = shapely.distance(part, parts[:rank])
        if away.min() >= LEAST_GAP * metres_per_point:
            line = shapely.shortest_line(part, parts[int(away.argmin())])
            found.append(_longer(line, INSIDE * metres_per_point))
    return found


def _longer(line: Any, more: float) -> Any:
    """A line of two points, longer by `more` at both ends."""
    start, end = shapely.get_coordinates(line)
    step = (end - start) / shapely.length(line) * more
    return shapely.linestrings([start - step, end + step])


def draw(axes: Axes, lines: Sequence[Any], *, level: int) -> None:
    """The ties as one mark, or nothing."""
    marks.stroke(axes, shapely.MultiLineString(list(lines)), style.INK, WIDTH, level=level)


def entry(text: str) -> marks.Entry:
    """Legend entry of the ties."""
    return marks.line(style.INK, WIDTH), text
