"""Marks of a map on matplotlib axes: areas, borders drawn once, scale bar, frame, legend (pure)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias, cast

import matplotlib as mpl
import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.legend_handler import HandlerTuple
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path

from analysis.charts.drawing import picture, style
from analysis.charts.maps import borders
from analysis.charts.maps.cartography import View
from analysis.i18n import typography
from analysis.registry.geography import Geometries

POINTS_PER_INCH: Final = 72
NICE_STEPS: Final = (1, 2, 5)
DASHES: Final = (0, (4, 2.2))
SMALL_SIZE: Final = 6.5
LEGEND_ROW, LEGEND_MARGIN = 0.155, 0.13  # inches
LEGEND_LEFT, BAR_SHARE = 0.22, 0.14  # of the map's width
BAR_TICK: Final = 3.0  # points
BAR_ID: Final = "scale-bar"  # of the bar and its text
MAP_GAP: Final = 0.1  # of the legend's height, under the map
Entry: TypeAlias = tuple[Artist | tuple[Artist, ...], str]  # of a legend: handle and text


def path_of(geometry: Any) -> Path:
    """Matplotlib path of polygons or lines; holes turn the other way round, so that every renderer leaves them."""
    if shapely.get_dimensions(geometry) == 2:
        parts = shapely.get_rings(shapely.orient_polygons(shapely.get_parts(geometry)))
    else:
        parts = shapely.get_parts(geometry)
    points, part = shapely.get_coordinates(parts, return_index=True)
    codes = np.full(len(points), Path.LINETO, dtype=Path.code_type)
    codes[np.flatnonzero(np.diff(part, prepend=-1))] = Path.MOVETO
    return Path(points, codes)


def fill(
    axes: Axes, geometries: Iterable[Any], colours: str | Sequence[str], *, level: int, **look: Any
) -> PathCollection:
    """Polygons filled with one colour or one each; `look` goes to the collection (edgecolor, linewidth, hatch …)."""
    areas = [path_of(one) for one in geometries]
    settings: dict[str, Any] = {"edgecolor": "none", "linewidth": 0.0} | look
    marks = PathCollection(areas, facecolors=colours, zorder=level, joinstyle="round", **settings)
    marks.set_transform(axes.transData)
    axes.add_collection(marks, autolim=False)
    return marks


def trace(
    axes: Axes, geometries: Sequence[Any] | Geometries, colour: str, width: float, *, level: int, dashed: bool = False
) -> None:
    """The borders of a coverage, each drawn once: a dashed border stays dashed."""
    stroke(axes, borders.outlines(np.asarray(geometries, dtype=object)), colour, width, level=level, dashed=dashed)


def stroke(axes: Axes, lines: Any, colour: str, width: float, *, level: int, dashed: bool = False) -> None:
    """One or more lines as one mark; nothing for an empty geometry."""
    if shapely.is_empty(lines):
        return
    marks = PathCollection(
        [path_of(lines)],
        facecolors="none",
        edgecolors=colour,
        linewidths=width,
        linestyles=[DASHES if dashed else "solid"],
        joinstyle="round",
        capstyle="butt" if dashed else "round",
        zorder=level,
    )
    marks.set_transform(axes.transData)
    axes.add_collection(marks, autolim=False)


def show(axes: Axes, view: View, *, framed: bool = False, ground: str = "none") -> None:
    """Set the axes to the window; they must have its ratio. A frame marks an inset."""
    axes.set_xlim(view.xmin, view.xmax)
    axes.set_ylim(view.ymin, view.ymax)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_facecolor(ground)
    for spine in axes.spines.values():
        spine.set_visible(framed)
        spine.set_linewidth(0.5)
        spine.set_color(style.BORDER_SOFT)


def figure_of(mark: Artist) -> Figure:
    """The figure that holds the axes, or another mark."""
    return cast(Figure, mark.get_figure(root=True))


def metres_per_point(axes: Axes, view: View) -> float:
    """Metres on the ground in a printer's point of axes that show the window."""
    return view.width / (frame_size(axes)[0] * POINTS_PER_INCH)


def frame_size(axes: Axes) -> tuple[float, float]:
    """Width and height of the axes' rectangle, in inches."""
    whole = figure_of(axes).get_size_inches()
    place = axes.get_position()
    return float(place.width * whole[0]), float(place.height * whole[1])


