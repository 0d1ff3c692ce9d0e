"""Words of a text without case and accents, and phrases found among them in one pass (pure)."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from analysis.extraction.vocabulary import Phrase, Span, pattern_of, tokens

_Entry = tuple[Phrase, tuple[Any, ...]]  # a phrase, and everything that it stands for
# What crossing a mark of punctuation costs, in words: how far apart it sets what stands on its two sides.
_BARRIERS = {",": 3, ";": 6, ":": 1, "(": 1, ")": 1, "–": 4, "—": 4, "«": 1, "»": 2, "!": 9, "?": 9, "\n": 3, "|": 6}
_STOP = 9
_WRAPPED = 60  # characters of a line that ends only because it is full
_CALL_OF_NOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}$")  # phase1: the call of a footnote beside a word
# Words that set apart what follows from what stands before.
_BREAKS = {
    "soit": 3,
    "contre": 3,
    "dont": 2,
    "mais": 3,
    "tandis": 4,
    "alors": 2,
    "puis": 2,
    "parmi": 3,
    "et": 1,
    "ou": 1,
}


def fold(text: str) -> str:
    """A text in lower case without accents."""
    lower = text.lower()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.replace("œ", "oe").replace("æ", "ae"))
    return "".join(one for one in plain if not unicodedata.combining(one))


@cache
def phrase_of(text: str) -> Phrase:
    """The words of a phrase as `Finder` compares them, each with its final * where it is a stem."""
    return pattern_of(fold(text))


class Words:
    """The words of one block: folded, where each stands in the document, and how far apart two of them are."""

    __slots__ = ("barriers", "folded", "offset", "spans", "text")

    def __init__(self, text: str, offset: int = 0) -> None:
        spans, written = tokens(text)
        self.text, self.offset = text, offset
        self.spans: list[Span] = [(first + offset, last + offset) for first, last in spans]
        self.folded: Phrase = tuple(_CALL_OF_NOTE.sub("", fold(one)) for one in written)
        self.barriers: list[int] = list(_barriers(text, spans, self.folded))

    def at(self, offset: int) -> int:
        """The first word that ends after an offset of the document."""
        return bisect_right(self.spans, offset, key=lambda span: span[1])

    def covered(self, start: int, end: int) -> Span:
        """First and last + 1 word of a span of the document."""
        first = min(self.at(start), max(0, len(self.spans) - 1))
        return first, max(first + 1, bisect_left(self.spans, end, key=lambda span: span[0]))

    def span(self, first: int, last: int) -> Span:
        """Where the words from `first` up to `last` stand in the document."""
        return self.spans[first][0], self.spans[last - 1][1]

    def written(self, start: int, end: int) -> str:
        """What is written from one place of the document up to another."""
        return self.text[start - self.offset : end - self.offset]

    def closes(self, last: int) -> bool:
        """Whether punctuation follows the word before `last`."""
        end = self.spans[last - 1][1] - self.offset
        return self.text[end : end + 1] in {",", ".", ";", ":", ")", ""}

    def is_cut(self, first: int, last: int) -> bool:
        """Whether a comma or stop stands between words from `first` up to `last`."""
        between = (self.written(one[1], other[0]) for one, other in pairwise(self.spans[first:last]))
        return any(one.strip()[:1] in {",", ".", ";", ":"} for one in between)

    def gap(self, one: Span, other: Span) -> int:
        """How far apart two runs of words are: the words between them, and what the punctuation between costs."""
        first, second = sorted((one, other))
        if second[0] < first[1]:
            return 0
        between = self.barriers[min(second[0], len(self.barriers) - 1)] - self.barriers[first[1] - 1]
        return second[0] - first[1] + between


def _barriers(text: str, spans: list[Span], folded: Phrase) -> Iterator[int]:
    """The cost of the punctuation up to each word, one sum after the other."""
    total, before = 0, 0
    for (first, last), word in zip(spans, folded, strict=True):
        total += _BREAKS.get(word, 0)
        between = text[before:first]
        if between not in {" ", "’", "'", "-"}:
            marks = set(between)
            if "\n" in marks and _is_wrapped(text, before):
                marks.remove("\n")
            total += sum(_BARRIERS.get(one, 0) for one in marks)
            total += _STOP if "." in between and before and first - before > 1 else 0
        before = last
        yield total


def _is_wrapped(text: str, at: int) -> bool:
    """Whether the line that holds a place is full, so that its end sets nothing apart."""
    return text.find("\n", at) - text.rfind("\n", 0, at) > _WRAPPED


class Finder:
    """Phrases with what they stand for, found among words in time that does not grow with their number."""

    __slots__ = ("_exact", "_known", "_lengths", "_stems")

    def __init__(self, entries: Iterable[tuple[Phrase, Any]]) -> None:
        grouped: dict[Phrase, list[Any]] = {}
        for phrase, value in entries:
            grouped.setdefault(phrase, []).append(value)
        self._exact: dict[str, list[_Entry]] = {}
        self._stems: dict[str, list[_Entry]] = {}
        for phrase, values in grouped.items():
            if phrase:
                stem = phrase[0][-1] == "*"
                table, word = (self._stems, phrase[0][:-1]) if stem else (self._exact, phrase[0])
                table.setdefault(word, []).append((phrase, tuple(values)))
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._known: dict[str, tuple[_Entry, ...]] = {}  # phrases that a word may begin, as words are met

    def found(self, words: Phrase) -> Iterator[tuple[int, int, Any]]:
        """Every phrase among the words, as first and last + 1 word and what it stands for, in the words' order."""
        for first, word in enumerate(words):
            beginning = self._known.get(word)
            if beginning is None:
                beginning = self._known[word] = tuple(self._beginning(word))
            for phrase, values in beginning:
                last = first + len(phrase)
                if len(phrase) == 1 or _stands(phrase, words[first + 1 : last]):
                    for value in values:
                        yield first, last, value

    def _beginning(self, word: str) -> Iterator[_Entry]:
        yield from self._exact.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._stems.get(word[:length], ())


def _stands(phrase: Phrase, following: Phrase) -> bool:
    """Whether a phrase goes on, after its first word, with these words."""
    if len(following) != len(phrase) - 1:
        return False
    for one, word in zip(phrase[1:], following, strict=True):
        if not (word.startswith(one[:-1]) if one[-1] == "*" else word == one):
            return False
    return True
