"""French numerals, quantities and intervals: text -> spans. Pure: no file is read or written here.

A text is cut into sentences by local rules, a sentence into tokens by one scanner that never goes back, and
a small deterministic grammar goes over the tokens once, from left to right. So the time is proportional to
the text, and what a sentence gives does not depend on its neighbours.
"""

from collections.abc import Iterator

from .cleaning import Clean
from .model import KEYS, Quantity, json_lines
from .reading import iter_read
from .sentences import iter_sentences

__all__ = ["KEYS", "Quantity", "extract_lines", "iter_read", "last_sentence", "read", "sentences"]

_TAIL = 1 << 16  # characters in which a sentence surely ends


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text, in order, without the blanks around them."""
    clean = Clean(text)
    return [clean.place(span) for span in iter_sentences(clean.text)]


def read(text: str) -> list[Quantity]:
    """Every figure of a French text, in document order, never overlapping."""
    return list(iter_read(text))


def extract_lines(doc: str, text: str, offset: int = 0) -> Iterator[str]:
    """The figures of a document, or of a piece of it that begins at `offset`, as the JSON lines of `extract`."""
    return json_lines(doc, iter_read(text), text, offset)


def last_sentence(text: str) -> int:
    """Where the last sentence of a text begins, 0 when it is the only one: nothing before depends on what follows."""
    for size in (_TAIL, len(text)):
        begun = max(0, len(text) - size)
        spans = sentences(text[begun:])
        if len(spans) > 1 and (not begun or spans[-2][1] < spans[-1][0]):  # not where a sentence without end is cut
            return begun + spans[-1][0]
    return 0
