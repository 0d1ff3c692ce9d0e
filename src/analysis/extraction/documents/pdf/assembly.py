"""Pages of a PDF as one sequence of blocks: kinds told by size and place, paragraphs joined over pages (pure)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from analysis.extraction.documents.document import Composer, Kind
from analysis.extraction.documents.pdf.columns import regions_of
from analysis.extraction.documents.pdf.glyphs import Page, Run
from analysis.extraction.documents.pdf.kinds import NOTE, set_levels, tell_kinds
from analysis.extraction.documents.pdf.lines import pieces_of
from analysis.extraction.documents.pdf.margins import without_margins
from analysis.extraction.documents.pdf.paragraphs import (
    BULLET,
    Paragraph,
    append,
    goes_on,
    paragraphs_of,
    parted_word,
    whole_line,
)
from analysis.extraction.documents.pdf.table_cells import Cell, table_of
from analysis.extraction.documents.table_heads import put_cells

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(slots=True)
class Table:
    """The cells of a table of one page."""

    page: int
    cells: list[Cell]


Element = Paragraph | Table


@dataclass(slots=True)
class Placed(Composer):
    """Blocks with, for each character of their text, its place among the letters of the document."""

    ids: list[int] = field(default_factory=list)

    def put(
        self, kind: Kind, line: Run, page: int, *, level: int = 0, heads: Sequence[int] = (), skipped: int = 0
    ) -> int | None:
        """Add a block whose text is that of a line, without its first `skipped` characters; its rank."""
        shown = [place for place in range(skipped, len(line.text)) if line.text[place] != "\u00ad"]
        text, before = "".join(line.text[place] for place in shown), self.length
        rank = self.add(kind, text, page + 1, level=level, heads=heads)
        if rank is not None:
            lead, start = len(text) - len(text.lstrip()), self.blocks[-1].start
            ids = [line.ids[place] for place in shown[lead : lead + self.length - start]]
            self.ids += [-1] * (start - before) + ids
        return rank


def composed(pages: Sequence[Page]) -> Placed:
    """The blocks of a document's pages, in reading order."""
    bare = without_margins([(page.height, pieces_of(page.runs)) for page in pages])
    body = _body_size(bare)
    joined = parted_word(_known_words(bare))
    elements = list[list[Element]]()
    for page, pieces in zip(pages, bare, strict=True):
        elements.append(list(_elements(page.number, pieces, joined)))
        tell_kinds([one for one in elements[-1] if isinstance(one, Paragraph)], body)
    _join_over_breaks(elements, joined)
    set_levels([one for page in elements for one in page if isinstance(one, Paragraph)])
    return _written(elements)


def _body_size(pages: Sequence[Sequence[Run]]) -> float:
    """The size in which most letters are set."""
    sizes = Counter[float]()
    for pieces in pages:
        for piece in pieces:
            sizes[round(piece.size * 2) / 2] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=10.0)


def _known_words(pages: Sequence[Sequence[Run]]) -> Callable[[str], bool]:
    """Whether a word stands somewhere in the text; the words are collected when the first is asked for."""
    words = set[str]()

    def known(word: str) -> bool:
        if not words:
            words.update(one for pieces in pages for piece in pieces for one in _WORDS.findall(piece.text))
        return word in words

    return known


def _elements(number: int, pieces: Sequence[Run], joined: Callable[[str, str], bool]) -> Iterator[Element]:
    """Paragraphs and tables of a page in reading order; text that is turned comes after the rest."""
    region = 0
    for turn in sorted({piece.turn for piece in pieces}):
        for found in regions_of([piece for piece in pieces if piece.turn == turn]):
            region += 1
            if found.gutters:
                yield Table(number, table_of(found, joined))
            else:
                yield from paragraphs_of([whole_line(line) for line in found.lines], number, region, joined)


def _join_over_breaks(pages: Sequence[list[Element]], joined: Callable[[str, str], bool]) -> None:
    """Join a paragraph to its rest at the top of the next column or page; notes between them stay where they are."""
    last = None
    for elements in pages:
        for one in list(elements):
            if not isinstance(one, Paragraph):
                last = None
            elif one.kind in {"paragraph", "item"}:
                if last is not None and _is_rest(last, one):
                    append(last.line, one.line, joined)
                    elements.remove(one)
                else:
                    last = one
            elif one.kind == "heading":
                last = None


def _is_rest(last: Paragraph, one: Paragraph) -> bool:
    apart = (last.page, last.region) != (one.page, one.region)
    alike = abs(last.line.size - one.line.size) < 0.06 * last.line.size
    begun = last.text.endswith(("-", "\u00ad")) and one.text[0].isalpha()
    return apart and alike and one.kind == "paragraph" and (goes_on(last.text, one.text) or begun)


def _written(pages: Sequence[Sequence[Element]]) -> Placed:
    """The text of all elements; the footnotes of a page after what else is on it."""
    placed = Placed()
    for elements in pages:
        notes = list[Paragraph]()
        for one in elements:
            if isinstance(one, Table):
                put_cells(placed, one.cells, partial(_put_cell, placed, one.page))
            elif one.kind == "footnote":
                notes.append(one)
            else:
                _put(placed, one)
        for note in notes:
            _put(placed, note)
    return placed


def _put(placed: Placed, one: Paragraph) -> None:
    """Write a paragraph without the sign that it begins with, which is no part of what it says."""
    signs = {"footnote": None if one.line.mark else NOTE, "item": BULLET}.get(one.kind)
    sign = signs.match(one.text) if signs else None
    placed.put(one.kind, one.line, one.page, level=one.level, skipped=sign.end() if sign else 0)


def _put_cell(placed: Placed, page: int, cell: Cell, heads: tuple[int, ...]) -> int | None:
    return placed.put("cell", cell.line, page, heads=heads)
