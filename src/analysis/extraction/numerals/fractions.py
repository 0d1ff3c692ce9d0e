"""Shares and multiples in words: un tiers, neuf sur dix, une personne sur cinq, doublé, divisé par deux."""

from .approximations import hedge_before
from .cardinals import cardinal, scaled
from .items import Item, Number, plain_item, ratio
from .lexicon import MULTIPLE_NOUNS, MULTIPLE_VERBS, OF, ORDINAL_ENDINGS, ORDINALS, PARTS, SCALES, VULGAR, wordset
from .model import Value
from .nouns import noun_after
from .tokens import NUM, WORD, Tokens
from .units import has_unit, measured

# Denominators of a share; any other "A sur B" is two counts.
_DENOMINATORS = frozenset({2, 3, 4, 5, 6, 8, 10, 20, 100, 1000})
_PART_OF = frozenset({"de", "d'", "des", "du"})
_BETWEEN_STOPS = wordset(
    "sur et ou à en dans pour par avec est a ont sont du des le la les l' un une au aux que qui dont se ne y il"
)
_LARGEST_SHARE = 100
CROSSES = frozenset({"x", "×"})
PART_WORDS = PARTS.keys() | ORDINALS.keys()
_NOT_WHOLES = frozenset({"heure", "heures", "siècle", "confiance", "finale"})
_BY = ("multipli", "divis")


def digits(s: Tokens, i: int) -> Item | None:
    """2/3 before what it is a part of."""
    if s.low[i + 1] != "/" or not s.glued(i + 1) or not s.glued(i + 2) or s.kind[i + 2] != NUM:
        return None
    above, below = s.low[i], s.low[i + 2]
    if not (above.isdigit() and below.isdigit() and len(above) == 1 and below in {"2", "3", "4", "5", "6", "8", "10"}):
        return None
    stop = i + 4 if s.low[i + 3] in ORDINAL_ENDINGS - _PART_OF else i + 3  # 4/5e
    if int(above) >= int(below) or s.low[stop] not in _PART_OF or s.low[stop + 1] in _NOT_WHOLES:
        return None
    return _fraction(s, i, stop, ratio(int(above), int(below)))


