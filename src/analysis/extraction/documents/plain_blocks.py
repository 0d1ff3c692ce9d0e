"""Blocks of a plain text, which is not changed: paragraphs between blank lines, headings, items, tables (pure)."""

import re
from collections import Counter
from collections.abc import Iterator, MutableSequence, Sequence
from itertools import pairwise

from analysis.extraction.documents.document import Block, Kind
from analysis.extraction.documents.self_description import is_dateline
from analysis.extraction.documents.table_heads import CAPTION, GridCell, caption_of, give_heads

_BLOCK = re.compile(r"\S(?:.|\r?\n(?!\s*?\n)|\r(?![\r\n]))*", re.MULTILINE)
_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
_CELL = re.compile(r"[^\s|](?:[^\t|\r\n ]| (?! ))*")
_RULE = re.compile(r"[\s|:+=-]+")
_ITEM = re.compile(r"[ \t]*(?:[-–—•*▪◦‣·○●][ \t\u00a0\u202f]+|(?:\d{1,2}|[a-z])[.)][ \t]+)(?=\S)")
_SIGN = re.compile(r"[ \t]*[-–—•*▪◦‣·○●][ \t\u00a0\u202f]+(?=\S)")
_MARKED_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_HEADING_LETTERS = 120
Span = tuple[int, int]


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text, in order."""
    blocks, spans = (
        list[Block](),
        [(found.start(), found.start() + len(found[0].rstrip())) for found in _BLOCK.finditer(text)],
    )
    for rank, (start, end) in enumerate(spans):
        if rows := _rows(text, start, end):
            if len(blocks) > 1 and blocks[-1].kind == "heading" and text[blocks[-1].start] != "#":
                blocks[-1] = blocks[-1]._replace(kind="caption", level=0)
            blocks += _cells(text, rows, blocks)
            continue
        for begin, stop, signed in _pieces(text, start, end):
            kind, level = _kind(text[begin:stop], signed=signed)
            if kind == "heading" and rank == len(spans) - 1:  # it heads nothing
                kind, level = "paragraph", 0
            blocks.append(Block(kind, begin, stop, None, 1 if level and not blocks else level))
    return blocks


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """A block cut where a line begins an item; whether a sign stood before it, which is no part of what it says."""
    cuts = [line.start() for line in _LINE.finditer(text, start, end) if _ITEM.match(text, line.start(), end)]
    for begin, stop in zip(
        [start, *(cut for cut in cuts if cut > start)], [*(cut for cut in cuts if cut > start), end], strict=True
    ):
        sign = _SIGN.match(text, begin, stop)
        whole = text[sign.end() if sign else begin : stop]
        yield stop - len(whole.lstrip()), stop - len(whole) + len(whole.rstrip()), sign is not None


def _rows(text: str, start: int, end: int) -> list[list[Span]]:
    """The cells of a block of which every line has several, parted by tabs, bars or wide blanks; none for prose."""
    if not any(sign in text[start:end] for sign in ("\t", "|", "  ")):
        return []
    lines = [line for line in _LINE.finditer(text, start, end) if not _RULE.fullmatch(line[0])]
    rows = _aligned(
        text, [(line.start(), [cell.span() for cell in _CELL.finditer(text, *line.span())]) for line in lines]
    )
    most = max((len(row) for row in rows), default=0)
    return rows if len(rows) > 1 and most > 1 and all(2 * len(row) > most for row in rows) else []


def _aligned(text: str, lines: Sequence[tuple[int, list[Span]]]) -> list[list[Span]]:
    """Cells, cut also at a single blank where cells of other lines begin at that place of the line."""
    starts = Counter(begin - line for line, cells in lines for begin, _ in cells)
    usual = sorted(place for place, count in starts.items() if place and 5 * count >= 2 * len(lines))
    rows = list[list[Span]]()
    most = max((len(cells) for _, cells in lines), default=0)
    for line, cells in lines:
        cut = list[Span]()
        places = usual if len(cells) < most else []
        for begin, end in cells:
            inside = [line + place for place in places if begin < line + place < end and text[line + place - 1] == " "]
            cut += pairwise([begin, *inside, end])
        rows.append(cut)
    return rows


def _cells(text: str, rows: Sequence[Sequence[Span]], before: MutableSequence[Block]) -> Iterator[Block]:
    cells, spans = list[GridCell](), list[Span]()
    most = max(map(len, rows))
    for row, line in enumerate(rows):
        for rank, span in enumerate(line):
            column = rank + (most - len(line) if rank else 0)  # a row that lacks a cell lacks one of the first
            cells.append(GridCell(text[slice(*span)].strip(), row, column, column))
            spans.append((span[0], span[0] + len(cells[-1].text)))
    give_heads(cells)
    ranks = {id(cell): len(before) + rank for rank, cell in enumerate(cells)}
    caption = caption_of(before, text[before[-1].start : before[-1].end]) if before else ()
    for cell, (start, end) in zip(cells, spans, strict=True):
        yield Block("cell", start, end, None, 0, (*(ranks[id(head)] for head in cell.heads), *caption))


def _kind(text: str, *, signed: bool) -> tuple[Kind, int]:
    if _MARKED_HEADING.match(text) and "\n" not in text:
        return "heading", len(text) - len(text.lstrip("#"))
    if signed or _ITEM.match(text):
        return "item", 0
    if CAPTION.match(text):
        return "caption", 0
    short = len(text) <= _HEADING_LETTERS and "\n" not in text
    if short and text[-1] not in ".!…:;," and any(map(str.isalpha, text)) and not is_dateline(text):
        return "heading", 2
    return "paragraph", 0
