"""Faults of the labels on a map, as the renderer draws them, and the part of a table that a map needs."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import geopandas as gpd
import shapely
from matplotlib.axes import Axes

from analysis.charts.maps import cartography
from analysis.charts.maps.borders import Bounds
from analysis.charts.maps.labels import LABEL_ID, LEADER_ID

LEAST_INSIDE = 0.85


def label_boxes(axes: Axes) -> dict[str, Any]:
    """Rectangle of each label by the code of its area, in pixels."""
    renderer = axes.figure.canvas.get_renderer()
    return {
        text.get_gid().removeprefix(LABEL_ID): shapely.box(*text.get_window_extent(renderer).extents)
        for text in axes.texts
        if (text.get_gid() or "").startswith(LABEL_ID)
    }


def leader_lines(axes: Axes) -> dict[str, Any]:
    """Leader line of each label outside its area, in pixels."""
    return {
        line.get_gid().removeprefix(LEADER_ID): shapely.LineString(axes.transData.transform(line.get_xydata()))
        for line in axes.lines
        if (line.get_gid() or "").startswith(LEADER_ID)
    }


def label_faults(axes: Axes, areas: Mapping[str, Any]) -> list[str]:
    """Labels drawn twice, overlaps, labels cut by the frame or outside their area without a line, crossed labels.

    `areas` are the named ones by code, in the units of the axes.
    """
    boxes, leaders = label_boxes(axes), leader_lines(axes)
    drawn = {code: shapely.transform(areas[code], axes.transData.transform) for code in boxes}
    frame = shapely.box(*axes.get_window_extent().extents)
    drawn_codes = [text.get_gid() for text in axes.texts if (text.get_gid() or "").startswith(LABEL_ID)]
    faults = [f"{code} is drawn twice" for code in sorted(set(drawn_codes)) if drawn_codes.count(code) > 1]
    pairs = combinations(boxes, 2)
    faults += [f"{one} overlaps {other}" for one, other in pairs if boxes[one].intersects(boxes[other])]
    faults += [f"{code} leaves the frame" for code, box in boxes.items() if not frame.contains(box)]
    for code, box in boxes.items():
        share = drawn[code].intersection(box).area / box.area
        if code not in leaders and share < LEAST_INSIDE:
            faults.append(f"{code} stands inside by {share:.0%} only")
    for code, line in leaders.items():
        if not drawn[code].contains(shapely.Point(line.coords[0])):
            faults.append(f"the line of {code} starts outside its area")
        faults += [
            f"the line of {code} crosses {other}" for other in boxes if other != code and line.crosses(boxes[other])
        ]
    return faults


def meeting(frame: gpd.GeoDataFrame, bounds: Bounds) -> gpd.GeoDataFrame:
    """Rows whose shape meets the bounds."""
    return frame[shapely.intersects(frame.geometry.to_numpy(), shapely.box(*bounds))]


def drawn_bounds(axes: Axes, epsg: int) -> Bounds:
    """WGS 84 bounds of what the axes of a map show."""
    (xmin, xmax), (ymin, ymax) = axes.get_xlim(), axes.get_ylim()
    return cartography.window_bounds([cartography.View(epsg, xmin, ymin, xmax, ymax)])


def holds(outer: Bounds, inner: Bounds) -> bool:
    """Whether bounds hold others."""
    return bool(shapely.covers(shapely.box(*outer), shapely.box(*inner)))
