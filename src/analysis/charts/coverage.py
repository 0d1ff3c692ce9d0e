"""Share of the country's communes, population and area that the programme covers, phase by phase."""

import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import GEOGRAPHY, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.tables.codes import FRANCE, PHASES

WIDTH, HEIGHT = 7.6, 4.0
SUBTITLE = N_("Part du total français, et nombre ; communes au 1er janvier 2024, population de 2022")
POPULATION = N_("population")
MEASURES = (
    ("population", POPULATION, "population_2022", N_("habitants")),
    ("commune", N_("communes"), "commune_count", N_("communes")),
    ("area", N_("superficie"), "area_km2", N_("km²")),
)
BAR = 0.36


@chart(sources=GEOGRAPHY, phases=2)
def coverage(out_region_coverage: pl.DataFrame, credit: str) -> Picture:
    """Bars on one scale from 0 to 100 %: a pair a measure, phase one above phase two, with shares and counts.

    Takes out_region_coverage and draws its row "FR".
    """
    shares = shares_of_france(out_region_coverage)
    title = typography.spaced(_title(shares))
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
    axes = add_axes(figure, (left + 0.13, bottom + 0.09, width - 0.16, height - 0.12))
    for row in shares.iter_rows(named=True):
        _bar(axes, row)
    axes.set(xlim=(0, 100), ylim=(len(MEASURES) - 0.45, -0.55))
    names = [typography.capitalised(tr(name)) for _, name, _, _ in MEASURES]
    axes.set_yticks(range(len(MEASURES)), names, fontsize=style.FONT_SIZE)
    axes.set_xticks(range(0, 101, 25), [typography.percent(tick, 0) for tick in range(0, 101, 25)])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    axes.spines["bottom"].set_visible(False)
    return Picture("coverage", figure, title, typography.spaced(_alt(shares)), credit, shares)


def shares_of_france(coverage: pl.DataFrame) -> pl.DataFrame:
    """Columns measure, phase, share_pct, value, unit: one row a bar."""
    france = {row["phase"]: row for row in coverage.filter(region_code=FRANCE).iter_rows(named=True)}
    rows = [
        (tr(name), phase, france[phase][f"{stem}_share_pct"], float(france[phase][column]), tr(unit))
        for stem, name, column, unit in MEASURES
        for phase in PHASES
    ]
    return pl.DataFrame(rows, schema=["measure", "phase", "share_pct", "value", "unit"], orient="row")


def _bar(axes: Axes, row: dict[str, object]) -> None:
    phase, share = int(str(row["phase"])), float(str(row["share_pct"]))
    place = [tr(name) for _, name, _, _ in MEASURES].index(str(row["measure"])) + (phase - 1.5) * BAR * 1.08
    axes.barh(place, share, BAR, color=style.PHASE_COLOURS[phase])
    inside = tr("phase\u00a0{phase} : {share}").format(phase=phase, share=typography.percent(share))
    axes.text(share - 1, place, inside, ha="right", va="center", color=style.PAPER, weight="bold", fontsize=8.5)
    count = f"{typography.number(float(str(row['value'])))}{typography.HARD_SPACE}{row['unit']}"
    axes.text(share + 1, place, count, ha="left", va="center", fontsize=7.5, color=style.INK_SOFT, bbox=drawing.BEHIND)


def _title(shares: pl.DataFrame) -> str:
    before, after = (_share(shares, tr(POPULATION), phase) for phase in PHASES)
    if before == after:
        stayed = tr("La part de la population dans un Territoire d’industrie reste à {after} d’une phase à l’autre")
        return stayed.format(after=typography.percent(after))
    moved = tr(
        "La part de la population dans un Territoire d’industrie passe de {before} en phase 1 à {after} en phase 2"
    )
    return moved.format(before=typography.percent(before), after=typography.percent(after))


def _share(shares: pl.DataFrame, measure: str, phase: int) -> float:
    return float(shares.filter(measure=measure, phase=phase).item(0, "share_pct"))


def _alt(shares: pl.DataFrame) -> str:
    parts = []
    for _, name, _, _ in MEASURES:
        first, second = (typography.percent(_share(shares, tr(name), phase)) for phase in PHASES)
        part = tr("{measure}, {first} en phase 1 et {second} en phase 2")
        parts.append(part.format(measure=tr(name), first=first, second=second))
    text = tr("Diagramme en barres de la part de la France couverte par le programme : {parts}.")
    return text.format(parts=typography.series(parts))
