"""A built page as readers read it: the numbers of its prose that do not say where they come from (pure)."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Final

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
    reader = _Page()
    reader.feed(html)
    reader.close()
    known = sorted({" ".join(one.split()) for one in names if DIGIT.search(one)}, key=len, reverse=True)
    left_out = (SIZES, LICENCES, VERSIONS, *([re.compile("|".join(map(re.escape, known)))] if known else []))
    found = []
    for piece in (" ".join(one.split()) for one in reader.pieces if DIGIT.search(one)):
        rest = piece
        for pattern in left_out:
            rest = pattern.sub(TOLD, rest)
        found += [(number, piece) for number in unmarked(rest)]
    return found


class _Page(HTMLParser):
    """Pieces of prose, one a block without the blocks in it, in the order in which they end; a mark is one sign."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = []  # every open element, and whether its content counts
        self._texts: list[str] = []  # of the open elements of prose

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self._say(" ")
            return
        counts = self._counts() if self._open else tag not in NO_PROSE
        given = dict(attrs)
        told = CLASS in (given.get("class") or "").split() or "download" in given  # a file is called what it is called
        if counts and told:
            self._say(TOLD)
        said = told or tag in NO_PROSE or not given.keys().isdisjoint(SAID_BY)
        self._open.append((tag, counts and not said))
        if tag not in INLINE:
            self._texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in (name for name, _ in self._open):
            return
        while self._open:
            name, _ = self._open.pop()
            if name not in INLINE:
                self.pieces.append(_escaped(self._texts.pop()))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._counts():
            self._say(data)

    def _counts(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _say(self, text: str) -> None:
        if self._texts:
            self._texts[-1] += text


def _escaped(text: str) -> str:
    return text.replace("<", " ")
