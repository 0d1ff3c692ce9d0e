"""Private employees of four groups of communes, before the label and after it, as indices."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import style
from analysis.charts.drawing.curves import SIZE, apart, over_years
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import LISTS, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.indicators.employment_groups import EVERY, NEVER

WIDTH, HEIGHT = 7.6, 5.0
BASE: Final = 2018
ABOVE: Final = 4.0  # of the index, above the highest line
MARKED: Final = {2018: N_("programme annoncé\n(novembre 2018)"), 2023: N_("phase\u00a02\n(novembre 2023)")}
NAMES: Final[Mapping[str, str]] = {
    "kept": N_("restées (phases 1 et 2)"),
    "entered": N_("entrées (phase 2 seule)"),
    "left": N_("sorties (phase 1 seule)"),
    NEVER: N_("jamais labellisées"),
    EVERY: N_("toutes les communes"),
}
LOOKS: Final[Mapping[str, dict[str, Any]]] = {
    "kept": {"color": style.STAYED, "linestyle": "-", "marker": "o"},
    "entered": {"color": style.ENTERED, "linestyle": "-", "marker": "D"},
    "left": {"color": style.LEFT, "linestyle": (0, (5, 2)), "marker": "s"},
    NEVER: {"color": style.INK_SOFT, "linestyle": "-", "marker": "^"},
    EVERY: {"color": style.INK, "linestyle": (0, (1.5, 1.5)), "marker": ""},
}
SUBTITLE = N_(
    "Salariés du secteur privé au lieu de travail, à la fin de chaque année ; 100 en 2018. Communes selon les listes "
    "des deux phases. La figure décrit, elle ne mesure aucun effet."
)


@chart(sources=(*LISTS, "urssaf-employees-2024"))
def employment_groups(out_employment_groups: pl.DataFrame, credit: str) -> Picture:
    """A line a group of communes from the first year to the last, named at its end; the year of the label marked."""
    rows = out_employment_groups.select(
        "status", "year", "employees", "index_2018", "change_2014_2018_pct", "change_2018_2023_pct"
    ).sort("status", "year")
    title = typography.spaced(_title(rows))
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
    axes = add_axes(figure, (left + 0.05, bottom + 0.06, width - 0.355, height - 0.08))
    _frame(axes, rows)
    for name in NAMES:
        of_group = rows.filter(status=name)
        axes.plot(of_group["year"], of_group["index_2018"], markersize=3.6, linewidth=1.6, zorder=3, **LOOKS[name])
    _names(axes, rows)
    return Picture("employment_groups", figure, title, typography.spaced(_alt(rows)), credit, rows)


def _frame(axes: Axes, rows: pl.DataFrame) -> None:
    years = rows["year"].unique().sort().to_list()
    low, high = (float(one) for one in (rows["index_2018"].min() or 0, rows["index_2018"].max() or 0))  # type: ignore[arg-type]
    over_years(axes, years, (low - 1, high + ABOVE), range(-(-int(low) // 5) * 5, int(high) + 2, 5))
    for year, text in MARKED.items():
        axes.axvline(year, color=style.INK_SOFT, linewidth=0.9, zorder=2)
        axes.text(year - 0.12, high + ABOVE - 0.3, tr(text), ha="right", va="top", fontsize=SIZE)


def _names(axes: Axes, rows: pl.DataFrame) -> None:
    """The name of each line beside its end, moved apart where two ends are close."""
    last = rows.filter(pl.col("year") == pl.col("year").max()).sort("index_2018")
    span = axes.get_ylim()[1] - axes.get_ylim()[0]
    end = float(last["year"][0])
    for row, place in zip(last.iter_rows(named=True), apart(last["index_2018"], span * 0.056), strict=True):
        text = tr("{name} : {index}").format(
            name=tr(NAMES[row["status"]]), index=typography.number(row["index_2018"], 1)
        )
        bold = "bold" if row["status"] == "kept" else "normal"
        axes.plot([end + 0.1, end + 0.4], [row["index_2018"], place], color=style.GRID, linewidth=0.6, clip_on=False)
        axes.text(end + 0.45, place, typography.spaced(text), fontsize=SIZE, va="center", weight=bold)


# --- words -------------------------------------------------------------------------------------------------


def _changes(rows: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """Change before and after the label of each group, as it is written."""
    first = rows.unique("status", keep="first", maintain_order=True)
    columns = first.select("status", "change_2014_2018_pct", "change_2018_2023_pct").iter_rows()
    return {name: (typography.signed(before), typography.signed(after)) for name, before, after in columns}


def _title(rows: pl.DataFrame) -> str:
    found = _changes(rows)
    text = tr(
        "Salariés du privé des communes labellisées aux deux phases : {before} de 2014 à 2018, {after} de 2018 à 2023 "
        "; des communes jamais labellisées : {others_before}, puis {others_after}"
    )
    (before, after), (others_before, others_after) = found["kept"], found[NEVER]
    return text.format(before=before, after=after, others_before=others_before, others_after=others_after)


def _alt(rows: pl.DataFrame) -> str:
    found = _changes(rows)
    part = tr("{name}, {before} de 2014 à 2018 et {after} de 2018 à 2023")
    parts = [part.format(name=tr(NAMES[one]), before=found[one][0], after=found[one][1]) for one in NAMES]
    text = tr("Courbes de l’indice des salariés du privé, 100 en 2018, par groupe de communes : {parts}.")
    return text.format(parts=typography.series(parts))
