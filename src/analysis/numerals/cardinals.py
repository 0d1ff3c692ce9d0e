"""Bare numbers: digits in every French grouping, number words, -aine words, magnitudes."""

from .items import Number
from .lexicon import AINES, AINES_PLURAL, HUNDRED, OF, SCALES, SMALL, THOUSAND, wordset
from .tokens import NUM, Tokens

_SEPARATORS = str.maketrans("", "", " \u00a0\u202f\u2009.,'’")
_MAGNITUDES = SCALES.keys() | AINES_PLURAL.keys() | THOUSAND | {"-"}
_LONGEST = 15  # digits: beyond it an identifier, not a figure
_HALF = frozenset({"demi", "demie"})
_ONE = frozenset({"un", "une"})
_SEVERAL = frozenset({"des", "plusieurs", "quelques", "une"})
_WARM = wordset("bonne petite grosse large courte solide bon petit gros")


def literal(raw: str) -> tuple[int, int, bool] | None:
    """Mantissa, decimals and whether a decimal point was used, of a number written in digits.

    None for what only looks like one: a leading zero, irregular groups, too many digits.
    """
    whole, decimals, point = raw, "", False
    if not raw.isdigit():
        whole, decimals, point = _split(raw)
        whole = whole.translate(_SEPARATORS)
        if not whole:
            return None
    if len(whole) + len(decimals) > _LONGEST or (whole[0] == "0" and len(whole) > 1):
        return None
    return int(whole + decimals), len(decimals), point


def _split(raw: str) -> tuple[str, str, bool]:
    """The whole part, the decimals, and whether a decimal point parts them; empty when malformed."""
    commas, points = raw.count(","), raw.count(".")
    if commas and points:  # 1.234,56 or 1,234.56: the last mark is the decimal one
        mark = max(raw.rfind(","), raw.rfind("."))
        return raw[:mark], raw[mark + 1 :], False
    if commas == 1:
        whole, _, decimals = raw.partition(",")
        return whole, decimals, False
    groups = raw.split(".")
    if points == 1 and (len(groups[1]) != 3 or len(groups[0]) > 3 or groups[0] == "0"):
        return groups[0], groups[1], True
    if points and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])):
        return "", "", False
    return raw, "", False


def cardinal(s: Tokens, i: int) -> Number | None:
    """The number that begins at token i, with its magnitude word (million, milliard, dizaines)."""
    if s.kind[i] == NUM:
        found = literal(s.low[i])
        if found is None:
            return None
        number = Number(i, i + 1, found[0], found[1], point=found[2])
        return _scaled(s, number) if s.low[i + 1] in _MAGNITUDES else number
    if s.low[i] in _ONE and s.low[i + 1] == "demi":
        j = s.past_hyphen(i + 2)
        if s.low[j] in SCALES:
            return Number(i, j + 1, 5, 1, SCALES[s.low[j]])
    spelled = words(s, i)
    if spelled is None:
        return None
    value, stop = spelled
    article = value == 1 and s.low[i] in _ONE
    return _scaled(s, Number(i, stop, value, article=article))


def _scaled(s: Tokens, number: Number) -> Number:
    """The number multiplied by the magnitude word that follows it, with what completes it."""
    j = s.past_hyphen(number.stop)
    word = s.low[j]
    if word in SCALES:
        number.scale, number.stop, number.article = SCALES[word], j + 1, False
        _complete(s, number)
    elif word in AINES_PLURAL and not number.article:
        number.scale, number.stop, number.approx = AINES_PLURAL[word], j + 1, True
        _of_scale(s, number)
    elif word in THOUSAND and s.kind[number.first] == NUM:
        number.scale, number.stop = 1000, j + 1
    return number


def _complete(s: Tokens, number: Number) -> None:
    """Add "et demi" or the rest of "deux millions trois cent mille" to a number with its magnitude."""
    j = number.stop
    if s.low[j] == "et" and s.low[j + 1] in _HALF:
        number.mantissa, number.decimals, number.stop = number.mantissa * 10 + 5, number.decimals + 1, j + 2
        return
    if s.kind[number.first] == NUM or number.decimals:
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


def _of_scale(s: Tokens, number: Number) -> None:
    """Extend "dizaines" by "de milliers", "de millions"."""
    j = number.stop
    if s.low[j] in OF:
        scale = SCALES.get(s.low[j + 1]) or (1000 if s.low[j + 1] == "milliers" else 0)
        if scale:
            number.scale, number.stop = number.scale * scale, j + 2


def aine(s: Tokens, i: int) -> Number | None:
    """The number around the -aine word at token i: une (bonne) dizaine, une demi-douzaine, des milliers.

    A singular one needs its article; a plural one after a numeral is read by `cardinal`.
    """
    word = s.low[i]
    if word in AINES:
        return _single_aine(s, i)
    if s.low[i - 1] == "par":  # par milliers: no figure
        return None
    first = i - 1 if s.low[i - 1] in _SEVERAL else i
    number = Number(first, i + 1, AINES_PLURAL[word], approx=True, several=s.low[i - 1] != "une")
    _of_scale(s, number)
    return number


def _single_aine(s: Tokens, i: int) -> Number | None:
    value, first, decimals = AINES[s.low[i]], i - 1, 0
    if s.low[i - 1] == "-" and s.low[i - 2] == "demi":
        value, decimals, first = value * 5, 1, i - 3
    elif s.low[i - 1] in _WARM:
        first = i - 2
    before = s.low[first]
    if before not in _ONE:
        if s.low[i + 1] not in OF or (s.low[i] == "quinzaine" and before == "la"):
            return None
        first = first if before in {"la", "le"} else first + 1
    number = Number(first, i + 1, value, decimals, approx=True)
    _of_scale(s, number)
    return number


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
