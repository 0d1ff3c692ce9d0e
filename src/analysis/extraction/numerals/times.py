"""Times of the day, which are no figures, and lengths of time in several units: 2 ans et 6 mois, 1 h 45."""

from .cardinals import cardinal, words
from .items import Item, Number, plain_item
from .lexicon import DURATIONS, PARTS, WEEKDAYS, wordset
from .tokens import NUM, Tokens
from .units import has_unit, measured

_HOURS = frozenset({"h", "heure", "heures"})
_AT = wordset("à vers dès avant après jusqu'à aux le")
_MINUTES = frozenset({"min", "mn", "minutes"})
_SPAN = frozenset({"à", "-", "–"})
CLOCK_WORDS = _HOURS | _SPAN | {"et"}
# What says that hours and minutes are a length of time, not a time of the day.
_LASTING = ("dur", "pendant", "compt", "trajet", "temps", "retard", "parcours", "visite", "en", "moins", "près")
_SHORT = 5  # hours: longer without such a word is a time of the day
_LATEST = 24
_AFTER_HOUR = frozenset({"demie", "demi", "quart"})
# Seconds of each unit, and its letter in ISO 8601.
_SECONDS = {"Y": 31_536_000, "M": 2_628_000, "W": 604_800, "D": 86_400, "TH": 3600, "TM": 60, "TS": 1}
_MONTHS_A_YEAR = 12


def clock(s: Tokens, number: Number) -> int:
    """The token after a time of the day: 14 h 30, à 9 heures, de 9 h à 17 h, dix heures trente; 0 for none."""
    j, first = number.stop, number.first
    low, hour = s.low, number.scale == 1 and not number.decimals and number.mantissa <= _LATEST
    if low[j] in _HOURS:
        if low[j + 1] == "/" and s.kind[j + 2] == NUM:
            return j + 3
        minutes = _minutes(s, j + 1)
        if minutes:
            return 0 if _lasts(s, number, minutes) else minutes
        following = low[j + 1] in _SPAN and (low[j + 3] in _HOURS or (s.kind[j + 2] == NUM and s.low[j + 3] == "h"))
        of = low[j + 1] in {"de", "d'"} and low[first - 1] in {"avant", "après"}
        if hour and not of and (low[first - 1] in _AT or following):
            return _past_half(s, j + 1)
        return 0
    framed = hour and low[first - 1] in {"de", "d'", "entre"} and low[j] in CLOCK_WORDS
    return j + 3 if framed and s.kind[j + 1] == NUM and _is_hour(s, j + 1) else 0


def _is_hour(s: Tokens, i: int) -> bool:
    return s.low[i + 1] in _HOURS and s.low[i].isdigit() and int(s.low[i]) <= _LATEST


def _minutes(s: Tokens, j: int) -> int:
    """The token after the minutes that follow an hour, 0 when none do: 30, trente, 30 min."""
    if s.kind[j] == NUM:
        stop = j + 1 if len(s.low[j]) == 2 and s.low[j].isdigit() else 0
    else:
        spelled = words(s, j)
        stop = spelled[1] if spelled is not None and spelled[0] < 60 else 0
    if not stop:
        return 0
    if s.low[stop] in _MINUTES:
        return stop + 1
    number = cardinal(s, j)
    return 0 if number is not None and s.kind[j] != NUM and has_unit(s, number) else stop


def _past_half(s: Tokens, j: int) -> int:
    """Past "et demie", "et quart", "moins le quart" after an hour."""
    if s.low[j] == "et" and s.low[j + 1] in _AFTER_HOUR:
        return j + 2
    if s.low[j] == "moins":
        return j + 3 if s.low[j + 1] == "le" else _minutes(s, j + 1) or j
    return j


def _lasts(s: Tokens, number: Number, after: int) -> bool:
    """Whether hours and minutes are a length of time, by the words before them."""
    before = s.low[number.first - 1]
    if s.low[after - 1] in _MINUTES:
        return before not in _AT
    if before in _AT or before in WEEKDAYS or before in {"-", "–", ":"} or s.kind[number.first - 1] == NUM:
        return False
    if s.low[after] in _SPAN or number.mantissa > _LATEST:
        return number.mantissa > _LATEST
    cues = s.low[max(0, number.first - 4) : number.first]
    return number.mantissa <= _SHORT or any(word.startswith(_LASTING) for word in cues)


def lengthened(s: Tokens, item: Item) -> Item:
    """The length of time with the smaller units that follow: 2 ans et 6 mois, 1 h 45."""
    letter = DURATIONS[item.unit or ""][0]
    parts = [(item.low, letter)]
    while isinstance(parts[0][0], int):
        part = _minute_part(s, item.stop) if parts[-1][1] == "TH" else None
        part = part or _smaller(s, item.stop, parts[-1][1])
        if part is None:
            break
        value, unit, item.stop = part
        parts.append((value, unit))
        item.low = item.high = (item.low or 0) + _share(value, unit, letter)
    if len(parts) > 1:
        item.end = item.num_end = s.stop[item.stop - 1]
        item.iso = _iso(parts)
    return item


def _share(value: float, unit: str, letter: str) -> float:
    """An amount of one unit in another, 12 months a year."""
    return value / _MONTHS_A_YEAR if (unit, letter) == ("M", "Y") else value * _SECONDS[unit] / _SECONDS[letter]


def _minute_part(s: Tokens, j: int) -> tuple[int, str, int] | None:
    """Minutes without their name after an hour."""
    stop = _minutes(s, j)
    number = cardinal(s, j) if stop else None
    if number is None:
        return (int(s.low[j]), "TM", stop) if stop else None
    return number.mantissa, "TM", stop


def _smaller(s: Tokens, j: int, letter: str) -> tuple[int, str, int] | None:
    """A whole number of a smaller unit at token j, after "et" or nothing."""
    k = j + 1 if s.low[j] == "et" else j
    number = cardinal(s, k)
    if number is None or number.decimals or number.approx or not has_unit(s, number):
        return None
    item = measured(s, number)
    if item.kind != "period" or item.unit not in DURATIONS:
        return None
    unit, times = DURATIONS[item.unit]
    if times != 1 or not isinstance(item.low, int) or _SECONDS[unit] >= _SECONDS[letter]:
        return None
    return item.low, unit, item.stop


def _iso(parts: list[tuple[float | int | None, str]]) -> str:
    days = "".join(f"{value}{unit}" for value, unit in parts if unit[0] != "T")
    hours = "".join(f"{value}{unit[1]}" for value, unit in parts if unit[0] == "T")
    return f"P{days}" + (f"T{hours}" if hours else "")


def part_of_hour(s: Tokens, i: int) -> Item | None:
    """3/4 d'heure, trois quarts d'heure, un quart d'heure, une demi-heure at token i."""
    low = s.low
    if low[i + 1] == "/" and s.kind[i + 2] == NUM and low[i] in {"1", "3"}:
        below, stop, above = int(low[i + 2]) if low[i + 2].isdigit() else 0, i + 3, int(low[i])
    elif low[i + 1] in PARTS:
        above, below, stop = {"un": 1, "une": 1, "deux": 2, "trois": 3}.get(low[i], 0), PARTS[low[i + 1]], i + 2
    else:
        return None
    halved = below == 2 and low[stop] == "-" and low[stop + 1] == "heure"
    if not above or not 2 <= below <= 4 or not (halved or (low[stop] == "d'" and low[stop + 1] == "heure")):
        return None
    item = plain_item(s, i, stop + 2, "period", above / below)
    item.num_end, item.unit, item.iso = s.stop[stop - 1], "heure", f"PT{60 * above // below}M"
    return item
