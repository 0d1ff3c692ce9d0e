"""French numerals, quantities and intervals: text -> spans. Pure: no file is read or written here."""

import re
from collections.abc import Iterator

from .model import KEYS, Quantity, to_json

__all__ = ["KEYS", "Quantity", "extract_lines", "read", "sentences", "to_json"]

_SENTENCE = re.compile(r"[^\n.!?]+[.!?]*")
_NUMBER = re.compile(r"[0-9]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a text, in order."""
    return [m.span() for m in _SENTENCE.finditer(text)]


def read(text: str) -> list[Quantity]:
    """Every figure of a French text, in document order, never overlapping."""
    return [
        Quantity(m.start(), m.end(), m.start(), m.end(), "count", int(m.group()[:18]), int(m.group()[:18]),
                 None, False, None, "exact", None, start, end)
        for start, end in sentences(text)
        for m in _NUMBER.finditer(text, start, end)
    ]


def extract_lines(doc: str, text: str) -> Iterator[dict[str, object]]:
    """The figures of one document as JSON-ready objects."""
    return (to_json(doc, quantity, text) for quantity in read(text))
