"""Runs of letters joined on their line; calls of footnotes go, what is raised for another reason stays (pure)."""

from collections.abc import Iterable, Iterator, Sequence

from analysis.extraction.documents.pdf.glyphs import WIDE_GAP, WORD_GAP, Run
from analysis.extraction.documents.raised import CALL, plain_raised

_ON_LINE = 0.15  # of the size: how far baselines of one line may lie apart
_RAISED = (0.15, 0.75)
_SMALL = 0.85


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs that overlap in height, from the top down; each row from left to right."""
    rows, bottom = list[list[Run]](), float("-inf")
    for run in sorted(runs, key=lambda one: (one.top, one.left)):
        if rows and run.top < bottom:
            rows[-1].append(run)
            bottom = max(bottom, run.bottom)
        else:
            rows.append([run])
            bottom = run.bottom
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def pieces_of(runs: Sequence[Run]) -> list[Run]:
    """Runs joined where they stand side by side on one line, whatever their look."""
    found = list[Run]()
    for row in rows_of(_once(runs)):
        open_pieces = list[Run]()
        for run in row:
            piece = next((one for one in reversed(open_pieces) if _beside(one, run)), None)
            if piece is None:
                open_pieces.append(_copy(run))
            else:
                join(piece, run)
        found += open_pieces
    return [one for one in found if one.text.strip()]


def _once(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs without those drawn a second time to look bold."""
    seen = set[tuple[str, int, int]]()
    for run in runs:
        x, y = round(run.left / 2), round(run.base / 2)
        keys = {(run.text, x + dx, y + dy) for dx in (0, 1, -1) for dy in (0, 1, -1)}
        if len(run.text) < 2 or not keys & seen:
            yield run
        seen.add((run.text, x, y))


def _copy(run: Run) -> Run:
    return Run(run.left, run.right, run.base, run.size, run.bold, run.turn, run.text, list(run.ids))


def _beside(piece: Run, run: Run) -> bool:
    """Whether a run goes on with a piece: on its line, or raised or lowered from it."""
    size, smaller = max(piece.size, run.size), min(piece.size, run.size)
    gap, apart = run.left - piece.right, abs(run.base - piece.base)
    if gap < -0.4 * size:
        return False
    if apart < _ON_LINE * size:
        return gap < WIDE_GAP * smaller
    return smaller < _SMALL * size and apart < _RAISED[1] * size and gap < 0.5 * size


def baselines(pieces: Iterable[Run]) -> list[list[Run]]:
    """The lines of pieces by their baselines, from the top down; each from left to right."""
    lines = list[list[Run]]()
    for piece in sorted(pieces, key=lambda one: (one.base, one.left)):
        if lines and piece.base - lines[-1][0].base < 0.35 * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def is_raised(run: Run, line: Run) -> bool:
    """Whether a run stands raised beside the letters of a line."""
    height = line.base - run.base
    return run.size < _SMALL * line.size and _RAISED[0] * line.size < height < _RAISED[1] * line.size


def join(piece: Run, run: Run) -> None:
    """Add a run to a piece that it goes on with."""
    if is_raised(run, piece):
        _add_raised(piece, run)
    elif is_raised(piece, run) and CALL.fullmatch(piece.text.strip()):
        piece.mark, piece.text, piece.ids = piece.text.strip(), run.text, list(run.ids)
        piece.base, piece.size, piece.bold = run.base, run.size, run.bold
    else:
        gap = run.left - piece.right
        if gap > WORD_GAP * 1.5 * max(piece.size, run.size):
            _add(piece, " ", [-1])
        if len(run.text) > len(piece.text):
            piece.base, piece.size, piece.bold = run.base, run.size, run.bold
        _add(piece, run.text, run.ids)
    piece.right = max(piece.right, run.right)


def _add_raised(piece: Run, run: Run) -> None:
    """Powers and the letters of ordinals stay; the call of a footnote goes."""
    text = plain_raised(run.text, piece.text)
    _add(piece, text, run.ids if text == run.text else run.ids[:1] * len(text))


def _add(piece: Run, text: str, ids: list[int]) -> None:
    piece.text += text
    piece.ids += ids
