"""A built page as readers read it: the numbers of its prose that do not say where they come from (pure)."""

import re
from collections.abc import Iterable
from typing import Final

from selectolax.lexbor import LexborNode

from analysis.publication.site.html import elements
from analysis.reports.origin_marks import CLASS, INLINE, TOLD, VOID, unmarked

NO_PROSE: Final = frozenset({"code", "pre", "kbd", "samp", "nav", "header", "footer", "script", "style", "svg", "head",
                             "aside", "template", "button", "select"})  # fmt: skip
SAID_BY: Final = ("data-origin", "data-claim")  # whoever carries one says where all its numbers come from
# Sizes and counts of files are of the file, not of the subject: `65 ko`, `1.8 MB`, `12 fichiers`.
SIZES: Final = re.compile(r"\d[\d.,\u00a0\u202f]*[ \u00a0](?:octets?|[kMG]o|bytes?|[kMG]B|fichiers?|files?)\b")
LICENCES: Final = re.compile(r"(?:Licence Ouverte|Open Licen[cs]e|CC BY(?:-[A-Z]+)*|L?GPL|ODbL)[ \u00a0]\d(?:\.\d)?")
VERSIONS: Final = re.compile(r"\b\d+\.\d+\.\d+\+[0-9a-f]+\b")  # of the project and the data: 0.1.0+7bb15124ad3c
DIGIT: Final = re.compile(r"\d")


def untold(html: str, names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Numbers of a page's main content without any origin, each with the piece of prose that holds it.

    Left out: code, navigation, what stands in an element that names its origin, the kinds that
    `provenance.unmarked` lets through, sizes of files, and what stands in one of `names` (of places, of tables).
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
