"""A document at a glance: what it is, and how many of its figures have each verdict, as a picture (pure)."""

from collections.abc import Iterator
from html import escape

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.ledger.checks import SEVERAL, VERDICTS
from analysis.reports.readings.document_reading import Reading
from analysis.reports.readings.figure_words import SIGN, STATES, UNRESOLVED, dated
from analysis.reports.readings.remark_words import worded
from analysis.reports.readings.shown_html import Html, text

WIDTH, ROW, TEXT, LEFT, RIGHT = 360, 26, 14, 158, 36  # of the picture, in its own units: letters and space for them
FIGURE = "chiffre"


def about(reading: Reading) -> Html:
    """What the document says of itself, how many figures were read in it, and what has to be told of it."""
    rows = list(_facts(reading))
    html = "".join(f"<dt>{escape(name)}</dt><dd>{text(value)}</dd>" for name, value in rows)
    return Html(f'<dl class="about">{html}</dl>', "\n".join(f"{name}: {value}" for name, value in rows))


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    document, figures = reading.document, reading.figures
    unknown = tr("le document ne le dit pas")
    yield tr("Document"), document.name
    yield tr("Titre"), document.title or unknown
    yield tr("Producteur"), document.producer or unknown
    yield tr("Publié"), dated(document.published) or unknown
    if document.page_count:
        yield tr("Pages"), typography.number(document.page_count)
    yield tr("Chiffres lus"), typography.number(figures.height)
    yield tr("dont jugés"), typography.number(figures["concept"].count())
    yield tr("dont la lecture est douteuse"), typography.number(int(figures["doubtful"].sum()))
    for remark in document.remarks:
        yield tr("Remarque"), worded(remark)


def totals(figures: pl.DataFrame) -> dict[str, int]:
    """How many figures have each verdict, or no concept, in the order that readers see."""
    state = pl.when(pl.col("concept").is_null()).then(pl.lit(UNRESOLVED)).otherwise("verdict")
    found = dict(figures.group_by(state.alias("state")).len().iter_rows())
    return {state: int(found.get(state, 0)) for state in STATES}


def verdicts_picture(figures: pl.DataFrame) -> Html:
    """A bar a verdict, in its colour, with its sign and its word: the picture's numbers are its alternative text.

    The part of a bar that is read with doubt is only outlined.
    """
    counts, unsure = totals(figures), totals(figures.filter("doubtful"))
    parts = [f"{typography.number(count)} {tr(_named(state, count))}" for state, count in counts.items() if count]
    total = typography.counted(figures.height, FIGURE)
    alt = (
        typography.spaced(tr("{subject} : {what}").format(subject=total, what=typography.listed(parts)))
        if parts
        else total
    )
    if doubtful := sum(unsure.values()):
        told = tr("{figures}. En pointillé : la lecture est à vérifier ({count}).")
        alt = typography.spaced(told.format(figures=alt, count=typography.number(doubtful)))
    most = max(counts.values())
    bars = "".join(_bar(rank, state, counts[state], unsure[state], most) for rank, state in enumerate(counts))
    height = ROW * len(counts)
    drawn = f'<svg class="glance" role="img" aria-label="{text(alt)}" viewBox="0 0 {WIDTH} {height}">{bars}</svg>'
    return Html(f"<figure>{drawn}<figcaption>{text(alt)}</figcaption></figure>", alt)


def _named(state: str, count: int) -> str:
    """A verdict in the number that the count takes."""
    plural = dict(zip(VERDICTS, SEVERAL, strict=True))
    return plural.get(state, STATES[state]) if count > 1 else STATES[state]


def _bar(rank: int, state: str, count: int, unsure: int, most: int) -> str:
    """A row of the picture: sign and word, a bar as long as its count, outlined where it is unsure, the count."""
    top, step = rank * ROW, (WIDTH - LEFT - RIGHT) / max(most, 1)
    length, sure = step * count, step * (count - unsure)
    outlined = _rect(LEFT + sure, top, length - sure, ' class="doubtful"') if unsure else ""
    middle = top + ROW / 2 + TEXT / 3
    return (
        f'<g class="{state}"><text x="0" y="{middle:.1f}" class="sign">{SIGN[state]}</text>'
        f'<text x="18" y="{middle:.1f}">{escape(tr(STATES[state]))}</text>'
        f"{_rect(LEFT, top, sure)}{outlined}"
        f'<text x="{LEFT + length + 6:.1f}" y="{middle:.1f}">{typography.number(count)}</text></g>'
    )


def _rect(left: float, top: int, width: float, look: str = "") -> str:
    return f'<rect{look} x="{left:.4g}" y="{top + 4}" width="{width:.1f}" height="{ROW - 8}" rx="2"/>'
