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
SUBTITLE = N_("Un point : un chiffre publié, son auteur et sa date. L’axe vertical commence à {floor} territoires.")
ROOM = {"months": 4, "below": 18, "above": 22}  # between the outer points and the frame
DASHES = {1: (0, (2, 2)), 2: (0, (5, 2))}


@chart(sources=LISTS, cited="out_label_timeline")
def label_timeline(out_label_timeline: pl.DataFrame, credit: str) -> Picture:
    """Points on a time axis, each with its number, producer and date; the official lists as dashed lines.

    Takes out_label_timeline. Claims of one number on one day share a point and a label.
    """
    points = same_points(out_label_timeline)
    title = typography.spaced(_title(out_label_timeline))
    figure = new_figure(WIDTH, HEIGHT)
    floor = (min(out_label_timeline.get_column("territory_count").to_list()) - ROOM["below"]) // 10 * 10
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE).format(floor=floor))
    axes = add_axes(figure, (left + 0.035, bottom + 0.075, width - 0.145, height - 0.09))
    _frame(axes, points, floor)
    official = dict(_registry(out_label_timeline))
    for phase, number in official.items():
        _official(axes, phase, number)
    for phase in PHASES:
        _marks(axes, points.filter(phase=phase), phase)
    _labels(figure, axes, points, list(official.values()))
    alt, data = typography.spaced(_alt(out_label_timeline)), out_label_timeline.sort("date", "claim_id")
    return Picture("label_timeline", figure, title, alt, credit, data)


def same_points(timeline: pl.DataFrame) -> pl.DataFrame:
    """Columns phase, date, territory_count, sources: one row a point, by date; `sources` has two lines a claim."""
    rows = timeline.sort("date", "as_of", "producer", descending=[False, True, False])
    said = [
        f"{typography.typographic(producer)}\n{when(as_of)}"
        for producer, as_of in rows.select("producer", "as_of").iter_rows()
    ]
    return (
        rows.with_columns(pl.Series("sources", said), pl.col("date").str.to_date())
        .group_by("phase", "date", "territory_count", maintain_order=True)
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


def _registry(timeline: pl.DataFrame) -> list[tuple[int, int]]:
    return list(timeline.select("phase", "registry_count").unique().sort("phase").iter_rows())


def _official(axes: Axes, phase: int, number: int) -> None:
    """A dashed line at the number of the official list, named beyond its right end."""
    axes.axhline(number, color=style.PHASE_COLOURS[phase], linewidth=1, linestyle=DASHES[phase], zorder=1)
    text = tr("{number} : liste\nofficielle de\nla phase\u00a0{phase}").format(
        number=typography.number(number), phase=phase
    )
    across = axes.get_yaxis_transform()
    axes.text(1.012, number, text, transform=across, fontsize=7.2, va="center", color=style.PHASE_COLOURS[phase])


def _marks(axes: Axes, points: pl.DataFrame, phase: int) -> None:
    dates, numbers = points.get_column("date").to_list(), points.get_column("territory_count").to_list()
    colour = style.PHASE_COLOURS[phase]
    axes.scatter(dates, numbers, 34, color=colour, marker=style.PHASE_MARKERS[phase], zorder=4)


def _labels(figure: Figure, axes: Axes, points: pl.DataFrame, official: list[int]) -> None:
    """Number and sources beside each point, tied to it by a thin line; FigureError when one finds no room."""
    unit = figure.dpi / 72
    rows = points.to_dicts()
    anchors = np.array([axes.transData.transform((_day(row["date"]), row["territory_count"])) for row in rows])
    texts = [_label(figure, row) for row in rows]
    sizes = np.array([_size(pair, unit) for pair in texts])
    marks = shapely.box(*np.hstack([anchors - MARK * unit, anchors + MARK * unit]).T)
    lines = _levels(axes, official)
    wide = shapely.buffer(shapely.linestrings(lines), unit)
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


def _levels(axes: Axes, numbers: list[int]) -> list[Array]:
    """The lines of the official lists, in pixels."""
    heights = [float(axes.transData.transform((0, number))[1]) for number in numbers]
    return [np.array([(axes.bbox.x0, height), (axes.bbox.x1, height)]) for height in heights]


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
    official = timeline.filter(pl.col("territory_count") == pl.col("registry_count")).get_column("territory_count")
    published = typography.counted(len(numbers), "nombre publié", "nombres publiés")
    text = tr("De {least} à {most} territoires : {published}, dont {confirmed} confirmés par une liste officielle")
    return text.format(least=numbers[0], most=numbers[-1], published=published, confirmed=official.n_unique())


def _alt(timeline: pl.DataFrame) -> str:
    said = [
        f"{row['territory_count']} {at(row['as_of'])} ({typography.typographic(row['producer'])})"
        for row in timeline.sort("date", "claim_id").iter_rows(named=True)
    ]
    of_phase = tr("{count} en {phase}")
    official = [
        of_phase.format(count=number, phase=typography.phase_name(phase)) for phase, number in _registry(timeline)
    ]
    text = tr("Nombre de territoires publié, par date : {published}. Listes officielles : {official}.")
    return text.format(published=", ".join(said), official=typography.listed(official))
