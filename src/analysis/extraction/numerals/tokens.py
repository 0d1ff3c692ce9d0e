"""One sentence as tokens: number literals, words with their elision, single symbols."""

import re
from itertools import accumulate
from operator import itemgetter, sub

from .learnt import Learnt
from .lexicon import CARDINALS, SCALES

END, NUM, WORD, SYM = range(4)
DIGITS = frozenset("0123456789")

# Possessive throughout: the scanner never goes back over what it has read.
_SPACE = "[ \u00a0\u202f\u2009]"
_LITERAL = (
    r"[0-9]{1,3}+(?:\.[0-9]{3}(?![0-9]))++,[0-9]++"  # 1.234,56
    r"|[0-9]++(?:\.[0-9]++){2,}+"  # 1.250.000, 30.06.2021
    r"|[0-9]{1,3}+(?:,[0-9]{3}(?![0-9]))++\.[0-9]++"  # 1,234.56
    r"|[0-9]{1,3}+(?:,[0-9]{3}(?![0-9])){2,}+"  # 1,234,567
    rf"|[0-9]{{1,3}}+(?:{_SPACE}[0-9]{{3}}(?![0-9]))++(?:,[0-9]++|\.[0-9]{{1,2}}+(?!\.?[0-9]))?+"  # 1 234 567,8
    r"|[0-9]{1,3}+(?:['’][0-9]{3}(?![0-9]))++(?:[.,][0-9]++)?+"  # 1'234'567
    r"|[0-9]++(?:[.,][0-9]++)?+"  # 1234 or 12,5
)
# Letters by ranges, which the scanner tests faster than classes; superscripts belong to units (m²).
_LETTER = "[A-Za-zªµº²³¼½¾À-ÖØ-öø-\u02ff\u0370-\u1fff]"
_TOKEN = rf"(?:{_LETTER}++['’]?+|{_LITERAL}|\S)"
_PIECE = re.compile(rf" ?+{_TOKEN}|\s++{_TOKEN}")  # each with the blanks before it, most often one space or none
_QUOTES = frozenset('«“„"‹')
_COUNTING = CARDINALS | SCALES.keys()
_PADDING = 8
_NO_KIND, _NO_TEXT, _NO_OFFSET = [END] * _PADDING, [""] * _PADDING, [-1] * _PADDING


def _kind(first: str) -> int:
    return WORD if first.isalnum() and not first.isdecimal() else SYM


# Each piece without the blanks before it, and the kind of a token by its first character. A common word is then the
# same object, whose hash is known, wherever the grammar looks it up.
_WORDS, _KINDS = Learnt(str.lstrip), Learnt(_kind)
_KINDS.update(dict.fromkeys(DIGITS, NUM))


class Tokens:
    """The tokens of one sentence as parallel lists, padded so that any neighbour can be looked at.

    `low` is the lower-case form (straight apostrophe, plain hyphen), `begin` and `stop` the offsets in the
    whole text. Beyond either end stand empty tokens of kind END.
    """

    __slots__ = ("begin", "end", "kind", "low", "n", "start", "stop", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        pieces = _PIECE.findall(_plain(text[start:end]))
        low = list(map(_WORDS.__getitem__, pieces))
        stop = list(accumulate(map(len, pieces), initial=start))[1:]
        self.n = len(low)
        self.kind: list[int] = [*map(_KINDS.__getitem__, map(itemgetter(0), low)), *_NO_KIND]
        self.begin: list[int] = [*map(sub, stop, map(len, low)), *_NO_OFFSET]
        self.stop = [*stop, *_NO_OFFSET]
        self.stop[-1] = -2  # nothing stands glued to the first token
        self.low = low + _NO_TEXT
        if not _QUOTES.isdisjoint(self.low):
            self._unquote()

    def _unquote(self) -> None:
        """Drop the quotes that open between a number and its noun: neuf « pactes »."""
        for k in range(self.n - 2, 0, -1):
            opens = self.low[k] in _QUOTES and self.kind[k + 1] == WORD and not self.glued(k)
            if opens and (self.kind[k - 1] == NUM or self.low[k - 1] in _COUNTING):
                for column in (self.kind, self.low, self.begin, self.stop):
                    del column[k]
                self.n -= 1

    def written(self, i: int) -> str:
        """Token i as the text has it."""
        return self.text[self.begin[i] : self.stop[i]]

    @property
    def first_word(self) -> int:
        """The first token that is a word."""
        return self.kind.index(WORD) if WORD in self.kind else self.n

    def glued(self, i: int) -> bool:
        """Whether nothing stands between token i and the one before it."""
        return self.begin[i] == self.stop[i - 1]

    def past_hyphen(self, i: int) -> int:
        """The token after a hyphen inside a word, or i itself."""
        if self.low[i] == "-" and self.begin[i] == self.stop[i - 1] and self.begin[i + 1] == self.stop[i]:
            return i + 1
        return i

    def capitalised(self, i: int) -> bool:
        """Whether token i is a word with a capital first letter."""
        return self.kind[i] == WORD and self.text[self.begin[i]].isupper()

    def shouted(self) -> bool:
        """Whether the sentence is written in capitals, as headings are."""
        return self.text[self.start : self.end].isupper()


def _plain(text: str) -> str:
    """A text in lower case with straight apostrophes and plain hyphens, every character at its place."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if not low.isascii():
        low = low.replace("’", "'").replace("‑", "-").replace("‐", "-")
    return low
