"""Ground kept, left and entered between the phases, cut out of both phases' outlines, and how maps show it (pure)."""

from collections.abc import Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.drawing import style
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import marks
from analysis.registry.geography import Geometries
from analysis.tables.codes import STATUSES

SPECK: Final = 1e-9  # of the whole's area: what is smaller comes from rounding


def ground(first: Geometries, second: Geometries) -> gpd.GeoDataFrame:
    """Columns status, geometry: what both phases cover, only the first and only the second, in that order.

    `first` and `second` are the outlines of each phase's territories, coverages that share their borders; a status
    without ground is left out.
    """
    one, two = shapely.coverage_union_all(first), shapely.coverage_union_all(second)
    shapes = [shapely.intersection(one, two), shapely.difference(one, two), shapely.difference(two, one)]
    whole = shapely.area(one) + shapely.area(two)
    solid = [_solid(shape, SPECK * whole) for shape in shapes]
    found = [number for number, shape in enumerate(solid) if not shapely.is_empty(shape)]
    return gpd.GeoDataFrame({"status": [STATUSES[one] for one in found]}, geometry=[solid[one] for one in found])


def _solid(shape: Any, least: float) -> Any:
    """The polygons of a geometry, without lines, points and specks."""
    parts = shapely.get_parts(shape)
    return shapely.multipolygons(parts[(shapely.get_dimensions(parts) == 2) & (shapely.area(parts) > least)])


def fill(
    axes: Axes, areas: gpd.GeoDataFrame, *, level: int, looks: Mapping[str, style.Look] = style.STATUS_LOOKS
) -> None:
    """Areas with a column `status`, a key of `looks`, in the colour and hatch of their status."""
    for status, rows in areas.groupby("status", sort=True):
        look = looks[str(status)]
        marks.fill(axes, rows.geometry, look.face, level=level, hatch=look.hatch, hatchcolors=look.line)


def shown(areas: gpd.GeoDataFrame, view: carto.View) -> gpd.GeoDataFrame:
    """Areas (WGS 84) that show in the window, projected and cut just outside it, one row a polygon."""
    parts = areas.explode(ignore_index=True)
    near = carto.visible(parts, view)
    dimensions = shapely.get_dimensions(near.geometry.to_numpy())
    return near[np.asarray(dimensions) == 2]


def swatch(look: style.Look) -> Patch:
    """Legend handle of a look: its hatch is denser, as there is little room for it."""
    return Patch(facecolor=look.face, edgecolor="none", hatch=2 * look.hatch, hatchcolor=look.line, linewidth=0)
