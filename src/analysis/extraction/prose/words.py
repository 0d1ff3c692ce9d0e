"""Words of a text without case and accents, and phrases found among them in one pass (pure)."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from analysis.extraction.vocabulary import Phrase, Span, hits, pattern_of, tokens

# What crossing a mark of punctuation costs, in words: how far apart it sets what stands on its two sides.
_BARRIERS = {",": 3, ";": 6, ":": 1, "(": 1, ")": 1, "–": 4, "—": 4, "«": 1, "»": 2, "!": 9, "?": 9, "\n": 3, "|": 6}
_STOP = 9
_CALL_OF_NOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}$")  # phase1: the call of a footnote beside a word
# Words that set apart what follows from what stands before.
_BREAKS = {"soit": 3, "contre": 3, "dont": 2, "mais": 3, "tandis": 4, "alors": 2, "puis": 2, "parmi": 3, "et": 1, "ou": 1}


def fold(text: str) -> str:
    """A text in lower case without accents."""
    lower = text.lower()
    if lower.isascii():
        return lower
    plain = unicodedata.normalize("NFKD", lower.replace("œ", "oe").replace("æ", "ae"))
    return "".join(one for one in plain if not unicodedata.combining(one))


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
            total += sum(_BARRIERS.get(one, 0) for one in set(between))
            total += _STOP if "." in between and before and first - before > 1 else 0
        before = last
        yield total


class Finder:
    """Phrases with what they stand for, found among words in time that does not grow with their number."""

    __slots__ = ("_first", "_lengths", "_stems")

    def __init__(self, entries: Iterable[tuple[Phrase, Any]]) -> None:
        self._first: dict[str, list[tuple[Phrase, Any]]] = {}
        self._stems: dict[str, list[tuple[Phrase, Any]]] = {}
        for phrase, value in entries:
            if phrase and phrase[0][-1] == "*":
                self._stems.setdefault(phrase[0][:-1], []).append((phrase, value))
            elif phrase:
                self._first.setdefault(phrase[0], []).append((phrase, value))
        self._lengths = sorted({len(stem) for stem in self._stems})

    def found(self, words: Phrase) -> Iterator[tuple[int, int, Any]]:
        """Every phrase among the words, as first and last + 1 word and what it stands for, in the words' order."""
        for first, word in enumerate(words):
            for phrase, value in self._beginning(word):
                last = first + len(phrase)
                if len(phrase) == 1 or hits(words[first:last], phrase):
                    yield first, last, value

    def _beginning(self, word: str) -> Iterator[tuple[Phrase, Any]]:
        yield from self._first.get(word, ())
        for length in self._lengths:
            if length > len(word):
                return
            yield from self._stems.get(word[:length], ())


