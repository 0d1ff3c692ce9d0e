"""What only looks like a figure: labels, addresses, identifiers, list markers, numbers glued to something.

Each guard looks at the tokens around a number and gives the token to go on from, or 0 when the number
may stand.
"""

from . import brackets, labelled, proper_names, times
from .cardinals import cardinal
from .items import Number
from .lexicon import BEFORE_SCALES, CURRENCIES, MONEY_PREFIXES, MONEY_WORDS, MONTHS, SCALES, SYMBOLS, VULGAR, wordset
from .tokens import NUM, SYM, WORD, Tokens
from .units import has_unit

_IDENTIFIERS = wordset("siret siren rcs iban bic nir ean isbn issn naf ape finess uai rna")
_STREETS = wordset(
    "rue avenue boulevard bd place chemin impasse allée quai route square faubourg passage esplanade sentier"
    " lotissement rond ruelle venelle promenade bvd"
)
# Words before a number that never make it something else: the usual case, seen first.
_PLAIN = wordset(
    "les la le l' de d' à et en sur par pour avec dans soit dont quelque environ plus moins près entre ou ces ses"
    " leurs nos contre est a sont ont compte depuis vers reste jusqu' au aux"
)
_REPEATED = frozenset({"bis", "ter", "quater"})
_ADDRESS_WORDS = _STREETS | _REPEATED | {","}
_GLUED_UNITS = (
    frozenset(symbol.lower() for symbol in SYMBOLS)
    | frozenset(CURRENCIES)
    | frozenset(MONEY_PREFIXES)
    | frozenset(MONEY_WORDS)
    | frozenset(SCALES)
    | frozenset(VULGAR)
    | frozenset(BEFORE_SCALES)
    | {"ans", "an", "nº", "pt", "pts", "pp", "pc"}
)
_GLUABLE = frozenset({"le", "la", "les", "du", "au", "en", "à"})  # "le07/01/2022"
_HALVES = frozenset({"mi", "fin", "début"})

_TOLD_AFTER = times.CLOCK_WORDS | proper_names.GOALS  # what makes a time or a result of a number


def before(s: Tokens, i: int) -> int:
    """Refuse token i for what stands before it."""
    word = s.low[i - 1]
    if word in _PLAIN and i > 2 and (word[-1] == "'" or s.begin[i] != s.stop[i - 1]):
        return 0
    return _marker(s, i) or _glued_left(s, i) or labelled.label(s, i) or _identifier(s, i) or _street_name(s, i)


def after(s: Tokens, i: int) -> int:
    """Refuse the digits at token i for what follows them or for their own shape."""
    raw = s.low[i]
    if raw[0] == "0" and raw[1:2].isdigit():
        return _run(s, i)
    if raw == "33" and s.low[i - 1] == "+":
        return _run(s, i)
    word, resume = s.low[i + 1], 0
    if s.begin[i + 1] == s.stop[i]:
        resume = _glued_right(s, i)
    if not resume and (word in _ADDRESS_WORDS or len(raw) == 5):
        resume = _address(s, i)
    return resume or (_bracketed(s, i) if word in {")", "]"} else 0)


def around(s: Tokens, number: Number) -> int:
    """Refuse a number that has been read for the words around it."""
    resume = proper_names.called(s, number) if s.low[number.first - 1] in proper_names.SINGULAR else 0
    if s.low[number.stop] in _TOLD_AFTER:
        resume = resume or times.clock(s, number) or proper_names.score(s, number)
    if resume or s.kind[number.first] != NUM:
        return resume or proper_names.place(s, number)
    if number.point or number.mantissa >= proper_names.IDENTIFYING:
        resume = proper_names.shape(s, number)
    return resume or (proper_names.named(s, number) if s.capitalised(number.first - 1) else 0)


def _marker(s: Tokens, i: int) -> int:
    """1. and 2) and 3° and "4 - " at the head of a line."""
    mark = s.low[i + 1]
    if s.low[i - 1] == "." and s.low[i - 2] == ".":  # the dots of a table of contents
        return i + 1
    if mark in {"-", "–"} and s.low[i - 1] == mark and not s.glued(i) and not s.glued(i + 1):  # - 12 -
        return i + 1
    if i > 1 or s.kind[i] != NUM or len(s.low[i]) > 2 or s.n <= i + 2:
        return 0
    if mark in {")", "°"} or (mark in {".", "/"} and not s.glued(i + 2)):
        return i + 2
    if mark in {"-", "–"} and s.capitalised(i + 2) and not (s.glued(i + 1) and s.glued(i + 2)):
        return i + 2
    return i + 1 if i == 0 and s.capitalised(1) and _heads(s) else 0


def _heads(s: Tokens) -> bool:
    """Whether the number that opens the sentence numbers a heading or a note: "2 En 1965, …"."""
    number = cardinal(s, 0)
    titled = s.low[0] == "1" and s.written(1).isupper()
    return (titled or number is None or not has_unit(s, number)) and not (
        s.written(1).isupper() and 2 <= len(s.low[1]) <= 4
    )


