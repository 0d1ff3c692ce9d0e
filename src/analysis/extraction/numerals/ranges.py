"""Two figures that make one interval: entre 3 et 5 M€, de 10 à 15, deux ou trois, 15-20 %."""

from .cardinals import cardinal
from .items import Item, Number, ratio
from .lexicon import OF
from .model import Value
from .tokens import NUM, Tokens
from .units import duration, has_unit

_LINKS = frozenset({"à", "-", "–", "ou", "et", "voire"})
LINK_WORDS = _LINKS | {",", "jusqu'"}
# "de" after these belongs to a hedge, not to a range.
_HEDGED_DE = frozenset(
    {"plus", "moins", "près", "ordre", "autour", "alentours", "environs", "maximum", "minimum", "delà", "limite"}
)
_CHANGES = ("passe", "passé", "passa", "ramen", "portée", "portés", "porté", "porter")
_WIDEST = 3  # how many times the first the second of "4/5 mois" can be


def link(s: Tokens, first: Item) -> tuple[str, int] | None:
    """The word that could join a figure to the next one, and the token where that one would begin."""
    j = first.stop
    if s.low[j] == "," and s.low[j + 1] == "voire":
        j += 1
    word = s.low[j]
    if word == "jusqu'" and s.low[j + 1] == "à":
        return "à", j + 2
    if word not in _LINKS or (word == "et" and _frame(s, first)[0] != "entre"):
        return None
    return word, j + 1


def join(s: Tokens, first: Item, second: Item, word: str) -> Item | None:
    """The interval from the first figure to the second, or None when they do not make one."""
    frame, begin = _frame(s, first)
    if word in {"-", "–", "/"} and frame == "de":
        frame, begin = "", first.first
    if second.article or first.low is None or second.high is None or first.kind in {"date", "year", "ordinal"}:
        return None
    low: Value | None = first.low
    high: Value | None = second.low
    if first.bare and second.bare:
        if word in {"-", "–", "/"}:
            return None
    elif first.bare:
        low = scaled_like(first, second)
    elif second.bare:
        if not frame and word != "ou":
            return None
        high = scaled_like(second, first)
    elif (first.kind, first.unit) != (second.kind, second.unit):
        return None
    if first.bare and low == first.low:
        low = _thousands_like(s, first, second)
    if low is None or high is None or (frame == "de" and word == "à" and _changes(s, begin)):
        return None
    if low < 0 and high < low:  # de –2 à –4 %
        low, high = high, low
    if second.unit == "factor" and high < 1:
        low = first.low if not first.bare or not first.low else 1 / first.low
        low, high = min(low, high), max(low, high)
    return _interval(s, first, second, low, high, begin) if low < high else None


def _interval(s: Tokens, first: Item, second: Item, low: Value, high: Value, begin: int) -> Item:
    whole = second if first.bare else first
    start = s.begin[begin]
    item = Item(begin, second.stop, start, second.end, first.num_start, second.num_end, whole.kind, low, high)
    item.unit, item.rate, item.ranged = whole.unit, first.rate or second.rate, True
    item.approx = first.approx or second.approx
    if item.kind == "period":
        item.iso = duration(low, item.unit)
    return item


def scaled_like(bare: Item, measured: Item) -> Value | None:
    """The value of a figure whose magnitude is left to its neighbour: "entre 3 et 5 M€"."""
    number, model = bare.number, measured.number
    if number is None:
        return bare.low
    if measured.unit == "fraction":
        return None
    if number.scale != 1 or model is None or measured.low is None:
        return bare.low
    factor = measured.scale * (model.scale if not model.approx else 1)
    scaled = ratio(number.mantissa * factor, 10**number.decimals)
    later = number.first > model.first
    return scaled if later or scaled <= measured.low else bare.low


def _thousands_like(s: Tokens, first: Item, second: Item) -> Value | None:
    """The first of "12 à 15 000", "deux à trois cents", where the thousands or hundreds are said once."""
    model, low, high = second.number, first.low, second.high
    if model is None or low is None or high is None or model.scale != 1 or model.decimals:
        return low
    if s.kind[model.first] == NUM:
        said_once = high >= 1000 and high % 1000 == 0 and low * 1000 <= high <= low * 5000
        return low * 1000 if said_once else low
    for word, times in (("cents", 100), ("mille", 1000)):
        if s.low[model.stop - 1] == word and model.stop - model.first > 1 and low * times < high:
            return low * times
    return low


def _frame(s: Tokens, first: Item) -> tuple[str, int]:
    """The preposition that opens the interval, and the token where the interval begins."""
    k = first.first - 1
    if s.low[k] in {"les", "le", "la"} and s.low[k - 1] == "entre":
        k -= 1
    word = s.low[k]
    if word == "entre":
        return "entre", k
    if word in OF and s.low[k - 1] not in _HEDGED_DE:
        return "de", k
    return "", first.first


def _changes(s: Tokens, begin: int) -> bool:
    """Whether "de … à" tells a change (passé de 124 à 149) and not an interval."""
    return any(
        word.startswith(_CHANGES) and not word.startswith("passerel") for word in s.low[max(0, begin - 3) : begin]
    )


def slashed(s: Tokens, i: int) -> tuple[Number | None, Number | None]:
    """The two numbers of "10/12 M€" at token i; nothing for scores, references and what is no range."""
    if not (s.low[i + 1] == "/" and s.glued(i + 1) and s.glued(i + 2) and s.kind[i + 2] == NUM):
        return None, None
    first, second = cardinal(s, i), cardinal(s, i + 2)
    if first is None or second is None or first.scale != 1 or not has_unit(s, second):
        return None, None
    near = first.value < second.value * second.scale and second.mantissa * 10**first.decimals <= (
        first.mantissa * 10**second.decimals * _WIDEST
    )
    return (first, second) if near else (None, None)
