"""A document made ready: each block with its words, the signs and places found in it, its figures, what heads it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.extraction.documents import Block, Document
from analysis.extraction.figures import is_calendar
from analysis.extraction.numerals import Quantity, read
from analysis.extraction.prose.lexicon import Lexicon
from analysis.extraction.prose.places import Place, PlaceIndex
from analysis.extraction.prose.words import Words, fold, phrase_of
from analysis.extraction.vocabulary import Span

_ARTICLES = frozenset({"la", "le", "les", "l"})
_OFFSETS = ("start", "end", "num_start", "num_end", "sentence_start", "sentence_end")
FIGURE_BETWEEN = 3  # what another figure between costs, in words
_TO = re.compile(r"\s+[àa]\s+")
_CHANGE = re.compile(
    r"\b(?:pass|évol|progress|augment|grimp|bondi|baiss|recul|chut|tomb|mont|doubl|tripl|croî|crû|gagn|ramen|rédui|port|diminu)\w*(?:\W+\w+){0,3}\W*$", re.I
)
_LINKS = frozenset({"de", "du", "des", "d", "l", "la", "le"})


class Mark(NamedTuple):
    """A sign found in a block: what it stands for, its words, and where it stands in the document."""

    value: Any
    words: Span
    start: int
    end: int


class Told(NamedTuple):
    """A place that a block names: every place of that name; weakly where it is named for something else."""

    places: tuple[Place, ...]
    words: Span
    start: int
    end: int
    weak: bool
    stands_in: bool


@dataclass(slots=True)
class Figure:
    """A quantity of a block, with its words and those of its sentence; offsets are those of the document."""

    quantity: Quantity
    words: Span
    sentence: Span


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

    def reach(self, figure: Figure, words: Span) -> int:
        """How far some words are from a figure: the words, punctuation and other figures between."""
        ahead, behind = sorted((figure.words[0], words[0]))
        first = bisect_left(self.measured, ahead + 1, key=first_word)
        between = bisect_left(self.measured, behind, key=first_word) - first
        return self.words.gap(figure.words, words) + FIGURE_BETWEEN * max(0, between)

    def text_of(self, words: Span) -> str:
        """The text of a run of words."""
        start, end = self.words.span(*words)
        return self.words.text[start - self.words.offset : end - self.words.offset]


def first_word(words: Span) -> int:
    """The first of some words, to look for in a list of them."""
    return words[0]


def owner(passage: Passage, words: Span, peers: list[Span]) -> Span | None:
    """The figure, of those of a unit, that is nearest to some words; the one before them where two are equal."""
    begun = max(0, bisect_left(peers, words[0], key=first_word) - 2)
    return min(peers[begun : begun + 4], key=lambda one: (passage.words.gap(one, words), one), default=None)


class _Spelling(NamedTuple):
    """How names are told from words: names that are words too, what stands before them, words of names in lower case."""

    wary: frozenset[tuple[str, ...]]
    before: frozenset[str]
    generic: frozenset[str]

    @classmethod
    def of(cls, prose: Mapping[str, Any]) -> "_Spelling":
        """From the vocabulary's part for free prose."""
        wary = frozenset(phrase_of(one) for one in prose.get("wary_names", ()))
        words = [frozenset(map(fold, prose.get(key, ()))) for key in ("wary_before", "words_of_names")]
        return cls(wary, words[0], words[1] | _LINKS | _ARTICLES)


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
    spelling = _Spelling.of(lexicon.rules.prose)
    outline, made = _Outline(), list[Passage]()
    for rank, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        words = Words(text, block.start)
        marks = _marks(words, lexicon, places)
        marks["place"] = list(_places(words, marks, places, spelling))
        passage = Passage(rank, block, words, marks, list(_figures(text, block.start, words)))
        passage.measured = [one.words for one in passage.figures if not is_calendar(one.quantity)]
        passage.heads = tuple(made[head] for head in block.heads if head < rank)
        outline.place(passage)
        made.append(passage)
    return made


