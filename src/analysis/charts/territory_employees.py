"""Private employees at the workplace in one territory, its whole region and France, year by year, as indices."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from analysis.charts.drawing import style
from analysis.charts.drawing.curves import SIZE, apart, over_years
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import LISTS, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.tables.codes import ALL_GROUND, COUNTRY, FRANCE, YEARS

WIDTH, HEIGHT = 7.5, 4.4
COLUMN: Final = "employees"
LEAST: Final = 6  # points of the index that the axis spans at least
SUBTITLE = N_(
    "Salariés du secteur privé au lieu de travail, en fin d’année, indice {base} = 100. Les communes dont le nombre "
    "n’est pas publié une année n’y comptent pas cette année-là. La figure décrit, elle ne mesure aucun effet."
)
LEVELS: Final = ("territory", "region", "country")
LOOKS: Final[Mapping[str, dict[str, Any]]] = {
    "territory": {"linewidth": 2.2, "linestyle": "-", "zorder": 4},
    "region": {"color": style.INK, "linewidth": 1.5, "linestyle": (0, (5, 2)), "zorder": 3},
    "country": {"color": style.INK_SOFT, "linewidth": 1.5, "linestyle": (0, (1.5, 1.5)), "zorder": 3},
}


def _shown(layer_indices: pl.DataFrame) -> pl.DataFrame:
    return layer_indices.filter(column=COLUMN)


@chart(sources=LISTS, cited=_shown)
def territory_employees(
    layer_indices: pl.DataFrame, core_territories: pl.DataFrame, phase: int, territory_id: str, credit: str
) -> Picture:
    """A line for the territory, one for its region and one for France, each named at its end with its last value."""
    place = core_territories.filter(phase=phase, territory_id=territory_id).row(0, named=True)
    rows = _rows(_shown(layer_indices), place)
    years = sorted(rows["year"])
    first, last = years[0], years[-1]
    told = {"name": place["name"], "first": first, "last": last, "base": first}
    title = typography.shown(tr("{name}, phase {phase} : salariés du privé, {years}").format(
        **told, phase=phase, years=typography.years(first, last)))  # fmt: skip
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE).format(**told))
    axes = add_axes(figure, (left + 0.05, bottom + 0.06, width - 0.37, height - 0.09))
    _frame(axes, rows, phase)
    names = _names(place)
    for level in LEVELS:
        own = rows.filter(level=level)
        axes.plot(own["year"], own["index"], **_look(level, phase))
    _ends(axes, rows, names, phase)
    name = f"territory_employees_phase{phase}_{territory_id}"
    return Picture(name, figure, title, typography.shown(_alt(rows, names, phase)), credit, rows)


def _rows(indices: pl.DataFrame, place: Mapping[str, Any]) -> pl.DataFrame:
    """Level, code, year and index of the territory, of its whole region and of France."""
    grounds = [
        (place["phase"], "territory", place["territory_id"]),
        (ALL_GROUND, "region", place["region_code"]),
        (ALL_GROUND, "country", FRANCE),
    ]
    parts = [indices.filter(phase=phase, level=level, code=code) for phase, level, code in grounds]
    return pl.concat(parts).select("level", "code", "year", "index")


def _names(place: Mapping[str, Any]) -> dict[str, str]:
    return {"territory": tr("le territoire"), "region": place["region_name"], "country": COUNTRY}


def _look(level: str, phase: int) -> dict[str, Any]:
    own = {"color": style.PHASE_COLOURS[phase], "marker": style.PHASE_MARKERS[phase], "markersize": 4}
    return LOOKS[level] | (own if level == "territory" else {})


def _frame(axes: Axes, rows: pl.DataFrame, phase: int) -> None:
    """The axes, a line at 100, and the year in which the phase begins."""
    years, found = rows["year"].unique().sort().to_list(), rows["index"].to_list()
    middle, half = (max(found) + min(found)) / 2, max(max(found) - min(found), LEAST) / 2
    low, high = middle - 1.15 * half, middle + 1.35 * half
    ticks = [one for one in MaxNLocator(6, integer=True).tick_values(low, high) if low <= one <= high]
    over_years(axes, years, (low, high), ticks)
    axes.axhline(100, color=style.BORDER_SOFT, linewidth=0.9, zorder=2)
    begins = YEARS[phase][0]
    axes.axvline(begins, color=style.INK_SOFT, linewidth=0.9, zorder=2)
    near_end = begins > (years[0] + years[-1]) / 2
    said = typography.spaced(tr("{year} : début de la phase {phase}").format(year=begins, phase=phase))
    axes.annotate(said, (begins, high), (-4 if near_end else 4, -2), textcoords="offset points", va="top",
                  ha="right" if near_end else "left", fontsize=SIZE, color=style.INK_SOFT)  # fmt: skip


def _ends(axes: Axes, rows: pl.DataFrame, names: Mapping[str, str], phase: int) -> None:
    """Name and last value of each line beside its end, moved apart where two ends are close; then what has none."""
    last = rows.filter(pl.col("year") == pl.col("year").max()).sort("index", "level")
    low, high = axes.get_ylim()
    room, end = (high - low) * 0.065, last["year"][0]
    look: dict[str, Any] = {"fontsize": SIZE, "va": "center"}
    for level, index, place in zip(last["level"], last["index"], apart(last["index"], room), strict=True):
        text = tr("{name} : {index}").format(name=names[level], index=typography.number(index, 1))
        weight = "bold" if level == "territory" else "normal"
        axes.text(end + 0.5, place, typography.shown(text), color=_look(level, phase)["color"], weight=weight, **look)
        axes.plot([end + 0.1, end + 0.42], [index, place], color=style.GRID, linewidth=0.6, clip_on=False, zorder=1)
    for number, level in enumerate(one for one in reversed(LEVELS) if one not in last["level"]):
        text = typography.shown(tr("{name} : non publié").format(name=names[level]))
        axes.text(end + 0.5, low + number * room, text, color=style.INK_SOFT, **look)


def _alt(rows: pl.DataFrame, names: Mapping[str, str], phase: int) -> str:
    """The first, the phase's and the last values in words."""
    first, last = rows["year"].min(), rows["year"].max()
    ends = {row["level"]: row["index"] for row in rows.filter(year=last).iter_rows(named=True)}
    said = [
        tr("{name}, {index}").format(name=names[one], index=typography.number(ends[one], 1))
        if one in ends
        else tr("{name}, non publié").format(name=names[one])
        for one in LEVELS
    ]
    text = tr("Courbes de l’indice des salariés du privé, 100 en {first} ; en {last} : {parts}. La phase {phase} "
              "commence en {begins}.")  # fmt: skip
    return text.format(first=first, last=last, parts=typography.series(said), phase=phase, begins=YEARS[phase][0])
