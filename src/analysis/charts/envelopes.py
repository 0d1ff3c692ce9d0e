"""Money of the programme: announced, committed, paid, and the funds beside it; by whom, when, who says so."""

from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture
from analysis.charts.drawing.rows import Layout, Rows, in_rows
from analysis.charts.register import chart
from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import when
from analysis.indicators.envelopes import funders
from analysis.tables.codes import PHASES

LAYOUT = Layout(row=0.335, head=0.30, around=2.4, names=0.375, foot=0.35)
STEPS = {
    "announced": N_("Annoncé"),
    "committed": N_("Engagé"),
    "paid": N_("Payé"),
    "related": N_("Fonds et crédits liés"),
}
CONCEPTS = {
    "envelope": N_("enveloppe"),
    "committed": "",
    "paid": "",
    "investment_fund": N_("fonds d’accélération des investissements"),
    "engineering_credits": N_("crédits d’ingénierie"),
}
SUBTITLE = N_(
    "À gauche : l’objet, le financeur quand la source le nomme, la phase ; puis la date ou la période, et la source. "
    "Hachuré : total calculé ici d’un montant annuel, une case par an."
)
TICK_EUR = 500e6


@chart(cited="out_envelopes")
def envelopes(out_envelopes: pl.DataFrame, credit: str) -> Picture:
    """Horizontal bars from zero on one linear scale of euros, grouped by step; colour and words tell the phase.

    Takes out_envelopes. A yearly amount is drawn as the hatched sum of its years, with the sum written out.
    """
    rows = ordered(out_envelopes)
    title = typography.spaced(_title(out_envelopes))
    steps = rows.get_column("step").n_unique()
    drawn = in_rows(LAYOUT, rows.height, steps, title, credit, tr(SUBTITLE))
    end = drawn.grouped(rows, "step", lambda row: tr(STEPS[row["step"]]), _bar)
    _scale(drawn.axes, float(rows.get_column("drawn_eur").max()), end)  # type: ignore[arg-type]
    return Picture("envelopes", drawn.figure, title, typography.spaced(_alt(rows)), credit, rows)


def ordered(envelopes: pl.DataFrame) -> pl.DataFrame:
    """Rows by step, phase, then time, with `drawn_eur`: the total of the period, or the amount where none is known."""
    steps = pl.col("step").replace_strict({step: rank for rank, step in enumerate(STEPS)})
    drawn = envelopes.with_columns(drawn_eur=pl.coalesce("total_eur", "amount_eur"))
    return drawn.sort(steps, "phase", pl.col("as_of").str.split("/").list.last(), "claim_id")


def amount(row: dict[str, Any]) -> str:
    """`plus de 260 M€`, `100 M€ par an, soit 400 M€ en 4 ans`: as published, then as computed."""
    if not row["per_year"] or (row["years"] or 1) == 1:
        return as_published(row)
    whole = tr("{amount} par an, soit {total} en {years}\u00a0ans")
    said, total = (_hedged(row, row[one]) for one in ("amount_eur", "total_eur"))
    return whole.format(amount=said, total=total, years=row["years"])


def as_published(row: dict[str, Any]) -> str:
    """`plus de 260 M€`, `100 M€ par an`."""
    said = _hedged(row, row["amount_eur"])
    return tr("{amount} par an").format(amount=said) if row["per_year"] else said


def _hedged(row: dict[str, Any], amount_eur: float) -> str:
    return interval(row | {"value_low": amount_eur, "value_high": amount_eur}, typography.euros)


def _bar(drawn: Rows, place: float, row: dict[str, Any]) -> None:
    axes, colour = drawn.axes, style.PHASE_COLOURS[row["phase"]]
    if row["per_year"]:
        for year in range(row["years"] or 1):
            axes.barh(
                place, row["amount_eur"], 0.6, row["amount_eur"] * year,
                facecolor=style.PAPER, edgecolor=colour, hatch="/////", linewidth=1,
            )  # fmt: skip
    else:
        axes.barh(place, row["amount_eur"], 0.6, color=colour)
    axes.annotate(
        amount(row), (row["drawn_eur"], place), (5, 0), textcoords="offset points",
        va="center", fontsize=8, weight="bold", color=style.INK, bbox=drawing.BEHIND,
    )  # fmt: skip
    drawn.named(place, what(row), f"{when(row['as_of'])} · {typography.typographic(row['producer'])}")


def what(row: dict[str, Any]) -> str:
    """What is paid, by whom, in which phase: `enveloppe (Banque des Territoires), phase 1`."""
    named = tr(CONCEPTS[row["concept"]]) + (f" ({funders(row['funder'])})" if row["funder"] else "")
    return ", ".join(part for part in (named, f"phase{typography.HARD_SPACE}{row['phase']}") if part)


def _scale(axes: Axes, largest: float, rows: float) -> None:
    ticks = [step * TICK_EUR for step in range(int(largest // TICK_EUR) + 1)]
    written = {tick: typography.euros(tick) if tick else "0" for tick in ticks}
    drawing.scale(axes, (0, 1.42 * largest), rows - 0.4, written)
    axes.spines["bottom"].set_visible(False)
    handles = [Patch(color=style.PHASE_COLOURS[phase], label=typography.phase_name(phase)) for phase in PHASES]
    drawing.legend(axes, handles)


def _title(envelopes: pl.DataFrame) -> str:
    """What was paid of what was committed, when one source gives both for one period."""
    key = ["source_id", "phase", "as_of"]
    paid = envelopes.filter(step="paid").select(*key, paid="amount_eur")
    both = envelopes.filter(step="committed").join(paid, on=key).sort("amount_eur", descending=True)
    if both.is_empty():
        several = tr("Montants publiés du programme : {count} chiffres, de sens et de périodes différents")
        return several.format(count=envelopes.height)
    row = both.row(0, named=True)
    share = typography.percent(100 * row["paid"] / row["amount_eur"], 0)
    text = tr("Phase\u00a0{phase}, {when} : {committed} engagés, {paid} payés, soit {share}")
    sums = {"committed": typography.euros(row["amount_eur"]), "paid": typography.euros(row["paid"])}
    return text.format(phase=row["phase"], when=when(row["as_of"]), share=share, **sums)


def _alt(rows: pl.DataFrame) -> str:
    one = tr("{step}, {what} : {amount} ({producer}, {when})")
    said = [
        one.format(
            step=tr(STEPS[row["step"]]).lower(), what=what(row), amount=amount(row),
            producer=typography.typographic(row["producer"]), when=when(row["as_of"]),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    return tr("Diagramme en barres des montants publiés : {parts}.").format(parts=typography.series(said))
