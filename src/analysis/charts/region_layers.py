"""What the context layers tell of a region's territories, among all those of France: a row a column."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import LISTS, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.i18n.measures import CHANGED, written
from analysis.registry.contracts import region_name
from analysis.tables.codes import ALL_GROUND, COUNTRY, FRANCE

WIDTH: Final = 8.0
ROW, HEAD, FOOT = 0.75, 1.0, 0.9  # inches of a row, of what is above the rows, and under them
SIZE: Final = 8.5
SUBTITLE = N_(
    "Un point : un territoire de la région en phase {phase}. En gris, les territoires de France : la moitié du milieu "
    "en foncé, huit sur dix en clair, un trait blanc à la médiane. Chaque ligne a son échelle."
)
BAND, CORE = style.SPREAD


def _shown(layer_values: pl.DataFrame, layer_spread: pl.DataFrame) -> pl.DataFrame:
    """The columns that are compared, in the order of the declarations."""
    return layer_values.join(layer_spread.select("column").unique(), on="column", how="semi").sort("place")


@chart(sources=LISTS, cited=_shown)
def region_layers(
    layer_values: pl.DataFrame,
    layer_spread: pl.DataFrame,
    out_region_coverage: pl.DataFrame,
    core_territories: pl.DataFrame,
    region_code: str,
    phase: int,
    credit: str,
) -> Picture:
    """A row a column: the region's territories as dots over the spread of all of France's; the wholes as marks."""
    rows = _rows(_shown(layer_values, layer_spread), core_territories, region_code, phase)
    columns = rows.unique("column", maintain_order=True).to_dicts()
    place = region_name(out_region_coverage, region_code)
    title = typography.shown(tr("{region}, phase {phase} : ses territoires dans les couches de contexte").format(
        region=place, phase=phase))  # fmt: skip
    figure = new_figure(WIDTH, HEAD + FOOT + ROW * len(columns))
    left, bottom, width, height = compose(figure, title, credit, typography.spaced(tr(SUBTITLE).format(phase=phase)))
    foot = 0.3 / figure.get_size_inches()[1]
    tall = (height - foot) / len(columns)
    spread = layer_spread.filter(phase=phase)
    for number, column in enumerate(columns):
        low = bottom + height - (number + 1) * tall
        axes = add_axes(figure, (left + 0.36, low + 0.42 * tall, width - 0.40, 0.42 * tall))
        _row(axes, column, rows.filter(column=column["column"]), spread.filter(column=column["column"]), phase)
    _key(figure, (left, bottom), phase, place)
    name = f"region_layers_{region_code}_phase{phase}"
    return Picture(name, figure, title, typography.shown(_alt(rows, columns, place)), credit, rows)


def _rows(values: pl.DataFrame, core_territories: pl.DataFrame, region_code: str, phase: int) -> pl.DataFrame:
    """Values of the region's territories (named), of its whole and of France, by column."""
    own = core_territories.filter(phase=phase, region_code=region_code).select("name", code="territory_id")
    territories = values.filter(phase=phase, level="territory").join(own, on="code")
    whole = values.filter(pl.col("code").is_in([region_code, FRANCE]), pl.col("level") != "territory", phase=ALL_GROUND)
    kept = ("column", "title", "kind", "since", "until", "place", "level", "code", "name", "value")
    both = pl.concat([territories, whole.with_columns(name=pl.lit(None, pl.String))], how="diagonal")
    return both.select(kept).sort("place", "level", "value", "code").drop("place")


