"""Numbers in digits and in words as figures: what refuses them, what they count, the interval they open."""

from . import brackets, dates, fractions, guards, ordinals, proper_names, ranges, signs, times, years
from .aines import aine
from .approximations import hedge_before
from .cardinals import cardinal
from .items import Item, Number
from .lexicon import AINES, ORDINAL_ENDINGS
from .tokens import NUM, WORD, Tokens
from .units import measured

PART_NOUNS = frozenset({"moitié", "tiers", "quart"})


def digits(s: Tokens, i: int, found: list[Item]) -> int:
    """Read a number in digits at token i; the token to go on from."""
    early = years.short(s, i) or (fractions.crossed(s, i) if s.low[i - 1] in fractions.CROSSES else None)
    if early is not None:
        return keep(early, found)
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
            return keep(simple, found)
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


def words(s: Tokens, i: int, found: list[Item]) -> int:
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
        return keep(timed, found)
    rank = ordinals.compound_rank(s, i)
    if rank is not None:
        return keep(rank, found)
    number = cardinal(s, i)
    return i + 1 if number is None else _counted(s, number, found)


def _counted(s: Tokens, number: Number, found: list[Item]) -> int:
    """Keep a number that has been read, as a year or with what it counts."""
    i = number.first
    possible = number.mantissa >= 1000 or s.low[i - 1] in years.DECADES
    year = years.years(s, i, number) if possible else None
    if year is not None and not proper_names.named(s, number, year.ranged):
        return keep(year, found)
    return measure(s, number, found)


def measure(s: Tokens, number: Number, found: list[Item]) -> int:
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
        joined = interval(s, item)
        if joined is not None:
            return keep(joined, found)
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
    return keep(item, found)


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


def interval(s: Tokens, first: Item) -> Item | None:
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
    if s.low[k + 1] in PART_NOUNS and s.low[k] in {"la", "le"}:
        return fractions.half(s, k + 1)
    if s.low[k + 1] in AINES:
        number = aine(s, k + 1)
        return None if number is None else measured(s, number)
    number = cardinal(s, k)
    if number is None or (s.kind[k] == NUM and guards.after(s, k)) or guards.around(s, number):
        return None
    return signs.signed(s, _operand(s, number))


def keep(item: Item, found: list[Item]) -> int:
    """Add a figure to those found; the token to go on from."""
    if found and item.first < found[-1].stop:  # a currency or an article that the figure before has taken
        item.first = found[-1].stop
        item.start = item.num_start = max(item.num_start, found[-1].end)
    found.append(item)
    return item.stop
