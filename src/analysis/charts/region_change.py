"""Each region's balance between the phases: the share of its inhabitants that stays, leaves and enters."""

from typing import Any, Final, TypeAlias

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.maps import ground
from analysis.charts.register import COUNTED, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.registry.phases import STATUS_WORDS
from analysis.tables.codes import FRANCE, STATUSES

NAME: Final = "region_change"
WIDTH, HEIGHT = 7.5, 6.9
NAMES: Final = 0.24  # of the width, for the regions' names
TALL: Final = 0.62  # of a row, a bar
LEAST: Final = 0.05  # per cent: less is not written
BEFORE, AFTER = 16, 24  # per cent, for values beside the bars
SUBTITLE: Final = N_(
    "Part des habitants de chaque région : à gauche du trait, sortis du programme ; à droite, restés puis entrés. "
    "Régions classées selon le solde des entrées et des sorties."
)
Row: TypeAlias = dict[str, Any]


@chart(sources=COUNTED)
def region_change(out_region_change: pl.DataFrame, credit: str) -> Picture:
    """One row of bars a region, left of zero what left, right of it what stayed and what entered.

    Takes out_region_change.
    """
    rows = balance(out_region_change)
    title = typography.spaced(_title(rows))
    figure = new_figure(WIDTH, HEIGHT)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
    axes = add_axes(figure, (left + NAMES * width, bottom + 0.085, (1 - NAMES) * width, height - 0.125))
    _bars(axes, rows)
    _legend(figure, (left, bottom, width, 0.05))
    return Picture(NAME, figure, title, typography.spaced(_alt(rows)), credit, rows)


def balance(regions: pl.DataFrame) -> pl.DataFrame:
    """One row a region, the largest gain first: the share kept, left and entered, and the gain; France comes last."""
    shares = regions.pivot(on="status", index=["region_code", "region_name"], values="population_share_pct")
    return (
        shares.select("region_code", "region_name", *STATUSES)
        .with_columns(gain=(pl.col("entered") - pl.col("left")).round(4), last=pl.col("region_code") == FRANCE)
        .sort("last", "gain", "region_name", descending=[False, True, False])
        .drop("last")
        .rename({one: f"{one}_share_pct" for one in STATUSES} | {"gain": "gain_share_pct"})
    )


def _bars(axes: Axes, rows: pl.DataFrame) -> None:
    places = [place + (0.5 if row["region_code"] == FRANCE else 0.0) for place, row in _numbered(rows)]
    for place, (_, row) in zip(places, _numbered(rows), strict=True):
        kept, left, entered = (row[f"{one}_share_pct"] for one in STATUSES)
        for status, start, length in (("left", -left, left), ("kept", 0.0, kept), ("entered", kept, entered)):
            drawing.bar(axes, place, start, length, TALL, style.STATUS_LOOKS[status])
        _values(axes, place, kept, left, entered)
    most = float(rows.get_column("left_share_pct").max())  # type: ignore[arg-type]
    ticks = range(-25 * int(most // 25), 101, 25)
    written = {tick: typography.percent(abs(tick), 0) for tick in ticks}
    drawing.scale(axes, (-most - BEFORE, 100 + AFTER), places[-1] + 0.6, written)
    drawing.on_top(axes)
    names = [typography.typographic(name) for name in rows.get_column("region_name")]
    axes.set_yticks(places, names, fontsize=8.5)
    axes.get_yticklabels()[-1].set_fontweight("bold")
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=4)


def _numbered(rows: pl.DataFrame) -> list[tuple[int, Row]]:
    return list(enumerate(rows.iter_rows(named=True)))


def _values(axes: Axes, place: float, kept: float, left: float, entered: float) -> None:
    """The share that left before its bar, the shares that stayed and entered after theirs."""
    look: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": 7.2, "zorder": 5}
    if left >= LEAST:
        axes.annotate(typography.percent(left), (-left, place), (-3, 0), ha="right", **look)
    stays = typography.percent(kept) if kept >= LEAST else ""
    enters = tr("+\u202f{share}").format(share=typography.percent(entered)) if entered >= LEAST else ""
    axes.annotate(f"{stays} {enters}".strip(), (kept + entered, place), (3, 0), ha="left", **look)


def _legend(figure: Figure, frame: tuple[float, float, float, float]) -> None:
    handles = [ground.swatch(style.STATUS_LOOKS[one]) for one in ("left", "kept", "entered")]
    words = {
        one: (typography.capitalised(tr(STATUS_WORDS[one].many)), tr(STATUS_WORDS[one].meaning)) for one in STATUSES
    }
    names = [
        tr("{subject} : {what}").format(subject=word, what=meaning)
        for word, meaning in (words[one] for one in ("left", "kept", "entered"))
    ]
    figure.legend(
        handles, list(map(typography.spaced, names)), loc="lower left", bbox_to_anchor=frame[:2], ncols=1,
        frameon=False, fontsize=7.5, borderpad=0, borderaxespad=0,
    )  # fmt: skip


# --- words -------------------------------------------------------------------------------------------------


def _title(rows: pl.DataFrame) -> str:
    regions = rows.filter(pl.col("region_code") != FRANCE)
    gain = regions.filter(pl.col("gain_share_pct") > 0).height
    lose = regions.filter(pl.col("gain_share_pct") < 0).get_column("region_name").to_list()
    if len(lose) > 1:
        text = tr("{gain} régions sur {count} gagnent des habitants dans le programme ; {losers} en perdent")
    elif lose:
        text = tr("{gain} régions sur {count} gagnent des habitants dans le programme ; {losers} en perd")
    else:
        text = tr("{gain} régions sur {count} gagnent des habitants dans le programme")
    return text.format(gain=gain, count=regions.height, losers=typography.listed(lose) if lose else "")


def _alt(rows: pl.DataFrame) -> str:
    parts = [
        f"{row['region_name']}, " + ", ".join(
            f"{typography.percent(row[f'{one}_share_pct'])} {tr(STATUS_WORDS[one].many)}"
            for one in ("left", "kept", "entered")
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    text = tr("Part des habitants de chaque région sortis du programme, restés et entrés : {parts}.")
    return typography.typographic(text.format(parts=typography.series(parts)))
