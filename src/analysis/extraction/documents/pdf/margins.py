"""Running heads, running feet and page numbers of a PDF: what repeats at the edge of pages (pure)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analysis.extraction.documents.pdf.glyphs import Run
from analysis.extraction.documents.pdf.lines import baselines

_ZONE = 0.14  # of the page's height
_MOST_LINES = 4
_SAME_HEIGHT = 5.0  # points
_APART, _NUMBER_APART = 1.9, 1.25  # from line to line, of the size
_NUMBER = re.compile(r"\d+")
_FOLIO = re.compile(
    r"(?:p(?:age)?\b\.?\s*)?[-–—|\s]*(\d{1,4})(?:\s*(?:/|sur|de|\|)\s*\d{1,4})?[-–—|\s]*", re.IGNORECASE
)
_SURE_FOLIO = re.compile(r"p(?:age)?\b\.?\s*\d.*|[-–—]\s*\d{1,4}\s*[-–—]|\d{1,4}\s*(?:/|sur)\s*\d{1,4}", re.IGNORECASE)


@dataclass(slots=True)
class Edge:
    """A line near the edge of a page: where it stands, its text without numbers, and its numbers."""

    page: int
    side: str
    depth: int  # how many lines stand between it and the edge
    base: float
    shape: str
    numbers: tuple[int, ...]
    text: str
    pieces: list[Run]

    def repeats(self, other: "Edge") -> bool:
        """Whether the other page says the same, but for its own number."""
        same = abs(self.base - other.base) < _SAME_HEIGHT and len(self.numbers) == len(other.numbers)
        return same and all(
            mine == theirs or mine - self.page == theirs - other.page
            for mine, theirs in zip(self.numbers, other.numbers, strict=True)
        )


def without_margins(pages: Sequence[tuple[float, list[Run]]]) -> list[list[Run]]:
    """The pieces of each page, given with its height, without what runs along its edges."""
    edges = [edge for number, (height, pieces) in enumerate(pages) for edge in _edges(number, height, pieces)]
    alike = defaultdict[tuple[str, str], list[Edge]](list)
    for edge in edges:
        alike[edge.side, edge.shape].append(edge)
    dropped, stopped = set[int](), set[tuple[int, str]]()
    for edge in edges:  # from the edge inwards: behind a line of the text nothing runs
        key = edge.page, edge.side
        if key not in stopped and _runs_along(edge, alike[edge.side, edge.shape], len(pages)):
            dropped.update(map(id, edge.pieces))
        else:
            stopped.add(key)
    kept = [[piece for piece in pieces if id(piece) not in dropped] for _, pieces in pages]
    return [rest or pieces for rest, (_, pieces) in zip(kept, pages, strict=True)]  # no page is all margin


def _runs_along(edge: Edge, alike: Sequence[Edge], page_count: int) -> bool:
    if any(other.page != edge.page and edge.repeats(other) for other in alike):
        return True
    folio = _FOLIO.fullmatch(edge.text)
    if folio is None:
        return False
    return bool(_SURE_FOLIO.fullmatch(edge.text)) or (page_count == 1 and edge.side == "foot" and folio[1] == "1")


def _edges(number: int, height: float, pieces: list[Run]) -> Iterator[Edge]:
    """The lines near the edges that stand apart from the text, from the edge inwards."""
    lines = baselines(piece for piece in pieces if piece.turn == 0)
    for side, ordered in (("head", lines), ("foot", lines[::-1])):
        for depth, line in enumerate(ordered[:_MOST_LINES]):
            base = line[0].base
            inside = base < _ZONE * height if side == "head" else base > (1 - _ZONE) * height
            if not inside:
                break
            text = " ".join(" ".join(piece.text for piece in line).split())
            white = _NUMBER_APART if _FOLIO.fullmatch(text) else _APART
            if depth + 1 < len(ordered) and not _stands_apart(line, ordered[depth + 1 : _MOST_LINES + 1], white):
                break
            numbers = tuple(int(one[:9]) for one in _NUMBER.findall(text))
            yield Edge(number, side, depth, base, _NUMBER.sub("#", text.casefold()), numbers, text, line)


def _stands_apart(line: Sequence[Run], others: Sequence[Sequence[Run]], white: float) -> bool:
    """Whether white separates a line from the text, at once or after a few lines of its kind."""
    steps = pairwise((line, *others))
    return any(abs(one[0].base - other[0].base) > white * max(one[0].size, other[0].size) for one, other in steps)
