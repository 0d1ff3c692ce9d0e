"""Industry in the employment of the members of phase two, and of the other intercommunalities: two distributions."""

from typing import Final

import numpy as np
import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import LISTS, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr

WIDTH, HEIGHT = 7.6, 4.9
BIN: Final = 2.5  # per cent of employment
SIZE: Final = 8.5
GROUPS: Final = {
    "members": (N_("Membres de la phase\u00a02"), style.Look(style.ENTERED)),
    "others": (N_("Autres intercommunalités"), style.Look(style.GROUND, line=style.BORDER_SOFT)),
}
SUBTITLE = N_(
    "Part des intercommunalités de chaque groupe, selon la part de l’industrie dans leur emploi au lieu de travail "
    "(recensement de 2022)"
)


@chart(sources=(*LISTS, "insee-census-employment-2022"))
def industry_share(out_industry_share: pl.DataFrame, credit: str) -> Picture:
    """Two histograms on one scale, members of phase two above the other intercommunalities, each with its median."""
    rows = grouped(out_industry_share)
    counts = binned(rows)
    middles = {name: float(rows.filter(group=name)["industry_share_pct"].median() or 0) for name in GROUPS}  # type: ignore[arg-type]
    title = typography.spaced(_title(middles))
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
    half = (height - 0.13) / 2
    for rank, name in enumerate(GROUPS):
        place = (left + 0.065, bottom + 0.09 + (1 - rank) * (half + 0.03), width - 0.085, half)
        axes = add_axes(figure, place)
        _bars(axes, counts.filter(group=name), name, middles[name], float(counts["share_pct"].max() or 0))  # type: ignore[arg-type]
        axes.tick_params(labelbottom=rank == 1)
    return Picture("industry_share", figure, title, typography.spaced(_alt(rows, middles)), credit, counts)


def grouped(shares: pl.DataFrame) -> pl.DataFrame:
    """With `group`: members of phase two (those that stayed and entered), or the others."""
    inside = pl.col("status").is_in(["kept", "entered"])
    return shares.with_columns(group=pl.when(inside).then(pl.lit("members")).otherwise(pl.lit("others")))


def binned(rows: pl.DataFrame) -> pl.DataFrame:
    """Columns group, from_pct, to_pct, count, share_pct: one row a bar, empty ones between others included."""
    last = int(np.ceil(float(rows["industry_share_pct"].max() or BIN) / BIN))  # type: ignore[arg-type]
    made = []
    for name in GROUPS:
        values = rows.filter(group=name)["industry_share_pct"].to_numpy()
        counts, edges = np.histogram(values, bins=np.arange(last + 1) * BIN)
        whole = max(len(values), 1)
        made += [
            (name, low, low + BIN, int(one), 100 * one / whole) for one, low in zip(counts, edges[:-1], strict=True)
        ]
    return pl.DataFrame(made, schema=["group", "from_pct", "to_pct", "count", "share_pct"], orient="row")


def _bars(axes: Axes, counts: pl.DataFrame, name: str, middle: float, most: float) -> None:
    word, look = GROUPS[name]
    axes.bar(
        counts["from_pct"].to_list(), counts["share_pct"].to_list(), BIN, align="edge", color=look.face,
        edgecolor=look.line, linewidth=0.6, zorder=3,
    )  # fmt: skip
    end, top = float(counts["to_pct"].max() or BIN), most * 1.18  # type: ignore[arg-type]
    axes.set(xlim=(0, end), ylim=(0, top))
    ticks, heights = range(0, int(end) + 1, 10), range(0, int(top) + 1, 10)
    axes.set_xticks(ticks, [typography.percent(one, 0) for one in ticks], fontsize=SIZE)
    axes.set_yticks(heights, [typography.percent(one, 0) for one in heights], fontsize=SIZE)
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.axvline(middle, color=style.INK, linewidth=1.2, zorder=4)
    told = typography.spaced(tr("médiane : {share}").format(share=typography.percent(middle)))
    axes.text(middle + 0.5, top * 0.98, told, fontsize=SIZE, va="top", zorder=5)
    count = typography.number(int(counts["count"].sum()))
    label = typography.spaced(tr("{group} ({count})").format(group=tr(word), count=count))
    axes.text(end, top * 0.98, label, fontsize=SIZE + 0.5, weight="bold", ha="right", va="top")


# --- words -------------------------------------------------------------------------------------------------


def _title(middles: dict[str, float]) -> str:
    text = tr("Part médiane de l’industrie dans l’emploi : {members} chez les membres de la phase 2, {others} ailleurs")
    return text.format(**{name: typography.percent(one) for name, one in middles.items()})


def _alt(rows: pl.DataFrame, middles: dict[str, float]) -> str:
    parts = []
    for name, (word, _) in GROUPS.items():
        quarters = [float(rows.filter(group=name)["industry_share_pct"].quantile(one) or 0) for one in (0.25, 0.75)]
        part = tr("{group}, médiane {middle}, la moitié entre {low} et {high}")
        low, high = map(typography.percent, quarters)
        parts.append(part.format(group=tr(word), middle=typography.percent(middles[name]), low=low, high=high))
    text = tr("Deux histogrammes de la part de l’industrie dans l’emploi des intercommunalités : {parts}.")
    return text.format(parts=typography.series(parts))
