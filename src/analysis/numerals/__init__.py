"""French numerals, quantities and intervals: text -> spans. Pure: no file is read or written here.

A text is cut into sentences by local rules, a sentence into tokens by one scanner that never goes back, and
a small deterministic grammar goes over the tokens once, from left to right. So the time is proportional to
the text, and what a sentence gives does not depend on its neighbours.
"""

from collections.abc import Iterator

from .cleaning import Clean
from .model import KEYS, Quantity, to_json
from .reading import iter_read
from .sentences import iter_sentences

__all__ = ["KEYS", "Quantity", "extract_lines", "iter_read", "read", "sentences", "to_json"]


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text, in order, without the blanks around them."""
    clean = Clean(text)
    return [(clean.start(start), clean.end(end)) for start, end in iter_sentences(clean.text)]


def read(text: str) -> list[Quantity]:
    """Every figure of a French text, in document order, never overlapping."""
    return list(iter_read(text))


def extract_lines(doc: str, text: str) -> Iterator[dict[str, object]]:
    """The figures of one document as the JSON objects that `extract --jsonl` prints."""
    return (to_json(doc, quantity, text) for quantity in iter_read(text))
