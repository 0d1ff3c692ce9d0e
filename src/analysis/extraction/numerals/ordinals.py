"""Ranks: premier, deuxième, 3e, 2nde, vingt et unième, XXIe siècle."""

from .cardinals import words
from .digits import literal
from .items import Item, plain_item
from .lexicon import FIRST, OF, ORDINAL_ENDINGS, ORDINALS, ROMAN, ROMAN_RANKS, wordset
from .nouns import PRONOUN_VERBS, noun_after
from .tokens import WORD, Tokens

# "Premier" and "second" that give no rank, by the word after them.
_IDIOMS = wordset(
    "ministre ministres ministère secrétaire dame nécessité main mains plan lieu temps abord importance ordre chef"
    " venu venus venue fois ligne loges secours œuvre oeuvre souffle degré nature choix instance guerre vue cri"
    " intéressé intéressés intéressée intéressées concerné concernés jet rôle"
)
_FIRSTS = frozenset({"unième", "unièmes", "unieme"})
_RANK_ENDS = ORDINALS.keys() | _FIRSTS
_LONGEST_RANK = 9  # 1 000 000e
_SECOND_ENDINGS = wordset("d ds de des nd nds nde ndes")
_LOOSE_ENDINGS = frozenset({"e", "ème", "ième"})  # 2 e trimestre, as PDF texts have it


def digit_rank(s: Tokens, i: int) -> Item | None:
    """1er, 3e, 12ème, 2nde at token i, with the noun."""
    ending = s.low[i + 1]
    rank = literal(s.low[i])
    if ending not in ORDINAL_ENDINGS or rank is None or rank[1] or len(s.low[i]) > _LONGEST_RANK:
        return None
    if ending in _SECOND_ENDINGS and not (s.low[i] == "2" and s.written(i + 1).islower()):  # 3D, 2D
        return None
    if not s.glued(i + 1) and (ending not in _LOOSE_ENDINGS or s.kind[i + 2] != WORD):
        return None
    if s.low[i + 2] in {"lieu", "temps", "abord"}:
        return None
    return _ranked(s, i, i + 2, rank[0], ending.endswith("s"))


def word_rank(s: Tokens, i: int) -> Item | None:
    """Premier, second, deuxième … at token i, with the noun."""
    word = s.low[i]
    if word in FIRST:
        return _first(s, i, word)
    if s.low[i - 1] == "-" and s.glued(i):
        return None
    return _ranked(s, i, i + 1, ORDINALS[word], word.endswith("s"))


def _first(s: Tokens, i: int, word: str) -> Item | None:
    before, after = s.low[i - 1], s.low[i + 1]
    if after in _IDIOMS or before in {"matières", "matière", "-", "en", "tout"} or after == "-":
        return None
    if s.capitalised(i) and i != s.first_word and s.capitalised(i + 1):  # Premier Empire, Second Souffle
        return None
    item = _ranked(s, i, i + 1, FIRST[word], word.endswith("s"))
    pronoun = before in {"la", "le"} and after in PRONOUN_VERBS
    return item if item.unit is not None or pronoun else None


def compound_rank(s: Tokens, i: int) -> Item | None:
    """Vingt et unième, cent-vingtième, quatre-vingtième at token i."""
    spelled = None if _RANK_ENDS.isdisjoint(s.low[i + 1 : i + 10]) else words(s, i)
    if spelled is None:
        return None
    value, stop = spelled
    j = s.past_hyphen(stop)
    joined = j != stop or (value >= 20 and not s.low[j].endswith("s"))
    if s.low[j] == "et":
        k = s.past_hyphen(j + 1)
        eleventh = value % 100 == 60 and s.low[k] in {"onzième", "onzieme"}
        if s.low[k] not in _FIRSTS and not eleventh:
            return None
        return _ranked(s, i, k + 1, value + (11 if eleventh else 1), s.low[k].endswith("s"))
    rank = 1 if s.low[j] in _FIRSTS else ORDINALS.get(s.low[j])
    joined |= rank is not None and rank >= 1000 and not s.low[j].endswith("s") and s.low[i - 1] != "un"
    if rank is None or not joined:
        return None
    return _ranked(s, i, j + 1, _compose(value, rank), s.low[j].endswith("s"))


def _compose(value: int, rank: int) -> int:
    """Vingt + deuxième, quatre × vingtième, deux × centième, mille deux × centième."""
    if rank >= 1000:
        return value * rank
    if rank == 100:
        return value - value % 1000 + (value % 1000 or 1) * 100
    if rank == 20 and value % 100 == 4:
        return value + 76
    return value + rank


def roman_rank(s: Tokens, i: int) -> Item | None:
    """XXIe siècle, VIIIe plan at token i."""
    raw = s.written(i)
    if s.low[i + 1] in {"siècle", "siècles"}:  # also in the small capitals that become "xixe"
        raw = raw[:-1].upper() + raw[-1]
    numeral = raw.rstrip("eèmisᵉ")
    if numeral not in ROMAN or (len(numeral) == 1 and raw[1:] not in {"e", "ème", "ᵉ"}):
        return None
    item = _ranked(s, i, i + 1, ROMAN_RANKS[s.low[i]], s.low[i].endswith("s"))
    return item if len(numeral) > 1 or item.unit is not None else None


def _ranked(s: Tokens, first: int, stop: int, value: int, plural: bool) -> Item:
    """The rank with the noun it gives a rank to, when one follows."""
    item = plain_item(s, first, stop, "ordinal", value)
    following = s.low[stop]
    if s.kind[stop] == WORD and following not in OF:
        found = noun_after(s, stop, plural)
        if found is not None:
            item.stop, item.unit = found
            item.end = s.stop[item.stop - 1]
    return item
