"""How many territories the programme counts, when, and who says so."""

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import shapely
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.maps.leaders import MARK, Array, leader, place
from analysis.charts.register import LISTS, chart
from analysis.errors import FigureError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import at, when
from analysis.tables.codes import PHASES

WIDTH, HEIGHT = 8.8, 5.6
SHORT = 10  # points: a label as near as this needs no leader
SUBTITLE = N_(
    "Trait : ce que compte la liste officielle, édition par édition. Point : un chiffre publié, vide s’il s’en écarte "
    "ou la précède. L’axe vertical commence à {floor} territoires."
)
ROOM = {"months": 4, "below": 18, "above": 22}  # between the outer points and the frame
CLOSED = (0, (1, 2))  # the line of a phase that the next one has followed


@chart(sources=LISTS, cited="out_label_timeline")
def label_timeline(out_label_timeline: pl.DataFrame, out_editions: pl.DataFrame, credit: str) -> Picture:
    """Points on a time axis, each with its number, producer and date; what the lists count, as steps.

    Takes out_label_timeline and out_editions. Claims of one number on one day share a point and a label; a point is
    full where the edition in force on its day counts as many.
    """
    points = same_points(out_label_timeline)
    title = typography.spaced(_title(out_label_timeline))
    figure = new_figure(WIDTH, HEIGHT)
    floor = (min(out_label_timeline.get_column("territory_count").to_list()) - ROOM["below"]) // 10 * 10
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE).format(floor=floor))
    axes = add_axes(figure, (left + 0.035, bottom + 0.075, width - 0.145, height - 0.09))
    _frame(axes, points, floor)
    steps = _steps(out_editions, axes.get_xlim()[1])
    for phase, line in steps.items():
        _official(axes, phase, line)
    for phase in PHASES:
        _marks(axes, points.filter(phase=phase), phase)
    _labels(figure, axes, points, [_pixels(axes, line) for line in steps.values()])
    alt = typography.spaced(_alt(out_label_timeline, out_editions))
    data = out_label_timeline.sort("date", "claim_id")
    return Picture("label_timeline", figure, title, alt, credit, data)


def same_points(timeline: pl.DataFrame) -> pl.DataFrame:
    """Columns phase, date, territory_count, listed, sources: one row a point, by date.

    `sources` has two lines a claim; `listed` says whether the edition in force that day counts as many.
    """
    rows = timeline.sort("date", "as_of", "producer", descending=[False, True, False])
    said = [
        f"{typography.typographic(producer)}\n{when(as_of)}"
        for producer, as_of in rows.select("producer", "as_of").iter_rows()
    ]
    return (
        rows.with_columns(pl.Series("sources", said), pl.col("date").str.to_date())
        .with_columns(listed=pl.col("territory_count").eq_missing(pl.col("edition_count")))
        .group_by("phase", "date", "territory_count", "listed", maintain_order=True)
        .agg(pl.col("sources").unique(maintain_order=True).str.join(typography.spaced(tr(" ;\n"))))
        .sort("date", "territory_count")
    )


