"""The pieces of an invented document as a printer sets them, those that follow each other together."""

import re
from collections.abc import Iterator
from itertools import groupby

from golden_documents import Golden, Piece

THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
BEFORE_SIGN = re.compile(r" (?=[%€:;?!»])|(?<=«) ")


def typeset(text: str, narrow: str) -> str:
    """A text as a printer sets it: curved apostrophes, unbreakable spaces in numbers and before high signs."""
    return BEFORE_SIGN.sub("\u00a0", THOUSANDS.sub(narrow, text.replace("'", "’")))


def runs(document: Golden, narrow: str = "\u00a0") -> Iterator[tuple[str, list[Piece]]]:
    """Pieces of one kind that follow each other: a list, a table, or a single paragraph."""
    pieces = [one._replace(texts=tuple(typeset(text, narrow) for text in one.texts)) for one in document.pieces]
    for kind, found in groupby(pieces, lambda one: one.kind):
        if kind in ("item", "row"):
            yield kind, [*found]
        else:
            yield from ((kind, [one]) for one in found)
