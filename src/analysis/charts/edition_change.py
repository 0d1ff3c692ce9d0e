"""What moved between two editions of a list: communes that entered, left or moved, territory by territory."""

from typing import Final

import polars as pl
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from analysis.charts.drawing import rows as drawing
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import COUNTED, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.tables.codes import COG_YEAR

WIDTH, HEIGHT, ROW = 7.8, 2.3, 0.27  # inches: without rows, and what each adds
LEGEND: Final = 0.45  # inches, below the rows
NAMES: Final = 0.36  # of the width, for the territories' names
TALL: Final = 0.66  # of a row, a bar
LOOKS: Final = {"left": "left", "moved": "kept", "entered": "entered"}  # the look of each change
WORDS: Final = {"left": N_("sorties"), "moved": N_("venues d’un autre territoire"), "entered": N_("entrées")}
SUBTITLE: Final = N_(
    "Communes de chaque territoire qui change (COG {cog}), d’une édition de la liste officielle à la suivante"
)


@chart(sources=(*COUNTED, "cdc-list-2020"))
def edition_change(
    out_edition_change: pl.DataFrame, core_edition_territories: pl.DataFrame, out_editions: pl.DataFrame, credit: str
) -> Picture:
    """A row a territory that changed, edition by edition: communes that left, left of zero, moved and entered, right.

    Takes out_edition_change, core_edition_territories and out_editions.
    """
    rows = by_territory(out_edition_change, core_edition_territories)
    days = dict(out_editions.select("id", "as_of").iter_rows())
    title = typography.spaced(_title(out_edition_change))
    lines = rows.height + rows.get_column("to_edition").n_unique()
    tall = HEIGHT + ROW * lines
    figure = new_figure(WIDTH, tall)
    left, bottom, width, height = compose(figure, title, credit, tr(SUBTITLE).format(cog=COG_YEAR))
    below = LEGEND / tall
    axes = add_axes(figure, (left + NAMES * width, bottom + below, (1 - NAMES) * width, height - below - 0.01))
    _bars(axes, rows, days)
    handles = [_patch(change, tr(word)) for change, word in WORDS.items()]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, bottom), ncols=3, fontsize=8, frameon=False)
    return Picture("edition_change", figure, title, typography.spaced(_alt(rows, days)), credit, rows)


def by_territory(changes: pl.DataFrame, territories: pl.DataFrame) -> pl.DataFrame:
    """Columns to_edition, from_edition, territory_id, name, left, moved, entered (communes): a row a territory.

    A territory that ended has the name that it had; the most communes come first.
    """
    keys = ["from_edition", "to_edition", "territory_id"]
    counts = changes.filter(unit="commune").group_by(*keys).agg(
        (pl.col("change") == change).sum().cast(pl.Int64).alias(change) for change in LOOKS
    )  # fmt: skip
    names = territories.select("territory_id", "name", to_edition="edition")
    before = territories.select("territory_id", was="name", from_edition="edition")
    named = counts.join(names, on=["territory_id", "to_edition"], how="left").join(
        before, on=["territory_id", "from_edition"], how="left"
    )
    found = named.with_columns(name=pl.coalesce("name", "was"), size=pl.sum_horizontal(*LOOKS)).drop("was")
    return found.sort("to_edition", "size", "territory_id", descending=[False, True, False]).drop("size")


def _bars(axes: Axes, rows: pl.DataFrame, days: dict[str, str]) -> None:
    names, place = dict[float, str](), 0.0
    for (before, after), own in rows.group_by("from_edition", "to_edition", maintain_order=True):
        heading = f"{typography.date(days[str(before)])} → {typography.date(days[str(after)])}"
        axes.text(
            0, place, heading, fontsize=8.5, weight="bold", va="center", ha="center", bbox=drawing.BEHIND, zorder=5
        )
        for row in own.iter_rows(named=True):
            place += 1
            names[place] = typography.typographic(row["name"])
            _bar(axes, place, {change: row[change] for change in LOOKS})
        place += 1
    most = max(rows.select(pl.max_horizontal(pl.col("left"), pl.col("moved") + pl.col("entered"))).to_series())
    span = (-int(rows["left"].max() or 0) - 0.16 * most, 1.16 * most)  # type: ignore[arg-type]
    drawing.scale(axes, span, place - 0.4, {}, grid=False)
    drawing.on_top(axes)
    axes.set_yticks(list(names), list(names.values()), fontsize=8)
    axes.axvline(0, color=style.INK, linewidth=0.8, zorder=4)


def _bar(axes: Axes, place: float, counts: dict[str, int]) -> None:
    gained = counts["moved"] + counts["entered"]
    for change, start in (("left", -counts["left"]), ("moved", 0), ("entered", counts["moved"])):
        drawing.bar(axes, place, start, counts[change], TALL, style.STATUS_LOOKS[LOOKS[change]])
    if gained:
        axes.text(gained + 1.5, place, f"+{typography.number(gained)}", fontsize=7.5, va="center", ha="left")
    if counts["left"]:
        lost = f"{typography.MINUS}{typography.number(counts['left'])}"
        axes.text(-counts["left"] - 1.5, place, lost, fontsize=7.5, va="center", ha="right")


def _patch(change: str, word: str) -> Patch:
    look = style.STATUS_LOOKS[LOOKS[change]]
    return Patch(facecolor=look.face, edgecolor=look.line, hatch=look.hatch, label=word)


def _title(changes: pl.DataFrame) -> str:
    counts = {change: changes.filter(unit="commune", change=change).height for change in LOOKS}
    text = tr(
        "D’une édition à la suivante, {entered} communes entrent, {left} sortent et {moved} changent de territoire"
    )
    return text.format(**{change: typography.number(count) for change, count in counts.items()})


def _alt(rows: pl.DataFrame, days: dict[str, str]) -> str:
    line = tr("{name} ({date}), communes : entrées {entered}, venues d’un autre territoire {moved}, sorties {left}")
    said = [
        line.format(
            name=typography.typographic(row["name"]),
            date=typography.date(days[row["to_edition"]]),
            **{change: typography.number(row[change]) for change in LOOKS},
        )
        for row in rows.iter_rows(named=True)
    ]
    return typography.series(said) + "."
