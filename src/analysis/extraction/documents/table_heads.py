"""The cells of a table as blocks, each with the cells that head it (pure)."""

import re
from collections.abc import Callable, Iterable, MutableSequence, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from analysis.extraction.documents.document import Block, Composer

_FIGURE = re.compile(
    r"[^\w\n]{0,3}\d[\d\s\u00a0\u202f.,/–—-]*(?:\s?[^\W\d]{1,4}(?![^\W\d])|\s?[%€‰])*\W{0,2}"
    r"|[–—-]|n\.?\s?[cds]\.?|n\.?a\.?|nc",
    re.I,
)
CAPTION = re.compile(
    r"(?:tableau|figure|graphique|carte|encadré|photo|schéma|illustration|fig\.|tab\.)\s*(?:n[°o]\s*)?[\dIVX]{1,4}\b"
    r"|(?:sources?|champ|lecture|note de lecture|crédits?)\s*:", re.IGNORECASE
)  # fmt: skip
_BELOW = re.compile(r"(?:sources?|champ|lecture|note de lecture|crédits?)\s*:", re.IGNORECASE)  # a table, not above it
_YEAR = r"(?:19|20)\d\d"
_WHEN = re.compile(rf"(?:\d\d/)?(?:\d\d/)?{_YEAR}(?:\s?[-–—/]\s?(?:{_YEAR}|\d\d))?(?:\s?(?:\*|\([\w\s]{{1,12}}\)))?")
_MOST_HEAD_ROWS = 3
_LONGEST_CAPTION = 160  # letters


@dataclass(slots=True)
class GridCell:
    """A cell: its text, its row, its first and last column; `is_head` where the document says so."""

    text: str
    row: int
    first: int
    last: int
    is_head: bool = False
    last_row: int = -1  # of a cell that reaches over several rows
    middle: float = 0.0  # where its text stands, for the nearest head over an empty place
    heads: list["GridCell"] = field(default_factory=list)


Held = TypeVar("Held", bound=GridCell)


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure with at most a unit, or the sign of a missing one."""
    return bool(_FIGURE.fullmatch(text.strip()))


def is_counted(text: str) -> bool:
    """Whether a cell holds a figure other than the year, period or day that may head a column."""
    return is_figure(text) and not _WHEN.fullmatch(text.strip())


def caption_of(blocks: MutableSequence[Block], said: str) -> tuple[int, ...]:
    """The rank of the last block where it titles the table that comes next; `said` is its text.

    A short paragraph without a full stop becomes the caption that it is.
    """
    if not blocks or _BELOW.match(said):
        return ()
    last = len(blocks) - 1
    short = len(said) <= _LONGEST_CAPTION and "\n" not in said
    begun = short and (said[0].isupper() or said[0].isdigit()) and any(map(str.isalpha, said))
    if blocks[last].kind == "paragraph" and begun and said[-1] not in ".!?…;,":
        blocks[last] = blocks[last]._replace(kind="caption")
    return (last,) if blocks[last].kind == "caption" else ()


def put_table(composer: Composer, cells: Sequence[GridCell]) -> None:
    """Add the cells of a table that hold something, in order, with the ranks of those that head them."""
    give_heads(cells)
    put_cells(composer, cells, lambda cell, heads: composer.add("cell", cell.text, heads=heads))


def put_cells(composer: Composer, cells: Iterable[Held], put: Callable[[Held, tuple[int, ...]], int | None]) -> None:
    """Have each cell put with the ranks of those that head it, the caption's last; `put` gives its own rank."""
    ranks, title = dict[int, int](), caption_of(composer.blocks, composer.last)
    for cell in cells:
        rank = put(cell, (*(ranks[id(one)] for one in cell.heads if id(one) in ranks), *title))
        if rank is not None:
            ranks[id(cell)] = rank


def give_heads(cells: Sequence[GridCell]) -> None:
    """Give each cell the cells that head it: those above it in the head rows, a section's, the first of its row."""
    rows = dict[int, list[GridCell]]()
    for cell in cells:
        if cell.text.strip():
            for rank in range(cell.row, max(cell.row, cell.last_row) + 1):
                rows.setdefault(rank, []).append(cell)
    ordered = [sorted(rows[rank], key=lambda one: one.first) for rank in sorted(rows)]
    head_rows = _head_rows(ordered)
    section = list[GridCell]()
    wide = any(len(row) > 1 for row in ordered)
    for row in ordered[head_rows:]:
        if wide and len(row) == 1 and row[0].first == 0 and not is_figure(row[0].text):
            section = row
            continue
        for cell in row:
            above = [one for head in ordered[:head_rows] if (one := _above(head, cell)) is not None]
            label = [
                one for one in row if one is not cell and one.last < cell.first and (one.first == 0 or one.is_head)
            ]
            cell.heads = cell.heads or above + section + label


def _above(row: Sequence[GridCell], cell: GridCell) -> GridCell | None:
    """The cell of a head row that stands over another cell; over an empty place, the nearest one."""
    over = [one for one in row if one.first <= cell.last and cell.first <= one.last]
    if over or cell.first == 0 or not cell.middle:
        return over[0] if over else None
    return min((one for one in row if one.first), key=lambda one: abs(one.middle - cell.middle), default=None)


def _head_rows(rows: Sequence[Sequence[GridCell]]) -> int:
    """How many rows at the top are heads: those said to be, or those before the first figure; years, periods and
    days may be heads.
    """
    told = [rank for rank, row in enumerate(rows[:_MOST_HEAD_ROWS]) if len(row) > 1 and all(one.is_head for one in row)]
    if told:
        return told[-1] + 1
    for rank, row in enumerate(rows[: _MOST_HEAD_ROWS + 1]):
        others = [cell.text for cell in row if cell.first] or [cell.text for cell in row]
        if any(map(is_counted, others)):
            return rank
    return 1
