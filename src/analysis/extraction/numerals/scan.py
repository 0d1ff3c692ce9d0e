"""One pass over the tokens of a sentence, from its left to its right, collecting figures."""

from collections.abc import Callable
from itertools import compress
from operator import or_

from . import dates, fractions, ordinals, sharing
from .aines import aine
from .approximations import hedge_before
from .cardinals import cardinal, complete
from .counting import PART_NOUNS, digits, interval, keep, measure, words
from .items import Item, Number
from .lexicon import (
    AINES,
    AINES_PLURAL,
    CARDINALS,
    FIRST,
    MONTHS,
    MONTHS_SHORT,
    MULTIPLE_NOUNS,
    MULTIPLE_VERBS,
    ORDINALS,
    ROMAN_RANKS,
    SCALES,
    VULGAR,
)
from .tokens import NUM, WORD, Tokens
from .units import has_unit, measured

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
    begins = map(or_, map(NUM.__eq__, s.kind), map(steps.__contains__, low))
    for i in compress(range(s.n), begins):
        if i >= resume:
            resume = steps.get(low[i], digits)(s, i, found)
    if found:
        sharing.share(s, found)
    return found


def _one(s: Tokens, i: int, found: list[Item]) -> int:
    """Un, une: an article unless a magnitude, a part or a range shows a number."""
    if s.low[i + 1] in AINES or s.low[i + 2] in AINES:
        return i + 1
    hedged = s.low[i - 1] in {"d'", "moins", "environ", "presque"}
    if "demi" in s.low[i + 2 : i + 5] or "demie" in s.low[i + 2 : i + 5]:
        hedged = True
    if hedged or s.low[s.past_hyphen(i + 1)] in _AFTER_ONE or "sur" in s.low[i + 2 : i + 7]:
        return words(s, i, found)
    return i + 1


def _aine(s: Tokens, i: int, found: list[Item]) -> int:
    number = aine(s, i)
    if number is None:
        return i + 1
    item = measured(s, number)
    return keep(interval(s, item) or item, found)


def _scale(s: Tokens, i: int, found: list[Item]) -> int:
    """Frôler le million de visiteurs, le milliard d'euros: a magnitude that stands for one of it."""
    half = s.low[i - 1] == "-" and s.low[i - 2] == "demi"
    about = s.low[i - 1] in _WARM and s.low[i - 2] == "un"  # un bon million
    number = Number(i - 2, i + 1, 5, 1) if half else Number(i - 2 * about, i + 1, 1, approx=about)
    number.scale = SCALES[s.low[i]]
    complete(s, number)
    if not (about or s.low[number.first - 1] in _DEFINITE) or not (has_unit(s, number) or hedge_before(s, i)[0]):
        return i + 1
    return keep(measured(s, number), found)


def _vulgar(s: Tokens, i: int, found: list[Item]) -> int:
    """⅓ des sites, ½ journée: a sign alone."""
    if s.glued(i) and s.kind[i - 1] in {NUM, WORD}:
        return i + 1
    return keep(fractions.sign(s, i), found)


def _zero(s: Tokens, i: int, found: list[Item]) -> int:
    """Zéro virgule huit; zéro before a unit of money or a percentage; any other is no figure."""
    number = cardinal(s, i)
    if number is None or not (number.decimals or s.low[i + 1] in _AFTER_ZERO):
        return i + 1
    return measure(s, number, found)


def _rank(s: Tokens, i: int, found: list[Item]) -> int:
    if s.low[i] == "premier":
        days = dates.calendar(s, i)
        if days:
            found.extend(days)
            return days[-1].stop
    item = ordinals.word_rank(s, i)
    return i + 1 if item is None else keep(item, found)


def _part(s: Tokens, i: int, found: list[Item]) -> int:
    item = fractions.half(s, i)
    if item is None:
        return i + 1
    return keep(interval(s, item) or item, found)


def _simple(reader: Callable[[Tokens, int], Item | None]) -> Callable[[Tokens, int, list[Item]], int]:
    """A step that keeps what the reader finds."""

    def step(s: Tokens, i: int, found: list[Item]) -> int:
        item = reader(s, i)
        return i + 1 if item is None else keep(item, found)

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
    **dict.fromkeys(PART_NOUNS, _part),
    **dict.fromkeys(CARDINALS, words),
    **dict.fromkeys(VULGAR, _vulgar),
    "million": _scale,
    "milliard": _scale,
    "zéro": _zero,
    "un": _one,
    "une": _one,
}
