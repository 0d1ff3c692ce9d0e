"""One pass over the tokens of a sentence, from its left to its right, collecting figures."""

from collections.abc import Callable
from itertools import compress

from . import brackets, dates, fractions, guards, names, ordinals, ranges, sharing, signs, times, years
from .aines import aine
from .cardinals import cardinal, complete
from .hedges import hedge_before
from .items import Item, Number
from .learnt import Learnt
from .lexicon import (
    AINES,
    AINES_PLURAL,
    CARDINALS,
    FIRST,
    MONTHS,
    MONTHS_SHORT,
    MULTIPLE_NOUNS,
    MULTIPLE_VERBS,
    ORDINAL_ENDINGS,
    ORDINALS,
    ROMAN_RANKS,
    SCALES,
    VULGAR,
)
from .tokens import DIGITS, NUM, WORD, Tokens
from .units import has_unit, measured

_PARTS = frozenset({"moitié", "tiers", "quart"})
# Un and une are articles unless one of these follows.
_WARM = frozenset({"bon", "petit", "gros"})
_DEFINITE = frozenset({"le", "du", "au", "ce"})
_AFTER_ZERO = frozenset({"pour", "%", "euro", "€"})
_AFTER_ONE = (
    frozenset(SCALES)
    | frozenset(ORDINALS)
    | frozenset({"demi", "tiers", "quart", "ou", "à", "voire", "euro", "pour", "sur", "%", "point", "er", "virgule"})
)


def figures(s: Tokens) -> list[Item]:
    """Every figure of the sentence, in order, never overlapping."""
    found: list[Item] = []
    resume = 0
    steps, low = STEPS, s.low
    for i in compress(range(s.n), map(_BEGINS.__getitem__, low)):
        if i >= resume:
            resume = steps.get(low[i], _digits)(s, i, found)
    if found:
        sharing.share(s, found)
    return found


def _digits(s: Tokens, i: int, found: list[Item]) -> int:
    """Read a number in digits at token i; the token to go on from."""
    early = years.short(s, i) or (fractions.crossed(s, i) if s.low[i - 1] in fractions.CROSSES else None)
    if early is not None:
        return _keep(early, found)
    resume = guards.before(s, i)
    if resume:
        return resume
    following = s.low[i + 1]
    days = dates.calendar(s, i) if following in dates.AFTER_DAY or "." in s.low[i] else []
    if days:
        found.extend(days)
        return days[-1].stop
    if following in ORDINAL_ENDINGS or following == "/":
        simple = ordinals.digit_rank(s, i) or times.part_of_hour(s, i) or fractions.digits(s, i) or _slashed(s, i)
        if simple is not None:
            return _keep(simple, found)
    number = cardinal(s, i)
    if number is None:
        return max(i + 1, guards.after(s, i))
    return _counted(s, number, found)


def _slashed(s: Tokens, i: int) -> Item | None:
    """10/12 M€, 60/70 %, 4/5 mois: two figures of one unit."""
    first, second = ranges.slashed(s, i)
    if first is None or second is None:
        return None
    return ranges.join(s, measured(s, first), measured(s, second), "/")


def _words(s: Tokens, i: int, found: list[Item]) -> int:
    """Read a number in words at token i; the token to go on from."""
    resume = guards.before(s, i)
    if resume:
        return resume
    days = dates.calendar(s, i)
    if days:
        found.extend(days)
        return days[-1].stop
    timed = dates.month_year(s, i) if s.low[i] == "sept" else times.part_of_hour(s, i)
    if timed is not None:
        return _keep(timed, found)
    rank = ordinals.compound_rank(s, i)
    if rank is not None:
        return _keep(rank, found)
    number = cardinal(s, i)
    return i + 1 if number is None else _counted(s, number, found)


def _counted(s: Tokens, number: Number, found: list[Item]) -> int:
    """Keep a number that has been read, as a year or with what it counts."""
    i = number.first
    possible = number.mantissa >= 1000 or s.low[i - 1] in years.DECADES
    year = years.years(s, i, number) if possible else None
    if year is not None and not names.named(s, number, year.ranged):
        return _keep(year, found)
    return _measure(s, number, found)


