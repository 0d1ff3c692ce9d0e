"""Years, decades and periods of years."""

from .items import Item, Number, plain_item
from .lexicon import YEAR_AFTER, wordset
from .timespans import EARLIEST, LATEST, frame_of, full_year, is_short, month_item, period_item, year_after, year_at
from .tokens import NUM, Tokens
from .units import has_unit

_YEAR_EDGES = frozenset({"fin", "début", "mi", "-", "l'", "année"})
DECADES = frozenset({"années", "décennie"})
_QUARTERS = frozenset({"t", "s", "q"})
_AROUND_QUARTER = _QUARTERS | {"-", "–", "/", "_"}
_SEASONS = wordset("été hiver printemps automne rentrée millésime")
_TIMED = wordset("en depuis dès fin début")
_SPANNED = wordset(
    "exercice exercices période années mandat contrat plan programme saison campagne budget rentrée promotion cper"
)
_NO_YEAR = wordset("% € km h")
_SURELY_YEAR = 60  # fewer in two digits, without a season, may count something
_MONTHS = 12
_SPAN_LINKS = frozenset({"à", "et", "-", "–", "/"})
_LONGEST_SPAN = 60  # years
_COUNTED_AFTER = wordset("environ quelque quelques moins plus dont parmi compte comptait emploie employait")


def years(s: Tokens, i: int, number: Number) -> Item | None:
    """A year, a decade or a period of years, when that is what the number at token i is."""
    if number.decimals or number.scale != 1 or number.approx:
        return None
    value = number.mantissa
    if s.kind[i] == NUM and not s.low[i].isdigit():
        return None
    span = _year_span(s, i, number) or _month_digits(s, i)
    if span is not None:
        return span
    if s.low[i - 1] in DECADES and value % 10 == 0 and (10 <= value <= 90 or EARLIEST <= value <= LATEST):
        return _decade(s, i, number)
    if not EARLIEST <= value <= LATEST or not _is_year(s, i, number):
        return None
    return _year_item(s, i, value, number.stop)


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
    if not 1700 <= first <= LATEST or link not in {"-", "–", "/", "à", "et"}:
        return None
    k = j + 1
    while s.low[k] in _YEAR_EDGES and k < j + 5:
        k += 1
    last = _last_year(s, k, first, link)
    goes_on = last is not None and s.low[last[1]] == "/" and s.glued(last[1])  # 2010/75/UE
    if last is None or goes_on or not first < last[0] <= first + 120:
        return None
    frame = frame_of(s, i)
    if link == "et" and s.low[frame] != "entre":
        return None
    if link in {"à", "et"} and has_unit(s, Number(k, last[1], last[0])):
        return None
    begin = frame if link in {"à", "et"} else i
    return period_item(s, begin, last[1], (first, 0, 0), (last[0], 0, 0), i)


def _month_digits(s: Tokens, i: int) -> Item | None:
    """2019-07: a month after its year."""
    raw = s.low[i + 2]
    joined = s.low[i + 1] == "-" and s.glued(i + 1) and s.glued(i + 2) and not s.glued(i + 3)
    if not joined or s.kind[i + 2] != NUM or len(s.low[i]) != 4 or len(raw) != 2 or not 1 <= int(raw) <= 12:
        return None
    return month_item(s, i, i + 3, int(s.low[i]), int(raw))


def _last_year(s: Tokens, k: int, first: int, link: str) -> tuple[int, int] | None:
    """The year that closes a period, in four digits, in two after a glued hyphen or slash, or in words."""
    raw = s.low[k]
    if link in {"-", "/"} and s.kind[k] == NUM and len(raw) == 2 and raw.isdigit() and s.glued(k):
        return first - first % 100 + int(raw), k + 1
    return year_at(s, k)


def _decade(s: Tokens, i: int, number: Number) -> Item:
    """Années 1990, années 80."""
    begun = number.mantissa + 1900 if number.mantissa < 100 else number.mantissa
    item = plain_item(s, i - 1, number.stop, "period", begun)
    item.num_start = s.begin[i]
    item.high, item.ranged, item.iso = begun + 9, True, f"{begun}/{begun + 9}"
    return item


