"""What a producer's file holds, whatever its format: headings and rows of texts, each row with its place (pure)."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.errors import UpdateError

MAX_BYTES = 64 << 20
MAX_ROWS, MAX_COLUMNS = 100_000, 500
SPACES = re.compile(r"\s+")


class Problem(NamedTuple):
    """One reason not to take a file, or one remark on it, with the place people look for it."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}" if self.place else self.what


@dataclass(frozen=True, slots=True)
class Row:
    """Cells in the order of the columns; `computed` names those that hold a formula, by column."""

    place: str
    cells: tuple[str, ...]
    computed: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of one sheet or file, headings among them; `told` says how it was read."""

    name: str
    rows: tuple[Row, ...]
    told: str


def tidy(text: str) -> str:
    """A cell's text in NFC, its spaces single and plain, without signs that nobody sees (zero width, direction)."""
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return SPACES.sub(" ", unicodedata.normalize("NFC", seen)).strip()


def controls(text: str) -> bool:
    """Whether a cell holds what a terminal would obey rather than show."""
    return any(unicodedata.category(one) == "Cc" for one in tidy(text))


def plain(text: str) -> str:
    """A text as it is compared: case, accents, ligatures and punctuation do not count."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe")).casefold()
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def _rank(problem: Problem) -> tuple[float, str]:
    """Rows in their order, then what is said of the whole."""
    found = re.search(r"\d+", problem.place)
    return (int(found[0]), "") if found else (float("inf"), problem.place)


def refused(where: str, problems: Sequence[Problem], repair: str) -> UpdateError:
    """The error that gives every reason, one a line."""
    listed = "".join(f"\n  {one}" for one in sorted(problems, key=_rank))
    return UpdateError(f"not taken, for {len(problems)} reason(s):{listed}", where=where, repair=f"\n{repair}")
