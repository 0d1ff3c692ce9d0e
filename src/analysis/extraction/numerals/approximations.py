"""Hedges around a figure: près de, plus de, au moins, jusqu'à, environ, ne dépasse pas."""

from dataclasses import dataclass, field

from .lexicon import CARDINALS, wordset
from .tokens import NUM, WORD, Tokens

# Each phrase ends right before the figure; "de" stands for d', du, des and "à" for au, aux.
_BEFORE = {
    "nearly": "près de;presque;quasi;quasiment;pratiquement;pas loin de;non loin de;proche de;proches de"
    ";flirte avec;flirtent avec;flirtait avec",
    "approximately": "environ;quelque;quelques;approximativement;à peu près;de l' ordre de;alentours de"
    ";environs de;à peine;autour de;grosso modo;vers;guère plus de;voisin de;voisine de;~;≈;±;env;env ."
    ";plus ou moins;en gros;peu ou prou;de quelque",
    "more_than": "plus de;au delà de;au - delà de;dessus de;supérieur à;supérieure à;supérieurs à"
    ";supérieures à;>;un peu plus de",
    "at_least": "minimum;mini;min;min .;min de;mini de;plancher de"
    ";au moins;pas moins de;au minimum;minimum de;au bas mot;à partir de;à minima;a minima;≥"
    ";supérieur ou égal à;supérieure ou égale à",
    "less_than": "moins de;inférieur à;inférieure à;inférieurs à;inférieures à;dessous de;en deçà de;<"
    ";sous les;sous la barre de;sous le seuil de;sous le cap de",
    "at_most": "maximum;maxi;max;max .;max de;maxi de;plafond de"
    ";pas plus de;jamais plus de;jusqu' à;au plus;au maximum;maximum de;limite de;plafonné à"
    ";plafonnée à;plafonnés à;plafonnées à;limité à;limitée à;limités à;limitées à;plafonner à;limiter à"
    ";concurrence de;≤;inférieur ou égal à;inférieure ou égale à",
}
# Verbs whose object is the figure, by their stems: frôle, avoisinait, dépassera, n'excède pas.
_VERBS = {
    "dépass": "more_than", "excèd": "more_than", "excéd": "more_than", "frôl": "nearly", "avoisin": "approximately",
    "approchai": "nearly", "approchan": "nearly", "approchen": "nearly",
    "approche": "nearly", "frise": "nearly", "frisai": "nearly", "tutoi": "nearly",
}  # fmt: skip
_VERB_STEMS = tuple(_VERBS)
_VERB_HEADS = frozenset(stem[:3] for stem in _VERBS)
_AFTER = {
    "environ": "approximately", "à peu près": "approximately", "au moins": "at_least", "minimum": "at_least",
    "au minimum": "at_least", "ou plus": "at_least", "et plus": "at_least", "mini": "at_least",
    "au plus": "at_most", "maximum": "at_most", "au maximum": "at_most", "max": "at_most",
    "tout au plus": "at_most", "au grand maximum": "at_most", "grand maximum": "at_most", "au bas mot": "at_least",
    "et quelques": "approximately", "ou moins": "at_most", "et moins": "at_most", "maxi": "at_most",
}  # fmt: skip
_AFTER_SECONDS: dict[str, set[str]] = {}
for _words in map(str.split, _AFTER):
    _AFTER_SECONDS.setdefault(_words[0], set()).update(_words[1:2])
_SAME = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "jusqu'au": "jusqu'à"}
_BETWEEN = wordset(
    "les la le l' ces ses des nos leurs cette ce sa son leur déjà ainsi encore désormais même aussi donc"
)
_SIGNS = frozenset({">", "<"})
_BEFORE_NOUN = frozenset({"l'", "d'", "une", "cette", "la"})  # une approche, la frise
_DENIALS = frozenset({"pas", "plus", "jamais", "guère"})
_NOBODY, _NONE_REACH = frozenset({"aucun", "aucune", "nul", "nulle"}), 10
_CLOSING = frozenset(".;:!?,")
_NEGATIONS = frozenset({"ne", "n'", "sans", "aucun", "aucune", "jamais"})