def _row(axes: Axes, column: Mapping[str, Any], rows: pl.DataFrame, spread: pl.DataFrame, phase: int) -> None:
    """One scale: the spread of France's territories as two bars, the region's as dots, two marks for the wholes."""
    found = spread.to_dicts()[0] if spread.height else {}
    if found:
        axes.barh(0, found["p90"] - found["p10"], 0.9, found["p10"], color=BAND, zorder=1)
        axes.barh(0, found["p75"] - found["p25"], 0.9, found["p25"], color=CORE, zorder=2)
        axes.plot([found["p50"]] * 2, [-0.45, 0.45], color=style.PAPER, linewidth=1.6, zorder=3)
    wholes = rows.filter(pl.col("level") != "territory").drop_nulls("value")
    for level, value in wholes.select("level", "value").iter_rows():
        axes.plot([value] * 2, [-0.8, 0.8], zorder=4, solid_capstyle="butt", **_whole(level))
    dots = rows.filter(level="territory").drop_nulls("value")
    axes.scatter(dots["value"], [0] * dots.height, 34, marker=style.PHASE_MARKERS[phase], zorder=5, alpha=0.85,
                 facecolor=style.PHASE_COLOURS[phase], edgecolor=style.PAPER, linewidth=0.7)  # fmt: skip
    _scale(axes, column, [*rows["value"].drop_nulls(), *(found[one] for one in ("p10", "p90") if found)])
    title = typography.shown(_named(column))
    axes.text(-0.035, 0.5, title, transform=axes.transAxes, ha="right", va="center", fontsize=SIZE, linespacing=1.15)
    if dots.is_empty():
        axes.text(0.02, 0.9, tr("non publié"), transform=axes.transAxes, fontsize=SIZE, color=style.INK_SOFT)


def _scale(axes: Axes, column: Mapping[str, Any], found: list[float]) -> None:
    low, high = min(found, default=0), max(found, default=1)
    room = 0.04 * (high - low or 1)
    axes.set(xlim=(low - room, high + room), ylim=(-1, 1), yticks=[])
    ticks = [one for one in MaxNLocator(5, integer=True).tick_values(low, high) if low - room <= one <= high + room]
    axes.set_xticks(ticks, [written(column["kind"], one, 0) for one in ticks])
    axes.tick_params(axis="x", labelsize=7.5)
    axes.spines["left"].set_visible(False)
    if low < 0 < high:
        axes.axvline(0, color=style.BORDER_SOFT, linewidth=0.8, zorder=1)


def _whole(level: str) -> dict[str, Any]:
    """How the value of the whole region, or of France, is marked."""
    look: dict[str, Any] = {"color": style.INK, "linewidth": 2}
    return look if level == "region" else {"color": style.INK_SOFT, "linewidth": 1.4, "linestyle": (0, (1.5, 1))}


def _named(column: Mapping[str, Any]) -> str:
    """Title and year, in two lines."""
    title = tr(column["title"])
    if column["kind"] == CHANGED:
        years = typography.years(column["since"], column["until"])
        return tr("{title},\névolution {years}").format(title=title, years=years)
    text = tr("{title},\npart des habitants, {year}") if column["kind"] == "flag" else "{title},\n{year}"
    return text.format(title=title, year=column["until"])


def _key(figure: Figure, place: tuple[float, float], phase: int, region: str) -> None:
    dot = Line2D([], [], linestyle="", marker=style.PHASE_MARKERS[phase], color=style.PHASE_COLOURS[phase],
                 label=tr("territoire de la région"))  # fmt: skip
    wholes = [
        Line2D([], [], **_whole(level), label=label)
        for level, label in (
            ("region", tr("{region}, en entier").format(region=typography.typographic(region))),
            ("country", COUNTRY),
        )
    ]
    bands = [Patch(color=CORE, label=tr("territoires de France"))]
    figure.legend(handles=[dot, *wholes, *bands], loc="lower left", bbox_to_anchor=place, ncols=4, fontsize=8,
                  frameon=False, columnspacing=1.4)  # fmt: skip


def _alt(rows: pl.DataFrame, columns: list[dict[str, Any]], place: str) -> str:
    """The least and the largest value of each row."""
    parts = []
    for one in columns:
        own = rows.filter(column=one["column"], level="territory").drop_nulls("value")["value"].sort().to_list()
        what = _named(one).replace("\n", " ")
        ends = {"least": written(one["kind"], own[0]), "most": written(one["kind"], own[-1])} if own else {}
        said = tr("{what} : de {least} à {most}") if own else tr("{what} : non publié")
        parts.append(said.format(what=what, **ends))
    text = tr("Points des territoires de {region} sur la répartition de ceux de France : {parts}.")
    return text.format(region=place, parts=typography.series(parts))
