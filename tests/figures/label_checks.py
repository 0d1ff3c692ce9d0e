"""What the tests of maps share: the faults of the labels that were drawn, as the renderer sees them."""

from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

import pytest
import shapely
from matplotlib.axes import Axes

from analysis.labels import LABEL_ID, LEADER_ID

LEAST_INSIDE = 0.85
SMALLEST = 6.5


def _boxes(axes: Axes) -> dict[str, Any]:
    renderer = axes.figure.canvas.get_renderer()
    return {
        text.get_gid().removeprefix(LABEL_ID): shapely.box(*text.get_window_extent(renderer).extents)
        for text in axes.texts
        if (text.get_gid() or "").startswith(LABEL_ID)
    }


def _leaders(axes: Axes) -> dict[str, Any]:
    return {
        line.get_gid().removeprefix(LEADER_ID): shapely.LineString(axes.transData.transform(line.get_xydata()))
        for line in axes.lines
        if (line.get_gid() or "").startswith(LEADER_ID)
    }


def _faults(axes: Axes, areas: Mapping[str, Any]) -> list[str]:
    boxes, leaders = _boxes(axes), _leaders(axes)
    frame = shapely.box(*axes.get_window_extent().extents)
    found = [f"{one} overlaps {other}" for one, other in combinations(boxes, 2) if boxes[one].intersects(boxes[other])]
    found += [f"{code} leaves the frame" for code, box in boxes.items() if not frame.contains(box)]
    for code, box in boxes.items():
        if code not in leaders:
            area = shapely.transform(areas[code], axes.transData.transform)
            share = shapely.intersection(area, box).area / box.area
            found += [f"{code} stands inside by {share:.0%} only"] if share < LEAST_INSIDE else []
    for code, line in leaders.items():
        area = shapely.transform(areas[code], axes.transData.transform)
        found += [] if area.contains(shapely.Point(line.coords[0])) else [f"{code}'s line starts outside its area"]
        found += [f"{code}'s line crosses {other}" for other, box in boxes.items() if other != code and line.crosses(box)]
    return found + [f"{text.get_text()} is too small" for text in axes.texts if text.get_fontsize() < SMALLEST]


@pytest.fixture(scope="session")
def label_faults() -> Callable[[Axes, Mapping[str, Any]], list[str]]:
    """Faults of a map's labels: overlaps, cut by the frame, outside their area without a line, too small."""
    return _faults


@pytest.fixture(scope="session")
def labels_of() -> Callable[[Axes], set[str]]:
    """Codes of the areas that a map names."""
    return lambda axes: set(_boxes(axes))
