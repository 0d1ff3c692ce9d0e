"""Cells of an analyst's file as a context layer writes them: codes in full, numbers with a point, days (pure)."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from analysis.upkeep.updates.grid import Grid, Problem, plain, tidy
from analysis.upkeep.updates.headings import row_of

EMPTY: Final = frozenset({"", "nd", "n d", "na", "n a", "nc", "n c", "s", "secret", "ns", "none", "null", "nan"})
YES, NO = frozenset({"1", "oui", "vrai", "x", "true", "yes"}), frozenset({"0", "non", "faux", "false", "no"})
NUMBER: Final = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
DAY: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: 00:00(?::00)?)?|(\d{4}-\d\d(?:-\d\d)?)(?:[T ]00:00:00)?")


@dataclass(frozen=True)
class Cells:
    """A file's headings and rows as they are to be written, all texts, and what is worth telling of each row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    told: str

    def column(self, heading: str) -> list[str]:
        """The cells below a heading."""
        at = self.headings.index(heading)
        return [row[at] for row in self.rows]


def cells(grid: Grid) -> Cells:
    """Headings in the first row that has most texts, rows below it; rows are as wide as the headings."""
    best = row_of(grid.rows, score)
    names = [tidy(one) for one in grid.rows[best].cells]
    kept = [at for at, name in enumerate(names) if name]
    below = grid.rows[best + 1 :]
    rows = tuple(tuple(tidy(row.cells[at]) if at < len(row.cells) else "" for at in kept) for row in below)
    return Cells(tuple(names[at] for at in kept), rows, tuple(row.place for row in below), grid.told)


def score(row: Sequence[str]) -> int:
    """How much a row looks like headings: how many different texts that are no numbers."""
    return len({plain(one) for one in row if tidy(one) and not NUMBER.fullmatch(tidy(one))})


def problems(grid: Grid) -> list[Problem]:
    """Cells that cannot be read, with their places."""
    return [Problem(row.place, why) for row in grid.rows for why in row.unread.values()]


def code(text: str, known: Collection[str]) -> str:
    """A code with the zeros that a spreadsheet took away, where that makes it one that is known."""
    if text in known:
        return text
    bare = re.sub(r"[.,]0+$", "", text.removeprefix("'")).upper()
    full = f"0{bare}"
    return full if bare not in known and full in known else bare


def number(text: str) -> str | None:
    """A number with a point and without spaces or per cent; empty for what says that there is none, None for a text."""
    if plain(text) in EMPTY:
        return ""
    bare = text.removesuffix("%").strip()
    return re.sub(r"[ \u00a0\u202f]", "", bare).replace(",", ".") if NUMBER.fullmatch(bare) else None


def flag(text: str) -> str | None:
    """1 or 0, empty where nothing stands, None for another text."""
    word = plain(text)
    return "1" if word in YES else "0" if word in NO else "" if word in EMPTY else None


def day(text: str) -> str | None:
    """A day as YYYY-MM-DD or a month as YYYY-MM, empty where nothing stands, None for another text."""
    if plain(text) in EMPTY:
        return ""
    found = DAY.fullmatch(text)
    return found and (found[4] or f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}")


def word(text: str) -> str:
    """A class as it is, empty where nothing stands."""
    return "" if plain(text) in EMPTY else text


WRITERS: Final[dict[str, Callable[[str], str | None]]] = {
    "count": number, "share": number, "flag": flag, "date": day, "class": word,
}  # fmt: skip
