"""Tables by how their cells stand: whether lines are those of one, and which cell a piece belongs to (pure)."""

import itertools
from collections.abc import Sequence
from statistics import fmean

from analysis.extraction.documents.pdf.glyphs import Run
from analysis.extraction.documents.table_heads import is_figure

NARROWEST_GUTTER = 0.7  # of the size of the letters
_SHORT, _SHORT_OF_TWO = 25, 18  # letters a cell, on average, in three columns or more and in two
Span = tuple[float, float]


def gaps_of(pieces: Sequence[Run]) -> list[Span]:
    """The gaps from top to bottom that no piece crosses, from left to right."""
    found, last = list[Span](), None
    for piece in sorted(pieces, key=lambda one: one.left):
        if last is not None and piece.left - last.right > NARROWEST_GUTTER * min(piece.size, last.size):
            found.append((last.right, piece.left))
        if last is None or piece.right > last.right:
            last = piece
    return found


def table_gutters(lines: Sequence[Sequence[Run]]) -> tuple[Span, ...]:
    """Where the columns of a table are cut apart; empty for what is no table."""
    shared = [line for line in lines if len(line) > 1]
    if len(shared) < 2 or 2 * len(shared) < len(lines):
        return ()
    gutters = _usual_gaps(shared)
    cells = [cell for line in shared for cell in cells_of(line, gutters)]
    if not gutters or are_panels(shared) or _are_prose(shared, gutters):
        return ()
    letters = fmean(len(text) for _, text in cells)
    others = [text for column, text in cells if column]
    figures = sum(map(is_figure, others)) / max(len(others), 1)
    short = letters <= (_SHORT if len(gutters) > 1 else _SHORT_OF_TWO) and len(shared) > 2
    return gutters if short or (figures >= 0.4 and letters <= 60) else ()


def are_panels(lines: Sequence[Sequence[Run]]) -> bool:
    """Whether figures in large letters stand above words in small ones: panels to be read one by one."""
    return any(
        min(one.size for one in upper) > 1.35 * max(one.size for one in lower)
        and all(is_figure(one.text) for one in upper)
        for upper, lower in itertools.pairwise(lines)
    )


def _are_prose(lines: Sequence[Sequence[Run]], gutters: Sequence[Span]) -> bool:
    """Whether a column runs on from line to line, as text does: most lines begin in lower case."""
    columns = dict[int, list[str]]()
    for line in lines:
        cells = cells_of(line, gutters)
        for column, text in cells if cells[0][0] == 0 else ():
            columns.setdefault(column, []).append(text)
    return any(
        len(texts) > 2 and fmean(map(len, texts)) >= 12 and 2 * sum(text[0].islower() for text in texts) >= len(texts)
        for texts in columns.values()
    )


def _usual_gaps(lines: Sequence[Sequence[Run]]) -> tuple[Span, ...]:
    """The gaps of the lines that have most cells, as far as others keep them: a wide heading hides none."""
    most = max(map(len, lines))
    gaps = gaps_of([piece for line in lines if len(line) == most for piece in line])
    return tuple(gap for gap in gaps if 5 * sum(_crosses(line, gap) for line in lines) <= len(lines))


def _crosses(line: Sequence[Run], gap: Span) -> bool:
    middle = (gap[0] + gap[1]) / 2
    return any(piece.left < middle < piece.right for piece in line)


def cells_of(line: Sequence[Run], gutters: Sequence[Span]) -> list[tuple[int, str]]:
    """The cells of a line: column and text."""
    found = dict[int, str]()
    for piece in line:
        column = column_of(piece, gutters)
        found[column] = f"{found[column]} {piece.text}" if column in found else piece.text
    return sorted(found.items())


def column_of(piece: Run, gutters: Sequence[Span]) -> int:
    """The column in which a piece begins."""
    return sum(piece.left >= (left + right) / 2 for left, right in gutters)
