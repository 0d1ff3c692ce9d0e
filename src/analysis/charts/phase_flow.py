"""From the territories of phase one to those of phase two: how many kept, changed, ended or came."""

from typing import Final

import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import alluvial, style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import COUNTED, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.registry.phases import CHANGE_WORDS, change_counts
from analysis.tables.codes import PHASES

NAME: Final = "phase_flow"
WIDTH, HEIGHT = 7.5, 7.2
ROW, GAP = 0.32, 0.085  # inches: least height of a row, which has two lines of text, and between rows
HEADING: Final = 0.45  # inches above the rows
LEFT, BAR, RIGHT = 0.42, 0.11, 3.15  # inches from the axes' left side: first column, bars' width, second column
TEXT: Final = 0.42  # inches between the second column and the words
SUBTITLE: Final = N_(
    "À gauche, les territoires de la phase 1 (2019-2022) ; à droite, ceux de la phase 2 (2023-2027), en groupes de "
    "territoires liés, directement ou par d’autres. Deux territoires sont liés quand un dixième des habitants de l’un "
    "vit aussi dans l’autre."
)


@chart(sources=COUNTED)
def phase_flow(out_phase_change: pl.DataFrame, out_phase1_fate: pl.DataFrame, credit: str) -> Picture:
    """One band a kind of group, as high on each side as the territories that are in such groups: all links are in it.

    Takes out_phase_change and out_phase1_fate.
    """
    rows = change_counts(out_phase_change, out_phase1_fate)
    title = typography.spaced(_title(rows))
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
    axes = add_axes(figure, (left, bottom, width, height))
    axes.set(xlim=(0, width * WIDTH), ylim=(0, height * HEIGHT))
    axes.set_axis_off()
    _bands(axes, rows, height * HEIGHT)
    return Picture(NAME, figure, title, typography.spaced(_alt(rows)), credit, rows)


def _bands(axes: Axes, rows: pl.DataFrame, height: float) -> None:
    """Rows from the top, each with its band in the middle; the scale fills the height."""
    sizes = [(row["word"], row["phase1_count"], row["phase2_count"]) for row in rows.iter_rows(named=True)]
    room = height - HEADING - GAP * (len(sizes) - 1)
    scale = _scale([max(size[1:]) for size in sizes], room)
    top = height - HEADING
    _headings(axes, rows, height)
    for word, first, second in sizes:
        tall = max(ROW, scale * max(first, second))
        _band(axes, word, (first, second), top - tall / 2, scale)
        top -= tall + GAP


def _scale(counts: list[int], room: float) -> float:
    """Inches a territory: the largest with which rows, none lower than ROW, fit into the room."""
    low, high = 0.0, room / max(counts)
    for _ in range(40):
        middle = (low + high) / 2
        fits = sum(max(ROW, middle * count) for count in counts) <= room
        low, high = (middle, high) if fits else (low, middle)
    return low


def _band(axes: Axes, word: str, sides: tuple[int, int], middle: float, scale: float) -> None:
    look, text = style.CHANGE_LOOKS[word], CHANGE_WORDS[word]
    spans = [(middle - scale * count / 2, middle + scale * count / 2) for count in sides]
    if all(sides):
        alluvial.ribbon(axes, LEFT + BAR / 2, RIGHT + BAR / 2, spans[0], spans[1], look)
    for start, span, count in zip((LEFT, RIGHT), spans, sides, strict=True):
        if count:
            alluvial.bar(axes, start, start + BAR, span, style.Look(look.face) if all(sides) else look)
    for x, count, side in ((LEFT - 0.07, sides[0], "right"), (RIGHT + BAR + 0.07, sides[1], "left")):
        axes.text(x, middle, typography.number(count), ha=side, va="center", fontsize=style.FONT_SIZE, weight="bold")
    start = RIGHT + BAR + TEXT
    name = typography.capitalised(tr(text.many if max(sides) > 1 else text.one))
    axes.text(start, middle + 0.02, name, va="bottom", fontsize=style.FONT_SIZE, weight="bold")
    axes.text(start, middle - 0.02, tr(text.meaning), va="top", fontsize=7.5, color=style.INK_SOFT)


def _headings(axes: Axes, rows: pl.DataFrame, height: float) -> None:
    for phase, x, side in ((1, LEFT, "left"), (2, RIGHT + BAR, "right")):
        total = typography.counted(int(rows.get_column(f"phase{phase}_count").sum()), "territoire")
        text = f"Phase{typography.HARD_SPACE}{phase}\n{total}"
        axes.text(x, height - 0.06, text, ha=side, va="top", fontsize=style.SUBTITLE_SIZE, weight="bold")


# --- words -------------------------------------------------------------------------------------------------


def _title(rows: pl.DataFrame) -> str:
    found = {row["word"]: row for row in rows.iter_rows(named=True)}
    first, second = (int(rows.get_column(f"phase{phase}_count").sum()) for phase in PHASES)
    same, new = found["unchanged"]["phase1_count"], found["new"]["phase2_count"]
    text = tr("De {first} à {second} : {same} restent les mêmes, {new} sont entièrement nouveaux")
    counts = {"first": typography.number(first), "second": typography.counted(second, "territoire")}
    return text.format(**counts, same=typography.number(same), new=typography.number(new))


def _alt(rows: pl.DataFrame) -> str:
    one = tr("{word} ({meaning}), {first} en phase 1 et {second} en phase 2")
    parts = [
        one.format(
            word=tr(CHANGE_WORDS[row["word"]].many), meaning=tr(CHANGE_WORDS[row["word"]].meaning),
            first=typography.number(row["phase1_count"]), second=typography.number(row["phase2_count"]),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    text = tr(
        "Bandes entre les territoires de la phase 1, à gauche, et ceux de la phase 2, à droite, par groupes de "
        "territoires liés : {parts}."
    )
    return text.format(parts=typography.series(parts))
