"""Dates, days that share a month, months with their year, and the periods between them."""

from .cardinals import words
from .items import Item, Number
from .lexicon import FIRST, MONTHS, MONTHS_SHORT, WEEKDAYS
from .timespans import LATEST, day_item, frame_of, full_year, is_day, month_item, period_item, year_after
from .tokens import NUM, Tokens
from .units import has_unit

_THROUGH = frozenset({"au", "à", "-", "–", "jusqu'"})
_DAY_LINKS = _THROUGH | {"et", "ou", ",", "er"}
AFTER_DAY = _DAY_LINKS | MONTHS.keys() | MONTHS_SHORT.keys() | {"/", "."}
_MONTH_NAMES = MONTHS | MONTHS_SHORT
_MONTHS_NAMED = frozenset(_MONTH_NAMES)
_PARTED = frozenset({"/", "-", "."})
_LONGEST_DAY, _LONGEST_LIST = 6, 48  # tokens from a day in words, or from the first of several, to their month
_DAYS = 31  # a date in two digits that begins with more begins with its year
_ON = frozenset({"le", "au", "du"})
_EARLIEST_WRITTEN = 1900  # of years after a month in digits
_ARTICLES = WEEKDAYS | {"le", "les", "au"}


def calendar(s: Tokens, i: int) -> list[Item]:
    """Dates or periods of days that begin at token i; nothing when it begins none."""
    numeric = _numeric(s, i) if s.kind[i] == NUM and ("." in s.low[i] or s.low[i + 1] in _PARTED) else None
    if numeric is not None:
        return [numeric]
    if _MONTHS_NAMED.isdisjoint(s.low[i + 1 : i + (_LONGEST_LIST if s.kind[i] == NUM else _LONGEST_DAY)]):
        return []
    single = _date(s, i)
    if single is not None:
        return [_extended(s, single)]
    return _day_list(s, i) if s.kind[i] == NUM and s.low[i + 1] in _DAY_LINKS else []


def month_year(s: Tokens, i: int) -> Item | None:
    """A month with its year at token i, or the period it opens: novembre 2018, de mars à octobre 2022."""
    named = _month(s, i)
    if named is None:
        return None
    month, after = named
    year = year_after(s, after)
    link = after if year is None else year[1]
    if s.low[link] in {"à", "-", "–"} or (s.low[link] == "et" and s.low[i - 1] == "entre"):
        last = _month(s, link + 1)
        until = None if last is None else year_after(s, last[1])
        if last is not None and until is not None:
            begun = year[0] if year else until[0]
            first, stop = frame_of(s, i), until[1]
            return period_item(s, first, stop, (begun, month, 0), (until[0], last[0], 0))
    if year is None:
        return None
    return month_item(s, i, year[1], year[0], month)


def _numeric(s: Tokens, i: int) -> Item | None:
    """30.06.2021, 05/04/2022, 2023-11-09."""
    parts, stop = s.low[i].split("."), i + 1
    k = i + 4 if s.low[i + 3] == "." and s.low[i + 2] in MONTHS_SHORT else i + 3  # 12-sept.-2019
    if len(parts) == 1 and s.low[i + 1] in {"/", "-", "."}:
        if s.low[k] != s.low[i + 1]:
            return _two_parts(s, i)
        if not all(s.glued(n) for n in range(i + 1, k + 2)) or s.kind[k + 1] != NUM:
            return None
        parts, stop = [s.low[i], s.low[i + 2], s.low[k + 1]], k + 2
        parts[1] = str(_MONTH_NAMES.get(parts[1], parts[1]))
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4 or int(parts[0]) > _DAYS:
        parts.reverse()
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in {2, 4}:
        return None
    day, month = int(parts[0]), int(parts[1])
    year = full_year(parts[2]) if len(parts[2]) == 2 else int(parts[2])
    if not 1000 <= year <= LATEST or not is_day(month, day):
        return None
    return day_item(s, i, stop, (year, month, day))


def _two_parts(s: Tokens, i: int) -> Item | None:
    """12/2023, le 31/12: a month with its year, or a day with its month."""
    first, second = s.low[i], s.low[i + 2]
    glued = s.low[i + 1] == "/" and s.glued(i + 1) and s.glued(i + 2) and s.low[i + 3] not in {"/", "-"}
    if not glued or not (first.isdigit() and second.isdigit() and len(first) <= 2):
        return None
    if len(second) == 4 and int(first) <= 12 and int(first) and _EARLIEST_WRITTEN <= int(second) <= LATEST:
        return month_item(s, i, i + 3, int(second), int(first))
    no_share = int(first) > int(second) or first[0] == "0" or second[0] == "0"
    if s.low[i - 1] not in _ON or len(second) > 2 or not no_share or not is_day(int(second), int(first)):
        return None
    return day_item(s, i, i + 3, (0, int(second), int(first)))


