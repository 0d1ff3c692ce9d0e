"""Dates, months, years and the periods between them."""

from .cardinals import Number, words
from .items import Day, Item, plain_item
from .lexicon import FIRST, MONTH_DAYS, MONTHS, MONTHS_SHORT, WEEKDAYS, YEAR_AFTER, wordset
from .tokens import NUM, SYM, Tokens
from .units import has_unit

_THROUGH = frozenset({"au", "à", "-", "–", "jusqu'"})
_DAY_LINKS = _THROUGH | {"et", "ou", ",", "er"}
_ARTICLES = WEEKDAYS | {"le", "les", "au"}
_YEAR_EDGES = frozenset({"fin", "début", "mi", "-", "l'", "année"})
_COUNTED_AFTER = wordset("environ quelque quelques moins plus dont parmi compte comptait emploie employait")
_EARLIEST, _LATEST = 1500, 2100


def calendar(s: Tokens, i: int) -> list[Item]:
    """Dates or periods of days that begin at token i; nothing when it begins none."""
    if s.kind[i] == NUM:
        numeric = _numeric(s, i)
        if numeric is not None:
            return [numeric]
    single = _date(s, i)
    if single is not None:
        return [_extended(s, single)]
    return _day_list(s, i) if s.kind[i] == NUM and s.low[i + 1] in _DAY_LINKS else []


def month_year(s: Tokens, i: int) -> Item | None:
    """A month with its year at token i, or the period it opens: novembre 2018, de mars à octobre 2022."""
    month = MONTHS[s.low[i]]
    year = _year(s, i + 1)
    link = i + 1 if year is None else year[1]
    if s.low[link] in {"à", "-", "–"} or (s.low[link] == "et" and s.low[i - 1] == "entre"):
        last, until = s.low[link + 1], _year(s, link + 2)
        if last in MONTHS and until is not None:
            begun = year[0] if year else until[0]
            first, stop = _frame(s, i), until[1]
            return _period(s, first, stop, (begun, month, 0), (until[0], MONTHS[last], 0))
    if year is None:
        return None
    return _whole_month(s, i, year[1], year[0], month)


def _whole_month(s: Tokens, first: int, stop: int, year: int, month: int) -> Item:
    """A month as a figure, from its first day to its last."""
    item = plain_item(s, first, stop, "date", _number((year, month, 1)))
    item.high, item.iso = _number(_month_end((year, month, 0))), f"{year}-{month:02d}"
    return item


def years(s: Tokens, i: int, number: Number) -> Item | None:
    """A year, a decade or a period of years, when that is what the number at token i is."""
    if number.decimals or number.scale != 1 or number.approx:
        return None
    value = number.mantissa
    if s.kind[i] == NUM and not s.raw[i].isdigit():
        return None
    span = _year_span(s, i, number) or _month_digits(s, i)
    if span is not None:
        return span
    if (
        s.low[i - 1] in {"années", "décennie"}
        and value % 10 == 0
        and (10 <= value <= 90 or _EARLIEST <= value <= _LATEST)
    ):
        return _decade(s, i, number)
    if not _EARLIEST <= value <= _LATEST or not _is_year(s, i, number):
        return None
    item = plain_item(s, i, number.stop, "year", value)
    item.iso = str(value)
    return item


def _is_year(s: Tokens, i: int, number: Number) -> bool:
    """Whether a number that could be a year is one, by the words around it."""
    before = s.low[i - 1]
    after = s.low[number.stop]
    if after in {"%", "€", "euros", "euro", "millions", "ans", "fois"} or _goes_on(s, number.stop):
        return False
    if before in YEAR_AFTER or (before == "-" and s.low[i - 2] == "mi"):
        return True
    hedged = before in {"de", "d'"} and s.low[i - 2] in {"plus", "moins", "près"}
    if hedged or before in _COUNTED_AFTER or has_unit(s, number):
        return False
    if s.kind[i] != NUM:
        return number.mantissa >= 1900 and number.mantissa % 100 != 0
    return number.mantissa >= 1900 or before in {"de", "du", "vers", "(", "dès"}


