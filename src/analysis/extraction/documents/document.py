"""What a document is once read: its text in reading order, and the blocks that the text is made of (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from analysis.extraction.documents.remarks import Remark

Kind = Literal["heading", "paragraph", "item", "caption", "cell", "footnote"]
BETWEEN = "\n\n"  # what separates two blocks in a document's text


class Block(NamedTuple):
    """A piece of a document between two blank lines; `start` and `end` are offsets in the document's text.

    `page` counts from 1, None where the format has no pages; `level` is that of a heading, 1 (the document's title) to
    6, else 0; `heads` are ranks among the document's blocks: what heads a cell, nearest first: its column's and
    its row's cells, then the table's caption.
    """

    kind: Kind
    start: int
    end: int
    page: int | None
    level: int = 0
    heads: tuple[int, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document as text: blocks in reading order, and what it says of itself.

    `published` is an ISO day, month or year; `language` an ISO 639 code, "und" where the text is too short to tell;
    `remarks` is what has to be told of a document that was read all the same.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    page_count: int | None = None
    title: str | None = None
    producer: str | None = None
    published: str | None = None
    language: str = "und"
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a document is read before it is refused or cut."""

    pages: int = 1_000
    file_bytes: int = 200 << 20
    seconds: float = 60.0
    memory_bytes: int = 2 << 30
    characters: int = 20_000_000


class Box(NamedTuple):
    """Where characters stand on a page: points from the page's upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Composer:
    """Blocks one after the other, with the text that they make."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add(
        self, kind: Kind, text: str, page: int | None = None, *, level: int = 0, heads: Iterable[int] = ()
    ) -> int | None:
        """The rank of the block that was added; None for a text of blanks, which makes none."""
        text = text.strip()
        if not text:
            return None
        start = self.length + (len(BETWEEN) if self.blocks else 0)
        self.length = start + len(text)
        self.pieces.append(text)
        self.blocks.append(Block(kind, start, self.length, page, level, tuple(heads)))
        return len(self.blocks) - 1

    @property
    def last(self) -> str:
        """The text of the last block; empty before the first."""
        return self.pieces[-1] if self.pieces else ""

    @property
    def text(self) -> str:
        """The text of all blocks, a blank line between two."""
        return BETWEEN.join(self.pieces)


def block_at(blocks: Sequence[Block], offset: int) -> int | None:
    """The rank of the block that holds the character at an offset; None between two blocks."""
    low, high = 0, len(blocks)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if blocks[middle].end <= offset else (low, middle)
    return low if low < len(blocks) and blocks[low].start <= offset else None
