"""Which programmes overlap: a matrix with the share of the inhabitants of one whose commune is in the other too."""

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import COUNTED, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.indicators.programme_overlap import OWN

WIDTH, ROW, AROUND = 7.6, 0.5, 1.9  # inches
SIZE: Final = 8.5
SHADES: Final = tuple(zip((10, 25, 50, 75, 101), style.AMOUNTS, strict=True))  # below which share, which colour
LINE: Final = 13  # letters of a heading before it goes on below
SUBTITLE = N_(
    "Part des habitants du programme de la ligne dont la commune est aussi dans celui de la colonne ; entre "
    "parenthèses, les communes de chaque programme"
)


@chart(sources=COUNTED, cited="out_programme_overlap")
def programme_overlap(out_programme_overlap: pl.DataFrame, credit: str) -> Picture:
    """A row a programme, a column a programme, darker where more of its inhabitants are in both."""
    rows = ordered(out_programme_overlap)
    names = rows.filter(pl.col("programme") == pl.col("other"))
    title = typography.spaced(_title(rows))
    figure = new_figure(WIDTH, ROW * names.height + AROUND)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
    head = 0.6 / figure.get_figheight()
    axes = add_axes(figure, (left + 0.31 * width, bottom + 0.02, 0.69 * width, height - head - 0.03))
    axes.set(xlim=(0, names.height), ylim=(names.height, 0))
    axes.spines[:].set_visible(False)
    codes = names["programme"].to_list()
    for row in rows.iter_rows(named=True):
        _cell(axes, codes.index(row["other"]), codes.index(row["programme"]), row)
    _headings(axes, [tr(one) for one in names["title"]], names["commune_count"].to_list())
    return Picture("programme_overlap", figure, title, typography.spaced(_alt(rows)), credit, rows)


def ordered(overlaps: pl.DataFrame) -> pl.DataFrame:
    """The rows, phases first, then the programmes with most communes."""
    sizes = overlaps.filter(pl.col("programme") == pl.col("other")).select(
        "programme", size=pl.when(is_list("programme")).then("commune_count")
    )
    ranked = sizes.sort("size", "programme", descending=[True, False], nulls_last=False).with_row_index("rank")
    places = ranked.select("programme", "rank")
    both = overlaps.join(places, on="programme").join(
        places.rename({"programme": "other", "rank": "other_rank"}), on="other"
    )
    return both.sort("rank", "other_rank").drop("rank", "other_rank")


def other_lists(overlaps: pl.DataFrame) -> dict[str, str]:
    """Titles (French) of the programmes that are lists of the layers, in the order of the rows."""
    told = overlaps.filter(is_list("programme")).select("programme", "title").unique(maintain_order=True)
    return dict(told.iter_rows())


def is_list(column: str) -> pl.Expr:
    """Whether a column names a list of the layers, not a phase."""
    return ~pl.col(column).is_in(list(OWN.values()))


def _cell(axes: Axes, column: int, line: int, row: dict[str, Any]) -> None:
    own, value = row["programme"] == row["other"], float(row["population_share_pct"])
    colour = style.GROUND if own else next(shade for below, shade in SHADES if value < below)
    axes.add_patch(Rectangle((column + 0.02, line + 0.03), 0.96, 0.94, facecolor=colour, edgecolor="none"))
    dark = not own and value >= SHADES[-3][0]
    text = "–" if own else typography.percent(value)
    ink = style.PAPER if dark else style.INK
    axes.text(column + 0.5, line + 0.5, text, ha="center", va="center", fontsize=SIZE, color=ink)


def _headings(axes: Axes, names: Sequence[str], counts: Sequence[int]) -> None:
    axes.set_yticks([rank + 0.5 for rank in range(len(names))], [
        typography.spaced(f"{textwrap.fill(name, 30)} ({typography.number(count)})")
        for name, count in zip(names, counts, strict=True)
    ], fontsize=SIZE)  # fmt: skip
    above = [textwrap.fill(typography.spaced(one), LINE, break_long_words=False) for one in names]
    axes.set_xticks([rank + 0.5 for rank in range(len(names))], above, fontsize=SIZE - 0.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)


# --- words -------------------------------------------------------------------------------------------------


def _share(rows: pl.DataFrame, programme: str, other: str) -> float:
    return float(rows.filter(programme=programme, other=other).item(0, "population_share_pct"))


def _most(rows: pl.DataFrame) -> dict[str, Any]:
    """The programme of the layers that most inhabitants of phase two have too."""
    found = rows.filter(is_list("other"), programme=OWN[2])
    return found.sort("population_share_pct", "other", descending=[True, False]).row(0, named=True)


def _title(rows: pl.DataFrame) -> str:
    most = _most(rows)
    name = rows.filter(programme=most["other"]).item(0, "title")
    text = tr("{share} des habitants de la phase 2 vivent dans une commune de la liste « {programme} »")
    return text.format(share=typography.percent(most["population_share_pct"]), programme=tr(name))


def _alt(rows: pl.DataFrame) -> str:
    parts = [
        tr("{programme}, {share} de ses habitants dans la phase 2").format(
            programme=tr(title), share=typography.percent(_share(rows, code, OWN[2]))
        )
        for code, title in other_lists(rows).items()
    ]
    return tr("Matrice des programmes qui se recoupent : {parts}.").format(parts=typography.series(parts))
