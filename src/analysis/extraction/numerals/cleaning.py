"""The text that the grammar reads: markup, entities, marks and wraps resolved, with the way back to the text given."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from . import characters, markup

Edit = tuple[int, int, str]  # what stands from one offset to another becomes this
# Characters beyond ASCII with what stands before them: where composition can change a text.
_BEYOND_ASCII = r"[\x00-\x7f]?[^\x00-\x7f]++"


class Shifts:
    """Where each offset of an edited text stands in the text that was edited."""

    __slots__ = ("_begun", "_ended", "_moved", "_starts")

    def __init__(self) -> None:
        self._begun: list[int] = []  # of each edit: where its text begins and ends in the edited text,
        self._ended: list[int] = []
        self._starts: list[int] = []  # where it began in the text given,
        self._moved: list[int] = []  # and how far what follows it has moved

    def add(self, begun: int, edit: Edit) -> None:
        """Note an edit, in the order of the text."""
        start, end, new = edit
        self._begun.append(begun)
        self._ended.append(begun + len(new))
        self._starts.append(start)
        self._moved.append(end - begun - len(new))

    def start(self, offset: int) -> int:
        """Where what begins at the offset began: after what was taken out there, at the start of what was changed."""
        n = bisect_right(self._ended, offset)
        if n < len(self._begun) and self._begun[n] < offset:
            return self._starts[n]
        return offset + self._moved[n - 1] if n else offset

    def end(self, offset: int) -> int:
        """Where what ends at the offset ended: before what was taken out there, at the end of what was changed."""
        n = bisect_left(self._begun, offset)
        if not n:
            return offset
        return max(offset, self._ended[n - 1]) + self._moved[n - 1]


class Clean:
    """A text as the grammar reads it; `start` and `end` give the offsets in the text given."""

    __slots__ = ("_steps", "text")

    def __init__(self, text: str) -> None:
        self._steps: list[Shifts] = []
        for edits in (markup.edits, characters.edits, _composed):
            text = self._edited(text, edits(text))
        self.text = text

    @property
    def untouched(self) -> bool:
        """Whether the text given was clean, so that every offset is its own."""
        return not self._steps

    def start(self, offset: int) -> int:
        """Where what begins at an offset of the clean text begins in the text given."""
        for step in self._steps:
            offset = step.start(offset)
        return offset

    def end(self, offset: int) -> int:
        """Where what ends at an offset of the clean text ends in the text given."""
        for step in self._steps:
            offset = step.end(offset)
        return offset

    def place(self, span: tuple[int, int]) -> tuple[int, int]:
        """A span of the clean text in the text given."""
        return self.start(span[0]), self.end(span[1])

    def _edited(self, text: str, edits: Iterable[Edit]) -> str:
        pieces: list[str] = []
        last = length = 0
        shifts = Shifts()
        for edit in edits:
            start, end, new = edit
            pieces += text[last:start], new
            length += start - last
            shifts.add(length, edit)
            length += len(new)
            last = end
        if not pieces:
            return text
        self._steps.insert(0, shifts)
        return "".join([*pieces, text[last:]])


def _composed(text: str) -> Iterator[Edit]:
    """Each letter with its combining marks in one character."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in re.finditer(_BEYOND_ASCII, text):
        for begin, cluster in _clusters(match.group()):
            one = unicodedata.normalize("NFC", cluster)
            if one != cluster:
                at = match.start() + begin
                yield at, at + len(cluster), one


def _clusters(run: str) -> Iterator[tuple[int, str]]:
    """Each character with the combining marks after it, and where it begins."""
    begin = 0
    for n, char in enumerate(run):
        if n and not unicodedata.combining(char):
            yield begin, run[begin:n]
            begin = n
    yield begin, run[begin:]
