"""A small map that shows where in the country a territory is (pure)."""

from typing import Any, Final

import geopandas as gpd
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.drawing import style
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import marks
from analysis.registry.geography import (
    MAINLAND,
    PROJECTIONS,
    WGS84,
    Geometries,
    projection_of,
    reproject,
)

FINE_POINTS: Final = 0.4  # side of the square below which a vertex's triangle cannot be seen
RING_POINTS, DOT_POINTS = 15.0, 3.0  # around and in the middle of a territory smaller than the ring


def locate(axes: Axes, region_code: str, territory: Any, boundaries: gpd.GeoDataFrame) -> None:
    """The territory in mainland France, or in its overseas region, with a ring around it when it is small.

    `territory` is in its region's projection; `boundaries` (WGS 84) are those of national maps, with all regions.
    """
    codes, shapes = _regions(region_code, boundaries)
    view = carto.view_of(shapes, projection_of(region_code), *marks.frame_size(axes))
    marks.show(axes, view)
    metres = marks.metres_per_point(axes, view)
    shapes = shapely.coverage_simplify(shapes, FINE_POINTS * metres)
    marks.fill(axes, shapes, [style.GROUND_OTHER if code == region_code else style.GROUND for code in codes], level=1)
    marks.trace(axes, shapes, style.PAPER, 0.5, level=1)
    marks.fill(axes, [shapely.simplify(territory, FINE_POINTS * metres)], style.INK, level=2)
    _ring(axes, territory, metres)


def _regions(region_code: str, boundaries: gpd.GeoDataFrame) -> tuple[list[str], Geometries]:
    """Codes and projected shapes of the regions of the mainland, or of the overseas region alone."""
    regions = boundaries[boundaries["layer"] == "region"]
    epsg = projection_of(region_code)
    overseas = regions["code"].isin(list(PROJECTIONS))
    shown = regions[~overseas if epsg == MAINLAND else regions["code"] == region_code]
    return shown["code"].to_list(), reproject(shown.geometry.to_numpy(), WGS84, epsg)


def _ring(axes: Axes, territory: Any, metres_per_point: float) -> None:
    """A ring around a territory that is too small to be seen at once, and a dot in it."""
    circle = shapely.minimum_bounding_circle(territory)
    if 2 * shapely.minimum_bounding_radius(territory) / metres_per_point > RING_POINTS:
        return
    place = shapely.get_coordinates(shapely.centroid(circle)).T
    ring, dot = (Line2D(*place, linestyle="none", marker="o", markersize=size) for size in (RING_POINTS, DOT_POINTS))
    ring.set(markerfacecolor="none", markeredgecolor=style.INK, markeredgewidth=0.8)
    dot.set(color=style.INK, markeredgewidth=0)
    for mark in (ring, dot):
        mark.set_clip_on(False)  # Corsica lies at the edge
        axes.add_line(mark)
