"""Pictures of the pages of a PDF that hold judged figures, with where each figure stands on them."""

import io
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from analysis.extraction import documents
from analysis.extraction.documents import Document

MOST_PAGES = 12  # that are pictured: the others are told by their number
WIDEST = 1000  # pixels of a picture
TALLEST = 1600
PDF = b"%PDF-"


class Mark(NamedTuple):
    """Where a figure, by its number, stands on a page: points from its upper left corner."""

    number: int
    left: float
    top: float
    right: float
    bottom: float


class PageView(NamedTuple):
    """A page as a picture (PNG), its size in points, and the figures on it."""

    page: int
    width: float
    height: float
    png: bytes
    marks: tuple[Mark, ...]


def page_views(data: bytes, document: Document, figures: pl.DataFrame) -> tuple[PageView, ...]:
    """The first pages with judged figures; none for a document that is no PDF, or whose pages cannot be drawn."""
    if PDF not in data[:1024]:
        return ()
    judged = figures.drop_nulls(["concept", "page"])
    wanted = judged["page"].unique().sort()[:MOST_PAGES]
    shown = judged.filter(pl.col("page").is_in(wanted.implode()))
    marks: dict[int, list[Mark]] = {page: [] for page in wanted}
    for number, start, end in shown.select("number", "start", "end").iter_rows():
        for box in documents.boxes(data, document, start, end):
            if box.page in marks:
                marks[box.page].append(Mark(number, box.left, box.top, box.right, box.bottom))
    return tuple(_drawn(data, {page: tuple(found) for page, found in marks.items() if found}))


def _drawn(data: bytes, marks: dict[int, tuple[Mark, ...]]) -> Iterator[PageView]:
    import pypdfium2  # noqa: PLC0415 - only who reads a PDF pays for it

    with pypdfium2.PdfDocument(data) as opened:
        for number, found in sorted(marks.items()):
            page = opened[number - 1]
            width, height = page.get_size()
            picture = page.render(scale=min(WIDEST / width, TALLEST / height), may_draw_forms=False).to_pil()
            png = io.BytesIO()
            picture.convert("P", palette=1).save(png, "PNG", optimize=True)
            yield PageView(number, width, height, png.getvalue(), found)
