"""The cells of a table, row by row, each with the cells that head it (pure)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from analysis.extraction.documents.pdf.columns import Region
from analysis.extraction.documents.pdf.glyphs import Run
from analysis.extraction.documents.pdf.grids import column_of, is_figure
from analysis.extraction.documents.pdf.paragraphs import append, whole_line

_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEAD_ROWS = 3


@dataclass(slots=True)
class Cell:
    """A cell: its text with places, its row and its first and last column."""

    line: Run
    row: int
    first: int
    last: int
    heads: list["Cell"] = field(default_factory=list)


def table_of(region: Region, joined: Callable[[str, str], bool]) -> list[Cell]:
    """The cells of a region that is a table, in reading order, with their heads."""
    cells = list[Cell]()
    for row, lines in enumerate(_rows(region)):
        cells += _cells_of_row(row, lines, region, joined)
    headed(cells)
    return cells


def _rows(region: Region) -> list[list[list[Run]]]:
    """Lines that belong to one row: cells may have several lines, which stand closer than rows."""
    lines = region.lines
    steps = [lower[0].base - upper[0].base for upper, lower in zip(lines, lines[1:], strict=False)]
    usual = median(steps) if steps else 0
    rows = [[lines[0]]]
    for line, step in zip(lines[1:], steps, strict=True):
        tight = step < 1.3 * line[0].size and usual > 1.15 * step
        begins = any(column_of(piece, region.gutters) == 0 for piece in line)
        figures = any(is_figure(piece.text) for piece in line)
        if tight or (not begins and not figures and step < 1.6 * line[0].size and len(rows) > 1):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _cells_of_row(
    row: int, lines: Sequence[Sequence[Run]], region: Region, joined: Callable[[str, str], bool]
) -> list[Cell]:
    found = dict[int, Cell]()
    for line in lines:
        by_column = dict[int, list[Run]]()
        for piece in line:
            by_column.setdefault(column_of(piece, region.gutters), []).append(piece)
        for column, pieces in by_column.items():
            text = whole_line(pieces)
            if column in found:
                append(found[column].line, text, joined)
            else:
                last = sum(text.right > (left + right) / 2 for left, right in region.gutters)
                found[column] = Cell(text, row, column, max(last, column))
    return [found[column] for column in sorted(found)]


def headed(cells: Sequence[Cell]) -> None:
    """Give each cell the cells that head it: those above it in the head rows, and the first of its row."""
    rows = dict[int, list[Cell]]()
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    head_rows = head_rows_of([[(one.first, one.line.text) for one in row] for row in rows.values()])
    heading, section = list(rows.values())[:head_rows], list[Cell]()
    for row in list(rows.values())[head_rows:]:
        if len(row) == 1 and row[0].first == 0 and len(cells) > len(rows):
            section = [row[0]]
            continue
        label = row[:1] if row[0].first == 0 else []
        for cell in row:
            above = [one for head in heading if (one := _above(head, cell)) is not None]
            cell.heads = above + section + (label if cell is not row[0] else [])


def _above(row: Sequence[Cell], cell: Cell) -> Cell | None:
    """The cell of a head row that stands over another cell; over an empty place, the nearest one."""
    over = [one for one in row if one.first <= cell.last and cell.first <= one.last]
    if over or cell.first == 0:
        return over[0] if over else None
    others = [one for one in row if one.first > 0]
    middle = (cell.line.left + cell.line.right) / 2
    return min(others, key=lambda one: abs((one.line.left + one.line.right) / 2 - middle), default=None)


def head_rows_of(rows: Sequence[Sequence[tuple[int, str]]]) -> int:
    """How many rows at the top are heads: those before the first figure; of years too, where figures follow."""
    for rank, row in enumerate(rows[: _MOST_HEAD_ROWS + 1]):
        others = [text for column, text in row if column] or [text for _, text in row]
        if any(is_figure(text) and not _YEAR.fullmatch(text.strip()) for text in others):
            return rank
    return 1
