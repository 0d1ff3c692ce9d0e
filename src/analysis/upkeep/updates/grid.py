"""What a producer's file holds, whatever its format: headings and rows of texts, each row with its place (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.errors import UpdateError
from analysis.io import cells
from analysis.upkeep.updates import letters

MAX_BYTES = 64 << 20
MAX_ROWS, MAX_COLUMNS = 100_000, 500
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
UNSEEN = frozenset("\u034f\u115f\u1160\u3164\uffa0\u2800") | frozenset(map(chr, range(0xFE00, 0xFE10)))
KEPT_AS_TEXT = re.compile(r'\s*="([^"=]*)"\s*\Z')  # how people keep a spreadsheet from computing: ="0101"


class Problem(NamedTuple):
    """One reason not to take a file, or one remark on it, with the place people look for it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; `unread` says by column why a cell cannot be read.

    `mended` is the first text in which broken letters were put right, as it was.
    """

    place: str
    cells: tuple[str, ...]
    unread: Mapping[int, str]
    mended: str = ""


def row(place: str, texts: Iterable[str], unread: Mapping[int, str] | None = None) -> Row:
    """A row of texts, with broken letters put right where that is certain; the rest, and formulas, are not read."""
    given = [kept[1] if (kept := KEPT_AS_TEXT.match(text)) else text for text in texts]
    found = tuple(map(letters.mended, given))
    wrong = {at: why for at, text in enumerate(found) if (why := _why(text))}
    broken = next((old for old, new in zip(given, found, strict=True) if old != new), "")
    return Row(place, found, wrong | dict(unread or {}), broken)


def _why(text: str) -> str:
    """Why a text cannot be read: a formula, what a terminal obeys, letters that are broken; empty when it can."""
    if cells.computes(text):
        return f"is a formula ({text!r}); give its value"
    text = tidy(text)
    if CONTROL.search(text):
        return f"holds a control character: {text!r}"
    return f"holds broken letters: {text!r}; save it again in UTF-8" if letters.strange(text) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one sheet or file, headings among them; `told` says how it was read."""

    name: str
    rows: tuple[Row, ...]
    told: str


def tidy(text: str) -> str:
    """A cell's text in NFC, its spaces single and plain, without signs that nobody sees (zero width, direction)."""
    if not text.isascii():
        shown = (one for one in text if unicodedata.category(one) != "Cf" and one not in UNSEEN)
        text = unicodedata.normalize("NFC", "".join(shown))
    return " ".join(text.split())


def plain(text: str) -> str:
    """A text as it is compared: case, accents, ligatures and punctuation do not count."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).casefold()
    bare = "".join(letter for letter in spread if unicodedata.category(letter) not in ("Mn", "Cf"))
    return " ".join(re.findall(r"[^\W_]+", bare))


def _rank(problem: Problem) -> tuple[float, str]:
    """Rows in their order, then what is said of the whole."""
    found = re.search(r"\d+", problem.place)
    return (int(found[0]), "") if found else (float("inf"), problem.place)


def refused(where: str, problems: Sequence[Problem], repair: str) -> UpdateError:
    """The error that gives every reason, one a line."""
    listed = "".join(f"\n  {one}" for one in sorted(problems, key=_rank))
    return UpdateError(f"not taken, for {len(problems)} reason(s):{listed}", where=where, repair=f"\n{repair}")
