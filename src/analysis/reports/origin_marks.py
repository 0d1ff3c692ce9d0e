"""Marks on numbers that readers see: from a mark, the site leads to where its number comes from (pure).

A mark is an HTML element that Markdown lets through: `<data class="told" value="…">183</data>`. Its value names a
published figure (`claim:<claim_id>`) or a cell of a processed table (`cell:<table>.<column>?<key>=<value>&…`). A table
says where its numbers come from as a whole: `<table data-origin="<table> <table>…">`, and of a cell that gives a
published figure which one: `<td data-claim="<claim_id>">`.
"""

import re
from html import escape
from html.parser import HTMLParser
from typing import Final
from urllib.parse import quote, urlencode

CLAIM, CELL = "claim", "cell"
CLASS = "told"
ORIGIN = "data-origin"

# --- numbers without a mark --------------------------------------------------------------------------------

NUMBER: Final = re.compile(r"\d+(?:[\u202f\u00a0,]\d{3}(?!\d))*(?:[.,]\d+)?")
MONTHS: Final = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
# Digits that state nothing which a table or a note could bear out. Everything else wants a mark.
EXEMPT: Final = (
    re.compile(rf"(?<!\d)(?:1er|\d\d?)[ \u00a0](?:{MONTHS})\b"),  # the day of a date; its year is below
    re.compile(r"(?<![\d-])(?:19|20)\d\d-\d\d(?:-\d\d)?(?![\d-])"),  # 2023-11, 2023-11-01
    re.compile(r"(?<![\d.,\u202f])(?:19|20)\d\d(?!\d|[.,\u202f]\d)"),  # a year: of four digits that nothing groups
    re.compile(r"\b[Pp]hases?[ \u00a0]\d(?:(?:, | (?:et|ou|and|or) )\d)?\b"),
    re.compile(r"(?<=[^\W\d_])-?\d+(?:[-.]\d+)*"),  # within a name: ti-8401, Lambert-93, A4, CO2
    re.compile(r"\b(?:Nord|Sud|Est|Ouest)[ \u00a0]\d\d\b|\b1000[ \u00a0]étangs\b"),  # names: Cergy Ouest 95
    re.compile(r"\bWGS[ \u00a0]84\b|\bEPSG:\d+|(?<![\d.])\d+\.\d+\.\d+(?!\d|\.\d)"),  # systems of coordinates, versions
    re.compile(r"^ {0,3}\d+[.)](?= )", re.MULTILINE),  # the rank of an item in Markdown
)
NOT_PROSE: Final = frozenset({"script", "style", "svg", "math", "code", "pre", "kbd", "template", "head"})
INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "data", "dfn", "em", "i", "mark", "q", "small", "span", "strong", "sub", "sup"}
)
VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
MARKDOWN_CODE: Final = re.compile(r"^```(?!\{raw\}).*?^```|(?<!`)`[^`\n]+`(?!`)|(?<=\])\([^)\s]*\)", re.DOTALL | re.M)
TOLD: Final = "\ufffc"  # stands where a number with its origin was


def claimed(text: str, claim_id: str) -> str:
    """`text`, a number as readers see it, marked as the published figure `claim_id` (a key of core_claims)."""
    return _marked(text, f"{CLAIM}:{quote(claim_id)}")


def counted(text: str, table: str, column: str, **key: object) -> str:
    """`text`, marked as computed: the cell of `column` in the row of `table` that `key` finds.

    Without a key, or with a part of it, the number is a count or a sum over the rows that it finds.
    """
    query = f"?{urlencode(sorted(key.items()))}" if key else ""
    return _marked(text, f"{CELL}:{table}.{column}{query}")


def _marked(text: str, value: str) -> str:
    return f'<data class="{CLASS}" value="{escape(value)}">{escape(text)}</data>'


def unmarked(text: str) -> list[str]:
    """Numbers of a Markdown or HTML text that carry no mark and are of no exempt kind, in their order.

    Exempt: what a mark or an element with an origin holds, code, drawings, dates and years, names of phases, names that
    hold digits, versions. Numbers in words are no numbers here.
    """
    reader = _Prose()
    reader.feed(MARKDOWN_CODE.sub(TOLD, text) if "<html" not in text else text)
    reader.close()
    prose = "".join(reader.parts)
    for pattern in EXEMPT:
        prose = pattern.sub(TOLD, prose)
    return NUMBER.findall(prose)


class _Prose(HTMLParser):
    """The text of a document outside what is told, what has an origin, and what is no prose."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._inside: list[str] = []  # elements that are open, from the first one that is left out

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.parts.append("\n")
        elif self._inside or _is_left_out(tag, dict(attrs)):
            self._inside.append(tag)
        elif tag not in INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]
            self.parts.append(TOLD if tag in INLINE and not self._inside else "")
        elif tag not in INLINE and not self._inside:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.parts.append(data)


def _is_left_out(tag: str, attributes: dict[str, str | None]) -> bool:
    told = tag == "data" and CLASS in (attributes.get("class") or "").split() and attributes.get("value")
    return bool(told or attributes.get(ORIGIN)) or tag in NOT_PROSE
