"""Numbers said with an -aine word: une (bonne) dizaine, une demi-douzaine, des milliers."""

from .cardinals import of_scale
from .items import Number
from .lexicon import AINES, AINES_PLURAL, OF, wordset
from .tokens import Tokens

_ONE = frozenset({"un", "une"})
_SEVERAL = frozenset({"des", "plusieurs", "quelques", "une"})
_WARM = wordset("bonne petite grosse large courte solide bon petit gros")


def aine(s: Tokens, i: int) -> Number | None:
    """The number around the -aine word at token i: une (bonne) dizaine, une demi-douzaine, des milliers.

    A singular one needs its article; a plural one after a numeral is read by `cardinal`.
    """
    word = s.low[i]
    if word in AINES:
        return _single_aine(s, i)
    if s.low[i - 1] in {"par", "en"}:  # par milliers, (en milliers): no figure
        return None
    first = i - 1 if s.low[i - 1] in _SEVERAL else i
    number = Number(first, i + 1, AINES_PLURAL[word], approx=True, several=s.low[i - 1] != "une")
    of_scale(s, number)
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
    of_scale(s, number)
    return number