def _goes_on(s: Tokens, j: int) -> bool:
    """Whether digits go on after a glued slash or hyphen, as references do: 2014-085."""
    return s.low[j] in {"/", "-"} and s.glued(j) and s.glued(j + 1) and s.kind[j + 1] == NUM


def _year_span(s: Tokens, i: int, number: Number) -> Item | None:
    """2019-2022, 2021-27, 2021 à 2027, entre 2023 et fin 2027."""
    first, j = number.mantissa, number.stop
    link = s.low[j]
    if not 1700 <= first <= _LATEST or link not in {"-", "–", "/", "à", "et"}:
        return None
    k = j + 1
    while s.low[k] in _YEAR_EDGES and k < j + 5:
        k += 1
    last = _last_year(s, k, first, link)
    goes_on = last is not None and s.low[last[1]] == "/" and s.glued(last[1])  # 2010/75/UE
    if last is None or goes_on or not first < last[0] <= first + 120:
        return None
    frame = _frame(s, i)
    if link == "et" and s.low[frame] != "entre":
        return None
    if link in {"à", "et"} and has_unit(s, Number(k, last[1], last[0])):
        return None
    begin = frame if link in {"à", "et"} else i
    return _period(s, begin, last[1], (first, 0, 0), (last[0], 0, 0), i)


def _month_digits(s: Tokens, i: int) -> Item | None:
    """2019-07: a month after its year."""
    raw = s.raw[i + 2]
    joined = s.low[i + 1] == "-" and s.glued(i + 1) and s.glued(i + 2) and not s.glued(i + 3)
    if not joined or s.kind[i + 2] != NUM or len(s.raw[i]) != 4 or len(raw) != 2 or not 1 <= int(raw) <= 12:
        return None
    return _whole_month(s, i, i + 3, int(s.raw[i]), int(raw))


def _last_year(s: Tokens, k: int, first: int, link: str) -> tuple[int, int] | None:
    """The year that closes a period, in four digits, in two after a glued hyphen or slash, or in words."""
    raw = s.raw[k]
    if link in {"-", "/"} and s.kind[k] == NUM and len(raw) == 2 and raw.isdigit() and s.glued(k):
        return first - first % 100 + int(raw), k + 1
    return _year(s, k)


def _decade(s: Tokens, i: int, number: Number) -> Item:
    """Années 1990, années 80."""
    begun = number.mantissa + 1900 if number.mantissa < 100 else number.mantissa
    item = plain_item(s, i - 1, number.stop, "period", begun)
    item.num_start = s.begin[i]
    item.high, item.ranged, item.iso = begun + 9, True, f"{begun}/{begun + 9}"
    return item


def _numeric(s: Tokens, i: int) -> Item | None:
    """30.06.2021, 05/04/2022, 2023-11-09."""
    parts, stop = s.raw[i].split("."), i + 1
    if len(parts) == 1 and s.low[i + 1] in {"/", "-", "."} and s.low[i + 3] == s.low[i + 1]:
        if not all(s.glued(k) for k in range(i + 1, i + 5)) or s.kind[i + 2] != NUM or s.kind[i + 4] != NUM:
            return None
        parts, stop = [s.raw[i], s.raw[i + 2], s.raw[i + 4]], i + 5
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    if len(parts[0]) > 2 or len(parts[1]) > 2 or len(parts[2]) not in {2, 4}:
        return None
    day, month, year = (int(part) for part in parts)
    year += 2000 if len(parts[2]) == 2 else 0
    if not 1000 <= year <= _LATEST or not _valid(month, day):
        return None
    return _on(s, i, stop, (year, month, day))


def _date(s: Tokens, i: int) -> Item | None:
    """A day with its month and perhaps its year: 9 novembre, 1er janvier 2023, quinze mars."""
    day = _day(s, i)
    if day is None:
        return None
    month = _month(s, day[1])
    if month is None or not _valid(month[0], day[0]):
        return None
    year = _year(s, month[1])
    return _on(s, i, year[1] if year else month[1], (year[0] if year else 0, month[0], day[0]))


