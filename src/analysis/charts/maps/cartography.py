"""Windows in a projection, and what shows in them (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from analysis.charts.maps.borders import Bounds
from analysis.registry.geography import WGS84, Geometries, reproject

CLIP_MARGIN: Final = 0.02  # of the window's width: cut edges fall outside the axes
WINDOW_POINTS: Final = 33  # points a side when a window is carried to WGS 84


@dataclass(frozen=True, slots=True)
class View:
    """A window on the ground: an EPSG code and its bounds in that projection, in metres."""

    epsg: int
    xmin: float
    ymin: float
    xmax: float
    ymax: float

    @property
    def width(self) -> float:
        """Width in metres."""
        return self.xmax - self.xmin

    @property
    def height(self) -> float:
        """Height in metres."""
        return self.ymax - self.ymin

    @property
    def bounds(self) -> Bounds:
        """West, south, east, north, in metres."""
        return self.xmin, self.ymin, self.xmax, self.ymax

    def box(self, margin: float = 0.0) -> shapely.Polygon:
        """The window as a polygon, `margin` metres wider on each side."""
        return shapely.box(self.xmin - margin, self.ymin - margin, self.xmax + margin, self.ymax + margin)


def view_of(
    geometries: Geometries, epsg: int, width: float, height: float, *, pad: float = 0.03, below: float = 0.0
) -> View:
    """The window around `geometries` (already in `epsg`), grown to the ratio of a frame of `width` by `height`.

    `pad` is the least empty margin on each side, as a share of the window; `below` is kept empty under it.
    """
    xmin, ymin, xmax, ymax = (float(bound) for bound in shapely.total_bounds(geometries))
    upper = height * (1 - below)
    scale = max((xmax - xmin) / width, (ymax - ymin) / upper) / (1 - 2 * pad)
    x, top = (xmin + xmax) / 2, (ymin + ymax) / 2 + scale * upper / 2
    return View(epsg, x - scale * width / 2, top - scale * height, x + scale * width / 2, top)


def views_of(geometries: Geometries, epsg: int, width: float, height: float, texts: float, *, pad: float) -> list[View]:
    """The windows around geometries between which lies that of a frame `texts` lower than `height`, or less.

    All are wide as the frame; what shows in any of them shows in the lowest or in the highest.
    """
    return [view_of(geometries, epsg, width, tall, pad=pad) for tall in (height - texts, height)]


def window_bounds(views: Sequence[View]) -> Bounds:
    """The WGS 84 bounds of everything that shows in the windows, cut edges outside the frame included."""
    edges = [
        shapely.segmentize(view.box(CLIP_MARGIN * view.width), max(view.width, view.height) / WINDOW_POINTS)
        for view in views
    ]
    carried = [reproject(np.array([edge]), view.epsg, WGS84)[0] for edge, view in zip(edges, views, strict=True)]
    xmin, ymin, xmax, ymax = (float(bound) for bound in shapely.total_bounds(carried))
    return xmin, ymin, xmax, ymax


def project(frame: gpd.GeoDataFrame, epsg: int) -> gpd.GeoDataFrame:
    """The frame (WGS 84) in another projection; common borders stay common."""
    flat = reproject(frame.geometry.to_numpy(), WGS84, epsg)
    return frame.set_geometry(gpd.GeoSeries(flat, index=frame.index, crs=epsg))


def near(frame: gpd.GeoDataFrame, view: View) -> gpd.GeoDataFrame:
    """Rows of a WGS 84 frame that may show in the window, whole, projected."""
    xmin, ymin, xmax, ymax = window_bounds([view])
    left, bottom, right, top = shapely.bounds(frame.geometry.to_numpy()).reshape(-1, 4).T
    meets = (left <= xmax) & (right >= xmin) & (bottom <= ymax) & (top >= ymin)
    return project(frame[meets], view.epsg)


def meeting(frame: gpd.GeoDataFrame, view: View) -> gpd.GeoDataFrame:
    """Rows of a projected frame that show in the window or just outside it, whole, renumbered."""
    window = view.box(CLIP_MARGIN * view.width)
    shapely.prepare(window)
    return frame[shapely.intersects(window, frame.geometry.to_numpy())].reset_index(drop=True)


def clip(geometry: Any, view: View) -> Any:
    """One or more projected geometries cut just outside the window."""
    return shapely.clip_by_rect(geometry, *view.box(CLIP_MARGIN * view.width).bounds)


def cut(frame: gpd.GeoDataFrame, view: View) -> gpd.GeoDataFrame:
    """Rows of a projected frame that show in the window, cut just outside it."""
    found = clip(frame.geometry.to_numpy(), view)
    shown = frame.set_geometry(gpd.GeoSeries(found, index=frame.index, crs=view.epsg))
    return shown[~shapely.is_empty(found)]


def visible(frame: gpd.GeoDataFrame, view: View) -> gpd.GeoDataFrame:
    """Rows of a WGS 84 frame that show in the window, projected and cut just outside it.

    What a map does not show is not in its file either.
    """
    return cut(near(frame, view), view)


def coarse(geometries: Geometries, step: float) -> Geometries:
    """Geometries on a grid of `step` metres, for small maps: details that they cannot show are left out.

    What collapses becomes empty. Common borders stay common, as vertices move alone.
    """
    found: Geometries = shapely.set_precision(geometries, step)
    return found


def dissolved(frame: gpd.GeoDataFrame, key: str) -> gpd.GeoDataFrame:
    """The coverage's areas by the values of a column, in their order; rows without a value are left out."""
    groups = frame.groupby(key, sort=True).indices
    shapes = frame.geometry.to_numpy()
    unions = [shapely.coverage_union_all(shapes[rows]) for rows in groups.values()]
    return gpd.GeoDataFrame({key: list(groups)}, geometry=unions, crs=frame.crs)


def only(frame: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    """Rows of one layer of a boundaries table, with their index renumbered."""
    return frame[frame["layer"] == layer].reset_index(drop=True)


def area_in(part: Any, whole: Any) -> float:
    """Area of `part` inside `whole`, in the square of their unit; quick when they are apart."""
    shapely.prepare(whole)
    return float(shapely.area(shapely.intersection(part, whole))) if shapely.intersects(whole, part) else 0.0


def mostly_in(geometries: Geometries, whole: Any) -> Geometries:
    """Those whose middle lies in `whole`: right for units of a partition that `whole` does not cut."""
    shapely.prepare(whole)
    found: Geometries = geometries[shapely.contains(whole, shapely.point_on_surface(geometries))]
    return found
