"""Numbers of more digits than are read as a figure, to be named with where they stand (pure)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from analysis.extraction.documents.document import Block, block_at
from analysis.extraction.documents.remarks import Remark

MOST_DIGITS = 15  # what `numerals` reads at most
_LONG = re.compile(
    rf"\d{{{MOST_DIGITS + 1},}}+|(?<!\d)\d{{1,3}}(?:[ \u00a0\u202f.]\d{{3}}){{{MOST_DIGITS // 3},}}+(?!\d)"
)
_NAMED, _SHOWN = 10, 12


def long_numbers(text: str, blocks: Sequence[Block]) -> Iterator[Remark]:
    """A remark that names them by their first digits and their page, or line where there are no pages; or none."""
    found = [_place(text, blocks, one.start()) for one in islice(_LONG.finditer(text), _NAMED + 1)]
    if found:
        yield Remark("number_too_long", (", ".join(found[:_NAMED]) + (", …" if len(found) > _NAMED else ""),))


def _place(text: str, blocks: Sequence[Block], start: int) -> str:
    rank = block_at(blocks, start)
    page = blocks[rank].page if rank is not None else None
    where = f"p. {page}" if page else f"l. {text.count(chr(10), 0, start) + 1}"
    return f"{text[start : start + _SHOWN]}… ({where})"
