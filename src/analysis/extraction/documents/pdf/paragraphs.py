"""Lines of a column joined to paragraphs, words that were parted at a line's end made whole (pure)."""

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from analysis.extraction.documents.pdf.glyphs import Run
from analysis.extraction.documents.pdf.lines import join
from analysis.extraction.documents.table_heads import CAPTION, is_figure

BULLET = re.compile(r"[•◦▪■□●○‣·➢►▶✓✔❖*–—-]\s+(?=\S)")
_NUMBERED = re.compile(r"(?:\d{1,2}|[a-z])[.)°]\s+\S|\d{1,2}(?:\.\d{1,2})+\.?\s+\S")
_ENDS = re.compile(r"[.!?…:;][»”\")\]]*$")
# Words that keep their hyphen where a line ends in it.
_KEPT_BEFORE = re.compile(
    r"(?:^|[^\w])(?:vice|sous|non|demi|semi|ex|mi|porte|avant|après|au|là|par|peut|quelques|vis|c['’]est|jusque|grand"
    r"|franco|celui|celle|ceux|celles|lui|elle|elles|eux|soi|nous|vous|saint|sainte|socio|agro|rendez|chef|dix|vingt"
    r"|trente|quarante|cinquante|soixante|quatre|cent|est|a|ont|sont|y|plus)$", re.IGNORECASE
)  # fmt: skip
_KEPT_AFTER = re.compile(r"(?:ci|là|mêmes?|delà|dessus|dessous|dire|sur|sous|lès|lez|en|de|du|des|le|la|les)-\w|"
                         r"(?:ci|mêmes?|delà|t)\b")  # fmt: skip
_LONG = 90  # letters: what is shorter may be a heading, and has no full stop either
_LAST_WORD, _FIRST_WORD = re.compile(r"[^\W_]+$"), re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Paragraph:
    """Lines read as one: `line` holds their text and the places of its letters."""

    line: Run
    page: int
    lines: int = 1
    region: int = 0
    kind: Literal["heading", "paragraph", "item", "caption", "footnote"] = "paragraph"
    level: int = 0

    @property
    def text(self) -> str:
        """The text of all its lines."""
        return self.line.text


def whole_line(pieces: Sequence[Run]) -> Run:
    """The pieces of a line of one column as one piece."""
    first, *others = pieces
    for piece in others:
        join(first, piece)
    return first


def paragraphs_of(
    lines: Sequence[Run], page: int, region: int, joined: Callable[[str, str], bool]
) -> Iterator[Paragraph]:
    """The paragraphs of a column; `joined` says whether a hyphen between two halves of a word goes."""
    if not lines:
        return
    left, right = min(one.left for one in lines), max(one.right for one in lines)
    leading = _leading(lines)
    found = None
    for before, line in zip((None, *lines), lines, strict=False):
        if found is None or before is None or _begins(before, line, found, (left, right), leading):
            if found is not None:
                yield found
            found = Paragraph(_copied(line), page, region=region)
        else:
            append(found.line, line, joined)
            found.lines += 1
    if found is not None:
        yield found


def _copied(line: Run) -> Run:
    return Run(line.left, line.right, line.base, line.size, line.bold, line.turn, line.text, list(line.ids), line.mark)


def _leading(lines: Sequence[Run]) -> float:
    """The usual distance from line to line, as a multiple of the size of letters."""
    steps = [
        (lower.base - upper.base) / lower.size
        for upper, lower in itertools.pairwise(lines)
        if abs(upper.size - lower.size) < 0.08 * lower.size and lower.base > upper.base
    ]
    close = [step for step in steps if step < 2.2]
    return min(median(close), 1.9) if close else 1.3


def _begins(before: Run, line: Run, found: Paragraph, sides: tuple[float, float], leading: float) -> bool:
    """Whether a line begins a paragraph: by its look and distance, else by how the lines end and begin."""
    step = (line.base - before.base) / line.size
    if is_figure(found.text) and found.lines == 1 and before.size > 1.3 * line.size and 0 < step < 3:
        return False  # a figure in large letters above what it counts
    other_size = max(before.size, line.size) > 1.08 * min(before.size, line.size)
    if other_size or line.mark or step > 1.25 * leading or step < 0 or CAPTION.match(line.text):
        return True
    return _begins_by_words(before, line, found, sides)


def _begins_by_words(before: Run, line: Run, found: Paragraph, sides: tuple[float, float]) -> bool:
    ended, begins_low = bool(_ENDS.search(before.text)), line.text[0].islower()
    if BULLET.match(line.text):  # a dash may also stand within a phrase
        dash = line.text[0] in "-–—*"
        return not dash or ended or before.text.endswith(",") or bool(BULLET.match(found.text))
    if line.bold != before.bold and not begins_low:
        return True
    if not ended:
        return False
    width = sides[1] - sides[0]
    indented = line.left > before.left + 0.8 * line.size and not BULLET.match(found.text)
    short = before.right < sides[1] - 0.2 * width
    return bool(_NUMBERED.match(line.text)) or ((indented or short) and not begins_low)


def append(first: Run, second: Run, joined: Callable[[str, str], bool]) -> None:
    """Go on with a line: a hyphen at its end goes or stays, else a space comes between."""
    head, tail = _LAST_WORD.search(first.text.rstrip("-\u00ad")), _FIRST_WORD.match(second.text)
    soft = first.text.endswith("\u00ad")
    if first.text.endswith(("-", "\u00ad")) and head and tail and head.end() == len(first.text) - 1:
        if soft or joined(first.text[:-1], second.text):
            first.text, first.ids = first.text[:-1], first.ids[:-1]
    elif not first.text.endswith("/"):
        first.text += " "
        first.ids.append(-1)
    first.text += second.text
    first.ids += second.ids
    first.right = max(first.right, second.right)


def goes_on(first: str, second: str) -> bool:
    """Whether a paragraph at the top of a column or page goes on with the last one before it."""
    if _ENDS.search(first) or not second:
        return False
    if len(first) > _LONG and not BULLET.match(second):
        return True
    return second[0].islower() or second[0] in "%€»)" or (second[0].isdigit() and not _NUMBERED.match(second))


def parted_word(known: Callable[[str], bool]) -> Callable[[str, str], bool]:
    """Says of two halves around a hyphen at a line's end whether they are one word; `known` are words of the text."""

    def joined(before: str, after: str) -> bool:
        head, tail = _LAST_WORD.search(before), _FIRST_WORD.match(after)
        if head is None or tail is None or not tail[0][0].islower() or head[0][-1].isdigit():
            return False
        if known(f"{head[0]}-{tail[0]}"):
            return False
        if known(f"{head[0]}{tail[0]}"):
            return True
        return not (_KEPT_BEFORE.search(before) or _KEPT_AFTER.match(after))

    return joined
