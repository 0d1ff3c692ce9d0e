"""The envelopes all called "100 M€", told apart by who pays, for how long, a year or in all."""

from typing import Any

import matplotlib as mpl
import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.envelopes import amount, as_published
from analysis.charts.maps.lettering import measure
from analysis.charts.maps.marks import POINTS_PER_INCH, frame_size
from analysis.charts.register import chart
from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import N_, tr
from analysis.indicators.published import funders

WIDTH, ROW, HEAD, FOOT = 8.8, 0.36, 0.34, 0.30  # inches: the figure, a row, a heading's row, the axis
NAMES, TOTALS = 0.36, 0.155  # of the width: names on the left, totals on the right
SIZES, AROUND = (7.0, 6.5), 3.0  # points: of an amount in its band, the largest with that room around it
UNNAMED = N_("financeur non précisé")
SUBTITLE = N_(
    "Une bande : la période d’une enveloppe, coupée par année quand le montant est annuel. "
    "À droite : ce que cela fait en tout ; en italique, calculé ici."
)


@chart(cited="out_hundred_millions")
def hundred_millions(out_hundred_millions: pl.DataFrame, credit: str) -> Picture:
    """A row a claim on an axis of years, under a heading an envelope; the claim's total at the right.

    Takes out_hundred_millions. Widths are years: amounts are written, not drawn to scale.
    """
    rows = out_hundred_millions.sort("role", "envelope_rank", "producer", descending=[False, False, False])
    title = typography.spaced(_title(out_hundred_millions))
    heads = rows.get_column("envelope_rank").n_unique()
    figure = new_figure(WIDTH, ROW * rows.height + HEAD * heads + 2.1)
    with mpl.rc_context(style.RC):
        left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE))
        foot = FOOT / figure.get_figheight()
        axes = add_axes(figure, (left + NAMES, bottom + foot, width - NAMES - TOTALS, height - foot - 0.03))
        axes.set_xlim(*_span(out_hundred_millions))
        place = 0.0
        for _, group in rows.group_by("envelope_rank", maintain_order=True):
            place = _envelope(axes, place, group.to_dicts())
        _years(axes, out_hundred_millions, place)
    return Picture("hundred_millions", figure, title, typography.spaced(_alt(rows)), credit, rows)


def payer(row: dict[str, Any]) -> str:
    """The funder that the sentence names, or that it names none."""
    return funders(row["funder"]) if row["funder"] else tr(UNNAMED)


def years(row: dict[str, Any]) -> str:
    """`2019-2022`, or `2023` alone."""
    return f"{row['first_year']}" if row["years"] == 1 else typography.years(row["first_year"], row["last_year"])


def _envelope(axes: Axes, place: float, claims: list[dict[str, Any]]) -> float:
    """Heading and rows of one envelope; returns where the next one starts."""
    first = claims[0]
    heading = f"{payer(first)}, {years(first)}"
    if first["role"] == "instead":
        heading = tr("Montant révisé : {envelope}").format(envelope=heading)
    _text(axes, place, typography.capitalised(heading), weight="bold", fontsize=8.6)
    place += HEAD / ROW
    for row in claims:
        _band(axes, place, row)
        place += 1
    return place + 0.1


def _band(axes: Axes, place: float, row: dict[str, Any]) -> None:
    """The years of a claim, its source on the left, its total on the right."""
    colour = style.PHASE_COLOURS[row["phase"]]
    cells = range(row["first_year"], row["last_year"] + 1) if row["per_year"] else [row["first_year"]]
    size = 1 if row["per_year"] else row["years"]
    for start in cells:
        axes.barh(place, size, 0.72, start, color=colour, edgecolor=style.PAPER, linewidth=1.5)
        shown = typography.euros(row["amount_eur"]).replace(
            typography.HARD_SPACE, "\n" if size == 1 else typography.HARD_SPACE
        )
        axes.text(
            start + size / 2, place, shown, ha="center", va="center", fontsize=_fitting(axes, shown, size),
            linespacing=1.0, weight="bold", color=style.PAPER,
        )  # fmt: skip
    said = as_published(row)
    said = said if row["per_year"] else tr("{amount} en tout").format(amount=said)
    _text(axes, place - 0.19, said, fontsize=7.6)
    source = f"phase{typography.HARD_SPACE}{row['phase']} · {typography.typographic(row['producer'])}"
    _text(axes, place + 0.21, source, fontsize=6.8, color=style.INK_SOFT)
    axes.annotate(
        total(row), (1, place), (8, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
        va="center", fontsize=8, style="italic" if row["per_year"] else "normal", weight="bold",
    )  # fmt: skip


def _fitting(axes: Axes, text: str, years_wide: int) -> float:
    """The largest size in which a text stays inside a band of so many years."""
    first, last = axes.get_xlim()
    room = frame_size(axes)[0] * POINTS_PER_INCH * years_wide / (last - first) - AROUND
    return next((size for size in SIZES if measure(text, size, "bold")[0] <= room), SIZES[-1])


def total(row: dict[str, Any]) -> str:
    """What the claim makes in all, hedged as the claim is: `près de 400 M€`."""
    return interval(row | {"value_low": row["total_eur"], "value_high": row["total_eur"]}, typography.euros)


def _text(axes: Axes, place: float, text: str, **kwargs: Any) -> None:
    left = -NAMES / (1 - NAMES - TOTALS - 2 * 0.12 / WIDTH)
    axes.text(left, place, text, transform=axes.get_yaxis_transform(), va="center", **kwargs)


def _span(hundreds: pl.DataFrame) -> tuple[int, int]:
    """The ends of the axis: a year before the first band, a year after the last."""
    first, last = (hundreds.get_column(name).to_list() for name in ("first_year", "last_year"))
    return min(first) - 1, max(last) + 1


def _years(axes: Axes, hundreds: pl.DataFrame, rows: float) -> None:
    first, last = _span(hundreds)
    span = range(first, last + 1)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_xticks([year + 0.5 for year in span[:-1]], [str(year) for year in span[:-1]], fontsize=7.5)
    axes.set_yticks([])
    axes.tick_params(axis="x", length=0)
    for year in span:
        axes.axvline(year, color=style.GRID, linewidth=0.6, zorder=0)
    axes.spines["left"].set_visible(False)


def _title(hundreds: pl.DataFrame) -> str:
    same = hundreds.filter(role="hundred")
    totals = same.get_column("total_eur").unique().sort().to_list()
    different = typography.counted(
        same.get_column("envelope_rank").n_unique(), "enveloppe différente", "enveloppes différentes"
    )
    text = tr("« 100 M€ » désigne {envelopes}, de {least} à {most} en tout")
    return text.format(envelopes=different, least=typography.euros(totals[0]), most=typography.euros(totals[-1]))


def _alt(rows: pl.DataFrame) -> str:
    said = [
        f"{payer(row)}, {years(row)}, {amount(row)} ({typography.typographic(row['producer'])})"
        for row in rows.iter_rows(named=True)
    ]
    text = tr("Frise des enveloppes annoncées comme 100 M€, et de celle qui les remplace : {parts}.")
    return text.format(parts=typography.series(said))
