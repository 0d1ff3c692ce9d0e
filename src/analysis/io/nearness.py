"""The known name nearest to what somebody wrote (pure)."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

CLOSE, ALIKE, EQUAL = 0.6, 0.75, 2.0  # shares of shared words and of shared letters; the same text
LONG = 4  # letters of a word that tells names apart


def nearest(text: str, names: Iterable[str], count: int = 3) -> list[str]:
    """The names most like a text, nearest first, without regard to case, accents, hyphens and blanks.

    Names are like by their letters, or by the words that they share; what holds no letter is like none.
    """
    wanted = _plain(text)
    if not re.search("[a-z]", wanted):
        return []
    likeness = {name: _likeness(wanted, _plain(name)) for name in names}
    found = sorted((name for name in likeness if likeness[name] >= CLOSE), key=lambda name: (-likeness[name], name))
    equal = [name for name in found if likeness[name] == EQUAL]
    return (equal or found)[:count]


def _likeness(one: str, other: str) -> float:
    """From 0 to 2: 2 for the same; else the likeness of the letters or, above it, the share of shared long words."""
    if one == other:
        return EQUAL
    words, others = ({word for word in text.split() if len(word) >= LONG} for text in (one, other))
    shared = len(words & others) / max(1, min(len(words), len(others)))
    letters = difflib.SequenceMatcher(None, one, other).ratio()
    return letters + shared if shared >= CLOSE or letters >= ALIKE else 0.0


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.findall(r"[a-z0-9]+", flat))


def did_you_mean(text: object, names: Iterable[str]) -> str:
    """` Did you mean 'x'?` with the known name nearest to one that is not; empty where none is near."""
    by_plain = {_plain(name): name for name in names}
    found = difflib.get_close_matches(_plain(str(text)), by_plain, n=1, cutoff=0.5)
    return f" Did you mean {by_plain[found[0]]!r}?" if found else ""
