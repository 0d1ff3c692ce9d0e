"""Pictures of the pages of a PDF that hold judged figures, with where each figure stands on them."""

import struct
from typing import NamedTuple

import polars as pl

from analysis.errors import DocumentError
from analysis.extraction.documents import Document, boxes, page_picture

MOST_PAGES = 12  # that are pictured: the others are told by their number
SCALE = 1.5  # pixels a point
PNG_SIZE = slice(16, 24)  # bytes of a PNG that hold its width and its height


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
    """The first pages with judged figures; none for a document without pages, or whose pages cannot be drawn."""
    judged = figures.drop_nulls(["concept", "page"])
    wanted = judged["page"].unique().sort()[:MOST_PAGES]
    marks: dict[int, list[Mark]] = {page: [] for page in wanted}
    shown = judged.filter(pl.col("page").is_in(wanted.implode()))
    try:
        for number, start, end in shown.select("number", "start", "end").iter_rows():
            for box in boxes(data, document, start, end):
                marks.setdefault(box.page, []).append(Mark(number, box.left, box.top, box.right, box.bottom))
        return tuple(_drawn(data, page, marks[page]) for page in wanted if marks[page])
    except DocumentError:  # its text is read and its figures are judged: that its pages cannot be drawn loses nothing
        return ()


def _drawn(data: bytes, page: int, marks: list[Mark]) -> PageView:
    png = page_picture(data, page, SCALE)
    width, height = struct.unpack(">II", png[PNG_SIZE])
    return PageView(page, width / SCALE, height / SCALE, png, tuple(marks))