def _frame(axes: Axes, points: pl.DataFrame, floor: int) -> None:
    """Axes from a few months before the first point to a few after the last, a tick each half-year."""
    dates = points.get_column("date").to_list()
    start, end = (_day(one) + sign * ROOM["months"] * 30.5 for one, sign in ((dates[0], -1), (dates[-1], 1)))
    top = max(points.get_column("territory_count").to_list()) + ROOM["above"]
    years = range(dates[0].year, dates[-1].year + 2)
    ticks = [(_day(date(year, month, 1)), typography.short_month(month), year) for year in years for month in (1, 7)]
    shown = [(at, f"{name}\n{year}") for at, name, year in ticks if start <= at <= end]
    axes.set(xlim=(start, end), ylim=(floor, top))
    axes.set_xticks([at for at, _ in shown], [text for _, text in shown], fontsize=7.5)
    axes.set_yticks(range(-(-floor // 20) * 20, top, 20))
    axes.tick_params(axis="y", labelsize=7.5)


def _steps(editions: pl.DataFrame, end: float) -> dict[int, Array]:
    """The days and numbers at the corners of each phase's line, up to the right end of the axis."""
    lines = {}
    for phase in PHASES:
        own = editions.filter(phase=phase).sort("valid_from")
        starts = [_day(date.fromisoformat(one)) for one in own["valid_from"]]
        days, counts = np.repeat([*starts, end], 2)[1:-1], np.repeat(own["territory_count"].to_list(), 2)
        lines[phase] = np.column_stack([days, counts])
    return lines


def _official(axes: Axes, phase: int, line: Array) -> None:
    """The line of a phase, dotted once the next phase has a list; its last number is named beyond its right end."""
    colour, number = style.PHASE_COLOURS[phase], line[-1, 1]
    dotted = phase < PHASES[-1]
    days, counts = line[:-1].T if dotted else line.T
    axes.plot(days, counts, color=colour, linewidth=1.6, zorder=1)
    if dotted:
        axes.plot(*line[-2:].T, color=colour, linewidth=1, linestyle=CLOSED, zorder=1)
    text = tr("{number} : liste\nofficielle de\nla phase\u00a0{phase}").format(
        number=typography.number(number), phase=phase
    )
    across = axes.get_yaxis_transform()
    axes.text(1.012, number, text, transform=across, fontsize=7.2, va="center", color=colour)


def _marks(axes: Axes, points: pl.DataFrame, phase: int) -> None:
    dates, numbers = points.get_column("date").to_list(), points.get_column("territory_count").to_list()
    colour = style.PHASE_COLOURS[phase]
    filled = [colour if one else style.PAPER for one in points.get_column("listed")]
    axes.scatter(dates, numbers, 34, facecolors=filled, edgecolors=colour, marker=style.PHASE_MARKERS[phase], zorder=4)


def _labels(figure: Figure, axes: Axes, points: pl.DataFrame, lines: list[Array]) -> None:
    """Number and sources beside each point, tied to it by a thin line; FigureError when one finds no room."""
    unit = figure.dpi / 72
    rows = points.to_dicts()
    anchors = np.array([axes.transData.transform((_day(row["date"]), row["territory_count"])) for row in rows])
    texts = [_label(figure, row) for row in rows]
    sizes = np.array([_size(pair, unit) for pair in texts])
    marks = shapely.box(*np.hstack([anchors - MARK * unit, anchors + MARK * unit]).T)
    wide = shapely.buffer(np.array([shapely.LineString(line) for line in lines]), unit)
    boxes = place(sizes, anchors, marks, wide, np.array(axes.bbox.extents), unit)
    if boxes is None:
        repair = "Make the figure larger or draw fewer sources."
        raise FigureError("the labels do not all find room.", where="label_timeline", repair=repair)
    for pair, box, anchor in zip(texts, boxes, anchors, strict=True):
        _put(figure, pair, box, anchor, unit)


def _day(one: date) -> float:
    return float(date2num(one))  # type: ignore[no-untyped-call]


def _size(pair: tuple[Text, Text], unit: float) -> tuple[float, float]:
    boxes = [one.get_window_extent() for one in pair]
    return max(box.width for box in boxes) + 4 * unit, sum(box.height for box in boxes) + 4 * unit


def _pixels(axes: Axes, line: Array) -> Array:
    return np.array(axes.transData.transform(line))


def _label(figure: Figure, row: dict[str, Any]) -> tuple[Text, Text]:
    colour = style.PHASE_COLOURS[row["phase"]]
    shown = typography.number(row["territory_count"])
    number = figure.text(0, 0, shown, weight="bold", fontsize=10, color=colour, va="bottom")
    return number, figure.text(0, 0, row["sources"], fontsize=7, color=style.INK, va="bottom", linespacing=1.15)


def _put(figure: Figure, pair: tuple[Text, Text], box: Array, anchor: Array, unit: float) -> None:
    """Number above sources in the box, and the leader."""
    number, source = pair
    height = source.get_window_extent().height
    corners = [(box[0] + 2 * unit, box[1] + height + 2.5 * unit), (box[0] + 2 * unit, box[1] + 1.5 * unit)]
    ends = np.array([*corners, *leader(anchor, box, MARK * unit)])
    (x, y), (u, v), *line = figure.transFigure.inverted().transform(ends)
    number.set_position((x, y))
    source.set_position((u, v))
    if box[1] - anchor[1] > SHORT * unit or anchor[1] - box[3] > SHORT * unit:
        figure.add_artist(Line2D(*np.transpose(line), color=style.BORDER_SOFT, linewidth=0.6))


def _title(timeline: pl.DataFrame) -> str:
    numbers = timeline.get_column("territory_count").unique().sort().to_list()
    official = timeline.filter(pl.col("territory_count") == pl.col("edition_count")).get_column("territory_count")
    published = typography.counted(len(numbers), "nombre publié", "nombres publiés")
    text = tr("De {least} à {most} territoires : {published}, dont {confirmed} confirmés par une liste officielle")
    return text.format(least=numbers[0], most=numbers[-1], published=published, confirmed=official.n_unique())


def _alt(timeline: pl.DataFrame, editions: pl.DataFrame) -> str:
    said = [
        f"{row['territory_count']} {at(row['as_of'])} ({typography.typographic(row['producer'])})"
        for row in timeline.sort("date", "claim_id").iter_rows(named=True)
    ]
    of_phase = tr("{count} en phase {phase} ({date})")
    official = [
        of_phase.format(count=row["territory_count"], phase=row["phase"], date=when(row["as_of"]))
        for row in editions.sort("valid_from").iter_rows(named=True)
    ]
    text = tr("Nombre de territoires publié, par date : {published}. Listes officielles : {official}.")
    return text.format(published=", ".join(said), official=typography.listed(official))