def _measure(s: Tokens, number: Number, found: list[Item]) -> int:
    """Give the number its unit, look for the interval it opens, keep what is a figure."""
    resume = _refused(s, number)
    if resume:
        return resume
    item = _operand(s, number)
    if item.kind == "period":
        item = times.lengthened(s, item)
    if s.low[item.first - 1] in signs.SIGNS:
        item = signs.signed(s, item)
    if s.low[item.stop] in ranges.LINK_WORDS:
        joined = _interval(s, item)
        if joined is not None:
            return _keep(joined, found)
        glued = s.low[item.stop] == "-" and s.kind[item.stop + 1] == NUM and s.glued(item.stop) and item.bare
        if glued and s.glued(item.stop + 1):  # 3-0, 2015-991
            return item.stop + 2
    if s.low[item.stop] == ")" and s.low[item.first - 1] == "(" and item.bare and brackets.counts(s, item.first):
        item.unit = brackets.head(s, item.first)
    if item.bare and s.kind[number.first] == NUM and s.kind[item.stop] == WORD and s.glued(item.stop):  # 439k
        return item.stop + 1
    if "par" in s.low[max(0, item.first - 4) : item.first]:
        item = fractions.times(s, item)
    if item.article and not _is_one(s, item):
        return number.stop
    return _keep(item, found)


def _is_one(s: Tokens, item: Item) -> bool:
    """Whether un, une is a number: before a unit of money, a share or a half, or after a hedge."""
    if item.kind in {"money", "percent"} or item.low != 1:
        return True
    hedge, begin = hedge_before(s, item.first)
    if not hedge or (s.low[begin] == "près" and item.kind != "period"):
        return False
    return item.kind == "period" or (hedge == "at_least" and item.unit is not None)


def _refused(s: Tokens, number: Number) -> int:
    resume = guards.after(s, number.first) if s.kind[number.first] == NUM else 0
    resume = resume or guards.around(s, number)
    resume = resume or dates.day_alone(s, number)
    if resume:
        return resume
    if s.low[number.stop + 1] == "sur":
        return fractions.same_share(s, number)
    near_part = not fractions.PART_WORDS.isdisjoint(s.low[number.stop : number.stop + 2])
    return number.stop + 1 if near_part and fractions.not_part(s, number) else 0


def _operand(s: Tokens, number: Number) -> Item:
    """The number as a share when words make it one, else with its unit."""
    near = s.low[number.stop : number.stop + 6]
    item = fractions.share(s, number) if "sur" in near else None
    if item is None and not fractions.PART_WORDS.isdisjoint(near[:2]):
        item = fractions.part(s, number)
    return item or measured(s, number)


def _interval(s: Tokens, first: Item) -> Item | None:
    """The interval that begins with this figure, if the words after it make one."""
    link = ranges.link(s, first)
    if link is None:
        return None
    word, k = link
    second = _second(s, k)
    return None if second is None else ranges.join(s, first, second, word)


def _second(s: Tokens, k: int) -> Item | None:
    """The figure at token k, to close an interval."""
    if s.low[k] in signs.SIGNS and s.kind[k + 1] == NUM:
        k += 1
    if s.low[k + 1] in _PARTS and s.low[k] in {"la", "le"}:
        return fractions.half(s, k + 1)
    if s.low[k + 1] in AINES:
        number = aine(s, k + 1)
        return None if number is None else measured(s, number)
    number = cardinal(s, k)
    if number is None or (s.kind[k] == NUM and guards.after(s, k)) or guards.around(s, number):
        return None
    return signs.signed(s, _operand(s, number))


def _keep(item: Item, found: list[Item]) -> int:
    if found and item.first < found[-1].stop:  # a currency or an article that the figure before has taken
        item.first = found[-1].stop
        item.start = item.num_start = max(item.num_start, found[-1].end)
    found.append(item)
    return item.stop


