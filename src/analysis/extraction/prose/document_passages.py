"""A document made ready: each block with its words, the signs and places found in it, its figures, what heads it."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from analysis.extraction.documents import Block, Document
from analysis.extraction.figure_units import is_calendar
from analysis.extraction.numerals import Quantity
from analysis.extraction.prose.folded_words import Words
from analysis.extraction.prose.marking import Mark, marks_of
from analysis.extraction.prose.place_index import Place, PlaceIndex
from analysis.extraction.prose.prose_lexicon import Lexicon
from analysis.extraction.prose.told_figures import figures_of
from analysis.extraction.vocabulary import Span

_OFFSETS = ("start", "end", "num_start", "num_end", "sentence_start", "sentence_end")
_ONE_DIGIT = re.compile(r"\s+\([1-9]\)|,?\s+(?:une?|[1-9])(?=\s*(?:[.,;)]|et\b|$))")
_COUNTED_IN = frozenset({"region", "territory", "intercommunality"})  # whose figure may stand right beside the name
FIGURE_BETWEEN = 3  # what another figure between costs, in words


class Told(NamedTuple):
    """A place that a block names: every place of that name, its role; weakly where it is named in passing."""

    places: tuple[Place, ...]
    words: Span
    start: int
    end: int
    role: str
    stands_in: bool

    @property
    def weak(self) -> bool:
        """Whether it is named for something else than to say where."""
        return self.role in {"aside", "listed"}


@dataclass(slots=True)
class Figure:
    """A quantity of a block, with its words and those of its sentence; offsets are those of the document."""

    quantity: Quantity
    words: Span
    sentence: Span

    @property
    def value(self) -> float:
        """How much it is, by its low end where it has one."""
        return self.quantity.value_low or self.quantity.value_high or 0


@dataclass(slots=True)
class Passage:
    """A block made ready. `headings`: passages that head it, nearest first; `heads`: of a cell; `lead`: of an item."""

    rank: int
    block: Block
    words: Words
    marks: dict[str, list[Mark]]
    figures: list[Figure]
    measured: list[Span] = field(default_factory=list)  # words of the figures that are no dates
    told: list["Told"] = field(default_factory=list)  # places named, in order
    headings: tuple["Passage", ...] = ()
    heads: tuple["Passage", ...] = ()
    lead: "Passage | None" = None

    def near(self, sign: str, within: Span) -> list[Mark]:
        """Marks of a sign inside a run of words."""
        found = self.marks.get(sign, [])
        first = bisect_left(found, within[0], key=lambda mark: mark.words[0])
        last = bisect_left(found, within[1], key=lambda mark: mark.words[0])
        return found[first:last]

    def head_nouns(self) -> list[Mark]:
        """What a head says that its cells count."""
        return [*self.marks.get("noun", ()), *self.marks.get("head_noun", ())]

    def reach(self, figure: Figure, words: Span) -> int:
        """How far some words are from a figure: the words, punctuation and other figures between."""
        ahead, behind = sorted((figure.words[0], words[0]))
        first = bisect_left(self.measured, ahead + 1, key=first_word)
        between = bisect_left(self.measured, behind, key=first_word) - first
        return self.words.gap(figure.words, words) + FIGURE_BETWEEN * max(0, between)

    def figures_within(self, words: Span) -> list[Figure]:
        """The figures that begin inside a run of words."""
        first = bisect_left(self.figures, words[0], key=lambda one: one.words[0])
        return self.figures[first : bisect_left(self.figures, words[1], key=lambda one: one.words[0])]


def first_word(words: Span) -> int:
    """The first of some words, to look for in a list of them."""
    return words[0]


def any_between(figures: list[Span], low: int, high: int) -> bool:
    """Whether a figure begins between two words."""
    return bisect_left(figures, high, key=first_word) > bisect_left(figures, low + 1, key=first_word)


def owner(passage: Passage, words: Span, peers: list[Span]) -> Span | None:
    """The figure, of those of a unit, that is nearest to some words; the one before them where two are equal."""
    begun = max(0, bisect_left(peers, words[0], key=first_word) - 2)
    return min(peers[begun : begun + 4], key=lambda one: (passage.words.gap(one, words), one), default=None)


@dataclass(slots=True)
class _Outline:
    """What heads the block that comes next."""

    headings: list[Passage] = field(default_factory=list)
    lead: Passage | None = None

    def place(self, passage: Passage) -> None:
        block = passage.block
        if block.kind == "heading":
            self.headings = [one for one in self.headings if one.block.level < block.level]
        passage.headings = tuple(reversed(self.headings))
        passage.lead = self.lead if block.kind == "item" else None
        if block.kind == "heading":
            self.headings.append(passage)
            self.lead = None
        elif block.kind == "paragraph":
            self.lead = passage


def passages_of(document: Document, lexicon: Lexicon, places: PlaceIndex) -> list[Passage]:
    """Every block of a document made ready, in order."""
    outline, made = _Outline(), list[Passage]()
    for rank, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        words = Words(text, block.start)
        marks = marks_of(words, lexicon, places)
        passage = Passage(rank, block, words, marks, list(_figures(text, words, marks["place"], lexicon)))
        passage.heads = tuple(made[head] for head in block.heads if head < rank)
        passage.figures = _scaled(passage)
        passage.measured = [one.words for one in passage.figures if not is_calendar(one.quantity)]
        outline.place(passage)
        made.append(passage)
    return made


def _scaled(passage: Passage) -> list[Figure]:
    """The figures of a cell in what its column counts by, "en milliers", which is itself no figure."""
    if passage.block.kind == "cell" and passage.marks.get("scale"):
        scales = [one.words for one in passage.marks["scale"]]
        return [one for one in passage.figures if not any(a <= one.words[0] < b for a, b in scales)]
    heads = [one for one in passage.heads if one.block.kind != "caption" or _says_one_thing(one, passage)]
    by = next((mark.value for head in heads for mark in head.marks.get("scale", ())), 1)
    if by == 1:
        return passage.figures
    return [replace(one, quantity=_times(one.quantity, by)) for one in passage.figures]


def _says_one_thing(caption: Passage, passage: Passage) -> bool:
    """Whether the caption is of all columns: it names one thing that is counted, and they name none."""
    others = [head for head in passage.heads if head is not caption]
    is_one = len({mark.value for mark in caption.head_nouns()}) == 1
    return is_one and not any(head.head_nouns() for head in others)


def _times(quantity: Quantity, by: int) -> Quantity:
    if quantity.kind not in {"count", "money"}:
        return quantity
    low, high = (value if value is None else value * by for value in (quantity.value_low, quantity.value_high))
    return quantity._replace(value_low=low, value_high=high)


def _figures(text: str, words: Words, marks: list[Mark], lexicon: Lexicon) -> Iterator[Figure]:
    names = [
        (mark.start - words.offset, mark.end - words.offset)
        for mark in marks
        if not isinstance(mark.value, str) and _may_be_counted_in(mark, words)
    ]
    for found in figures_of(text, lexicon.counted, names):
        one = found._replace(**{key: getattr(found, key) + words.offset for key in _OFFSETS})
        yield Figure(one, words.covered(one.start, one.end), words.covered(one.sentence_start, one.sentence_end))


def _may_be_counted_in(mark: Mark, words: Words) -> bool:
    """Whether a number right after the name may be a count: of a département only one digit, since it has a code."""
    in_department = of_kinds(mark.value, {"department"}) and _ONE_DIGIT.match(words.text, mark.end - words.offset)
    return bool(of_kinds(mark.value, _COUNTED_IN) or in_department)


def of_kinds(places: Iterable[Place], kinds: Collection[str]) -> tuple[Place, ...]:
    """The places of these kinds."""
    return tuple(one for one in places if one.kind in kinds)
