"""Days, months and periods as figures: their values, their ISO forms, the words that frame them."""

from .cardinals import words
from .items import Day, Item, Number, plain_item
from .lexicon import MONTH_DAYS, SCALES, WEEKDAYS
from .tokens import NUM, Tokens
from .units import has_unit

EARLIEST, LATEST = 1500, 2100  # years beyond are counts
PIVOT = 40  # "39" is 2039, "40" is 1940
_GOES_ON = frozenset({"/", "-", "–", "à", ":", "sur"})
_ENDS = frozenset({"", ",", ".", ";", ")", "]", "»", "!", "?", "au"})
_BETWEEN = frozenset({"le", "fin", "début", "-"})


def year_at(s: Tokens, j: int) -> tuple[int, int] | None:
    """A year in four digits or in words, and the token after it."""
    if s.kind[j] == NUM:
        raw = s.low[j]
        ok = len(raw) == 4 and raw.isdigit() and 1000 <= int(raw) <= LATEST
        return (int(raw), j + 1) if ok else None
    if s.low[j] in {"deux", "mille", "mil"}:
        spelled = words(s, j)
        return spelled if spelled is not None and EARLIEST <= spelled[0] <= LATEST else None
    return None


def full_year(raw: str) -> int:
    """The year that two digits stand for."""
    return int(raw) + (2000 if int(raw) < PIVOT else 1900)


def is_short(s: Tokens, j: int) -> bool:
    """Whether token j is two digits."""
    return s.kind[j] == NUM and len(s.low[j]) == 2 and s.low[j].isdigit()


def year_after(s: Tokens, j: int) -> tuple[int, int] | None:
    """A year after a month or a season, also in two digits: octobre 96, mai '68; and the token after it."""
    year = year_at(s, j)
    if year is not None:
        return year
    k = j + 1 if s.low[j] == "'" else j
    if not is_short(s, k) or s.kind[k + 1] == NUM or s.low[k + 1] in _GOES_ON or s.low[k + 1] in SCALES:
        return None
    day = int(s.low[k]) <= 31 and k == j  # after a month it could count something
    if (day and s.low[k + 1] not in _ENDS) or has_unit(s, Number(k, k + 1, int(s.low[k]))):
        return None
    return full_year(s.low[k]), k + 1


def frame_of(s: Tokens, first: int) -> int:
    """Where "du", "de", "entre le" begins before token `first`, or that token."""
    k = first - 1
    while k > first - 5 and (s.low[k] in WEEKDAYS or s.low[k] in _BETWEEN):
        k -= 1
    if s.low[k] == "mi":
        k -= 1
    return k if k >= 0 and s.low[k] in {"du", "de", "d'", "entre"} else first


def day_item(s: Tokens, first: int, stop: int, when: Day) -> Item:
    """One day as a figure."""
    item = plain_item(s, first, stop, "date", _number(when))
    item.iso, item.when = _iso(when), when
    return item


def month_item(s: Tokens, first: int, stop: int, year: int, month: int) -> Item:
    """A month as a figure, from its first day to its last."""
    item = plain_item(s, first, stop, "date", _number((year, month, 1)))
    item.high, item.iso = _number(_month_end((year, month, 0))), f"{year}-{month:02d}"
    return item


def period_item(s: Tokens, first: int, stop: int, begun: Day, ended: Day, number: int | None = None) -> Item:
    """The time between two days, months or years as a figure."""
    item = plain_item(s, first, stop, "period", 0)
    item.num_start = s.begin[first if number is None else number]
    item.low, item.high, item.ranged = _number(begun), _number(_month_end(ended)), True
    if begun[1] and not begun[2]:
        item.low = _number((begun[0], begun[1], 1))
    item.iso = f"{_iso(begun)}/{_iso(ended)}"
    return item


def _number(when: Day) -> int:
    """YYYYMMDD, MMDD without a year, YYYY without a month."""
    year, month, day = when
    return year if not month else year * 10000 + month * 100 + day


def _month_end(when: Day) -> Day:
    year, month, day = when
    return (year, month, _days(year, month)) if month and not day else when


def _iso(when: Day) -> str:
    year, month, day = when
    if not month:
        return str(year)
    if not day:
        return f"{year}-{month:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"


def is_day(month: int, day: int) -> bool:
    """Whether a month has this day in some year."""
    return 1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month]


def _days(year: int, month: int) -> int:
    """Days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else MONTH_DAYS[month]
