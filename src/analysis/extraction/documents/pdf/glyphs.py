"""The letters of a PDF page with their places, as pdfium gives them, in runs: letters side by side on one line."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MOST_GLYPHS = 200_000  # of a page: a dense page of a newspaper has 20,000
WIDE_GAP = 0.8  # of the size of the letters: what is further apart may be of another column or cell
WORD_GAP, SURE_GAP = 0.08, 0.25
_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_SPACES = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LETTERS = {"\x02": "-", "\ufffe": "-", "\u2011": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi",
            "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\t": " ", "\u200b": "", "\ufeff": ""}  # fmt: skip


class Glyph(NamedTuple):
    """Where a letter stands: page from 0, quarter turns of the text, box upright in the text's own direction."""

    page: int
    turn: int
    left: float
    top: float
    right: float
    bottom: float


class Look(NamedTuple):
    """What the letters of one text object share; `turn` counts quarter turns against the clock.

    `drop` is how far below the baseline their boxes end.
    """

    size: float
    bold: bool
    turn: int
    drop: float = 0


@dataclass(slots=True)
class Run:
    """Letters side by side on one line; coordinates in points, downwards, in the text's own direction."""

    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    turn: int = 0
    text: str = ""
    ids: list[int] = field(default_factory=list)  # of each character, its place among the document's glyphs; -1 none
    mark: str = ""  # of a footnote, which stood raised before the text

    @property
    def top(self) -> float:
        """A little below the tallest letter, so that lines set tight do not overlap."""
        return self.base - 0.72 * self.size

    @property
    def bottom(self) -> float:
        """Near the baseline, for the same reason."""
        return self.base + 0.18 * self.size


@dataclass(slots=True)
class Page:
    """What stands on a page: runs of letters, whether a picture does, and how many letters have no meaning."""

    number: int
    width: float
    height: float
    runs: list[Run]
    pictures: bool = False
    unknown: int = 0


class PageReader:
    """Reads page after page; `glyphs` keeps the place of every letter."""

    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []

    def read(self, page: pdfium.PdfPage, number: int) -> Page:
        """The runs of a page in the order in which the file draws them."""
        text = page.get_textpage()
        box = page.get_bbox()
        try:
            found = Page(number, page.get_width(), page.get_height(), [])
            found.runs = list(self._runs(text.raw, min(text.count_chars(), MOST_GLYPHS), found, box))
        finally:
            text.close()
        return found

    def _runs(self, text: Any, count: int, page: Page, box: tuple[float, ...]) -> Iterator[Run]:
        """Runs of the letters, spaces where the file has them or where letters stand apart."""
        run, blank, looks = None, False, dict[int, Look]()
        for char, look, (left, right, base, bounds) in self._letters(text, count, page, box, looks):
            if char in _SPACES:
                blank = True
                continue
            if run is not None and not _continues(run, look, left, base):
                yield run
                run = None
            if run is None:
                run = Run(left, right, base, look.size, look.bold, look.turn)
            elif left - run.right > (WORD_GAP if blank else SURE_GAP) * look.size or (blank and char.isalnum()):
                run.text += " "
                run.ids.append(-1)
            self._append(run, char, Glyph(page.number, look.turn, left, bounds[0], right, bounds[1]))
            run.right, blank = max(run.right, right), False
        if run is not None:
            yield run

    def _append(self, run: Run, char: str, glyph: Glyph) -> None:
        run.text += char
        run.ids += [len(self.glyphs)] * len(char)
        self.glyphs.append(glyph)

    @staticmethod
    def _letters(text: Any, count: int, page: Page, box: tuple[float, ...], looks: dict[int, Look]) -> Iterator[Any]:
        """Each letter with its look and place; a space has no place that counts."""
        rect, unset = raw.FS_RECTF(), Look(1, bold=False, turn=0)
        look = unset
        for index in range(count):
            code = raw.FPDFText_GetUnicode(text, index)
            char = chr(code) if code < 0x110000 else "\ufffd"
            char = _LETTERS.get(char, char)
            if char in _SPACES or char in "\r\n":  # an empty text is in both
                yield " ", look, (0, 0, 0, (0, 0))
                continue
            if code < 32 or code == 0xFFFD or 0xE000 <= code < 0xF900:
                page.unknown += code < 32 or code == 0xFFFD
                char = "•" if 0xF000 <= code < 0xF900 else "\ufffd"
            holder = raw.FPDFText_GetTextObject(text, index)
            key = ctypes.cast(holder, ctypes.c_void_p).value or -index
            found = looks.get(key)
            raw.FPDFText_GetLooseCharBox(text, index, rect)
            look = looks.setdefault(key, _look(text, index, rect)) if found is None else found
            yield char, look, _upright(rect, look, box)


def _continues(run: Run, look: Look, left: float, base: float) -> bool:
    """Whether a letter stands right after a run, on the same line."""
    if look.turn != run.turn or abs(base - run.base) > 0.12 * run.size or abs(look.size - run.size) > 0.12 * run.size:
        return False
    gap = left - run.right
    return -0.5 * run.size < gap < WIDE_GAP * run.size and (look.bold == run.bold or gap < WORD_GAP * run.size)


def _look(text: Any, index: int, rect: Any) -> Look:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    bold = bool(_BOLD.search(name.value.decode("latin-1"))) or bool(flags.value & 1 << 18)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    drop = (y.value - rect.bottom, rect.right - x.value, rect.top - y.value, x.value - rect.left)[turn]
    return Look(min(max(size, 0.5), 500), bold, turn, drop)


def _upright(rect: Any, look: Look, box: tuple[float, ...]) -> tuple[float, float, float, tuple[float, float]]:
    """Left, right and baseline of a letter as if its line ran from left to right, then its top and bottom."""
    left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    if look.turn == 0:
        left, right, top, bottom = left - box[0], right - box[0], box[3] - top, box[3] - bottom
    elif look.turn == 1:
        left, right, top, bottom = bottom - box[1], top - box[1], left - box[0], right - box[0]
    elif look.turn == 2:
        left, right, top, bottom = box[2] - right, box[2] - left, bottom - box[1], top - box[1]
    else:
        left, right, top, bottom = box[3] - top, box[3] - bottom, box[2] - right, box[2] - left
    return left, right, bottom - look.drop, (top, bottom)
