"""Bare numbers: digits or words, with their magnitude and what completes it."""

from .digits import in_digits, literal
from .items import Number
from .lexicon import AINES_PLURAL, HUNDRED, OF, SCALES, SMALL, THOUSAND
from .tokens import NUM, Tokens

_MAGNITUDES = SCALES.keys() | AINES_PLURAL.keys() | THOUSAND | {"-"}
_HALF = frozenset({"demi", "demie"})
_ONE = frozenset({"un", "une"})


def cardinal(s: Tokens, i: int) -> Number | None:
    """The number that begins at token i, with its magnitude word (million, milliard, dizaines)."""
    if s.kind[i] == NUM:
        number = in_digits(s, i)
        if number is None:
            return None
        if s.low[number.stop] == "virgule":
            _point(s, number)
        return scaled(s, number) if s.low[number.stop] in _MAGNITUDES else number
    if s.low[i] in _ONE and s.low[i + 1] == "demi":
        j = s.past_hyphen(i + 2)
        if s.low[j] in SCALES:
            return Number(i, j + 1, 5, 1, SCALES[s.low[j]])
    spelled = (0, i + 1) if s.low[i] == "zéro" else words(s, i)
    if spelled is None:
        return None
    value, stop = spelled
    number = Number(i, stop, value, article=value == 1 and s.low[i] in _ONE)
    if s.low[stop] == "virgule":
        _point(s, number)
    return scaled(s, number)


def _point(s: Tokens, number: Number) -> None:
    """Add the decimals said after "virgule": un virgule quatre, 2 virgule 5, zéro virgule zéro huit."""
    j, zeros = number.stop + 1, 0
    while s.low[j] == "zéro":
        j, zeros = j + 1, zeros + 1
    raw = s.low[j]
    found = (int(raw), j + 1) if s.kind[j] == NUM and raw.isdigit() else words(s, j)
    if found is None or number.decimals:
        return
    places = zeros + (len(raw) if s.kind[j] == NUM else len(str(found[0])))
    number.mantissa, number.decimals = number.mantissa * 10**places + found[0], places
    number.stop, number.article = found[1], False


def scaled(s: Tokens, number: Number) -> Number:
    """The number multiplied by the magnitude word that follows it, with what completes it."""
    j = s.past_hyphen(number.stop)
    word = s.low[j]
    if word in SCALES:
        number.scale, number.stop, number.article = SCALES[word], j + 1, False
        complete(s, number)
    elif word in AINES_PLURAL and not number.article:
        number.scale, number.stop, number.approx = AINES_PLURAL[word], j + 1, True
        of_scale(s, number)
    elif word in THOUSAND and s.kind[number.first] == NUM:
        number.scale, number.stop = 1000, j + 1
    return number


def complete(s: Tokens, number: Number) -> None:
    """Add "et demi" or the rest of "deux millions trois cent mille" to a number with its magnitude."""
    j = number.stop
    if s.low[j] == "et" and s.low[j + 1] in _HALF:
        number.mantissa, number.decimals, number.stop = number.mantissa * 10 + 5, number.decimals + 1, j + 2
        return
    if number.decimals:
        return
    if s.kind[number.first] == NUM:
        _complete_digits(s, number)
        return
    total, below = number.mantissa * number.scale, number.scale
    while below > 1:
        rest = words(s, s.past_hyphen(j))
        if rest is None:
            break
        k = s.past_hyphen(rest[1])
        scale = SCALES.get(s.low[k], 1)
        if scale >= below or (scale == 1 and s.low[s.past_hyphen(j)] in _ONE):
            break
        j = k + 1 if scale > 1 else rest[1]
        total, below = total + rest[0] * scale, scale
        number.mantissa, number.scale, number.stop = total, 1, j


def _complete_digits(s: Tokens, number: Number) -> None:
    """Add the rest of "1 million 200 000", "2 milliards 300 millions"."""
    j = number.stop
    rest = literal(s.low[j]) if s.kind[j] == NUM else None
    if rest is None or rest[1]:
        return
    scale = SCALES.get(s.low[j + 1], 1)
    if scale < number.scale and 1000 <= rest[0] * scale < number.scale and (scale > 1 or not s.low[j].isdigit()):
        number.mantissa = number.mantissa * number.scale + rest[0] * scale
        number.scale, number.stop = 1, j + 1 + (scale > 1)


