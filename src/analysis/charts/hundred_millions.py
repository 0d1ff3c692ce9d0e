"""The envelopes all called "100 M€", told apart by who pays, for how long, a year or in all."""

from typing import Any

import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture
from analysis.charts.drawing.rows import Layout, Rows, in_rows
from analysis.charts.envelopes import amount, as_published
from analysis.charts.maps.lettering import measure
from analysis.charts.maps.marks import POINTS_PER_INCH, frame_size
from analysis.charts.register import chart
from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import N_, tr
from analysis.indicators.envelopes import funders

LAYOUT = Layout(
    row=0.36, head=0.34, around=2.1, names=0.36, values=0.155, foot=0.30, above=0.03, gap=0.1, size=8.6
)  # fmt: skip
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
    drawn = in_rows(LAYOUT, rows.height, heads, title, credit, tr(SUBTITLE))
    drawn.axes.set_xlim(*_span(out_hundred_millions))
    end = drawn.grouped(rows, "envelope_rank", _heading, _band)
    _years(drawn.axes, out_hundred_millions, end)
    return Picture("hundred_millions", drawn.figure, title, typography.spaced(_alt(rows)), credit, rows)


def payer(row: dict[str, Any]) -> str:
    """The funder that the sentence names, or that it names none."""
    return funders(row["funder"]) if row["funder"] else tr(UNNAMED)


def years(row: dict[str, Any]) -> str:
    """`2019-2022`, or `2023` alone."""
    return f"{row['first_year']}" if row["years"] == 1 else typography.years(row["first_year"], row["last_year"])


def _heading(first: dict[str, Any]) -> str:
    """Who pays an envelope, and when, by its first claim."""
    told = tr("Montant révisé : {envelope}") if first["role"] == "instead" else "{envelope}"
    return typography.capitalised(told.format(envelope=f"{payer(first)}, {years(first)}"))


def _band(drawn: Rows, place: float, row: dict[str, Any]) -> None:
    """The years of a claim, its source on the left, its total on the right."""
    axes, colour = drawn.axes, style.PHASE_COLOURS[row["phase"]]
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
    drawn.named(place, said, f"phase{typography.HARD_SPACE}{row['phase']} · {typography.typographic(row['producer'])}")
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


def _span(hundreds: pl.DataFrame) -> tuple[int, int]:
    """The ends of the axis: a year before the first band, a year after the last."""
    first, last = (hundreds.get_column(name).to_list() for name in ("first_year", "last_year"))
    return min(first) - 1, max(last) + 1


def _years(axes: Axes, hundreds: pl.DataFrame, rows: float) -> None:
    first, last = _span(hundreds)
    span = range(first, last + 1)
    drawing.scale(axes, (first, last), rows - 0.4, {year + 0.5: str(year) for year in span[:-1]}, grid=False)
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