def _figures(text: str, offset: int, words: Words) -> Iterator[Figure]:
    for found in read(text):
        for part in _parted(found, text):
            one = part._replace(**{key: getattr(part, key) + offset for key in _OFFSETS})
            yield Figure(one, words.covered(one.start, one.end), words.covered(one.sentence_start, one.sentence_end))


def _parted(found: Quantity, text: str) -> Iterator[Quantity]:
    """A figure, or the two of a change that are read as the ends of a range: de 149 à 183 after "passe"."""
    link = _TO.search(text, found.num_start, found.num_end)
    if found.qualifier != "between" or link is None or not _CHANGE.search(text[max(0, found.start - 40) : found.start]):
        yield found
        return
    exact = found._replace(qualifier="exact")
    yield exact._replace(start=found.num_start, end=link.start(), num_end=link.start(), value_high=found.value_low)
    yield exact._replace(start=link.end(), num_start=link.end(), value_low=found.value_high)


def _marks(words: Words, lexicon: Lexicon, places: PlaceIndex) -> dict[str, list[Mark]]:
    """Signs of the lexicon by what they are; names and adjectives of places are kept apart, to be weighed."""
    marks: dict[str, list[Mark]] = {}
    for first, last, (sign, value) in lexicon.signs.found(words.folded):
        marks.setdefault(sign, []).append(Mark(value, (first, last), *words.span(first, last)))
    for first, last, place in places.adjectives.found(words.folded):
        place, written = place
        start, end = words.span(first, last)
        if not written.isupper() or words.text[start - words.offset : end - words.offset].isupper():
            marks.setdefault("adjective", []).append(Mark((place,), (first, last), start, end))
    return marks


def _places(
    words: Words, marks: dict[str, list[Mark]], places: PlaceIndex, spelling: "_Spelling"
) -> Iterator[Mark]:
    """Places named, in order and without overlap: the longest name wins. A stand-in's value is the kind it is of."""
    named = [
        Mark(value, (first, last), *words.span(first, last))
        for first, last, value in places.named(words.folded)
        if _is_name(words, first, last, spelling)
    ]
    country = [one._replace(value=(places.country,)) for one in marks.pop("country", ())]
    begun = {one.words[0] for one in named if one.value}
    stand_ins = [one for one in marks.pop("stand_in", ()) if not _says_a_name(words, one, begun)]
    each = [*named, *country, *marks.pop("adjective", ()), *stand_ins]
    taken: set[int] = set()
    kept = []
    for one in sorted(each, key=lambda mark: (mark.words[0] - mark.words[1], mark.words[0])):
        if taken.isdisjoint(range(*one.words)):
            taken.update(range(*one.words))
            kept += [one] if one.value else []
    yield from sorted(kept, key=lambda mark: mark.words)


def _is_name(words: Words, first: int, last: int, spelling: "_Spelling") -> bool:
    """Whether the words are written as a name: a capital, and for a name that is also a word, what comes before."""
    if words.folded[first:last] in spelling.wary and (not first or words.folded[first - 1] not in spelling.before):
        return False
    begins = next((n for n in range(first, last) if words.folded[n] not in _ARTICLES), first)
    proper = next((n for n in range(first, last) if words.folded[n] not in spelling.generic), begins)
    letters = (words.text[words.spans[n][0] - words.offset] for n in {begins, proper})
    return any(letter.isupper() or letter.isdigit() for letter in letters)


def _says_a_name(words: Words, stand_in: Mark, begun: set[int]) -> bool:
    """Whether the name follows: la région Grand Est, le territoire de Nord Lorraine."""
    after = stand_in.words[1]
    while after < len(words.folded) and words.folded[after] in _LINKS:
        after += 1
    return any(word in begun for word in (*range(stand_in.words[0], stand_in.words[1] + 1), after))
