"""The pages of a PDF with their judged figures outlined in the colour of the verdict (pure)."""

import base64

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.reports.readings import figure_words as words
from analysis.reports.readings.document_reading import Reading
from analysis.reports.readings.page_views import MOST_PAGES, Mark, PageView
from analysis.reports.readings.shown_html import Html, text

AROUND = 2  # points between a figure and its outline


def outlined_pages(reading: Reading) -> Html:
    """Pictures of the first pages that hold judged figures; each outline leads to what is said of its figure."""
    if not reading.pages:
        told = tr("Ce document n’a pas de page que l’on puisse montrer avec ses chiffres.")
        return Html(f"<p>{text(told)}</p>", told)
    figures = {row["number"]: row for row in reading.figures.iter_rows(named=True)}
    whole = reading.figures.drop_nulls(["concept", "page"]).select(pl.col("page").n_unique()).item()
    shown = typography.counted(len(reading.pages), "page")
    parts = [_page(view, figures) for view in reading.pages]
    if whole > len(reading.pages):
        told = tr("{shown} sur les {whole} où des chiffres sont jugés ({most} au plus).")
        parts.insert(0, f"<p>{text(told.format(shown=shown, whole=whole, most=MOST_PAGES))}</p>")
    return Html("\n".join(parts), tr("{count}, chiffres entourés.").format(count=shown))


def _page(view: PageView, figures: dict[int, dict[str, object]]) -> str:
    marks = "".join(_outline(one, figures[one.number]) for one in view.marks if one.number in figures)
    title, width, height = text(tr("page {page}").format(page=view.page)), f"{view.width:.1f}", f"{view.height:.1f}"
    address = f"data:image/png;base64,{base64.b64encode(view.png).decode()}"
    return (
        f'<figure class="page"><svg role="group" aria-label="{title}" viewBox="0 0 {width} {height}">'
        f'<image href="{address}" width="{width}" height="{height}"/>{marks}</svg>'
        f"<figcaption>{title}</figcaption></figure>"
    )


def _outline(mark: Mark, figure: dict[str, object]) -> str:
    label = text(f"{figure['text']} – {words.state_label(figure)}")
    look = f"outline {words.state(figure)}{' doubtful' if figure['doubtful'] else ''}"
    width, height = mark.right - mark.left + 2 * AROUND, mark.bottom - mark.top + 2 * AROUND
    return (
        f'<a href="#r{mark.number}" aria-label="{label}"><title>{label}</title>'
        f'<rect class="{look}" x="{mark.left - AROUND:.1f}" y="{mark.top - AROUND:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}"/></a>'
    )
