"""Numbers that readers see and that do not say where they come from, in a text or on a built page (pure).

A mark is what `analysis.reports.origin_marks` writes.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

from selectolax.lexbor import LexborNode

from analysis.publication.site.html import elements
from analysis.reports.origin_marks import CLASS, ORIGIN

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
NO_PROSE: Final = frozenset({"code", "pre", "kbd", "samp", "nav", "header", "footer", "script", "style", "svg", "head",
                             "aside", "template", "button", "select"})  # fmt: skip
SAID_BY: Final = ("data-origin", "data-claim")  # whoever carries one says where all its numbers come from
# Sizes and counts of files are of the file, not of the subject: `65 ko`, `1.8 MB`, `12 fichiers`.
SIZES: Final = re.compile(r"\d[\d.,\u00a0\u202f]*[ \u00a0](?:octets?|[kMG]o|bytes?|[kMG]B|fichiers?|files?)\b")
LICENCES: Final = re.compile(
    r"(?:Licence Ouverte|Open Licen[cs]e|CC BY(?:-[A-Z]+)*|L?GPL|ODbL)[ \u00a0]\d(?:\.\d)?"
    r"|\bart(?:\.|icle)[ \u00a0]L\.[ \u00a0]\d+-\d+"  # an article of a code, which licenses as a law does
)
VERSIONS: Final = re.compile(r"\b\d+\.\d+\.\d+\+[0-9a-f]+\b")  # of the project and the data: 0.1.0+7bb15124ad3c
DIGIT: Final = re.compile(r"\d")


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


# --- built pages -------------------------------------------------------------------------------------------


def untold(html: str, names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Numbers of a page's main content without any origin, each with the piece of prose that holds it.

    Left out: code, navigation, what stands in an element that names its origin, the kinds that
    `unmarked` lets through, sizes of files, and what stands in one of `names` (of places, of tables).
    """
    pieces: list[str] = []
    _prose(elements(html), pieces)
    known = sorted({" ".join(one.split()) for one in names if DIGIT.search(one)}, key=len, reverse=True)
    left_out = (SIZES, LICENCES, VERSIONS, *([re.compile("|".join(map(re.escape, known)))] if known else []))
    found = []
    for piece in (" ".join(one.split()) for one in pieces if DIGIT.search(one)):
        rest = piece
        for pattern in left_out:
            rest = pattern.sub(TOLD, rest)
        found += [(number, piece) for number in unmarked(rest)]
    return found


def _prose(node: LexborNode, pieces: list[str]) -> str:
    """The text of an element without the blocks in it, which become `pieces` when they end; a mark is one sign."""
    said = ""
    for child in node.iter(include_text=True):
        tag, given = child.tag, child.attributes
        if tag == "-text":
            said += child.text()
        elif tag in VOID:
            said += " "
        else:
            told = CLASS in (given.get("class") or "").split() or "download" in given  # a file has the name it has
            silent = told or tag in NO_PROSE or not given.keys().isdisjoint(SAID_BY)
            inner = "" if silent else _prose(child, pieces)
            said += TOLD if told else inner if tag in INLINE else ""
            if tag not in INLINE:
                pieces.append(inner.replace("<", " "))
    return said
