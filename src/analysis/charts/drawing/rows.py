"""Rows from top to bottom on one scale, a row one high: under headings, with texts beside the drawing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import add_axes, compose, new_figure

WIDTH: Final = 8.8  # inches
TICKS: Final = 7.5  # points
BEHIND: Final = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.6}  # text hides the line that it crosses
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """Inches of a row, of a heading, of titles and credit (`around`) and of the scale (`foot`); parts of the whole
    width for `names` on the left and `values` on the right, of the whole height `below` and `above` the drawing.
    """

    row: float
    head: float
    around: float
    names: float
    values: float = 0.0
    foot: float = 0.0
    below: float = 0.0
    above: float = 0.02
    gap: float = 0.0  # rows after those of a heading
    size: float = 9.0  # points of a heading


@dataclass(frozen=True, slots=True)
class Rows:
    """The axes that rows are drawn in, and how far left of them, as a part of their width, texts begin."""

    figure: Figure
    axes: Axes
    left: float
    layout: Layout

    def text(self, place: float, text: str, **look: Any) -> None:
        """A text on the left of a row."""
        self.axes.text(self.left, place, text, transform=self.axes.get_yaxis_transform(), va="center", **look)

    def named(self, place: float, name: str, source: str, fontsize: float = 7.6) -> None:
        """What a row shows, and below it who says so."""
        self.text(place - 0.19, name, fontsize=fontsize)
        self.text(place + 0.21, source, fontsize=6.8, color=style.INK_SOFT)

    def grouped(
        self, rows: pl.DataFrame, by: str, heading: Callable[[Row], str], draw: Callable[["Rows", float, Row], None]
    ) -> float:
        """Each group of rows under its heading, which its first row tells; where the next row would stand."""
        place = 0.0
        for _, group in rows.group_by(by, maintain_order=True):
            self.text(place, heading(group.row(0, named=True)), weight="bold", fontsize=self.layout.size)
            place += self.layout.head / self.layout.row
            for row in group.iter_rows(named=True):
                draw(self, place, row)
                place += 1
            place += self.layout.gap
        return place


def in_rows(layout: Layout, count: int, heads: int, title: str, credit: str, subtitle: str) -> Rows:
    """A figure with room for so many rows and headings."""
    figure = new_figure(WIDTH, layout.row * count + layout.head * heads + layout.around)
    left, bottom, width, height = compose(figure, title, credit, subtitle)
    low, inner = layout.foot / figure.get_figheight() + layout.below, width - layout.names - layout.values
    axes = add_axes(figure, (left + layout.names, bottom + low, inner, height - low - layout.above))
    return Rows(figure, axes, -layout.names / inner, layout)


def scale(axes: Axes, span: tuple[float, float], end: float, ticks: Mapping[Any, str], *, grid: bool = True) -> None:
    """A scale from left to right, each tick as it is written, over rows from the first one down to `end`."""
    axes.set(xlim=span, ylim=(end, -0.6))
    axes.set_xticks(list(ticks), list(ticks.values()), fontsize=TICKS)
    axes.set_yticks([])
    if grid:
        axes.grid(axis="x")
        axes.set_axisbelow(True)


def on_top(axes: Axes) -> None:
    """The scale above the rows, without a line."""
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def bar(axes: Axes, place: float, start: float, length: float, tall: float, look: style.Look) -> None:
    """A part of a row that looks like what became of ground; nothing where it has no length."""
    if length:
        axes.barh(
            place, length, tall, left=start, color=look.face, edgecolor=look.line, linewidth=0.6, hatch=look.hatch,
            zorder=3,
        )  # fmt: skip


def legend(axes: Axes, handles: Sequence[Any]) -> None:
    """What the marks mean, in the upper right corner."""
    axes.legend(handles=handles, loc="upper right", fontsize=TICKS, frameon=True, framealpha=1, edgecolor=style.GRID)
