"""How many published figures hold, source by source."""

from typing import Any

import polars as pl
from matplotlib.axes import Axes

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture
from analysis.charts.drawing.rows import Layout, Rows, in_rows
from analysis.charts.register import COUNTED, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.ledger import VERDICTS

LAYOUT = Layout(row=0.27, head=0.66, around=1.75, names=0.40, below=0.01, above=0.01)
TOP = -0.5 - LAYOUT.head / LAYOUT.row  # where the headings of the columns begin
STEP, GAP = 1.0, 2.2  # between two marks, between two columns
FEWEST = 5  # marks for which every column has room
PLURALS = {
    "confirmed": N_("confirmés"),
    "consistent": N_("cohérents"),
    "superseded": N_("dépassés"),
    "contradicted": N_("contredits"),
    "not_checkable": N_("invérifiables"),
}
# Each verdict has its column, its mark and its colour: any one of them is enough.
MARKS = {"confirmed": "o", "consistent": "s", "superseded": "D", "contradicted": "X", "not_checkable": "o"}
HOLLOW = "not_checkable"
SUBTITLE = N_(
    "Une marque : un chiffre publié. Confirmé : les listes officielles donnent cette valeur. Cohérent : un calcul, "
    "une énumération ou une borne le permet. Dépassé : possible à sa date, changé depuis. Contredit : les listes, la "
    "source elle-même ou une autre disent le contraire. Invérifiable : rien à lui opposer."
)


@chart(sources=COUNTED, cited="judged")
def verdicts(judged: pl.DataFrame, credit: str) -> Picture:
    """A row a source, by date; a column a verdict; a mark a figure, each column with its own mark and its total.

    Takes the ledger as readers see it.
    """
    counts = counted(judged)
    rows = counts.select("source_id", "producer", "published").unique(maintain_order=True)
    title = typography.spaced(_title(judged))
    drawn = in_rows(LAYOUT, rows.height, 1, title, credit, tr(SUBTITLE))
    starts = _columns(drawn.axes, counts)
    drawn.axes.set_ylim(rows.height - 0.4, TOP)
    for place, row in enumerate(rows.iter_rows(named=True)):
        _source(drawn, place, row)
        for mark in counts.filter(source_id=row["source_id"]).iter_rows(named=True):
            _marks(drawn.axes, (starts[mark["verdict"]], place), mark["verdict"], mark["count"])
    return Picture("verdicts", drawn.figure, title, typography.spaced(_alt(judged, counts)), credit, counts)


def counted(ledger: pl.DataFrame) -> pl.DataFrame:
    """Columns source_id, producer, published, verdict, count: by date of the source, then in the order of verdicts."""
    order = pl.col("verdict").replace_strict({name: rank for rank, name in enumerate(VERDICTS)})
    counts = ledger.group_by("source_id", "producer", "published", "verdict").agg(count=pl.len())
    return counts.sort("published", "source_id", order)


def _columns(axes: Axes, counts: pl.DataFrame) -> dict[str, float]:
    """Where the first mark of each verdict stands; draws the headings and what separates the columns."""
    starts: dict[str, float] = {}
    place = 0.0
    for verdict in VERDICTS:
        found = counts.filter(verdict=verdict).get_column("count").to_list()
        starts[verdict] = place
        heading: dict[str, Any] = {"weight": "bold", "va": "center"}
        axes.text(place - 0.4, TOP + 0.8, typography.number(sum(found)), fontsize=13, **heading)
        axes.text(place - 0.4, TOP + 1.8, tr(PLURALS[verdict]), fontsize=7.8, **heading)
        place += max([*found, FEWEST]) * STEP + GAP
    axes.set_xlim(-0.9, place - GAP / 2)
    axes.set_axis_off()
    return starts


def _source(drawn: Rows, place: int, row: dict[str, Any]) -> None:
    axes, across = drawn.axes, drawn.axes.get_yaxis_transform()
    axes.plot([drawn.left, 1], [place + 0.5] * 2, transform=across, color=style.GRID, linewidth=0.6, clip_on=False)
    drawn.text(place, typography.typographic(row["producer"]), fontsize=7.8)
    date = typography.date(row["published"])
    axes.text(-0.02, place, date, transform=across, va="center", ha="right", fontsize=7.2, color=style.INK_SOFT)


def _marks(axes: Axes, start: tuple[float, float], verdict: str, count: int) -> None:
    """`count` marks of a verdict, in a row from `start`."""
    face = style.PAPER if verdict == HOLLOW else style.VERDICT_COLOURS[verdict]
    axes.scatter(
        [start[0] + rank * STEP for rank in range(count)], [start[1]] * count, s=42, marker=MARKS[verdict],
        facecolor=face, edgecolor=style.VERDICT_COLOURS[verdict], linewidth=1.1,
    )  # fmt: skip


def totals(ledger: pl.DataFrame) -> dict[str, int]:
    """How many figures have each verdict, in the order that readers see."""
    found = dict(ledger.group_by("verdict").len().iter_rows())
    return {verdict: int(found.get(verdict, 0)) for verdict in VERDICTS}


def _said(verdict: str, count: int) -> str:
    return f"{typography.number(count)} {tr(PLURALS[verdict] if count > 1 else VERDICTS[verdict])}"


def _title(ledger: pl.DataFrame) -> str:
    parts = [_said(verdict, count) for verdict, count in totals(ledger).items() if count]
    published = typography.counted(ledger.height, "chiffre publié", "chiffres publiés")
    return tr("{subject} : {what}").format(subject=published, what=typography.listed(parts))


def _alt(ledger: pl.DataFrame, counts: pl.DataFrame) -> str:
    sources = [
        f"{typography.typographic(producer)} ({typography.date(published)}), "
        + typography.listed([_said(row["verdict"], row["count"]) for row in group.iter_rows(named=True)])
        for (producer, published, _), group in counts.group_by(
            "producer", "published", "source_id", maintain_order=True
        )
    ]
    whole = typography.listed([_said(verdict, count) for verdict, count in totals(ledger).items()])
    text = tr("Verdicts sur les chiffres publiés : {whole}. Par source et date de publication : {sources}.")
    return text.format(whole=whole, sources=typography.series(sources))