def sign(s: Tokens, i: int) -> Item:
    """⅓ of something, ½ million, or ½ of the unit that follows."""
    above, below = VULGAR[s.low[i]]
    of = s.low[i + 1] in _PART_OF
    if not of or s.low[i + 2] in SCALES:  # ¼ de milliard
        number = scaled(s, Number(i, i + 1 + of, above * 10**12 // below, 12))
        if number.scale > 1 or has_unit(s, number):
            return measured(s, number)
    return _fraction(s, i, i + 1, ratio(above, below))


def crossed(s: Tokens, i: int) -> Item | None:
    """x3, × 2: a factor, unless a dimension (4x4) or a name (X3)."""
    sized = s.kind[i - 2] == NUM or (s.glued(i - 1) and s.kind[i - 2] == WORD)
    number = None if sized or s.written(i - 1) == "X" else cardinal(s, i)
    if number is None or number.scale != 1 or s.low[number.stop] in CROSSES or has_unit(s, number):
        return None
    if s.glued(number.stop) and s.kind[number.stop] == WORD:
        return None
    return _factor(s, i - 1, number.stop, number.value)


def part(s: Tokens, number: Number) -> Item | None:
    """Un tiers, trois quarts, deux cinquièmes: a small number with the name of a part."""
    j = s.past_hyphen(number.stop)
    word = s.low[j]
    below = PARTS.get(word) or ORDINALS.get(word, 0)
    if not below or number.scale != 1 or number.decimals or number.mantissa > below * 3:
        return None
    if word in ORDINALS and below < 5:  # un troisième comité, un deuxième site
        return None
    if not _is_part(s, j, word, number):
        return None
    return _fraction(s, number.first, j + 1, ratio(number.mantissa, below))


def not_part(s: Tokens, number: Number) -> bool:
    """Whether the number only belongs to "trois quarts d'heure" or "un tiers de confiance"."""
    return s.low[s.past_hyphen(number.stop)] in PARTS and part(s, number) is None


def _is_part(s: Tokens, j: int, word: str, number: Number) -> bool:
    after = s.low[j + 1]
    if after == "-" and s.glued(j + 1):
        return False
    if after in OF and s.low[j + 2] in _NOT_WHOLES:
        return False
    if after in _PART_OF:
        return True
    if word in PARTS:
        return s.kind[j + 1] != WORD or not number.article or noun_after(s, j + 1, False) is None
    if number.article:  # "baisser d'un cinquième", not "un cinquième site"
        return s.kind[j + 1] != WORD and s.low[number.first - 1] == "d'"
    return noun_after(s, j + 1, True) is None


def half(s: Tokens, i: int) -> Item | None:
    """La moitié, le tiers, le quart at token i (the noun)."""
    word, before, after = s.low[i], s.low[i - 1], s.low[i + 1]
    if word == "moitié":
        if before in {"à", "première", "seconde", "deuxième", "dernière", "-"} or after == "-":
            return None
        first = i - 1 if before in {"la", "une"} else i
        return _fraction(s, first, i + 1, 0.5)
    if before in {"bon", "petit", "gros"} and s.low[i - 2] == "un" and (after in _PART_OF or s.kind[i + 1] != WORD):
        item = _fraction(s, i - 2, i + 1, ratio(1, PARTS[word]))
        item.approx = True
        return item
    framed = after in _PART_OF or s.low[i - 2] == "entre"
    if before != "le" or not framed or s.low[i + 2] in {"heure", "siècle", "confiance"}:
        return None
    return _fraction(s, i - 1, i + 1, ratio(1, PARTS[word]))


def share(s: Tokens, number: Number) -> Item | None:
    """Neuf sur dix, une personne sur cinq, trois usines sur quatre."""
    if number.scale != 1 or number.decimals or number.mantissa > 999:
        return None
    j = number.stop
    while j < number.stop + 6 and s.low[j] != "sur":
        if s.kind[j] != WORD or s.low[j] in _BETWEEN_STOPS:
            return None
        j += 1
    if s.low[j] != "sur":
        return None
    below = cardinal(s, j + 1)
    if below is None or below.scale != 1 or below.decimals or below.mantissa <= number.mantissa:
        return None
    if has_unit(s, below) or not _is_whole(below, number.article):
        return None
    return _fraction(s, number.first, below.stop, ratio(number.mantissa, below.mantissa))


def _is_whole(below: Number, article: bool) -> bool:
    """Whether a number can be the whole of a share: any small one after "un", a round one otherwise."""
    return below.mantissa in _DENOMINATORS or (article and below.mantissa <= _LARGEST_SHARE)


def same_share(s: Tokens, number: Number) -> int:
    """The token after "sept jours sur sept", which says all and counts nothing; 0 otherwise."""
    j = number.stop + 1
    if s.low[j] != "sur" or s.kind[j - 1] != WORD:
        return 0
    below = cardinal(s, j + 1)
    return below.stop if below is not None and below.value == number.value else 0


def multiple(s: Tokens, i: int) -> Item | None:
    """Doublé, tripler, le double de, at token i."""
    word, before, after = s.low[i], s.low[i - 1], s.low[i + 1]
    if word in MULTIPLE_NOUNS:
        ends = after in _PART_OF or s.kind[i + 1] not in {WORD, NUM}
        if before not in {"le", "du", "au"} or not ends or after == "-":
            return None
        first = i - 1 if before == "le" else i
        return _factor(s, first, i + 1, MULTIPLE_NOUNS[word])
    if word.endswith("ement") and before not in {"le", "un", "du", "au", "ce"}:
        return None
    lined = after in {"d'", "de"} and s.low[i + 2] in {"un", "une"}
    return None if lined else _factor(s, i, i + 1, MULTIPLE_VERBS[word])


def times(s: Tokens, item: Item) -> Item:
    """Multiplié par trois, divisé par deux: the number becomes a factor; else the figure as it was.

    The verb may stand some words before ("multiplier ses ventes par quatre"); then the span is the number's.
    """
    first = hedge_before(s, item.first)[1] if item.bare else item.first
    if s.low[first - 1] != "par" or not item.bare or item.low is None:
        return item
    k = first - 2
    while k > item.first - 12 and s.kind[k] == WORD and not s.low[k].startswith(_BY):
        k -= 1
    verb = s.low[k]
    if verb.startswith("divis") and item.low:
        item.low = item.high = 1 / item.low
    elif not verb.startswith("multipli"):
        return item
    item.kind, item.unit = "percent", "factor"
    if k == item.first - 2:
        item.first, item.start = k, s.begin[k]
    return item


def _fraction(s: Tokens, first: int, stop: int, value: Value) -> Item:
    item = plain_item(s, first, stop, "percent", value)
    item.unit = "fraction"
    return item


def _factor(s: Tokens, first: int, stop: int, value: Value) -> Item:
    item = plain_item(s, first, stop, "percent", value)
    item.unit = "factor"
    return item
