"""What each paragraph of a page is, by its size, its place and how it begins (pure)."""

import re
from collections.abc import Sequence
from typing import Literal

from analysis.extraction.documents.pdf.paragraphs import BULLET, Paragraph
from analysis.extraction.documents.table_heads import CAPTION

NOTE = re.compile(r"(?:\(\d{1,3}\)|\[\d{1,3}\]|\d{1,3}[.)]?|\*{1,3}|†)\s+(?=\S)")
_SMALL, _LARGE = 0.93, 1.1
_LONGEST_HEADING = 200
_ENDS_SENTENCE = re.compile(r"[.;,:][»”\")\]]*$")
TextKind = Literal["heading", "paragraph", "item", "caption", "footnote"]


def tell_kinds(elements: Sequence[Paragraph], body: float) -> None:
    """Headings, items, captions and footnotes of a page."""
    below = True  # whether nothing of the body's size follows in the region
    region = -1
    for one in reversed(elements):
        if one.region != region:
            below, region = True, one.region
        small = one.line.size < _SMALL * body
        below = below and small
        one.kind = _kind(one, body, small=small and below)
    notes = False
    for one in elements:
        if notes and one.line.size < _SMALL * body and one.kind == "paragraph":
            one.kind = "footnote"
        notes = one.kind == "footnote"


def _kind(one: Paragraph, body: float, *, small: bool) -> TextKind:
    text = one.text
    if small and (one.line.mark or NOTE.match(text)):
        return "footnote"
    if CAPTION.match(text):
        return "caption"
    if BULLET.match(text):
        return "item"
    letters = any(map(str.isalpha, text))
    if not letters or len(text) > _LONGEST_HEADING or one.line.size < _SMALL * body:
        return "paragraph"
    large = one.line.size > _LARGE * body
    bold = one.line.bold and one.lines <= 2 and not _ENDS_SENTENCE.search(text)
    return "heading" if (large and not text.rstrip().endswith((",", ";"))) or bold else "paragraph"


def set_levels(paragraphs: Sequence[Paragraph]) -> None:
    """The level of each heading by its size, the largest first."""
    headings = [one for one in paragraphs if one.kind == "heading"]
    sizes = list[float]()
    for size in sorted({one.line.size for one in headings}, reverse=True):
        if not sizes or size < 0.96 * sizes[-1]:
            sizes.append(size)
    for one in headings:
        one.level = min(6, sum(size > 1.04 * one.line.size for size in sizes) + 1)
