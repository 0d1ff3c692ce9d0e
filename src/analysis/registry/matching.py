"""Names that sources write in their own way, matched to the names of the official lists (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# Words that say what kind of body a name is, or only join its words: they tell no two places apart.
EMPTY_WORDS = frozenset(
    (
        *("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"),
        *("cc", "ca", "cu", "ept", "metro", "scot", "commune", "communes"),
        *("agglomeration", "communaute", "communautes", "eurometropole", "intercommunalite"),
        *("metropole", "metropolitaine", "urbaine"),
    )
)
LEAST_SHARE_OF_WORDS = 0.5


def match_enumeration(items: Iterable[str], names: Iterable[str]) -> dict[str, str | None]:
    """Which of `names` each item denotes: the one that shares most words with it; None when that is not certain.

    Case, accents, punctuation, final "s" and words such as "CC du" do not count. Certain means: more than half of
    the words of both are shared, no other name does as well, and no other item claims the name as well.
    """
    wanted, known = list(dict.fromkeys(items)), list(names)
    words_of = {name: words(name) for name in (*wanted, *known)}
    best_name = {item: _single_best(words_of[item], known, words_of) for item in wanted}
    best_item = {name: _single_best(words_of[name], wanted, words_of) for name in known}
    return {item: name if name is not None and best_item[name] == item else None for item, name in best_name.items()}


def likeness(one: str, other: str) -> float:
    """Share of the telling words of two names that they have in common, from 0 to 1."""
    first, second = words(one), words(other)
    return len(first & second) / (len(first | second) or 1)


def words(name: str) -> frozenset[str]:
    """The words that tell a name from others, as they are compared: case, accents and final "s" do not count."""
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe")).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = re.findall(r"\w+", bare)
    telling = [word for word in found if word not in EMPTY_WORDS] or found
    return frozenset(word.removesuffix("s") if len(word) > 3 else word for word in telling)


def _single_best(words: frozenset[str], others: Sequence[str], words_of: Mapping[str, frozenset[str]]) -> str | None:
    shares = [(len(words & words_of[other]) / (len(words | words_of[other]) or 1), other) for other in others]
    best = max((share for share, _ in shares), default=0.0)
    first = [other for share, other in shares if share == best]
    return first[0] if len(first) == 1 and best > LEAST_SHARE_OF_WORDS else None
