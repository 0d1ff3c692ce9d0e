"""From a text to its quantities: sentences, tokens, figures, hedges, offsets."""

import re
from collections.abc import Iterator

from .approximations import hedge_after, hedge_before
from .cleaning import Clean
from .items import Item
from .learnt import Learnt
from .lexicon import RATE_ADJECTIVES
from .model import Quantity
from .scan import STEPS, figures
from .sentences import is_folio, iter_sentences
from .tokens import Tokens

_DIGIT = re.compile("[0-9]")
_WORD = re.compile(r"[^\W\d_]++")
_TRIGGERS = frozenset(STEPS) - {"un", "une"} | {
    "million",
    "milliard",
    "sur",
    "euro",
    "point",
    "an",
    "moins",
    "demi",
    "demie",
}
_PLACING = frozenset({"autour", "sous"})
_FEW = 20
_OPEN_ABOVE = frozenset({"more_than", "at_least"})
_OPEN_BELOW = frozenset({"less_than", "at_most"})


def iter_read(text: str) -> Iterator[Quantity]:
    """Every figure of a French text, one after the other; memory does not grow with the text's figures."""
    clean = Clean(text)
    for start, end in iter_sentences(clean.text):
        if not _may_hold(clean.text, start, end):
            continue
        s = Tokens(clean.text, start, end)
        previous = 0
        for item in figures(s):
            yield _quantity(s, item, previous, clean)
            previous = item.stop


def _holds(chunk: str) -> bool:
    """Whether what stands between two blanks holds a numeral word: "quatre-vingts,"."""
    return not _TRIGGERS.isdisjoint(_WORD.findall(chunk.lower()))


_HOLDS = Learnt(_holds)


def _may_hold(text: str, start: int, end: int) -> bool:
    """Whether a sentence has a digit or a numeral word at all."""
    if _DIGIT.search(text, start, end):
        return not is_folio(text, start, end)
    return True in map(_HOLDS.__getitem__, text[start:end].split())


def _quantity(s: Tokens, item: Item, previous: int, clean: Clean) -> Quantity:
    """The figure with its hedge, at its place in the text given."""
    low, high, approx, bound = item.low, item.high, item.approx, None
    qualifier = "between" if item.ranged else "approximately" if item.approx else "exact"
    hedge = _hedge(s, item, previous)
    if hedge in {"approximately", "nearly"}:
        approx = True
        qualifier = qualifier if item.ranged else hedge
    elif hedge and not item.ranged:
        qualifier = hedge
    elif item.several and not item.ranged:
        qualifier = "at_least"
    if qualifier in _OPEN_ABOVE:
        high, bound = None, "at_least"
    elif qualifier in _OPEN_BELOW:
        low, bound = None, "at_most"
    unit = item.unit if item.kind != "money" else _money_unit(s, item, previous)
    span, number, sentence = (item.start, item.end), (item.num_start, item.num_end), (s.start, s.end)
    if not clean.untouched:
        span, number, sentence = clean.place(span), clean.place(number), clean.place(sentence)
    return Quantity(*span, *number, item.kind, low, high, item.iso, approx, bound, qualifier, unit, *sentence)


def _hedge(s: Tokens, item: Item, previous: int) -> str:
    """The hedge before the figure, else the one after it, among those its kind can take."""
    if item.kind in {"date", "ordinal"} or (item.kind == "period" and item.ranged and item.number is None):
        return ""
    hedge, begin = hedge_before(s, item.first)
    if begin < previous:
        hedge = ""
    if item.kind == "year":
        return hedge if hedge == "approximately" else ""
    if hedge and s.low[begin] in _PLACING and item.kind == "count" and item.unit and (item.low or 0) < _FEW:
        hedge = ""  # autour de 5 problématiques, sous les 3 arches
    return hedge or hedge_after(s, item.stop)


def _money_unit(s: Tokens, item: Item, previous: int) -> str | None:
    """The currency with what it is counted by: EUR/year also when "chaque année" stands before."""
    rate = item.rate or _rate_before(s, item.first, previous)
    return f"{item.unit}/{rate}" if rate else item.unit


def _rate_before(s: Tokens, first: int, previous: int) -> str | None:
    """The rate of an amount from the words before it: un budget annuel de, chaque année."""
    for k in range(first - 1, max(previous, first - 7, 0) - 1, -1):
        word = s.low[k]
        if word in {".", ";", ":", "(", ")"}:
            return None
        if word in RATE_ADJECTIVES and s.low[k + 1] in {"de", "d'", "à"}:
            return RATE_ADJECTIVES[word]
        if (word == "année" and s.low[k - 1] == "chaque") or (word == "an" and s.low[k - 1] == "par"):
            return "year"
    return None
