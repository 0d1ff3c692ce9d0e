"""The plan of the Métropole européenne de Lille and its Territoire d'industrie, figure by figure."""

from typing import Any

import polars as pl
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import MARGIN, Picture, compose, new_figure
from analysis.charts.register import chart
from analysis.errors import FigureError
from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import N_, tr
from analysis.i18n.periods import when

WIDTH, HEAD = 8.8, 0.42  # inches: the figure, the heading of a row of tiles
TALL, SHORT = 1.10, 0.80  # inches: a row of tiles, with and without squares
SQUARE, GAP = 0.095, 0.035  # inches: one counted thing, and the space to the next one
MOST_SQUARES = 20
# Rows of tiles, each with what it is about; a tile has a concept and the noun that its figure counts.
SECTIONS: dict[str, dict[str, str]] = {
    N_("Le PSTET et sa gouvernance"): {
        "challenges": N_("défis"),
        "thematic_hubs": N_("hubs thématiques"),
        "observatories": N_("observatoires"),
        "governance_actors": N_("acteurs de la gouvernance"),
        "evaluation_horizon": N_("ans, horizon d’évaluation"),
    },
    N_("Les aides de la métropole aux entreprises"): {
        "aid_paid": N_("d’aides versées"),
        "aided_companies": N_("entreprises aidées"),
        "supported_companies": N_("entreprises à accompagner"),
    },
    N_("La métropole"): {
        "communes": N_("communes"),
        "population": N_("habitants"),
        "councillors": N_("conseillers"),
    },
    N_("Le Territoire d’industrie SCOT Lille Métropole"): {
        "member_intercommunalities": N_("intercommunalités"),
        "action_axes": N_("axes d’action"),
        "involved_companies": N_("entreprises impliquées"),
    },
}
TILE = (WIDTH - 2 * MARGIN) / max(map(len, SECTIONS.values()))  # inches
SUBTITLE = N_(
    "Chaque nombre avec la précision que lui donne la source. Un carré : une unité ; carré vide : annoncée ou "
    "comptée, mais pas nommée dans la liste que donne la source."
)


@chart(cited="out_plan")
def lille_plan(out_plan: pl.DataFrame, credit: str) -> Picture:
    """Rows of tiles: hedge, number, noun; for small counts, a square a unit, hollow when the source does not list it.

    Takes out_plan. FigureError when a concept has no place among the tiles.
    """
    tiles = placed(out_plan)
    title = typography.spaced(_title(out_plan))
    sections = {str(name): rows.to_dicts() for (name,), rows in tiles.group_by("section", maintain_order=True)}
    heights = {name: HEAD + (TALL if any(map(_countable, rows)) else SHORT) for name, rows in sections.items()}
    figure = new_figure(WIDTH, sum(heights.values()) + 1.5)
    _, bottom, _, height = compose(figure, title, credit, tr(SUBTITLE))
    top = (bottom + height) * figure.get_figheight() - 0.1
    for section, rows in sections.items():
        _heading(figure, top, section, rows)
        for column, row in enumerate(rows):
            _tile(figure, (MARGIN + column * TILE, top - HEAD), row)
        top -= heights[section]
    return Picture("lille_plan", figure, title, typography.spaced(_alt(tiles)), credit, tiles)


def placed(plan: pl.DataFrame) -> pl.DataFrame:
    """Rows of out_plan in reading order, with the section and the noun of their tile."""
    places = [
        (concept, tr(section), tr(noun)) for section, nouns in SECTIONS.items() for concept, noun in nouns.items()
    ]
    order = pl.DataFrame(places, schema=["concept", "section", "noun"], orient="row").with_row_index("rank")
    unknown = plan.join(order, on="concept", how="anti")
    if unknown.height:
        what = f"no tile for {', '.join(unknown.get_column('concept').unique().sort())}."
        raise FigureError(what, where="lille_plan", repair="Give the concept a noun in SECTIONS.")
    return plan.join(order, on="concept", validate="m:1").sort("rank", "claim_id").drop("rank")


def said(row: dict[str, Any]) -> str:
    """The number as published, hedge first: `près de 4 500`, `de 10 à 20`, `13 M€`."""
    return interval(row, typography.euros if row["unit"] == "EUR" else typography.number)