def _one(s: Tokens, i: int, found: list[Item]) -> int:
    """Un, une: an article unless a magnitude, a part or a range shows a number."""
    if s.low[i + 1] in AINES or s.low[i + 2] in AINES:
        return i + 1
    hedged = s.low[i - 1] in {"d'", "moins", "environ", "presque"}
    if "demi" in s.low[i + 2 : i + 5] or "demie" in s.low[i + 2 : i + 5]:
        hedged = True
    if hedged or s.low[s.past_hyphen(i + 1)] in _AFTER_ONE or "sur" in s.low[i + 2 : i + 7]:
        return _words(s, i, found)
    return i + 1


def _aine(s: Tokens, i: int, found: list[Item]) -> int:
    number = aine(s, i)
    if number is None:
        return i + 1
    item = measured(s, number)
    return _keep(_interval(s, item) or item, found)


def _scale(s: Tokens, i: int, found: list[Item]) -> int:
    """Frôler le million de visiteurs, le milliard d'euros: a magnitude that stands for one of it."""
    half = s.low[i - 1] == "-" and s.low[i - 2] == "demi"
    about = s.low[i - 1] in _WARM and s.low[i - 2] == "un"  # un bon million
    number = Number(i - 2, i + 1, 5, 1) if half else Number(i - 2 * about, i + 1, 1, approx=about)
    number.scale = SCALES[s.low[i]]
    complete(s, number)
    if not (about or s.low[number.first - 1] in _DEFINITE) or not (has_unit(s, number) or hedge_before(s, i)[0]):
        return i + 1
    return _keep(measured(s, number), found)


def _vulgar(s: Tokens, i: int, found: list[Item]) -> int:
    """⅓ des sites, ½ journée: a sign alone."""
    if s.glued(i) and s.kind[i - 1] in {NUM, WORD}:
        return i + 1
    return _keep(fractions.sign(s, i), found)


def _zero(s: Tokens, i: int, found: list[Item]) -> int:
    """Zéro virgule huit; zéro before a unit of money or a percentage; any other is no figure."""
    number = cardinal(s, i)
    if number is None or not (number.decimals or s.low[i + 1] in _AFTER_ZERO):
        return i + 1
    return _measure(s, number, found)


def _rank(s: Tokens, i: int, found: list[Item]) -> int:
    if s.low[i] == "premier":
        days = dates.calendar(s, i)
        if days:
            found.extend(days)
            return days[-1].stop
    item = ordinals.word_rank(s, i)
    return i + 1 if item is None else _keep(item, found)


def _part(s: Tokens, i: int, found: list[Item]) -> int:
    item = fractions.half(s, i)
    if item is None:
        return i + 1
    return _keep(_interval(s, item) or item, found)


def _simple(reader: Callable[[Tokens, int], Item | None]) -> Callable[[Tokens, int, list[Item]], int]:
    """A step that keeps what the reader finds."""

    def step(s: Tokens, i: int, found: list[Item]) -> int:
        item = reader(s, i)
        return i + 1 if item is None else _keep(item, found)

    return step


_Step = Callable[[Tokens, int, list[Item]], int]
STEPS: dict[str, _Step] = {
    **dict.fromkeys(ROMAN_RANKS, _simple(ordinals.roman_rank)),
    **dict.fromkeys(MONTHS | MONTHS_SHORT, _simple(dates.month_year)),
    **dict.fromkeys(MULTIPLE_NOUNS, _simple(fractions.multiple)),
    **dict.fromkeys(MULTIPLE_VERBS, _simple(fractions.multiple)),
    **dict.fromkeys(AINES, _aine),
    **dict.fromkeys(AINES_PLURAL, _aine),
    **dict.fromkeys(ORDINALS, _rank),
    **dict.fromkeys(FIRST, _rank),
    **dict.fromkeys(_PARTS, _part),
    **dict.fromkeys(CARDINALS, _words),
    **dict.fromkeys(VULGAR, _vulgar),
    "million": _scale,
    "milliard": _scale,
    "zéro": _zero,
    "un": _one,
    "une": _one,
}
_BEGINS = Learnt(lambda token: token in STEPS or token[:1] in DIGITS)  # whether a figure can begin with a token