def _day(s: Tokens, i: int) -> tuple[int, int] | None:
    """A day of the month and the token after it."""
    if s.kind[i] == NUM:
        raw = s.raw[i]
        if len(raw) > 2 or not raw.isdigit() or not 1 <= int(raw) <= 31:
            return None
        return int(raw), i + 2 if s.low[i + 1] == "er" and s.glued(i + 1) else i + 1
    if s.low[i] in FIRST:
        return (1, i + 1) if s.low[i] == "premier" else None
    spelled = words(s, i)
    return spelled if spelled is not None and spelled[0] <= 31 else None


def _month(s: Tokens, j: int) -> tuple[int, int] | None:
    word = s.low[j]
    if word in MONTHS:
        return MONTHS[word], j + 1
    if word in MONTHS_SHORT and (s.low[j + 1] == "." or s.kind[j + 1] == NUM):
        return MONTHS_SHORT[word], j + 2 if s.low[j + 1] == "." else j + 1
    return None


def _year(s: Tokens, j: int) -> tuple[int, int] | None:
    """A year in four digits or in words, and the token after it."""
    if s.kind[j] == NUM:
        raw = s.raw[j]
        ok = len(raw) == 4 and raw.isdigit() and 1000 <= int(raw) <= _LATEST
        return (int(raw), j + 1) if ok else None
    if s.low[j] in {"deux", "mille", "mil"}:
        spelled = words(s, j)
        return spelled if spelled is not None and _EARLIEST <= spelled[0] <= _LATEST else None
    return None


def _extended(s: Tokens, first: Item) -> Item:
    """The date, or the period it opens: du 28 février au 3 mars 2024."""
    j = first.stop
    frame = _frame(s, first.first)
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
    return _period(s, frame, last.stop, (year, month, day), last.when, first.first)


def _day_list(s: Tokens, i: int) -> list[Item]:
    """Days that share one month: du 18 au 24 mars, les 18 et 25 novembre."""
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
    year = _year(s, month[1])
    return _shared_month(s, days, link, (year[0] if year else 0, month[0]), year[1] if year else month[1])


def _shared_month(
    s: Tokens, days: list[tuple[int, int, int]], link: str, month: tuple[int, int], stop: int
) -> list[Item]:
    """One period from the first day to the last, or one date a day."""
    if not all(_valid(month[1], day) for day, _, _ in days):
        return []
    first, last = days[0], days[-1]
    frame = _frame(s, first[1])
    together = link in _THROUGH or s.low[frame] == "entre" or (link == "et" and last[0] == first[0] + 1)
    if len(days) == 2 and together and first[0] < last[0]:
        return [_period(s, frame, stop, (*month, first[0]), (*month, last[0]), first[1])]
    items = [_on(s, begin, end, (*month, day)) for day, begin, end in days[:-1]]
    return [*items, _on(s, last[1], stop, (*month, last[0]))]


def _frame(s: Tokens, first: int) -> int:
    """Where "du", "de", "entre le" begins before token `first`, or that token."""
    k = first - 1
    while s.low[k] in WEEKDAYS or s.low[k] in {"le", "fin", "début"} or (s.kind[k] == SYM and s.low[k] == "-"):
        k -= 1
    if s.low[k] == "mi":
        k -= 1
    return k if k >= 0 and s.low[k] in {"du", "de", "d'", "entre"} else first


def _on(s: Tokens, first: int, stop: int, when: Day) -> Item:
    """One day as a figure."""
    item = plain_item(s, first, stop, "date", _number(when))
    item.iso, item.when = _iso(when), when
    return item


def _period(s: Tokens, first: int, stop: int, begun: Day, ended: Day, number: int | None = None) -> Item:
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


def _valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= MONTH_DAYS[month]


def _days(year: int, month: int) -> int:
    """Days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else MONTH_DAYS[month]
