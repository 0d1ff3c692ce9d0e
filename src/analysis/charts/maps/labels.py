"""Names written on maps: shortened, wrapped, haloed and placed so that none hides another."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import matplotlib as mpl
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox, ScaledTranslation

from analysis.charts.drawing import style
from analysis.charts.maps.cartography import View
from analysis.charts.maps.label_grid import CELL_POINTS, grid_of
from analysis.charts.maps.lettering import baselines, measure
from analysis.charts.maps.marks import POINTS_PER_INCH, SMALL_SIZE, figure_of, frame_size
from analysis.charts.maps.placement import Label, Placed, Wording, place
from analysis.i18n import typography

SIZES: Final = ((style.FONT_SIZE,), (style.LABEL_SIZE, SMALL_SIZE))  # the first for few names that all fit inside
FEW: Final = 8
HALO_POINTS: Final = 2.0
GLYPH_UNITS: Final = 64 * 100.0  # of matplotlib's glyphs in an SVG, in a font's size
LABEL_ID, LEADER_ID = "label-", "leader-"  # of the marks in the file, followed by the area's code
WASTE_COST, HYPHEN_COST, LINE_COST, SMALL_COST = 0.5, 0.45, 0.12, 0.3
LINES_AT_EASE: Final = 3
LEGAL_FORM: Final = re.compile(r"^C[ACU] (?:du |des |de la |de l['’]|de |d['’])?")
BRACKETS: Final = re.compile(r" *\([^)]*\)")
AT_SPACES: Final = re.compile(r"(?<= )")
AT_HYPHENS: Final = re.compile(r"(?<= )|(?<=\w\w-)(?=\w\w)")
TOLERANCE: Final = 1e-6
Measure = Callable[[str, float, str], tuple[float, float]]


def short_name(member_name: str) -> str:
    """The official name of an intercommunality, shortened for a map; communes and métropoles keep theirs.

    Three rules: the legal form (CC, CA, CU) goes with the article or preposition after it, so does what stands
    in brackets, and the first letter becomes a capital: "CC du Pays Orne Moselle" is "Pays Orne Moselle".
    """
    name = BRACKETS.sub("", LEGAL_FORM.sub("", member_name)).strip() or member_name
    return name[0].upper() + name[1:]


def annotate(
    axes: Axes,
    view: View,
    labels: Sequence[Label],
    *,
    sizes: Sequence[Sequence[float]] = SIZES,
    obstacles: Sequence[Any] = (),
    lines: Sequence[Any] = (),
    grounds: Sequence[Any] = (),
) -> list[Placed]:
    """Write the labels on axes that show `view`; each text's id is LABEL_ID and its code.

    `sizes` are sets of font sizes: for a FEW labels the first set with which every name stands inside its area
    is taken, else the last one. See `placement.place` for the others and what is raised.
    """
    if not labels:
        return []
    grid = grid_of(view, frame_size(axes)[0] * POINTS_PER_INCH)
    with mpl.rc_context(style.RC):
        for chosen in sizes if len(labels) <= FEW else sizes[-1:]:
            ways = [
                wordings(typography.typographic(one.text), one.look.get("weight", "normal"), chosen) for one in labels
            ]
            last = chosen is sizes[-1]
            found = place(labels, ways, grid, obstacles=obstacles, lines=lines, grounds=grounds, outside=last)
            if len(found) == len(labels):
                break
        for one in found:
            _write(axes, one)
    return found


def footprints(axes: Axes, view: View, placed: Sequence[Placed], margin: float = 2.0) -> list[Any]:
    """What labels and their leader lines cover, in the window's projection, as obstacles for later ones.

    `margin` is kept around them, in points.
    """
    metres = view.width / (frame_size(axes)[0] * POINTS_PER_INCH)
    boxes = [
        shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        for one in placed
        for (x, y), width, height in [(one.centre, one.wording.width * metres, one.wording.height * metres)]
    ]
    lines = [shapely.LineString(one.leader) for one in placed if one.leader]
    return [shapely.buffer(shape, margin * metres) for shape in boxes + lines]


def wordings(text: str, weight: str, sizes: Sequence[float], measure: Measure = measure) -> list[Wording]:
    """The ways to write a name: for each font size and number of lines, the narrowest.

    Lines break at spaces and, at a price, after the hyphen of a compound.
    """
    found: dict[str, float] = {}
    for pattern in (AT_SPACES, AT_HYPHENS):
        pieces = pattern.split(text)
        widths = [measure(piece, sizes[0], weight)[0] for piece in pieces]
        for folding in foldings(widths):
            written = "\n".join("".join(pieces[start:end]).rstrip(" ") for start, end in folding)
            found.setdefault(written, _ugliness(folding, pieces, widths))
    return [
        _wording(written, size, weight, cost + SMALL_COST * (size < sizes[0]), measure)
        for size in sizes
        for written, cost in found.items()
    ]


def foldings(widths: Sequence[float]) -> list[list[tuple[int, int]]]:
    """Pieces of given widths laid in lines, each line as (first piece, piece after the last).

    One folding a number of lines: that whose longest line is the shortest.
    """
    count = len(widths)
    runs = {sum(widths[start:end]) for start in range(count) for end in range(start + 1, count + 1)}
    found: dict[int, list[tuple[int, int]]] = {}
    for target in sorted(run for run in runs if run >= max(widths)):
        starts = [0]
        for piece in range(1, count):
            if sum(widths[starts[-1] : piece + 1]) > target + TOLERANCE:
                starts.append(piece)
        found.setdefault(len(starts), list(zip(starts, [*starts[1:], count], strict=True)))
    return [found[lines] for lines in sorted(found)]


def _wording(text: str, size: float, weight: str, cost: float, measure: Measure) -> Wording:
    width, height = (int(side / CELL_POINTS) + 2 for side in measure(text, size, weight))
    return Wording(text, size, height, width, cost)


def _ugliness(folding: Sequence[tuple[int, int]], pieces: Sequence[str], widths: Sequence[float]) -> float:
    lengths = [sum(widths[start:end]) for start, end in folding]
    waste = 1 - sum(lengths) / (len(lengths) * max(lengths))
    hyphens = sum(not pieces[end - 1].endswith(" ") for _, end in folding[:-1])
    return WASTE_COST * waste + HYPHEN_COST * hyphens + LINE_COST * max(len(folding) - LINES_AT_EASE, 0)


class Haloed(Text):
    """A text in the middle of its place, over a halo of the paper's colour; lines stand evenly.

    All halos lie below all letters. An SVG has its letters as glyphs defined once, where matplotlib's own path
    effects would write the outlines of every letter twice.
    """

    def draw(self, renderer: Any) -> None:
        """Draw the halos, then the lines."""
        writer = getattr(renderer, "writer", None)  # only an SVG renderer has one
        renderer.open_group("text", self.get_gid())
        if writer is None:
            halo: Any = patheffects.Stroke(linewidth=HALO_POINTS, foreground=style.PAPER)
            letters: Any = patheffects.Normal()  # as outlines, so that halo and letters agree
            passes = [[halo], [letters]] if "\n" in self.get_text() else [[halo, letters]]
            for effects in passes:
                self._draw_lines(renderer, effects)
        else:
            width = HALO_POINTS * GLYPH_UNITS / float(self.get_fontsize())
            writer.start("g", style=f"stroke: {style.PAPER}; stroke-width: {width:.0f}")
            self._draw_lines(renderer, [])
            writer.end("g")
            self._draw_lines(renderer, [])
        renderer.close_group("text")

    def _draw_lines(self, renderer: Any, effects: list[Any]) -> None:
        figure = figure_of(self)
        heights = baselines(self.get_text(), float(self.get_fontsize()), str(self.get_fontweight()))
        for line, height in zip(self.get_text().split("\n"), heights, strict=True):
            up = ScaledTranslation(0, height / POINTS_PER_INCH, figure.dpi_scale_trans)
            one = Text(
                *self.get_position(),
                line,
                color=self.get_color(),
                fontproperties=self.get_fontproperties(),
                ha="center",
                va="baseline",
                transform=self.get_transform() + up,
                path_effects=effects,
                figure=figure,
            )
            one.draw(renderer)

    def get_window_extent(self, renderer: Any = None, dpi: float | None = None) -> Bbox:
        """The lines' rectangle in pixels, without the halo."""
        size = measure(self.get_text(), float(self.get_fontsize()), str(self.get_fontweight()))
        width, height = (side / POINTS_PER_INCH * (dpi or figure_of(self).dpi) for side in size)
        x, y = self.get_transform().transform(self.get_position())
        return Bbox.from_bounds(x - width / 2, y - height / 2, width, height)


def _write(axes: Axes, one: Placed) -> None:
    if one.leader:
        across, up = zip(*one.leader, strict=True)
        line = Line2D(across, up, color=style.INK, linewidth=0.6, zorder=7, marker="o", markersize=2.2, markevery=[0])
        line.set_path_effects([patheffects.withStroke(linewidth=1.8, foreground=style.PAPER), patheffects.Normal()])
        line.set_gid(LEADER_ID + one.label.code)
        axes.add_line(line)
    text = Haloed(
        *one.centre,
        one.wording.text,
        fontsize=one.wording.size,
        zorder=8,
        clip_on=False,
        gid=LABEL_ID + one.label.code,
        **one.label.look,
    )
    axes.add_artist(text)
