"""Published figures that the lists or another source contradict, or that have changed since, by date."""

from typing import Any

import polars as pl
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture
from analysis.charts.drawing.rows import Layout, Rows, in_rows
from analysis.charts.register import COUNTED, chart
from analysis.charts.verdicts import MARKS, PLURALS
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.ledger import VERDICTS

LAYOUT = Layout(row=0.37, head=0.30, around=2.0, names=0.385, values=0.235, foot=0.42, above=0.01)
SHOWN = ("contradicted", "superseded")
NOUNS = {
    "contradicted": (N_("chiffre contredit"), N_("chiffres contredits")),
    "superseded": (N_("chiffre dépassé"), N_("chiffres dépassés")),
}
SUBTITLE = N_(
    "Chiffres contredits ou dépassés, par date de publication. Au milieu : l’écart du chiffre publié à la valeur que "
    "donnent les listes, un compte ou une autre source ; à droite : les deux valeurs."
)


@chart(sources=COUNTED, cited="judged")
def contradictions(judged: pl.DataFrame, credit: str) -> Picture:
    """A row a figure by date of its source: how far it is from the value it was confronted with, and both in words.

    Takes the ledger as readers see it. A cross is contradicted, a diamond
    superseded.
    """
    rows = departures(judged)
    title = typography.spaced(_title(rows))
    years = rows.get_column("year").n_unique()
    drawn = in_rows(LAYOUT, rows.height, years, title, credit, tr(SUBTITLE))
    end = drawn.grouped(rows, "year", lambda row: row["year"], _row)
    _scale(drawn.axes, rows, end)
    return Picture("contradictions", drawn.figure, title, typography.spaced(_alt(rows)), credit, rows)


def departures(ledger: pl.DataFrame) -> pl.DataFrame:
    """Contradicted and superseded figures by date of the source, with `year`, `published_value` and `gap_pct`.

    `gap_pct` is null where no value was computed.
    """
    value = pl.coalesce("value_low", "value_high")
    return (
        ledger.filter(pl.col("verdict").is_in(SHOWN))
        .with_columns(year=pl.col("published").str.slice(0, 4), published_value=value)
        .with_columns(gap_pct=(100 * (value / pl.col("registry_value") - 1)).round(4))
        .sort("published", "claim_id")
        .select(
            "claim_id", "source_id", "producer", "published", "year", "concept_label", "place", "phase", "verdict",
            "published_value", "said", "registry_value", "computed", "gap_pct", "reason",
        )
    )  # fmt: skip


def _row(drawn: Rows, place: float, row: dict[str, Any]) -> None:
    """What is counted, by whom and when; the gap as a line to a mark; both values."""
    axes, colour, gap = drawn.axes, style.VERDICT_COLOURS[row["verdict"]], row["gap_pct"]
    source = f"{typography.typographic(row['producer'])}, {typography.date(row['published'])}"
    drawn.named(place, typography.spaced(_counted(row)), typography.spaced(source), 7.8)
    if gap is not None:
        axes.plot([0, gap], [place, place], color=colour, linewidth=2, solid_capstyle="butt", zorder=2)
        axes.scatter([gap], [place], 46, color=colour, marker=MARKS[row["verdict"]], zorder=3, linewidth=0)
    across = axes.get_yaxis_transform()
    said = tr("publié {said}").format(said=row["said"])
    axes.text(1.04, place - 0.19, said, transform=across, va="center", fontsize=7.6, weight="bold")
    axes.text(1.04, place + 0.21, _confronted(row), transform=across, va="center", fontsize=7.2)


def _counted(row: dict[str, Any]) -> str:
    """What the figure counts: `Territoires labellisés, Grand Est, phase 1`."""
    place = "" if row["place"] == "France" else typography.typographic(row["place"])
    phase = f"phase {row['phase']}" if row["phase"] else ""
    return ", ".join(part for part in (row["concept_label"], place, phase) if part)


def _confronted(row: dict[str, Any]) -> str:
    if not row["computed"]:
        return tr("sans valeur à lui opposer")
    return tr("confronté à {computed}").format(computed=row["computed"])


def _scale(axes: Axes, rows: pl.DataFrame, places: float) -> None:
    """Gaps in per cent around zero, where both values are the same; a legend of the marks below."""
    gaps = [gap for gap in rows.get_column("gap_pct") if gap is not None] or [0]
    room = 0.08 * max(max(gaps) - min(*gaps, 0), 1)
    left, right = min(*gaps, 0) - room, max(*gaps, 0) + room
    found = map(float, MaxNLocator(5, steps=[1, 2.5, 5, 10]).tick_values(left, right))
    ticks = {tick: typography.signed(tick, 0) if round(tick) else "0" for tick in found if left <= tick <= right}
    drawing.scale(axes, (left, right), places - 0.4, ticks)
    axes.set_xlabel(tr("Écart du chiffre publié"), fontsize=drawing.TICKS)
    axes.axvline(0, color=style.BORDER, linewidth=1)
    axes.spines["left"].set_visible(False)
    handles = [
        Line2D([], [], color=style.VERDICT_COLOURS[one], marker=MARKS[one], linestyle="", markersize=7,
               label=tr(PLURALS[one]), markeredgewidth=0)
        for one in SHOWN
    ]  # fmt: skip
    drawing.legend(axes, handles)


def _title(rows: pl.DataFrame) -> str:
    counts = dict(rows.group_by("verdict").len().iter_rows())
    parts = [typography.counted(int(counts[one]), *NOUNS[one]) for one in SHOWN if one in counts]
    widest = rows.drop_nulls("gap_pct").sort(pl.col("gap_pct").abs(), "claim_id", descending=[True, False])
    if widest.is_empty():
        return typography.listed(parts)
    row = widest.row(0, named=True)
    text = tr("{counts} ; le plus grand écart : {said} au lieu de {computed}")
    return text.format(counts=typography.listed(parts), said=row["said"], computed=row["computed"])


def _alt(rows: pl.DataFrame) -> str:
    one = tr("{date}, {producer}, {counted}, publié {said}, {confronted}, {verdict}")
    said = [
        one.format(
            date=typography.date(row["published"]), producer=typography.typographic(row["producer"]),
            counted=_counted(row),
            said=row["said"], confronted=_confronted(row), verdict=tr(VERDICTS[row["verdict"]]),
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    text = tr("Frise des chiffres publiés que les listes ou une autre source démentent : {parts}.")
    return text.format(parts=typography.series(said))
