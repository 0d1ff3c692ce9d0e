"""A map of the whole country: the mainland, the overseas regions and the middle of Île-de-France in insets (pure)."""

from collections.abc import Callable
from typing import Final, TypeAlias

import geopandas as gpd
import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis import picture, style
from analysis.geography import MAINLAND, PROJECTIONS, projection_of
from analysis.language import tr
from analysis.maps import cartography as carto
from analysis.maps import marks

OVERSEAS: Final = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
OVERSEAS_HEIGHT, INSET_GAP = 1.2, 0.06  # inches
INSET_TITLE: Final = 0.15  # inches above an inset's frame
BELOW: Final = 0.16  # of an overseas inset's height, for its scale bar
CAPITAL: Final = ("75", "92", "93", "94")  # the départements in the middle of its inset
CAPITAL_PAD: Final = 0.31  # of the inset, around them
CAPITAL_SIZE: Final = (1.02, 1.0)  # inches
CAPITAL_DOWN: Final = 0.56  # of the main map's height: in the Bay of Biscay
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
    _capital(figure, main, view, departments, draw)
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


def _capital(figure: Figure, main: Axes, main_view: carto.View, departments: gpd.GeoDataFrame, draw: Draw) -> None:
    """The middle of Île-de-France enlarged, at sea; its window is marked on the main map."""
    (width, height), whole = CAPITAL_SIZE, main.get_position()
    across, up = (float(side) for side in figure.get_size_inches())
    top = (whole.y0 + whole.height * (1 - CAPITAL_DOWN)) * up
    axes = axes_in(figure, (whole.x0 * across, top - height, width, height))
    middle = departments[departments["code"].isin(CAPITAL)]
    shape = carto.project(middle, MAINLAND).geometry.to_numpy()
    view = carto.view_of(shape, MAINLAND, width, height, pad=CAPITAL_PAD)
    marks.show(axes, view, framed=True)
    draw(axes, view, True)
    factor = (width / view.width) / (marks.frame_size(main)[0] / main_view.width)
    _inset_title(axes, tr("Île-de-France,\ncentre (×\u00a0{factor})").format(factor=style.number(factor, 1)))
    marks.scale_bar(axes, view, left=0.06, bottom=0.06, share=0.3)
    frame = Rectangle(
        (view.xmin, view.ymin), view.width, view.height, fill=False, edgecolor=style.INK, linewidth=0.6, zorder=6
    )
    main.add_patch(frame)


def _inset_title(axes: Axes, name: str) -> None:
    with mpl.rc_context(style.RC):
        axes.set_title(name, fontsize=marks.SMALL_SIZE, weight="normal", pad=2)
