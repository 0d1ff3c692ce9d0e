"""The letters of a PDF page with their places, as pdfium gives them, in runs: letters side by side on one line."""

import ctypes
import itertools
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from pypdfium2 import raw

MOST_GLYPHS = 200_000  # of a page: a dense page of a newspaper has 20,000
WIDE_GAP = 0.8  # of the size of the letters: what is further apart may be of another column or cell
WORD_GAP, SURE_GAP = 0.08, 0.25
_BOLD = re.compile(r"bold|black|heavy|semibd|demi", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
_SPACES = (0, 9, 10, 13, 32, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x3000, 0xFEFF)
_LETTERS = {0x2: "-", 0xFFFE: "-", 0x2011: "-", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi",
            0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}  # fmt: skip
_UNKNOWN, _SYMBOLS = "\ufffd", range(0xF000, 0xF900)
Rows = np.ndarray[Any, np.dtype[Any]]


class Look(NamedTuple):
    """What letters beside each other share; `turn` counts quarter turns against the clock, `drop` is how far below
    the baseline their boxes end.
    """

    size: float
    bold: bool
    turn: int
    drop: float


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
    """What stands on a page: runs of letters in the order in which the file draws them.

    `boxes` has a row a letter: left, bottom, right and top in points of the page as it is stored; `first` is the place
    of the first of them among the document's letters.
    """

    number: int
    height: float
    first: int
    runs: list[Run]
    boxes: Rows
    unknown: int = 0


def page_of(page: Any, number: int, first: int) -> Page:
    """The runs of a page of pdfium."""
    text = page.get_textpage()
    try:
        count = min(text.count_chars(), MOST_GLYPHS)
        codes, boxes = _letters(text.raw, count)
        where = np.flatnonzero(~np.isin(codes, _SPACES))
        found = Page(number, page.get_height(), first, [], boxes[where])
        if len(where):
            found.runs = list(_runs(text.raw, codes[where], where, found, page.get_bbox()))
    finally:
        text.close()
    return found


def _letters(text: Any, count: int) -> tuple[Rows, Rows]:
    """Code points, and boxes in points: left, bottom, right, top."""
    code_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    rects = (raw.FS_RECTF * count)()
    for index in range(count):
        box_of(text, index, rects[index])
    boxes = np.frombuffer(rects, dtype=np.float32).reshape(count, 4)[:, [0, 3, 2, 1]]
    return np.array([code_of(text, index) for index in range(count)], dtype=np.int64), boxes


def _runs(text: Any, codes: Rows, where: Rows, page: Page, box: tuple[float, ...]) -> Iterator[Run]:
    """Runs of the letters, spaces where the file has them or where letters stand apart."""
    starts = _changes(page.boxes)
    looks = [_look(text, int(where[at]), page.boxes[at]) for at in starts]
    lengths = np.diff([*starts, len(codes)])
    sizes, turns, drops = (
        np.repeat(np.array([getattr(one, name) for one in looks], dtype=float), lengths)
        for name in ("size", "turn", "drop")
    )
    left, right, bottom = _upright(page.boxes, turns, box)
    gaps = np.concatenate([[0.0], left[1:] - right[:-1]])
    cuts = (gaps > WIDE_GAP * sizes) | (gaps < -0.5 * sizes)
    cuts[starts] = True
    blank = np.concatenate([[False], np.diff(where) > 1])
    spaced = (gaps > np.where(blank, WORD_GAP, SURE_GAP) * sizes) | (blank & (gaps > -0.1 * sizes))
    texts = _texts(codes, page)
    look_of = np.repeat(np.arange(len(looks)), lengths)
    edges = [*np.flatnonzero(cuts).tolist(), len(codes)]
    for begin, end in itertools.pairwise(edges):
        look = looks[look_of[begin]]
        base = float(bottom[begin] - drops[begin])
        run = Run(float(left[begin]), float(right[begin:end].max()), base, look.size, look.bold, look.turn)
        _fill(run, texts, spaced, begin, end, page.first)
        yield run


def _fill(run: Run, texts: list[str], spaced: Rows, begin: int, end: int, first: int) -> None:
    """Give a run its text, with the place of the letter that each character is of."""
    pieces = [texts[begin]]
    run.ids = [first + begin] * len(texts[begin])
    for at, space in zip(range(begin + 1, end), spaced[begin + 1 : end].tolist(), strict=True):
        if space:
            pieces.append(" ")
            run.ids.append(-1)
        pieces.append(texts[at])
        run.ids += [first + at] * len(texts[at])
    run.text = "".join(pieces)


def _changes(boxes: Rows) -> list[int]:
    """Where letters begin that do not stand on the line of the one before, or far from it."""
    before, here = boxes[:-1], boxes[1:]
    height = np.maximum(here[:, 3] - here[:, 1], 1)
    across = (before[:, 1] == here[:, 1]) & (before[:, 3] == here[:, 3]) & (np.abs(here[:, 0] - before[:, 2]) < height)
    width = np.maximum(here[:, 2] - here[:, 0], 1)
    near = np.minimum(np.abs(here[:, 3] - before[:, 1]), np.abs(here[:, 1] - before[:, 3])) < width
    along = (before[:, 0] == here[:, 0]) & (before[:, 2] == here[:, 2]) & near
    return [0, *(np.flatnonzero(~(across | along)) + 1).tolist()]


def _texts(codes: Rows, page: Page) -> list[str]:
    """What each letter is in a text; signs of symbol fonts are bullets."""
    texts = list[str]()
    for code in codes.tolist():
        known = _LETTERS.get(code)
        if known is None and (code < 32 or code == 0xFFFD or 0xE000 <= code < 0xF900 or code > 0x10FFFF):
            known = "•" if code in _SYMBOLS else _UNKNOWN
            page.unknown += known == _UNKNOWN
        texts.append(known or chr(code))
    return texts


def _look(text: Any, index: int, box: Rows) -> Look:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, len(name), flags)
    bold = bool(_BOLD.search(name.value.decode("latin-1"))) or bool(flags.value & _FORCED_BOLD)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text, index, x, y)
    left, bottom, right, top = box.tolist()
    drop = (y.value - bottom, right - x.value, top - y.value, x.value - left)[turn]
    return Look(min(max(size, 0.5), 500), bold, turn, drop)


def _upright(boxes: Rows, turns: Rows, box: tuple[float, ...]) -> tuple[Rows, Rows, Rows]:
    """Left, right and bottom of letters as if their lines ran from left to right, downwards from the page's top."""
    left, bottom, right, top = boxes.astype(float).T
    quarters = [turns == turn for turn in range(4)]
    begins = np.select(quarters, [left - box[0], bottom - box[1], box[2] - right, box[3] - top])
    ends = np.select(quarters, [right - box[0], top - box[1], box[2] - left, box[3] - bottom])
    return begins, ends, np.select(quarters, [box[3] - bottom, right - box[0], top - box[1], box[2] - left])
