"""Each region's number of territories and the share of its population they cover, in both phases."""

from collections.abc import Callable
from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import GEOGRAPHY, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.tables.codes import FRANCE, PHASES

WIDTH, HEIGHT = 8.6, 6.6
PANELS = (
    ("territory_count", N_("Nombre de territoires")),
    ("population_share_pct", N_("Part de la population couverte")),
)
SUBTITLE = N_(
    "Régions classées selon la part de leur population couverte en phase 2. En France : {first} territoires en "
    "phase 1, {second} en phase 2. Un territoire compte dans une seule région, ses habitants chacun dans la leur."
)
SIZES = {1: 66, 2: 17}  # the phase-two mark still shows inside the one of phase one


@chart(sources=GEOGRAPHY, phases=2)
def region_balance(out_region_coverage: pl.DataFrame, credit: str) -> Picture:
    """Two dumbbell panels with a row a region, sorted by the share of population covered in phase two.

    Takes out_region_coverage; the row "FR" gives the dashed lines of the country's share.
    """
    regions = balance(out_region_coverage)
    france = {row["phase"]: row for row in out_region_coverage.filter(region_code=FRANCE).iter_rows(named=True)}
    title = typography.spaced(_title(regions))
    first, second = (france[phase]["territory_count"] for phase in PHASES)
    subtitle = tr(SUBTITLE).format(first=first, second=second)
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, subtitle)
    low, tall = bottom + 0.05, height - 0.125
    counts = add_axes(figure, (left + 0.215, low, 0.30, tall))
    shares = add_axes(figure, (left + 0.56, low, width - 0.60, tall))
    _panel(counts, regions, *PANELS[0], typography.number)
    _panel(shares, regions, *PANELS[1], typography.percent)
    names = regions.filter(phase=1).get_column("region_name").to_list()
    counts.set_yticks(range(len(names)), list(map(typography.typographic, names)), fontsize=8.5)
    shares.set_yticks(range(len(names)), [])
    _france_lines(shares, {phase: row["population_share_pct"] for phase, row in france.items()})
    _key(figure, (left + 0.215, bottom))
    return Picture("region_balance", figure, title, typography.spaced(_alt(regions)), credit, regions)


def balance(coverage: pl.DataFrame) -> pl.DataFrame:
    """One row a region and phase, best covered region in phase two first, then by name."""
    order = (
        coverage.filter(pl.col("region_code") != FRANCE, phase=2)
        .sort("population_share_pct", "region_name", descending=[True, False])
        .with_row_index("place")
        .select("region_code", "place")
    )
    return (
        coverage.join(order, on="region_code", validate="m:1")
        .sort("place", "phase")
        .select("region_code", "region_name", "phase", "territory_count", "population_share_pct")
    )


def _panel(axes: Axes, regions: pl.DataFrame, column: str, name: str, shown: Callable[[float], str]) -> None:
    first, second = (regions.filter(phase=phase).get_column(column).to_list() for phase in PHASES)
    for place, values in enumerate(zip(first, second, strict=True)):
        axes.plot(values, (place, place), color=style.BORDER_SOFT, linewidth=1.2, zorder=2)
        for phase, value in enumerate(values, start=1):
            axes.scatter(value, place, SIZES[phase], **_mark(phase), zorder=2 + phase)
        _values(axes, place, values, shown)
    is_share = column.endswith("_pct")
    top = 100.0 if is_share else max(first + second)
    axes.set_title(tr(name), pad=20)
    ticks = range(0, int(top) + 1, 25 if is_share else 5)
    written = {tick: typography.percent(tick, 0) if is_share else shown(tick) for tick in ticks}
    drawing.scale(axes, (-0.09 * top, 1.16 * top), len(first) + 0.9, written)
    drawing.on_top(axes)


def _mark(phase: int) -> dict[str, Any]:
    face, edge = style.PAPER if phase == 1 else style.PHASE_COLOURS[phase], style.PHASE_COLOURS[phase]
    return {"marker": style.PHASE_MARKERS[phase], "facecolor": face, "edgecolor": edge, "linewidth": 1.5}


def _values(axes: Axes, place: int, values: tuple[float, float], shown: Callable[[float], str]) -> None:
    """Each value beyond its mark; one value on the right where both phases have the same."""
    first, second = values
    look: dict[str, Any] = {"va": "center", "fontsize": 7.2, "zorder": 3, "bbox": drawing.BEHIND}
    right = {phase: value >= values[2 - phase] for phase, value in enumerate(values, start=1)}
    for phase, value in enumerate(values, start=1):
        if phase == 1 and first == second:
            continue
        colour = style.INK if first == second else style.PHASE_COLOURS[phase]
        beside, side = ((7, 0), "left") if right[phase] else ((-7, 0), "right")
        axes.annotate(shown(value), (value, place), beside, textcoords="offset points", ha=side, color=colour, **look)


def _france_lines(axes: Axes, shares: dict[int, float]) -> None:
    low = axes.get_ylim()[0]
    for phase, dashes in ((1, (0, (2, 2))), (2, (0, (5, 2)))):
        axes.axvline(shares[phase], color=style.PHASE_COLOURS[phase], linewidth=1, linestyle=dashes, zorder=1)
        axes.annotate(
            tr("France, phase {phase} :\n{share}").format(phase=phase, share=typography.percent(shares[phase])),
            (shares[phase], low),
            (-4 if phase == 1 else 4, 1),
            textcoords="offset points",
            ha="right" if phase == 1 else "left",
            va="bottom",
            fontsize=7.2,
            color=style.PHASE_COLOURS[phase],
        )


def _key(figure: Figure, place: tuple[float, float]) -> None:
    """What the two marks mean, in one line under the panels."""
    handles = [
        Line2D(
            [], [], linestyle="", marker=style.PHASE_MARKERS[phase], markersize=SIZES[phase] ** 0.5,
            markerfacecolor=_mark(phase)["facecolor"], markeredgecolor=style.PHASE_COLOURS[phase],
            markeredgewidth=1.5, label=typography.phase_name(phase),
        )
        for phase in PHASES
    ]  # fmt: skip
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=place, ncols=2, fontsize=8, frameon=False)


def _title(regions: pl.DataFrame) -> str:
    shares = regions.pivot(on="phase", index="region_name", values="population_share_pct")
    gain = shares.filter(pl.col("2") > pl.col("1")).height
    lost = shares.filter(pl.col("2") < pl.col("1")).get_column("region_name").to_list()
    if lost:
        text = tr(
            "La population couverte progresse dans {gain} régions sur {count}, recule dans {lost} et ne bouge pas "
            "ailleurs"
        )
    else:
        text = tr("La population couverte progresse dans {gain} régions sur {count} et ne bouge pas ailleurs")
    return text.format(gain=gain, count=shares.height, lost=len(lost))


def _alt(regions: pl.DataFrame) -> str:
    both = regions.pivot(on="phase", index="region_name", values=["territory_count", "population_share_pct"])
    one = tr("{region}, {first} puis {second}, {before} puis {after} de la population")
    parts = []
    for row in both.iter_rows(named=True):
        before, after = (typography.percent(row[f"population_share_pct_{phase}"]) for phase in PHASES)
        second = typography.counted(row["territory_count_2"], "territoire")
        counts = {"first": row["territory_count_1"], "second": second}
        parts.append(one.format(region=row["region_name"], before=before, after=after, **counts))
    text = tr("Territoires et population couverte par région, en phase 1 puis 2 : {parts}.")
    return typography.typographic(text.format(parts=typography.series(parts)))
