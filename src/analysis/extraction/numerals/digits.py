"""Numbers written in digits: every French grouping, fraction signs, decimals apart from their whole."""

from functools import lru_cache

from .items import Number
from .lexicon import CURRENCY_WORDS, VULGAR
from .tokens import NUM, Tokens

_SEPARATORS = str.maketrans("", "", " \u00a0\u202f\u2009.,'’")
_LONGEST = 15  # digits: beyond it an identifier, not a figure
_SLASHED = frozenset({("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4")})
_CONTINUED = VULGAR.keys() | {"1", "2", "3", ","}  # what may follow a whole number as a part of it
_PLACES = 12  # of the decimals that a fraction is read as


@lru_cache(1 << 12)
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


def in_digits(s: Tokens, i: int) -> Number | None:
    """The number in digits at token i, with the fraction or the decimals that follow it: 12½, 3 1/2, 318 450, 75 €."""
    raw, following = s.low[i], s.low[i + 1]
    if raw.isdigit() and raw[0] != "0" and len(raw) <= _LONGEST:  # the usual case, seen first
        number = Number(i, i + 1, int(raw))
    else:
        found = literal(raw)
        if found is None:
            return None
        number = Number(i, i + 1, found[0], found[1], point=found[2])
    if number.decimals or following not in _CONTINUED:
        return number
    if following in VULGAR:
        _add(number, *VULGAR[following], i + 2)
    elif (following, s.low[i + 3]) in _SLASHED and s.low[i + 2] == "/" and s.glued(i + 2) and s.glued(i + 3):
        _add(number, int(following), int(s.low[i + 3]), i + 4)
    elif following == "," and _parted(s, i):
        _add(number, int(s.low[i + 2]), 100, i + 3)
    return number


def _add(number: Number, above: int, below: int, stop: int) -> None:
    whole = number.mantissa * 10**_PLACES
    number.mantissa, number.decimals, number.stop = whole + above * 10**_PLACES // below, _PLACES, stop


def _parted(s: Tokens, i: int) -> bool:
    """Whether a blank parts the decimals from a grouped amount: 318 450, 75 €."""
    raw, cents = s.low[i], s.low[i + 2]
    apart = s.glued(i + 1) and not s.glued(i + 2) and s.kind[i + 2] == NUM
    return apart and not raw.isdigit() and len(cents) == 2 and cents.isdigit() and s.low[i + 3] in CURRENCY_WORDS
