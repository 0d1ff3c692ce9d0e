"""Counts alone in brackets after what they count, against notes, départements and ages: "Gers (14), Lot (9)"."""

from .lexicon import DURATIONS, PLACES, wordset
from .nouns import noun_after
from .tokens import NUM, WORD, Tokens

_HIGHEST_CODE = 95  # of a département of the mainland; beyond it a number in brackets counts
_LONGEST = 3  # digits; longer ones in brackets are years, or count without a doubt
_LEAST_ALONE = 10  # a smaller one alone in brackets is a note
_AROUND = 60  # how many tokens before and after belong to one list
_PLURAL_WORDS = wordset("les des ces ses leurs aux nos parmi de d'")
# Words of a sentence that counts by place or by kind.
_COUNTING = ("répart", "class", "palmarès", "nombre", "devan", "suivi", "domin", "concentr", "arriv", "tête")


def counts(s: Tokens, i: int) -> bool:
    """Whether the digits in brackets at token i say how many there are of what stands before them."""
    raw = s.low[i]
    if s.low[i - 1] != "(" or not raw.isdigit() or len(raw) > _LONGEST or (raw[0] == "0" and len(raw) > 1):
        return False
    together = _together(s, i)
    listed, large = len(together) > 1, int(raw) >= _LEAST_ALONE
    if _place(s, i):
        return (listed or large) and any(_is_count(s, k) for k in together)
    if _notes([int(s.low[k]) for k in together]):
        return False
    if s.capitalised(i - 2) and not _acronym(s, i - 2) and not _opens(s, i, together):
        return listed and _counted_list(s, together)
    return s.kind[i - 2] == WORD and (listed or (large and s.low[i - 2][-1] in "sx"))


def _notes(values: list[int]) -> bool:
    """Whether numbers in brackets follow each other as notes do: (1), (2)."""
    return values[0] < _LEAST_ALONE and values == list(range(values[0], values[0] + len(values)))


def _opens(s: Tokens, i: int, together: list[int]) -> bool:
    """Whether only the sentence gives a capital to the word: Femmes (45), hommes (38)."""
    return i - 2 == s.first_word and len(together) > 1 and not s.capitalised(together[1] - 2)


def head(s: Tokens, i: int) -> str | None:
    """The lemma of what is counted by the number in brackets at token i: the first noun in the plural before it."""
    for k in range(max(0, i - _AROUND), i - 1):
        if s.low[k] in _PLURAL_WORDS or s.kind[k] == NUM:
            found = noun_after(s, k + 1, True)
            if found is not None and found[1] not in DURATIONS and not s.capitalised(k + 1):
                return found[1]
    return None


def _together(s: Tokens, i: int) -> list[int]:
    """The numbers alone in brackets around token i."""
    inside = range(max(1, i - _AROUND), min(s.n - 1, i + _AROUND))
    found = [k for k in inside if s.kind[k] == NUM and s.low[k - 1] == "(" and s.low[k + 1] == ")"]
    return [k for k in found if s.low[k].isdigit() and len(s.low[k]) <= _LONGEST]


def _place(s: Tokens, i: int) -> str:
    """The département or region whose name ends right before the bracket, or nothing."""
    k = i - 2
    while k > i - 12 and s.low[k - 1] in {"-", "'"} and s.glued(k) and s.glued(k - 1):
        k -= 2
    if s.low[k - 1][-1:] == "'" and s.glued(k) and s.low[k - 2] == "-":  # Côte-d'Or
        k -= 3
    name = "".join(s.low[k : i - 1])
    return name if name in PLACES and s.capitalised(i - 2) else ""


def _is_count(s: Tokens, k: int) -> bool:
    """Whether the number at token k follows a place whose code it is not."""
    place = _place(s, k)
    return bool(place) and s.low[k] not in PLACES[place]


def _acronym(s: Tokens, k: int) -> bool:
    return s.written(k).isupper() and len(s.low[k]) <= 4 and s.low[k - 1] in _PLURAL_WORDS


def _counted_list(s: Tokens, together: list[int]) -> bool:
    """Whether the numbers of a list of names are counts: some can be no code, or words say so."""
    values = [int(s.low[k]) for k in together]
    if any(value > _HIGHEST_CODE or len(s.low[k]) == 1 for value, k in zip(values, together, strict=True)):
        return True
    if any(_is_count(s, k) for k in together):
        return True
    return any(word.startswith(_COUNTING) for word in s.low[max(0, together[0] - _AROUND) : together[0]])