def nice_length(longest: float) -> float:
    """The largest of 1, 2, 5, 10, 20, 50 … that does not exceed `longest`."""
    power = 10.0 ** np.floor(np.log10(longest))
    return float(power * max(step for step in NICE_STEPS if step * power <= longest * (1 + 1e-9)))


def scale_bar(axes: Axes, view: View, *, left: float = 0.03, bottom: float = 0.03, share: float = 0.22) -> None:
    """A bar of a round length, at most `share` of the window's width, with its length in kilometres after it.

    `left` and `bottom` place it in the window, as shares, below 0 outside it; the axes must show `view`.
    """
    metres = nice_length(view.width * share / 1000) * 1000
    x, y = view.xmin + left * view.width, view.ymin + bottom * view.height
    tick = metres_per_point(axes, view) * BAR_TICK
    ends = ((x, y + tick), (x, y), (x + metres, y), (x + metres, y + tick))
    bar = PathCollection(
        [Path(ends)], facecolors="none", edgecolors=style.INK, linewidths=1.0, zorder=9, clip_on=False, gid=BAR_ID
    )
    bar.set_transform(axes.transData)
    axes.add_collection(bar, autolim=False)
    name = f"{typography.number(metres / 1000, 0 if metres >= 1000 else 1)}{typography.HARD_SPACE}km"
    with mpl.rc_context(style.RC):
        axes.annotate(
            name,
            (x + metres, y + tick / 2),
            (BAR_TICK, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL_SIZE,
            zorder=9,
            annotation_clip=False,
            gid=BAR_ID,
        )


def map_axes(figure: Figure, rectangle: tuple[float, float, float, float], legend_rows: int) -> tuple[Axes, Axes]:
    """Axes for a map and, under it, for its legend: `legend_strip` fills the latter.

    `rectangle` is in figure fractions, as `picture.compose` gives it.
    """
    left, bottom, width, height = rectangle
    strip = (LEGEND_ROW * legend_rows + LEGEND_MARGIN) / float(figure.get_size_inches()[1])
    above = (left, bottom + strip, width, height - strip)
    return picture.add_axes(figure, above), picture.add_axes(figure, (left, bottom, width, strip - MAP_GAP * strip))


def line(colour: str, width: float, *, dashed: bool = False) -> Line2D:
    """Legend handle of a border."""
    return Line2D([], [], color=colour, linewidth=width, linestyle=DASHES if dashed else "solid")


def area(colour: str) -> Patch:
    """Legend handle of an area."""
    return Patch(facecolor=colour)


def legend_strip(axes: Axes, view: View, entries: Sequence[Entry], columns: int) -> None:
    """Fill the axes under a map that shows `view` with its scale bar and legend."""
    width, height = frame_size(axes)
    strip = View(view.epsg, view.xmin, 0.0, view.xmax, view.width * height / width)
    show(axes, strip)
    scale_bar(axes, strip, left=0.004, bottom=0.5, share=BAR_SHARE)
    legend(axes, entries, columns, left=LEGEND_LEFT)


def legend(
    host: Axes | Figure,
    entries: Sequence[Entry],
    columns: int,
    *,
    left: float = 0.0,
    height: float = 0.5,
    anchor: str = "center left",
) -> None:
    """A legend on axes or a figure; its `anchor` is at `left` and `height`, shares of theirs.

    It has fewer than `columns` where they would reach beyond the figure.
    """
    write = cast(Callable[..., Legend], host.legend)
    with mpl.rc_context(style.RC):
        for count in range(columns, 0, -1):
            made = write(
                [handle for handle, _ in entries],
                [name for _, name in entries],
                handler_map={tuple: HandlerTuple(ndivide=None, pad=0)},
                loc=anchor,
                bbox_to_anchor=(left, height),
                ncols=count,
                frameon=False,
                fontsize=SMALL_SIZE,
                borderpad=0,
                borderaxespad=0,
                labelspacing=0.45,
                columnspacing=1.6,
                handlelength=1.8,
            )
            if count == 1 or made.get_window_extent().x1 <= figure_of(made).bbox.x1:
                return
            made.remove()