def short(s: Tokens, i: int) -> Item | None:
    """What only looks like a label or a count at token i: T1-2024, 2024-T1, de 98 à 2005, l'été 98."""
    if len(s.low[i]) == 4:
        return _quarter_after(s, i) if s.low[i + 1] in _AROUND_QUARTER else None
    if len(s.low[i]) == 1:
        return _quarter_before(s, i)
    return (_short_span(s, i) or _short_year(s, i)) if is_short(s, i) else None


def _quarter_before(s: Tokens, i: int) -> Item | None:
    """The year of T1-2024, S2/2023, 1T2024 at the number of the quarter."""
    if s.low[i] not in "1234":
        return None
    j = i + 1
    if s.low[j] in _QUARTERS and s.glued(j):
        j += 1
    elif s.low[i - 1] not in _QUARTERS or not (s.glued(i) or (s.capitalised(i - 1) and len(s.low[j]) == 4)):
        return None
    if s.low[j] in {"-", "–", "/", "_", ".", "'"}:
        j += 1
    return _plain_year(s, j)


def _quarter_after(s: Tokens, i: int) -> Item | None:
    """The year of 2024-T1, 2024T1."""
    j = i + 2 if s.low[i + 1] not in _QUARTERS else i + 1
    quarter = s.low[j] in _QUARTERS and s.glued(j) and s.low[j + 1] in {"1", "2", "3", "4"} and s.glued(j + 1)
    item = _plain_year(s, i) if quarter else None
    if item is not None:
        item.stop = j + 2
    return item


def _plain_year(s: Tokens, j: int) -> Item | None:
    """The year at token j, in four digits or in two."""
    year = (full_year(s.low[j]), j + 1) if is_short(s, j) and s.glued(j) else year_at(s, j)
    if year is None or s.kind[j] != NUM:
        return None
    return _year_item(s, j, *year)


def _year_item(s: Tokens, j: int, value: int, stop: int) -> Item:
    item = plain_item(s, j, stop, "year", value)
    item.iso = str(value)
    return item


def _short_span(s: Tokens, i: int) -> Item | None:
    """De 98 à 2005, entre 08 et 2012, 98-2005, exercice 99-05."""
    link, k, first = s.low[i + 1], i + 2, full_year(s.low[i])
    if link not in _SPAN_LINKS:
        return None
    last = year_at(s, k)
    if last is None and is_short(s, k) and s.low[i - 1] in _SPANNED:
        last = full_year(s.low[k]), k + 1
    if last is None or s.kind[k] != NUM or not first < last[0] <= first + _LONGEST_SPAN:
        return None
    frame = frame_of(s, i)
    old = s.low[i][0] == "0" or int(s.low[i]) >= _SURELY_YEAR
    framed = old and (link == "à" or (link == "et" and s.low[frame] == "entre")) and frame != i
    if framed and (s.low[frame - 1].startswith("pass") or has_unit(s, Number(k, last[1], last[0]))):
        return None
    joined = link in {"-", "–", "/"} and s.glued(i + 1) and s.glued(k) and s.low[last[1]] not in {"-", "/"}
    joined = joined and (link != "/" or int(s.low[i]) > _MONTHS)  # 09/2024 is a month
    if not framed and not (joined and (old or s.low[i - 1] in _SPANNED)):
        return None
    return period_item(s, frame if framed else i, last[1], (first, 0, 0), (last[0], 0, 0), i)


def _short_year(s: Tokens, i: int) -> Item | None:
    """L'été 98, fin 97, en 98: two digits that nothing makes a count."""
    before = s.low[i - 1]
    sure = before in _SEASONS or (before in _TIMED and int(s.low[i]) >= _SURELY_YEAR)
    year = year_after(s, i) if sure and s.low[i + 1] not in _NO_YEAR else None
    return None if year is None else _year_item(s, i, *year)