def _glued_left(s: Tokens, i: int) -> int:
    """CO2, Covid-19, 2015-991: a number joined to what stands before it."""
    mark = s.low[i - 1]
    if s.begin[i] != s.stop[i - 1]:
        return i + 1 if mark == "°" and s.kind[i - 2] == NUM else 0  # the minutes of 48° 51′
    if s.kind[i - 1] == WORD:
        if mark[-1] == "'" or mark in _GLUABLE:
            return 0
        after = _past_glued(s, i)
        return labelled.past_groups(s, after) if len(mark) == len(s.low[i]) == 2 else after
    return _past_glued(s, i) if _joins(s, i, mark) else 0


def _joins(s: Tokens, i: int, mark: str) -> bool:
    """Whether the mark right before token i makes it a part of something longer."""
    if mark == "-":
        return s.glued(i - 1) and s.kind[i - 2] != SYM and s.low[i - 2] not in _HALVES
    if mark == "+":  # N+2, bac +5
        return s.low[i - 2] == "bac" or (s.glued(i - 1) and s.kind[i - 2] == WORD)
    if mark == ".":
        return s.glued(i - 1)
    return mark in {"/", "_", "#", "@", "&", "°", "*"} or (mark == ":" and s.kind[i - 2] == NUM)


def _past_glued(s: Tokens, i: int) -> int:
    """The first token not glued to the one before it, punctuation aside."""
    j = i + 1
    while j < s.n and s.glued(j) and (s.kind[j] != SYM or s.low[j] in "-/_.×*") and s.low[j] not in ",;)":
        j += 1
    return j


def _identifier(s: Tokens, i: int) -> int:
    """SIRET, RCS, telephone and the like."""
    if s.kind[i] == NUM and (s.low[i - 1] == "postal" or not _IDENTIFIERS.isdisjoint(s.low[max(0, i - 3) : i])):
        return _run(s, i)
    return 0


def _run(s: Tokens, i: int) -> int:
    """Go past a run of digits parted by spaces, dots, hyphens."""
    j = i + 1
    while s.kind[j] == NUM or (s.kind[j + 1] == NUM and s.low[j] in {".", "-", "/", "("}):
        j += 1
    return j


def _street_name(s: Tokens, i: int) -> int:
    """Rue du 8 mai 1945, place du 11-Novembre."""
    street, article = s.low[i - 2], s.low[i - 1]
    if street not in _STREETS or not (article == "du" or (article == "des" and street != "place")):
        return 0
    j = i + 1
    while s.kind[j] == NUM or s.low[j] in MONTHS or (s.low[j] == "-" and s.glued(j)):
        j += 1
    return j


def _glued_right(s: Tokens, i: int) -> int:
    """3D, 4x4, 8-Mai, 24/7, 1°: a number that goes on as something else."""
    j = i + 1
    word = s.low[j]
    if s.kind[j] == WORD:
        if word == "j" and s.low[j + 1] == "/":
            return j + 3
        return _past_glued(s, i) if len(word) <= 3 and word not in _GLUED_UNITS else 0
    if word in {"-", "/", "_", "×", "*"} and s.glued(j + 1):
        return _past_glued(s, i) if word != "-" or s.kind[j + 1] == WORD else 0
    if word == ":" and s.kind[j + 1] == NUM and s.glued(j + 1):
        return _past_glued(s, j + 1)
    return j + 1 if word == "°" and s.low[j + 1] != "c" else 0


def _address(s: Tokens, i: int) -> int:
    """14, rue des Forges; 3 bis; 54400 Longwy."""
    word = s.low[i + 1]
    if word in _REPEATED:
        return i + 2
    if len(s.low[i]) <= 3 and (word in _STREETS or (word == "," and s.low[i + 2] in _STREETS)):
        return i + 2
    if len(s.low[i]) != 5 or not s.low[i].isdigit():
        return 0
    if s.capitalised(i + 1):
        return 0 if 2 <= len(s.low[i + 1]) <= 4 and s.written(i + 1).isupper() else i + 1
    return i + 1 if s.low[i - 1] in {",", "("} and s.capitalised(i - 2) and s.kind[i + 1] != WORD else 0


def _bracketed(s: Tokens, i: int) -> int:
    """(57), [12], and the 2) of a list within a sentence; a year in brackets stands."""
    if s.low[i - 1] in {"(", "["}:
        return 0 if _counts_in_brackets(s.low[i]) or brackets.counts(s, i) else i + 1
    opened = "(" in s.low[:i] or "[" in s.low[:i]
    return 0 if opened or len(s.low[i]) > 2 else i + 1


def _counts_in_brackets(raw: str) -> bool:
    """Whether digits alone in brackets are a year or a count, and not a note or a département."""
    if not raw.isdigit():
        return "." not in raw  # (1 800), and not (3.2)
    return len(raw) > 2 and not (len(raw) == 3 and raw.startswith(("97", "98")))
