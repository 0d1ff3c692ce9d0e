"""From a text to its quantities: sentences, tokens, figures, hedges, offsets."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from .hedges import hedge_after, hedge_before
from .items import Item
from .lexicon import RATE_ADJECTIVES
from .model import Quantity
from .scan import STEPS, figures
from .sentences import iter_sentences
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
# Characters beyond ASCII with what stands before them: where composition can change a text.
_BEYOND_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]++")
_PLACING = frozenset({"autour", "sous"})
_FEW = 20
_OPEN_ABOVE = frozenset({"more_than", "at_least"})
_OPEN_BELOW = frozenset({"less_than", "at_most"})


def iter_read(text: str) -> Iterator[Quantity]:
    """Every figure of a French text, one after the other; memory does not grow with the text's figures."""
    composed, shifts = compose(text)
    for start, end in iter_sentences(composed):
        if not _may_hold(composed, start, end):
            continue
        s = Tokens(composed, start, end)
        previous = 0
        for item in figures(s):
            yield _quantity(s, item, previous, shifts)
            previous = item.stop


def _may_hold(text: str, start: int, end: int) -> bool:
    """Whether a sentence has a digit or a numeral word at all."""
    if _DIGIT.search(text, start, end):
        return True
    return not _TRIGGERS.isdisjoint(_WORD.findall(text[start:end].lower()))


def _quantity(s: Tokens, item: Item, previous: int, shifts: "Shifts") -> Quantity:
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
    places: tuple[int, ...] = (item.start, item.end, item.num_start, item.num_end, s.start, s.end)
    if shifts.places:
        places = tuple(map(shifts.at, places))
    unit = item.unit if item.kind != "money" else _money_unit(s, item, previous)
    start, end, num_start, num_end, *sentence = places
    return Quantity(
        start, end, num_start, num_end, item.kind, low, high, item.iso, approx, bound, qualifier, unit, *sentence
    )


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


class Shifts:
    """Where each offset of the composed text stands in the text given."""

    __slots__ = ("moved", "places")

    def __init__(self, places: list[int], moved: list[int]) -> None:
        self.places, self.moved = places, moved

    def at(self, offset: int) -> int:
        """The offset in the text given."""
        if not self.places:
            return offset
        n = bisect_right(self.places, offset)
        return offset + self.moved[n - 1] if n else offset


def compose(text: str) -> tuple[str, Shifts]:
    """The text with each letter and its combining marks in one character, and the offsets' shifts."""
    if unicodedata.is_normalized("NFC", text):
        return text, Shifts([], [])
    pieces: list[str] = []
    places: list[int] = []
    moved: list[int] = []
    last = length = 0
    for match in _BEYOND_ASCII.finditer(text):
        pieces.append(text[last : match.start()])
        length += match.start() - last
        for cluster in _clusters(match.group()):
            one = unicodedata.normalize("NFC", cluster)
            pieces.append(one)
            length += len(one)
            if len(one) != len(cluster):
                places.append(length)
                moved.append((moved[-1] if moved else 0) + len(cluster) - len(one))
        last = match.end()
    pieces.append(text[last:])
    return "".join(pieces), Shifts(places, moved)


def _clusters(run: str) -> Iterator[str]:
    """Each character with the combining marks after it."""
    begin = 0
    for n, char in enumerate(run):
        if n and not unicodedata.combining(char):
            yield run[begin:n]
            begin = n
    yield run[begin:]
