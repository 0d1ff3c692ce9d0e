"""An invented document as a PDF: pages with running heads and page numbers, two columns in the press."""

import io
import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

import matplotlib
from golden_documents import Golden
from golden_typesetting import runs
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 56.0  # points of an A4 page
GAP = 24.0  # between two columns
POINTS_A_LETTER = 0.5  # width of a letter of Helvetica, of its size
CELL_LEADING, POINTS_A_BOLD_LETTER = 1.15, 0.6  # within a cell of several lines
SIZES = {"heading": 13.0, "footnote": 8.0}
BODY = 10.0
LEADING = {"report": 1.8}  # from line to line, of the size: reports are set wide apart


def pdf_file(document: Golden) -> bytes:
    """A4 pages with a running head and page numbers, in two columns for the press; tables over the whole width."""
    columns = 2 if document.style == "press" else 1
    buffer = io.BytesIO()
    with matplotlib.rc_context({"pdf.use14corefonts": True, "font.family": "Helvetica", "axes.unicode_minus": False}):
        about = {"Title": document.title, "Author": document.producer, "CreationDate": None}
        with PdfPages(buffer, metadata=about) as pages:
            for number, lines in enumerate(_paged(document, columns), 1):
                head = f"{document.producer} – {document.title}"
                foot = [(MARGIN, HEIGHT - 30, head, 8.0, False), (WIDTH / 2, 30, str(number), 8.0, False)]
                pages.savefig(_page([*foot, *lines]))
    return buffer.getvalue()


Line = tuple[tuple[tuple[float, str], ...], float, bool, bool]  # what stands where; size; bold; within a row
Placed = tuple[float, float, str, float, bool]


def _lines(document: Golden, columns: int) -> Iterator[Line]:
    """Lines of a column, an empty one after each piece."""
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns
    for kind, pieces in runs(document):
        size = SIZES.get(kind, BODY)
        for one in pieces:
            if kind == "row":
                yield from _row(one.texts, width, bold=one is pieces[0])
                continue
            lead = "• " if kind == "item" else ""
            for line in textwrap.wrap(lead + one.texts[0], int(width / (size * POINTS_A_LETTER))):
                yield ((0.0, line),), size, kind == "heading", False
        yield (), BODY, False, False


def _row(texts: tuple[str, ...], width: float, bold: bool) -> Iterator[Line]:
    """The lines of a row of a table: no cell reaches into the next."""
    step = width / len(texts)
    cells = [textwrap.wrap(text, int(step / (BODY * POINTS_A_BOLD_LETTER))) for text in texts]
    for rank, line in enumerate(zip_longest(*cells, fillvalue="")):
        yield tuple((at * step, text) for at, text in enumerate(line) if text), BODY, bold, rank > 0


def _paged(document: Golden, columns: int) -> Iterator[list[Placed]]:
    """Lines where they stand, page by page."""
    leading = LEADING.get(document.style, 1.35)
    step = (WIDTH - 2 * MARGIN + GAP) / columns
    page: list[Placed] = []
    column, top = 0, HEIGHT - MARGIN
    for parts, size, bold, within in _lines(document, columns):
        if top < MARGIN:
            column, top = column + 1, HEIGHT - MARGIN
        if column == columns:
            yield page
            page, column = [], 0
        top -= (CELL_LEADING if within else leading) * size
        page += [(MARGIN + column * step + left, top, text, size, bold) for left, text in parts]
    yield page


def _page(lines: Iterable[Placed]) -> Figure:
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
    for left, bottom, text, size, bold in lines:
        weight = "bold" if bold else "medium"  # the names of the standard fonts
        figure.text(left / WIDTH, bottom / HEIGHT, text, size=size, weight=weight, parse_math=False)
    return figure
