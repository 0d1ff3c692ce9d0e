"""The cells of a table, row by row, each with the cells that head it (pure)."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from analysis.extraction.documents.pdf.columns import Region
from analysis.extraction.documents.pdf.glyphs import Run
from analysis.extraction.documents.pdf.grids import column_of
from analysis.extraction.documents.pdf.paragraphs import append, whole_line
from analysis.extraction.documents.table_heads import GridCell, give_heads, is_figure


@dataclass(slots=True)
class Cell(GridCell):
    """A cell with the places of its letters."""

    line: Run = field(default_factory=lambda: Run(0, 0, 0, 0))


def table_of(region: Region, joined: Callable[[str, str], bool]) -> list[Cell]:
    """The cells of a region that is a table, in reading order, with their heads."""
    cells = list[Cell]()
    for row, lines in enumerate(_rows(region)):
        cells += _cells_of_row(row, lines, region, joined)
    for cell in cells:
        cell.text, cell.middle = cell.line.text, (cell.line.left + cell.line.right) / 2
    give_heads(cells)
    return cells


def _rows(region: Region) -> list[list[list[Run]]]:
    """Lines that belong to one row: cells may have several lines, which stand closer than rows."""
    lines = region.lines
    steps = [lower[0].base - upper[0].base for upper, lower in itertools.pairwise(lines)]
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
                found[column] = Cell("", row, column, max(last, column), line=text)
    return [found[column] for column in sorted(found)]
