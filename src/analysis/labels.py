"""Names written on maps: shortened, wrapped, haloed and placed so that none hides another."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import matplotlib as mpl
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.text import Text

from analysis import style
from analysis.cartography import View
from analysis.label_grid import CELL_POINTS, grid_of
from analysis.map_marks import POINTS_PER_INCH, SMALL_SIZE, frame_size
from analysis.placement import Label, Placed, Wording, place

SIZES: Final = (style.LABEL_SIZE, SMALL_SIZE)
HALO_POINTS: Final = 2.0
LINE_SPACING: Final = 1.12
LABEL_ID, LEADER_ID = "label-", "leader-"  # of the marks in the file, followed by the area's code
WASTE_COST, HYPHEN_COST, LINE_COST, SMALL_COST = 0.5, 0.3, 0.12, 0.3
LINES_AT_EASE: Final = 3
LEGAL_FORM: Final = re.compile(r"^C[ACU] (?:du |des |de la |de l['’]|de |d['’])?")
BRACKETS: Final = re.compile(r" *\([^)]*\)")
AT_SPACES: Final = re.compile(r"(?<= )")
AT_HYPHENS: Final = re.compile(r"(?<= )|(?<=\w\w-)(?=\w\w)")
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
    sizes: Sequence[float] = SIZES,
    obstacles: Sequence[Any] = (),
    lines: Sequence[Any] = (),
) -> list[Placed]:
    """Write the labels on axes that show `view`; each text's id is LABEL_ID and its code.

    See `placement.place` for `obstacles`, `lines` and what is raised.
    """
    if not labels:
        return []
    grid = grid_of(view, frame_size(axes)[0] * POINTS_PER_INCH)
    measure = measure_on(axes)
    ways = [wordings(style.typographic(one.text), one.look.get("weight", "normal"), sizes, measure) for one in labels]
    found = place(labels, ways, grid, obstacles=obstacles, lines=lines)
    with mpl.rc_context(style.RC):
        for one in found:
            _write(axes, one)
    return found


def measure_on(axes: Axes) -> Measure:
    """A function that gives width and height, in points, of a text of a size and weight in the axes' figure."""
    figure = axes.figure
    known: dict[tuple[str, float, str], tuple[float, float]] = {}

    def measure(text: str, size: float, weight: str) -> tuple[float, float]:
        key = (text, size, weight)
        if key not in known:
            with mpl.rc_context(style.RC):
                sample = Text(0, 0, text, fontsize=size, weight=weight, linespacing=LINE_SPACING, figure=figure)
            box = sample.get_window_extent(figure.canvas.get_renderer())
            known[key] = box.width * POINTS_PER_INCH / figure.dpi, box.height * POINTS_PER_INCH / figure.dpi
        return known[key]

    return measure


def wordings(text: str, weight: str, sizes: Sequence[float], measure: Measure) -> list[Wording]:
    """The ways to write a name: for each font size and number of lines, the narrowest.

    Lines break at spaces and, at a price, after the hyphen of a compound.
    """
    found: dict[tuple[str, float], Wording] = {}
    for size in sizes:
        for pattern in (AT_SPACES, AT_HYPHENS):
            for lines in foldings(pattern.split(text), lambda piece, size=size: measure(piece, size, weight)[0]):
                key = ("\n".join(line.rstrip(" ") for line in lines), size)
                if key not in found:
                    found[key] = _wording(lines, size, weight, measure, small=size < sizes[0])
    return list(found.values())


def foldings(pieces: Sequence[str], width: Callable[[str], float]) -> list[list[str]]:
    """Pieces of a text joined into lines: one folding a number of lines, that with the narrowest longest line."""
    widths = [width(piece) for piece in pieces]
    runs = {sum(widths[start:end]) for start in range(len(pieces)) for end in range(start + 1, len(pieces) + 1)}
    found: dict[int, list[str]] = {}
    for target in sorted(one for one in runs if one >= max(widths)):
        lines, room = [pieces[0]], target - widths[0]
        for piece, length in zip(pieces[1:], widths[1:], strict=True):
            if length <= room + 1e-6:
                lines[-1] += piece
                room -= length
            else:
                lines.append(piece)
                room = target - length
        found.setdefault(len(lines), lines)
    return [found[count] for count in sorted(found)]


def _wording(lines: Sequence[str], size: float, weight: str, measure: Measure, *, small: bool) -> Wording:
    written = [line.rstrip(" ") for line in lines]
    widths = [measure(line, size, weight)[0] for line in written]
    width, height = measure("\n".join(written), size, weight)
    waste = 1 - sum(widths) / (len(lines) * max(widths))
    hyphens = sum(not line.endswith(" ") for line in lines[:-1])
    cost = WASTE_COST * waste + HYPHEN_COST * hyphens + LINE_COST * max(len(lines) - LINES_AT_EASE, 0)
    cost += SMALL_COST * small
    return Wording("\n".join(written), size, int(height / CELL_POINTS) + 2, int(width / CELL_POINTS) + 2, cost)


def _write(axes: Axes, one: Placed) -> None:
    halo = [patheffects.withStroke(linewidth=HALO_POINTS, foreground=style.PAPER)]
    if one.leader:
        across, up = zip(*one.leader, strict=True)
        line = Line2D(across, up, color=style.INK, linewidth=0.6, zorder=7, marker="o", markersize=2.2, markevery=[0])
        line.set_path_effects([patheffects.withStroke(linewidth=1.8, foreground=style.PAPER), patheffects.Normal()])
        line.set_gid(LEADER_ID + one.label.code)
        axes.add_line(line)
    axes.text(
        *one.centre,
        one.wording.text,
        fontsize=one.wording.size,
        ha="center",
        va="center",
        linespacing=LINE_SPACING,
        zorder=8,
        path_effects=halo,
        gid=LABEL_ID + one.label.code,
        **one.label.look,
    )