def _date(s: Tokens, i: int) -> Item | None:
    """A day with its month and perhaps its year: 9 novembre, 1er janvier 2023, quinze mars."""
    day = _day(s, i)
    if day is None:
        return None
    month = _month(s, day[1])
    if month is None or not is_day(month[0], day[0]):
        return None
    year = year_after(s, month[1])
    return day_item(s, i, year[1] if year else month[1], (year[0] if year else 0, month[0], day[0]))


def _day(s: Tokens, i: int) -> tuple[int, int] | None:
    """A day of the month and the token after it."""
    if s.kind[i] == NUM:
        raw = s.low[i]
        if len(raw) > 2 or not raw.isdigit() or not 1 <= int(raw) <= 31:
            return None
        spaced = s.low[i + 1] == "er" and (s.glued(i + 1) or _month(s, i + 2) is not None)  # 1 er mai
        return int(raw), i + 2 if spaced else i + 1
    if s.low[i] in FIRST:
        return (1, i + 1) if s.low[i] == "premier" else None
    spelled = words(s, i)
    return spelled if spelled is not None and spelled[0] <= 31 else None


def _month(s: Tokens, j: int) -> tuple[int, int] | None:
    word = s.low[j]
    if word in MONTHS:
        return MONTHS[word], j + 1
    digits = s.kind[j + 1] == NUM and (len(s.low[j + 1]) == 4 or s.kind[j - 1] == NUM)
    if word in MONTHS_SHORT and (s.low[j + 1] == "." or digits):
        return MONTHS_SHORT[word], j + 2 if s.low[j + 1] == "." else j + 1
    return None


def _extended(s: Tokens, first: Item) -> Item:
    """The date, or the period it opens: du 28 février au 3 mars 2024."""
    j = first.stop
    frame = frame_of(s, first.first)
    if s.low[j] not in _THROUGH and not (s.low[j] == "et" and s.low[frame] == "entre"):
        return first
    k = j + 1
    while s.low[k] in _ARTICLES and k < j + 4:
        k += 1
    last = _date(s, k)
    if last is None or first.when is None or last.when is None:
        return first
    year, month, day = first.when
    if not year and last.when[0]:
        year = last.when[0] - (month > last.when[1])
    return period_item(s, frame, last.stop, (year, month, day), last.when, first.first)


def _day_list(s: Tokens, i: int) -> list[Item]:
    """Days that share one month: du 12 au 17 avril, les 18 et 25 novembre."""
    days: list[tuple[int, int, int]] = []  # day, first token, token after
    j, link = i, ""
    while len(days) < 6:
        day = _day(s, j)
        if day is None:
            return []
        days.append((day[0], j, day[1]))
        month = _month(s, day[1])
        if month is not None and len(days) > 1:
            break
        link = s.low[day[1]]
        if link not in _DAY_LINKS:
            return []
        j = day[1] + 1
        while s.low[j] in _ARTICLES and j < day[1] + 4:
            j += 1
    else:
        return []
    year = year_after(s, month[1])
    return _shared_month(s, days, link, (year[0] if year else 0, month[0]), year[1] if year else month[1])


def _shared_month(
    s: Tokens, days: list[tuple[int, int, int]], link: str, month: tuple[int, int], stop: int
) -> list[Item]:
    """One period from the first day to the last, or one date a day."""
    if not all(is_day(month[1], day) for day, _, _ in days):
        return []
    first, last = days[0], days[-1]
    frame = frame_of(s, first[1])
    together = link in _THROUGH or s.low[frame] == "entre" or (link == "et" and last[0] == first[0] + 1)
    if len(days) == 2 and together and first[0] < last[0]:
        return [period_item(s, frame, stop, (*month, first[0]), (*month, last[0]), first[1])]
    items = [day_item(s, begin, end, (*month, day)) for day, begin, end in days[:-1]]
    return [*items, day_item(s, last[1], stop, (*month, last[0]))]


def day_alone(s: Tokens, number: Number) -> int:
    """The token after a day of the month said without its month: lundi 17, le 12; 0 for none."""
    i = number.first
    before = s.low[i - 1]
    if before in {"et", "ou", "le"} and s.kind[i - 2] == NUM:  # les lundis 3 et 10
        before = s.low[i - 3]
    named = before.rstrip("s") in WEEKDAYS or before == "le"
    day = number.scale == 1 and not number.decimals and number.mantissa <= _DAYS
    if not named or not day or s.low[number.stop] in {"/", "sur", "%"} or has_unit(s, number):
        return 0
    return number.stop
