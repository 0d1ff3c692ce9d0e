"""One sentence as tokens: number literals, words with their elision, single symbols."""

import re

END, NUM, WORD, SYM = range(4)

# Possessive throughout: the scanner never goes back over what it has read.
_SPACE = "[ \u00a0\u202f\u2009]"
_LITERAL = (
    r"[0-9]++(?:\.[0-9]++){2,}+"  # 1.250.000, 30.06.2021
    r"|[0-9]{1,3}+(?:\.[0-9]{3}(?![0-9]))++,[0-9]++"  # 1.234,56
    r"|[0-9]{1,3}+(?:,[0-9]{3}(?![0-9]))++\.[0-9]++"  # 1,234.56
    r"|[0-9]{1,3}+(?:,[0-9]{3}(?![0-9])){2,}+"  # 1,234,567
    rf"|[0-9]{{1,3}}+(?:{_SPACE}[0-9]{{3}}(?![0-9]))++(?:,[0-9]++)?+"  # 1 234 567,8
    r"|[0-9]{1,3}+(?:['’][0-9]{3}(?![0-9]))++(?:[.,][0-9]++)?+"  # 1'234'567
    r"|[0-9]++(?:[.,][0-9]++)?+"  # 1234 or 12,5
)
_TOKEN = re.compile(rf"({_LITERAL})|([^\W\d_]++['’]?+)|(\S)")
_SAME = {"‐": "-", "‑": "-", "—": "–", "“": '"', "”": '"'}
_PADDING = 8


class Tokens:
    """The tokens of one sentence as parallel lists, padded so that any neighbour can be looked at.

    `low` is the lower-case form, `raw` the text, `begin` and `stop` the offsets in the whole text.
    Beyond either end stand empty tokens of kind END.
    """

    __slots__ = ("begin", "end", "first_word", "kind", "low", "n", "raw", "start", "stop", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        kind: list[int] = []
        raw: list[str] = []
        low: list[str] = []
        begin: list[int] = []
        stop: list[int] = []
        for match in _TOKEN.finditer(text, start, end):
            which, word = match.lastindex or SYM, match.group()
            kind.append(which)
            raw.append(word)
            low.append(_lowered(word) if which == WORD else _SAME.get(word, word))
            begin.append(match.start())
            stop.append(match.end())
        self.n = len(kind)
        self.first_word = kind.index(WORD) if WORD in kind else self.n
        self.kind, self.raw, self.low = kind + [END] * _PADDING, raw + [""] * _PADDING, low + [""] * _PADDING
        self.begin, self.stop = begin + [-1] * _PADDING, stop + [-2] * _PADDING

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
        return self.kind[i] == WORD and self.raw[i][0].isupper()

    def shouted(self) -> bool:
        """Whether the sentence is written in capitals, as headings are."""
        return self.text[self.start : self.end].isupper()


def _lowered(word: str) -> str:
    """A word's form for look-ups: lower case, straight apostrophe."""
    low = word.lower()
    return low[:-1] + "'" if low[-1] == "’" else low
