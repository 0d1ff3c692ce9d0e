"""A map of the whole country: the mainland, the overseas regions and the middle of Île-de-France in insets (pure)."""

from collections.abc import Callable
from typing import Final, TypeAlias

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.drawing import picture, style
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import marks
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.registry.geography import MAINLAND, PROJECTIONS, Geometries, projection_of

OVERSEAS: Final = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
OVERSEAS_HEIGHT, INSET_GAP = 1.2, 0.06  # inches
INSET_TITLE: Final = 0.15  # inches above an inset's frame
BELOW: Final = 0.16  # of an overseas inset's height, for its scale bar
CAPITAL: Final = ("75", "92", "93", "94")  # the départements in the middle of its inset
CAPITAL_PAD: Final = 0.31  # of the inset, around them
CAPITAL_SIZE: Final = (0.9, 0.88)  # inches
CAPITAL_TITLE, CAPITAL_BAR = 0.3, 0.17  # inches above its frame, and under it for its scale bar
PLACES: Final = 120  # tried for it, from the top of the main map to its scale bar
LAND_GRAIN: Final = 1000.0  # metres: as fine as its place takes the coast
Frame: TypeAlias = tuple[float, float, float, float]  # left, bottom, width, height in inches
Draw: TypeAlias = Callable[[Axes, carto.View, bool], None]  # axes, the window they show, whether it is an inset


def panel(
    figure: Figure,
    frame: Frame,
    regions: gpd.GeoDataFrame,
    departments: gpd.GeoDataFrame,
    draw: Draw,
) -> None:
    """The maps of the country in a frame; `draw` fills each of them with what shows in its window.

    `regions` and `departments` are layers of core_boundaries_overview.
    """
    left, bottom, width, height = frame
    main = axes_in(figure, (left, bottom + OVERSEAS_HEIGHT, width, height - OVERSEAS_HEIGHT))
    mainland = carto.project(regions[~regions["code"].isin(list(PROJECTIONS))], MAINLAND).geometry.to_numpy()
    view = carto.view_of(mainland, MAINLAND, *marks.frame_size(main), pad=0.01)
    marks.show(main, view)
    draw(main, view, False)
    marks.scale_bar(main, view, left=0.02, bottom=0.03, share=0.2)
    _capital(figure, main, view, mainland, departments, draw)
    for number, (code, name) in enumerate(OVERSEAS.items()):
        each = (width + INSET_GAP) / len(OVERSEAS)
        place = (left + number * each, bottom, each - INSET_GAP, OVERSEAS_HEIGHT - INSET_TITLE - INSET_GAP)
        _overseas(axes_in(figure, place), code, name, regions, draw)


def axes_in(figure: Figure, frame: Frame) -> Axes:
    """Axes in a frame given in inches."""
    across, up = (float(side) for side in figure.get_size_inches())
    return picture.add_axes(figure, (frame[0] / across, frame[1] / up, frame[2] / across, frame[3] / up))


def _overseas(axes: Axes, code: str, name: str, regions: gpd.GeoDataFrame, draw: Draw) -> None:
    epsg = projection_of(code)
    shape = carto.project(regions[regions["code"] == code], epsg).geometry.to_numpy()
    view = carto.view_of(shape, epsg, *marks.frame_size(axes), pad=0.05, below=BELOW)
    marks.show(axes, view, framed=True)
    draw(axes, view, True)
    marks.scale_bar(axes, view, left=0.06, bottom=0.09, share=0.4)
    _inset_title(axes, name)


def _capital(
    figure: Figure, main: Axes, main_view: carto.View, mainland: Geometries, departments: gpd.GeoDataFrame, draw: Draw
) -> None:
    """The middle of Île-de-France enlarged, at sea; its window is marked on the main map."""
    width, height = CAPITAL_SIZE
    axes = axes_in(figure, (*_at_sea(figure, main, main_view, mainland), width, height))
    middle = departments[departments["code"].isin(CAPITAL)]
    shape = carto.project(middle, MAINLAND).geometry.to_numpy()
    view = carto.view_of(shape, MAINLAND, width, height, pad=CAPITAL_PAD)
    marks.show(axes, view, framed=True)
    draw(axes, view, True)
    factor = (width / view.width) / (marks.frame_size(main)[0] / main_view.width)
    _inset_title(axes, tr("Île-de-France,\ncentre (×\u00a0{factor})").format(factor=typography.number(factor, 1)))
    marks.scale_bar(axes, view, left=0.0, bottom=-0.6 * CAPITAL_BAR / height, share=0.3)
    frame = Rectangle(
        (view.xmin, view.ymin), view.width, view.height, fill=False, edgecolor=style.INK, linewidth=0.6, zorder=6
    )
    main.add_patch(frame)


def _at_sea(figure: Figure, main: Axes, view: carto.View, land: Geometries) -> tuple[float, float]:
    """Left and bottom, in inches, of the capital's frame: along the western edge, as far from land as can be."""
    (wide, tall), (width, height) = marks.frame_size(main), CAPITAL_SIZE
    scale = view.width / wide  # metres on the ground in an inch
    bottoms = view.ymin + scale * np.linspace(CAPITAL_BAR + 0.35, tall - height - CAPITAL_TITLE, PLACES)
    boxes = shapely.box(
        view.xmin, bottoms - scale * CAPITAL_BAR, view.xmin + scale * width, bottoms + scale * (height + CAPITAL_TITLE)
    )
    coast = shapely.simplify(shapely.coverage_union_all(land), LAND_GRAIN)
    best = int(shapely.distance(boxes, coast).argmax())
    place, (across, up) = main.get_position(), figure.get_size_inches()
    return place.x0 * across, place.y0 * up + float(bottoms[best] - view.ymin) / scale


def _inset_title(axes: Axes, name: str) -> None:
    axes.set_title(name, fontsize=marks.SMALL_SIZE, weight="normal", pad=2)