@dataclass(slots=True)
class _Node:
    """A step of the tree of phrases, read from their last word to their first."""

    says: str = ""
    before: dict[str, "_Node"] = field(default_factory=dict)


def _tree() -> _Node:
    root = _Node()
    for qualifier, phrases in _BEFORE.items():
        for phrase in phrases.split(";"):
            node = root
            for word in reversed(phrase.split()):
                node = node.before.setdefault(_SAME.get(word, word), _Node())
            node.says = qualifier
    return root


_PHRASES = _tree()


def hedge_before(s: Tokens, first: int) -> tuple[str, int]:
    """What the words before token `first` say of the figure, and the token where they begin; "" if nothing."""
    k = first - 1
    for _ in range(3):  # with a determiner or an adverb between: environ les deux tiers, avoisine déjà les
        word = s.low[k]
        qualifier, begin = _phrase(s, k)
        if word in _SIGNS and s.glued(k) and s.kind[k - 1] == WORD:  # the end of a tag: <br>90
            break
        if qualifier:
            return "at_most" if qualifier == "more_than" and _none_is(s, begin) else qualifier, begin
        if word in _DENIALS or word[:3] in _VERB_HEADS:
            qualifier, begin = _verb(s, k)
            if qualifier:
                return qualifier, begin
        if word not in _BETWEEN:
            break
        k -= 1
    return "", first


def _verb(s: Tokens, k: int) -> tuple[str, int]:
    """What the verb at token k says of its object, its denial included: n'excède pas, sans dépasser."""
    denied = s.low[k] in _DENIALS
    k -= denied
    word = s.low[k]
    if not word.startswith(_VERB_STEMS) or word.endswith("ment") or s.low[k - 1] in _BEFORE_NOUN:
        return "", k
    if denied or not _NEGATIONS.isdisjoint(s.low[max(0, k - 3) : k]):
        return "at_most", k
    return next(qualifier for stem, qualifier in _VERBS.items() if word.startswith(stem)), k


def _none_is(s: Tokens, begin: int) -> bool:
    """Whether nothing goes beyond: aucun ne va au-delà de 19, aucun n'en compte plus de 19."""
    before = s.low[max(0, begin - _NONE_REACH) : begin]
    clause = before[max((n + 1 for n, word in enumerate(before) if word in _CLOSING), default=0) :]
    return not _NOBODY.isdisjoint(clause) and not {"ne", "n'"}.isdisjoint(clause)


def _phrase(s: Tokens, k: int) -> tuple[str, int]:
    """The longest phrase that ends with token k, and where it begins."""
    says, begin, node = "", k, _PHRASES
    while k >= 0:
        word = s.low[k]
        step = node.before.get(_SAME.get(word, word))
        if step is None:
            break
        node = step
        if node.says:
            says, begin = node.says, k
        k -= 1
    return says, begin


def hedge_after(s: Tokens, stop: int) -> str:
    """What the words after a figure say of it: environ, au moins, maximum, et plus."""
    if s.low[stop] == "par" and s.kind[stop + 1] == WORD:  # 300 par an environ
        stop += 2
    if s.low[stop] == "." and s.low[stop + 1] in _AFTER:  # 20 pers. max.
        stop += 1
    if s.low[stop] not in _AFTER and s.low[stop + 1] not in _AFTER_SECONDS.get(s.low[stop], ()):
        return ""
    for length in (3, 2, 1):
        where = stop + length
        says = _AFTER.get(" ".join(s.low[stop:where]))
        if says is not None:
            then = s.low[where]
            bound = then in {"de", "d'", "que", "qu'", "des", "du"} and length < 3
            bound = bound or (then == "en" and s.low[where + 1] == "partie")  # au moins en partie: where, not how many
            return "" if bound or s.kind[where] == NUM or then in CARDINALS else says
    return ""