def of_scale(s: Tokens, number: Number) -> None:
    """Extend "dizaines" by "de milliers", "de millions"."""
    j = number.stop
    if s.low[j] in OF:
        scale = SCALES.get(s.low[j + 1]) or (1000 if s.low[j + 1] == "milliers" else 0)
        if scale:
            number.scale, number.stop = number.scale * scale, j + 2


def words(s: Tokens, i: int) -> tuple[int, int] | None:
    """The value of the number words from token i (old or 1990 hyphens), and the token after them."""
    low = s.low
    if low[i] in THOUSAND:
        value, stop = 1000, i + 1
    else:
        found = _below_1000(s, i)
        if found is None:
            return None
        value, stop = found
        j = s.past_hyphen(stop)
        if low[j] not in THOUSAND or value == 1:
            return found
        value, stop = value * 1000, j + 1
    j = s.past_hyphen(stop)
    if low[j] == "et" and low[s.past_hyphen(j + 1)] in _ONE:
        return value + 1, s.past_hyphen(j + 1) + 1
    rest = _below_1000(s, j)
    if rest is None or (rest[0] == 1 and j == stop and not _counts(s, j)):
        return value, stop
    return value + rest[0], rest[1]


def _counts(s: Tokens, j: int) -> bool:
    """Whether the un at token j ends a number: "cent un lots", not "deux cents un peu plus loin"."""
    word = s.low[j + 1]
    return word in THOUSAND or (word[-1:] in {"s", "x", "%", "€"} and word not in {"plus", "dans", "sans"})


def _below_1000(s: Tokens, i: int) -> tuple[int, int] | None:
    """Number words below a thousand, or in hundreds up to dix-neuf cents."""
    low = s.low
    if low[i] in HUNDRED:
        if low[i - 1] == "pour":
            return None
        value, stop = 100, i + 1
    else:
        found = _below_100(s, i)
        if found is None:
            return None
        value, stop = found
        j = s.past_hyphen(stop)
        if low[j] not in HUNDRED or not (2 <= value <= 9 or 11 <= value <= 19):
            return found
        value, stop = value * 100, j + 1
    j = s.past_hyphen(stop)
    rest = _below_100(s, j)
    if rest is None or (rest[0] == 1 and j == stop and not _counts(s, j)):
        return value, stop
    return value + rest[0], rest[1]


def _below_100(s: Tokens, i: int) -> tuple[int, int] | None:
    value = SMALL.get(s.low[i])
    if value is None:
        return None
    j = s.past_hyphen(i + 1)
    if value == 4 and s.low[j] in {"vingt", "vingts"}:
        return _add_unit(s, 80, j + 1, 19)
    if value >= 20:
        return _add_unit(s, value, i + 1, 19 if value == 60 else 9)
    if value == 10:
        return _add_teen(s, 10, i + 1)
    return value, i + 1


def _add_unit(s: Tokens, tens: int, stop: int, most: int) -> tuple[int, int]:
    """Add the unit word that follows the tens, if one does: vingt-deux, vingt et un, soixante-dix-sept."""
    j = s.past_hyphen(stop)
    hyphen = j != stop
    if s.low[j] == "et":
        k = s.past_hyphen(j + 1)
        if (tens < 80 or most == 9) and (s.low[k] in _ONE or (tens == 60 and s.low[k] == "onze")):
            return tens + SMALL[s.low[k]], k + 1
        return tens, stop
    unit = SMALL.get(s.low[j], 0)
    if not 1 <= unit <= most or (unit == 1 and not hyphen):
        return tens, stop
    if unit == 10:
        return _add_teen(s, tens + 10, j + 1)
    return tens + unit, j + 1


def _add_teen(s: Tokens, ten: int, stop: int) -> tuple[int, int]:
    """Add sept, huit or neuf to dix."""
    j = s.past_hyphen(stop)
    unit = SMALL.get(s.low[j], 0)
    return (ten + unit, j + 1) if 7 <= unit <= 9 else (ten, stop)
