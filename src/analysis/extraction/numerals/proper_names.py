"""Numbers that belong to a name or an adjective: Six-Fours, un site neuf, France 2030.

Each check looks at the words around a number that has been read, and gives the token to go on from, or 0.
"""

from .cardinals import cardinal
from .items import Number
from .lexicon import IDIOMS, MONTHS, ORDINAL_ENDINGS, PLACES, WEEKDAYS, wordset
from .tokens import NUM, WORD, Tokens
from .units import has_unit

# Proper names that end in a number even where a sentence begins.
_NAMES = wordset(
    "france natura horizon agenda euro cop industrie airbus boeing ariane seveso iso covid cac vision cap"
    " ambition objectif windows covid afrique usine web"
)
_DATED_WORDS = (
    frozenset(MONTHS)
    | WEEKDAYS
    | wordset(
        "en fin début courant depuis été hiver printemps automne rentrée noël insee ademe eurostat dgfip dares"
        " urssaf dreal ofce avril décembre budget exercice édition promotion année bilan"
    )
)
_NOT_DATED = wordset("rt cop jo jop cac iso en nf g afnor")


SINGULAR = frozenset({"le", "au", "du"})
_NO_SAYING: list[tuple[int, list[str]]] = []
_PLURAL = frozenset({"les", "des", "aux"})
# Beginnings of the words that tell a result: battus, s'impose, victoire, match nul.
_MATCHES = (*wordset("bat impos victoire défait men mèn score gagn perd emport inclin nul"),)
GOALS = frozenset({"buts", "but", "sets", "set", "manches", "essais"})
_BEST_SCORE = 200
IDENTIFYING = 10**8  # nine digits that are no round number identify somebody


def place(s: Tokens, number: Number) -> int:
    """Couper les cheveux en quatre, Six-Fours, un site neuf: number words that are sayings, names or adjectives."""
    i, j = number.first, number.stop
    if s.kind[i] == NUM:
        return 0
    saying = _idiom(s, i)
    if saying:
        return saying
    if s.past_hyphen(j) != j and s.kind[j + 1] == WORD and s.low[j + 1] not in ORDINAL_ENDINGS:
        return j + 2 if cardinal(s, j + 1) is None else 0
    if s.low[i - 1] == "-" and s.glued(i) and s.glued(i - 1) and s.kind[i - 2] == WORD:
        return 0 if cardinal(s, i - 2) is not None else j
    if s.capitalised(i) and i != s.first_word and s.capitalised(j) and not s.written(j).isupper():
        return j + 1
    return _said(s, number)


def _said(s: Tokens, number: Number) -> int:
    """Un site neuf, les Vingt-Sept, tous deux."""
    i, j = number.first, number.stop
    if s.low[i] == "neuf" and j == i + 1:
        return j if _new(s, i) else 0
    group = s.capitalised(i) and i != s.first_word and s.low[i - 1] in _PLURAL and not s.shouted()  # les Vingt-Sept
    both = s.low[i - 1] in {"tous", "toutes"} and s.low[i] == "deux"
    return j if (group or both) and not has_unit(s, number) else 0


def _idiom(s: Tokens, i: int) -> int:
    """The token after a saying that the number words at token i stand in (couper les cheveux en quatre), or 0."""
    for pair in ((s.low[i - 1], s.low[i]), (s.low[i], s.low[i + 1])):
        for left, said in IDIOMS.get(pair, _NO_SAYING):
            stop = i - left + len(said)
            if s.low[max(0, i - left) : stop] == said:
                return stop
    return 0


def called(s: Tokens, number: Number) -> int:
    """Le 3919, dans le 57, le 12: after a singular article digits alone are a name or a day."""
    counted = s.kind[number.first] != NUM or number.scale > 1 or number.decimals or not number.plural
    return 0 if counted or has_unit(s, number) else number.stop


def score(s: Tokens, number: Number) -> int:
    """Battus 2 à 0, victoire 78 à 65, par 3 buts à 1: the result of a match."""
    i = number.first
    j = number.stop + (s.low[number.stop] in GOALS)
    if s.low[j] != "à" or s.kind[j + 1] != NUM or s.low[i - 1] in {"de", "entre"}:
        return 0
    second = cardinal(s, j + 1)
    if second is None or second.value >= _BEST_SCORE or has_unit(s, second):
        return 0
    told = j > number.stop or any(word.startswith(_MATCHES) for word in s.low[max(0, i - 10) : i])
    return j + 2 if told else 0


def _new(s: Tokens, i: int) -> bool:
    """Whether "neuf" is the adjective."""
    if s.low[i + 1] in {"sur", "cent", "à", "ou", "et"} and s.low[i - 1] != "à":
        return s.low[i - 1] in {"le", "du"}
    number = Number(i, i + 1, 9)
    return not has_unit(s, number) and s.low[i - 1] not in {"les", "des", "ces", "ses", "aux", "leurs", "nos"}


def shape(s: Tokens, number: Number) -> int:
    """Version 4.0, nine digits that identify."""
    if number.point and number.scale == 1 and _is_version(s.low[number.first]):
        titled = number.first == 0 and s.capitalised(number.stop) and not s.written(number.stop).isupper()
        if titled or not has_unit(s, number):  # 1.1 Contexte
            return number.stop
    long = number.mantissa >= IDENTIFYING and number.mantissa % 1000 and s.kind[number.first] == NUM
    return number.stop if long and not number.decimals and not has_unit(s, number) else 0


def _is_version(raw: str) -> bool:
    """Whether a number with a decimal point and no unit is rather a version: 4.0, not 0.45 or 998 410.60."""
    whole, _, decimals = raw.partition(".")
    return not (whole == "0" and len(decimals) > 1) and whole.isdigit() and decimals.isdigit()


def named(s: Tokens, number: Number, period: bool = False) -> int:
    """France 2030, Natura 2000, CAC 40: the number belongs to a proper name; a period of years never does."""
    i = number.first
    if period or s.kind[i] != NUM or not s.capitalised(i - 1) or s.low[i - 1][-1] == "'":
        return 0
    word, raw = s.low[i - 1], s.written(i - 1)
    if word in _DATED_WORDS or word in PLACES or has_unit(s, number) or (number.decimals and not number.point):
        return 0
    if i - 1 == s.first_word:
        return number.stop if word in _NAMES else 0
    year = 1900 <= number.mantissa <= 2100 and (_heads_columns(s, i) or (raw.isupper() and len(raw) > 1))
    return 0 if (year and word not in _NOT_DATED) or s.shouted() else number.stop


def _heads_columns(s: Tokens, i: int) -> bool:
    """Whether the word before the year at token i stood before another one: Emploi 2019 1 204 Emploi 2023 1 377."""
    word = s.low[i - 1]
    first = s.low.index(word)
    return first < i - 1 and word not in _NAMES and len(s.low[first + 1]) == 4 and s.low[first + 1].isdigit()
