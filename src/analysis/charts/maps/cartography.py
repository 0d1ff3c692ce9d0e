"""Windows in a projection, what shows in them, and colours that separate neighbours (pure)."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.colors import to_hex, to_rgb

from analysis.charts.drawing import style
from analysis.charts.maps import borders
from analysis.charts.maps.borders import Bounds
from analysis.registry.geography import WGS84, Geometries, reproject

CLIP_MARGIN: Final = 0.02  # of the window's width: cut edges fall outside the axes
WINDOW_POINTS: Final = 33  # points a side when a window is carried to WGS 84
REACH: Final = 3  # times what is close, or a detached part's own way: so far off are areas that it is taken for
SEEN: Final = 0.2  # of what is close: the side of a square as large as the least part that can be seen
STARTS: Final = 12  # polygons, the most constrained first, from which colours are tried


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


def neighbours(polygons: Geometries) -> list[set[int]]:
    """For each polygon of a coverage, the positions of those that share a border longer than a point."""
    found: list[set[int]] = [set() for _ in polygons]
    edges = borders.edges(polygons)
    for one, other in zip(edges.first.tolist(), edges.last.tolist(), strict=True):
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return found


def within(polygons: Geometries, distance: float) -> list[set[int]]:
    """For each polygon, the positions of the others at most `distance` away, in the polygons' unit."""
    found: list[set[int]] = [set() for _ in polygons]
    for one, other in zip(
        *shapely.STRtree(polygons).query(polygons, predicate="dwithin", distance=distance), strict=True
    ):
        if one != other:
            found[one].add(int(other))
    return found


def rivals(polygons: Geometries, close: float) -> list[set[int]]:
    """For each polygon, the positions of those that a detached part that can be seen might be taken for, both ways.

    A reader looks for the rest of a part beyond what is `close`, and at least as far again as it really is; parts
    too small to be seen are left out.
    """
    found: list[set[int]] = [set() for _ in polygons]
    for one, polygon in enumerate(polygons):
        parts = shapely.get_parts(polygon)
        sizes = shapely.area(parts)
        seen = sizes >= (SEEN * close) ** 2
        seen[sizes.argmax()] = False
        for part in parts[seen]:
            reach = REACH * max(close, shapely.distance(part, parts[sizes.argmax()]))
            for other in np.flatnonzero(shapely.dwithin(part, polygons, reach)).tolist():
                if other != one:
                    found[one].add(other)
                    found[other].add(one)
    return found


def separate(links: Sequence[set[int]], close: Sequence[set[int]] = (), colours: int = style.MOST_OFTEN) -> list[int]:
    """A colour number for each polygon such that neighbours differ, each colour used about as often.

    The most constrained polygon comes first (DSATUR), from several starts until no neighbours agree; areas in
    several parts may have no such colouring, then the one with the fewest clashes is returned. Those that are
    merely `close` differ too where neighbours leave the choice.
    """
    best: list[int] = []
    fewest = math.inf
    starts = sorted(range(len(links)), key=lambda one: -len(links[one]))[:STARTS]
    for wishes in (close, ()) if close else ((),):
        for start in starts:
            chosen, clashes = _separate_from(start, links, wishes, colours)
            if clashes < fewest:
                best, fewest = chosen, clashes
            if fewest == 0:
                return best
    return best


def _separate_from(
    start: int, links: Sequence[set[int]], close: Sequence[set[int]], colours: int
) -> tuple[list[int], int]:
    chosen: dict[int, int] = {}
    used = [0] * colours
    seen = [set[int]() for _ in links]  # colours around each; one that sees another more stands in `waiting` again
    waiting = sorted((0, -len(around), one) for one, around in enumerate(links))
    clashes = 0
    following = start
    while len(chosen) < len(links):
        around, nearby = (
            [chosen[other] for other in sets[following] if other in chosen] if sets else [] for sets in (links, close)
        )
        colour = min(range(colours), key=lambda number: (around.count(number), nearby.count(number), used[number]))
        clashes += around.count(colour)
        chosen[following] = colour
        used[colour] += 1
        for other in links[following]:
            seen[other].add(colour)
            heappush(waiting, (-len(seen[other]), -len(links[other]), other))
        following = next((one for one in _popped(waiting) if one not in chosen), start)
    return [chosen[one] for one in range(len(links))], clashes


def _popped(waiting: list[tuple[int, int, int]]) -> Iterator[int]:
    while waiting:
        yield heappop(waiting)[-1]


def map_colours(polygons: Geometries, close: float) -> list[str]:
    """A palette colour for each polygon; colours mean nothing, they only separate areas of which any parts are close.

    Close are those at most `close` apart, in their unit, and those that a detached part might be taken for
    (`rivals`). As few colours as that takes are used, MOST_OFTEN at least;
    where all of them do not suffice, neighbours come first.
    """
    if len(polygons) == 0:
        return []
    touching, near = neighbours(polygons), within(polygons, close)
    both = [one | other for one, other in zip(near, rivals(polygons, close), strict=True)]
    for apart in (both, near):
        for count in range(style.MOST_OFTEN, len(style.MAP_COLOURS) + 1):
            for links, wishes in ((touching, apart), (apart, ())):
                chosen = separate(links, wishes, count)
                if not any(chosen[one] == chosen[other] for one, others in enumerate(apart) for other in others):
                    return [style.MAP_COLOURS[number] for number in chosen]
    chosen = separate(touching, near, len(style.MAP_COLOURS))
    return [style.MAP_COLOURS[number] for number in chosen]


def palette(colours: Iterable[str]) -> list[str]:
    """The colours that a legend shows for areas in these: the first MOST_OFTEN, further ones where they are used."""
    used = set(colours)
    return [one for rank, one in enumerate(style.MAP_COLOURS) if rank < style.MOST_OFTEN or one in used]


def paler(colour: str, share: float = 0.55) -> str:
    """`colour` mixed with the paper; `share` is the paper's."""
    parts = zip(to_rgb(colour), to_rgb(style.PAPER), strict=True)
    red, green, blue = ((1 - share) * own + share * paper for own, paper in parts)
    return to_hex((red, green, blue))


def area_in(part: Any, whole: Any) -> float:
    """Area of `part` inside `whole`, in the square of their unit; quick when they are apart."""
    shapely.prepare(whole)
    return float(shapely.area(shapely.intersection(part, whole))) if shapely.intersects(whole, part) else 0.0


def mostly_in(geometries: Geometries, whole: Any) -> Geometries:
    """Those whose middle lies in `whole`: right for units of a partition that `whole` does not cut."""
    shapely.prepare(whole)
    found: Geometries = geometries[shapely.contains(whole, shapely.point_on_surface(geometries))]
    return found