def _heading(figure: Figure, top: float, section: str, rows: list[dict[str, Any]]) -> None:
    """Name of a row of tiles, its sources, and a line above."""
    height = figure.get_figheight()
    line = Line2D((MARGIN / WIDTH, 1 - MARGIN / WIDTH), (top / height, top / height), color=style.GRID, linewidth=0.8)
    figure.add_artist(line)
    dates: dict[str, list[str]] = {}
    for row in rows:
        said_on = dates.setdefault(typography.typographic(row["producer"]), [])
        said_on += [when(row["as_of"])] if when(row["as_of"]) not in said_on else []
    sources = [f"{producer} ({typography.listed(days)})" for producer, days in dates.items()]
    _text(figure, (MARGIN, top - 0.08), section, weight="bold", fontsize=9.5)
    said_by = tr("Selon : {sources}").format(sources=typography.listed(sources))
    _text(figure, (MARGIN, top - 0.26), said_by, fontsize=6.8, color=style.INK_SOFT)


def _countable(row: dict[str, Any]) -> bool:
    """Whether a square a unit can be drawn."""
    return row["qualifier"] in ("exact", "approximately") and row["value_low"] <= MOST_SQUARES and row["unit"] != "EUR"


def _tile(figure: Figure, place: tuple[float, float], row: dict[str, Any]) -> None:
    """One figure, from its top left corner, in inches."""
    left, top = place
    hedge, number = _split(said(row))
    _text(figure, (left, top - 0.06), hedge, fontsize=7.5, color=style.INK_SOFT)
    _text(figure, (left, top - 0.18), number, fontsize=17, weight="bold", color=style.INK)
    _text(figure, (left, top - 0.50), row["noun"], fontsize=8)
    if _countable(row):
        _squares(figure, (left, top - 0.78), int(row["value_low"]), row["listed_count"])
        _text(figure, (left, top - 0.83), _listing(row), fontsize=6.8, color=style.INK_SOFT)


def _split(text: str) -> tuple[str, str]:
    """Words before the number, and the number: `près de` and `4 500`, `€13m`; an interval stays whole."""
    first = next(place for place, letter in enumerate(text) if letter.isdigit() or letter == "€")
    return text[:first].strip(), text[first:]


def _listing(row: dict[str, Any]) -> str:
    listed_count, count = row["listed_count"], int(row["value_low"])
    if listed_count is None:
        return tr("sans liste")
    text = tr("liste : {listed}") if listed_count == count else tr("liste : {listed} sur {count}")
    return text.format(listed=listed_count, count=count)


def _squares(figure: Figure, place: tuple[float, float], count: int, listed_count: int | None) -> None:
    """`count` squares from `place` (inches), the first `listed_count` of them filled, none of them without a list."""
    height = figure.get_figheight()
    for rank in range(count):
        x = place[0] + rank * (SQUARE + GAP)
        filled = listed_count is not None and rank < listed_count
        figure.add_artist(
            Rectangle(
                (x / WIDTH, place[1] / height),
                SQUARE / WIDTH,
                SQUARE / height,
                linewidth=0.9,
                facecolor=style.INK if filled else style.PAPER,
                edgecolor=style.INK,
            )
        )


def _text(figure: Figure, place: tuple[float, float], text: str, **kwargs: Any) -> None:
    """Text whose top left corner is at `place`, in inches from the bottom left of the figure."""
    figure.text(place[0] / WIDTH, place[1] / figure.get_figheight(), typography.spaced(text), va="top", **kwargs)


def _short(plan: pl.DataFrame) -> pl.DataFrame:
    """Rows whose source announces an exact number and lists fewer."""
    return plan.filter(pl.col("listed_count") < pl.col("value_low"), qualifier="exact").sort("claim_id")


def _title(plan: pl.DataFrame) -> str:
    short = _short(placed(plan))
    if short.is_empty():
        return tr("Le plan de la métropole de Lille en {count} chiffres publiés").format(count=plan.height)
    one = tr("{count} {noun} annoncés, {listed} énumérés")
    parts = [
        one.format(count=typography.number(row["value_low"]), noun=row["noun"], listed=row["listed_count"])
        for row in short.iter_rows(named=True)
    ]
    return tr("Le plan de la métropole de Lille : {parts}").format(parts=typography.listed(parts))


def _alt(tiles: pl.DataFrame) -> str:
    parts = []
    for row in tiles.iter_rows(named=True):
        bare = row["listed_count"] is None
        one = tr("{said} {noun}") if bare else tr("{said} {noun} (la source en énumère {listed})")
        parts.append(one.format(said=said(row), noun=row["noun"], listed=row["listed_count"]))
    text = tr("Tableau de bord des chiffres publiés sur la métropole de Lille : {parts}.")
    return text.format(parts=typography.series(parts))
