"""Blocks of a plain text: what stands between blank lines, headings and items by their look (pure)."""

import re

from analysis.extraction.documents.document import Block, Kind

_BLOCK = re.compile(r"\S(?:.|\r?\n(?!\s*?\n)|\r(?![\r\n]))*", re.MULTILINE)
_ITEM = re.compile(r"[-–—•*▪◦‣·○●][ \t\u00a0\u202f]+\S|(?:\d{1,2}|[a-z])[.)][ \t]+\S")
_HEADING_LETTERS = 120
_MARKED_HEADING = re.compile(r"#{1,6}[ \t]+\S")


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text that is not changed: paragraphs between blank lines, headings, list items."""
    spans = [(found.start(), found.start() + len(found[0].rstrip())) for found in _BLOCK.finditer(text)]
    last = len(spans) - 1
    return [_block(text, start, end, first=not rank, last=rank == last) for rank, (start, end) in enumerate(spans)]


def _block(text: str, start: int, end: int, *, first: bool, last: bool) -> Block:
    kind, level = _kind(text[start:end])
    if kind == "heading" and last:  # it heads nothing
        kind, level = "paragraph", 0
    return Block(kind, start, end, None, 1 if level and first else level)


def _kind(text: str) -> tuple[Kind, int]:
    if _MARKED_HEADING.match(text) and "\n" not in text:
        return "heading", len(text) - len(text.lstrip("#"))
    if _ITEM.match(text):
        return "item", 0
    short = len(text) <= _HEADING_LETTERS and "\n" not in text
    if short and text[-1] not in ".!?…:;," and any(map(str.isalpha, text)):
        return "heading", 2
    return "paragraph", 0
