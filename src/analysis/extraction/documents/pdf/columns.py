"""The reading order of a page: columns one after the other, tables by rows (pure)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import inf
from statistics import median
from typing import NamedTuple

from analysis.extraction.documents.pdf.glyphs import Run
from analysis.extraction.documents.pdf.grids import (
    NARROWEST_GUTTER,
    Span,
    are_panels,
    column_of,
    gaps_of,
    table_gutters,
)
from analysis.extraction.documents.pdf.lines import baselines
from analysis.extraction.documents.table_heads import CAPTION, is_counted, is_figure

_MOST_DEPTH = 12
_MOST_CHAINS = 30
_BAND = 0.9  # of the size of letters
Lines = list[list[Run]]


@dataclass(slots=True)
class Region:
    """Lines that are read together: of one column, or of a table cut at `gutters`."""

    lines: Lines
    gutters: tuple[Span, ...] = ()


class Chain(NamedTuple):
    """A white strip between two columns: its sides, its first and last line, the lines on either side of it."""

    left: float
    right: float
    first: int
    last: int
    before: tuple[int, int, int] = (0, 0, 0)  # how many lines stand left of it, the first and the last of them
    after: tuple[int, int, int] = (0, 0, 0)

    @property
    def shared(self) -> int:
        """How many lines are certainly beside each other: the fewer of both sides, where they overlap in height."""
        overlap = min(self.before[2], self.after[2]) >= max(self.before[1], self.after[1])
        return min(self.before[0], self.after[0]) if overlap else 0


def regions_of(pieces: Sequence[Run], depth: int = 0) -> Iterator[Region]:
    """The regions of a page, or of a part of it, in reading order."""
    yield from _regions(baselines(pieces), depth)


def _regions(lines: Lines, depth: int) -> Iterator[Region]:
    chain = _longest(lines) if depth < _MOST_DEPTH else None
    if chain is None:
        if lines:
            yield Region(lines)
        return
    first, last = _trimmed(lines, chain)
    inside = lines[first:last]
    yield from _regions(lines[:first], depth + 1)
    gutters, bands = table_gutters(inside), _bands(inside)
    if gutters and (second := _second_table(inside, gutters)):
        yield from _regions(inside[:second], depth + 1)
        yield from _regions(inside[second:], depth + 1)
    elif gutters:
        yield from _table_and_lines_around(inside, gutters)
    elif len(bands) > 1:  # a table above or below columns that leaves their gutter free
        for band in bands:
            yield from _regions(band, depth + 1)
    else:
        for side in _sides([piece for line in inside for piece in line], (chain.left, chain.right)):
            yield from regions_of(side, depth + 1)
    yield from _regions(lines[last:], depth + 1)


def _bands(lines: Lines) -> list[Lines]:
    """Tables apart from what is none, where white runs across all columns, higher than that between lines."""
    bands, bottom = list[Lines](), -inf
    for line in lines:
        if not bands or min(piece.top for piece in line) - bottom > _BAND * line[0].size:
            bands.append([])
        bands[-1].append(line)
        bottom = max(bottom, *(piece.bottom for piece in line), -inf)
    alike = groupby(bands, key=lambda band: bool(table_gutters(band)))
    return [[line for band in group for line in band] for _, group in alike]


def _second_table(lines: Lines, gutters: tuple[Span, ...]) -> int:
    """Where another table begins below the figures of one, or 0: a lone line, then a row without figures."""
    counted = [any(column_of(one, gutters) and is_counted(one.text) for one in line) for line in lines]
    for rank in range(2, len(lines) - 2):
        alone = len(lines[rank]) == 1 and not column_of(lines[rank][0], gutters) and not is_figure(lines[rank][0].text)
        headed = alone and len(lines[rank + 1]) > 1 and not counted[rank + 1]
        if headed and counted[rank - 1] and any(counted[rank + 2 :]) and _apart(lines[rank - 1], lines[rank]):
            return rank
    return 0


def _table_and_lines_around(lines: Lines, gutters: tuple[Span, ...]) -> Iterator[Region]:
    """A table without the lone lines above it, which are no head of a column, and below it, such as its source."""
    full = [rank for rank, line in enumerate(lines) if len(line) > 1]
    first, last = full[0], len(lines)
    while first and column_of(lines[first - 1][0], gutters) and not CAPTION.match(lines[first - 1][0].text):
        first -= 1
    for rank in range(full[-1] + 1, len(lines)):
        if CAPTION.match(lines[rank][0].text) or _apart(lines[rank - 1], lines[rank]):
            last = rank
            break
    parts = (Region(lines[:first]), Region(lines[first:last], gutters), Region(lines[last:]))
    yield from (part for part in parts if part.lines)


def _sides(pieces: Sequence[Run], widest: Span) -> tuple[list[Run], list[Run]]:
    """The pieces left and right of a gutter: of several, the one that leaves a table whole on either side."""
    parts = [_parted(pieces, gap) for gap in (*gaps_of(pieces), widest)]
    whole = (part for part in parts[:-1] if any(table_gutters(baselines(side)) for side in part))
    return next(whole, parts[-1]) if len(parts) > 2 else parts[-1]


def _parted(pieces: Sequence[Run], gap: Span) -> tuple[list[Run], list[Run]]:
    middle = (gap[0] + gap[1]) / 2
    return [one for one in pieces if one.right <= middle], [one for one in pieces if one.right > middle]


def _longest(lines: Lines) -> Chain | None:
    """The white strip that parts most lines; None where the lines are of one column."""
    best, chains = None, list[Chain]()
    narrowest = NARROWEST_GUTTER * median(piece.size for line in lines for piece in line) if lines else 0
    for rank, line in enumerate(lines):
        free = [(-inf, line[0].left), *gaps_of(line), (max(one.right for one in line), inf)]
        longer = [one for chain in chains for gap in free if (one := _extended(chain, gap, line, rank, narrowest))]
        longer += [one for gap in free if (one := _extended(Chain(-inf, inf, rank, rank), gap, line, rank, narrowest))]
        chains = _distinct(longer)
        for chain in chains:
            enough = 3 if chain.last - chain.first > 1 else 2
            if chain.shared >= enough and (best is None or _weight(chain) > _weight(best)):
                best = chain
    if best is None or best.shared > 2:
        return best
    inside = lines[best.first : best.last + 1]
    return best if table_gutters(inside) or are_panels(inside) else None


def _weight(chain: Chain) -> tuple[int, int, float]:
    return chain.shared, chain.before[0] + chain.after[0], chain.right - chain.left


def _extended(chain: Chain, gap: Span, line: Sequence[Run], rank: int, narrowest: float) -> Chain | None:
    """A strip with one more line, where the line leaves it free."""
    left, right = max(chain.left, gap[0]), min(chain.right, gap[1])
    if right - left < narrowest:
        return None
    before = _counted(chain.before, rank) if line[0].left < left else chain.before
    after = _counted(chain.after, rank) if line[-1].right > right else chain.after
    return Chain(left, right, chain.first, rank, before, after)


def _counted(side: tuple[int, int, int], rank: int) -> tuple[int, int, int]:
    count, first, _ = side
    return count + 1, first if count else rank, rank


def _distinct(chains: Sequence[Chain]) -> list[Chain]:
    """Of strips with the same sides the one that began first, and not too many of them."""
    found = dict[Span, Chain]()
    for chain in sorted(chains, key=lambda one: one.first):
        found.setdefault((chain.left, chain.right), chain)
    return sorted(found.values(), key=_weight, reverse=True)[:_MOST_CHAINS]


def _trimmed(lines: Lines, chain: Chain) -> tuple[int, int]:
    """The lines that the strip parts: without what stands above both columns, or heads what follows both."""
    first = max(chain.first, min(chain.before[1], chain.after[1]))
    both = max(chain.before[1], chain.after[1])
    while first < both and len(lines[first]) == 1 and _apart(lines[first], lines[first + 1]):
        first += 1
    last, ended = chain.last + 1, min(chain.before[2], chain.after[2])
    followed = chain.last + 1 < len(lines)  # else all that follows is in that column
    for rank in range(max(ended + 1, chain.last - 2), chain.last + 1 if followed else 0):
        if _stands_alone(lines[rank], lines[first:rank]):
            last = rank
            break
    return first, last


def _apart(upper: Sequence[Run], lower: Sequence[Run]) -> bool:
    """Whether more than the usual distance of lines lies between two lines."""
    gap = min(one.top for one in lower) - max(one.bottom for one in upper)
    return gap > 0.6 * max(upper[0].size, lower[0].size)


def _stands_alone(line: Sequence[Run], above: Sequence[Sequence[Run]]) -> bool:
    """Whether a line below columns is of none of them: a heading, a caption, a line that begins elsewhere."""
    pieces = [piece for one in above for piece in one]
    larger = line[0].size > 1.1 * median(piece.size for piece in pieces)
    bolder = line[0].bold and 2 * sum(piece.bold for piece in pieces) < len(pieces)
    aligned = any(abs(piece.left - line[0].left) < line[0].size / 4 for piece in pieces)
    heading = (larger or bolder) and _apart(above[-1], line)
    return heading or not aligned or bool(CAPTION.match(line[0].text))
