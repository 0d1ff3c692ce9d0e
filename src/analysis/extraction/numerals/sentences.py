"""Where sentences begin and end: local rules, so that no sentence depends on its neighbours."""

import re
from collections.abc import Iterable, Iterator

from .lexicon import wordset

# The end of a line with its blanks; or full stops with closing marks and blanks, unless a small letter follows: these
# end nothing. One class of characters first, which the search finds fast; bounded, so that a line of dots stays linear.
_MARK = re.compile(r"[.!?…\n\r](?:(?<=[\n\r])\s*+|(?<![\n\r])[.!?…]{0,7}+[\"»”’)\]]{0,4}+[^\S\n\r]++(?![a-zß-öø-ÿœ]))")
# Longer than any sentence of prose: where text has no full stop (tables, dumps) it is cut here.
LIMIT = 4000
_ABBREVIATIONS = wordset(
    "m mm mme mmes mlle dr pr st ste art av bd p pp n no cf env hab fig tab vol chap al ex janv févr fév avr"
    " juil sept oct nov déc réf tél approx min max coll éd fr frs"
)
_LONGEST_ABBREVIATION = max(map(len, _ABBREVIATIONS))
# A line that breaks inside a sentence ends with one of these, or the next begins in lower case.
_OPEN_WORDS = wordset(
    "à au aux de d' des du en et ou le la les l' un une plus moins près par pour sur dans avec sous entre vers"
    " environ quelque jusqu'à que qui dont est a sont ont depuis cette ce ces son sa ses leur leurs"
)
# Headings whose number stands on the next line.
_LABELS = wordset("article articles annexe annexes chapitre titre section page pages tableau figure programme axe lot")
# What a page, a line or an item is numbered by, alone on its line.
_FOLIO = re.compile(
    r"[-–—(\[|\s]*+(?:p(?:ages?)?\b\.?\s*+)?[0-9]{1,3}+(?:\s*+(?:/|sur|de|-)\s*+[0-9]{1,3}+)?[-–—)\].|\s]*+", re.I
)
_LONGEST_FOLIO = 16
_LAST_WORD = re.compile(r"[^\W\d_]++['’]?+$")


def iter_sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of each sentence, without the blanks around it, in order."""
    start = 0
    for mark in _MARK.finditer(text):
        at, after = mark.span()
        breaks = _line_ends if text[at] in "\n\r" else _stops
        if breaks(text, start, at, after):
            yield from _pieces(text, start, after)
            start = after
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """A sentence trimmed of blanks; one beyond the limit in several pieces, cut where it hurts least."""
    whole = text[start:end]
    start, end = end - len(whole.lstrip()), start + len(whole.rstrip())
    if end - start > LIMIT:
        return _cut(text, start, end)
    return ((start, end),) if start < end else ()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LIMIT:
        cut = max(text.rfind(", ", start, start + LIMIT), text.rfind("; ", start, start + LIMIT))
        if cut <= start:
            cut = text.rfind(" ", start, start + LIMIT)
        cut = cut + 1 if cut > start else start + LIMIT
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _stops(text: str, start: int, at: int, after: int) -> bool:
    """Whether the full stop at `at` closes the sentence that began at `start`; the next word begins at `after`."""
    following = text[after : after + 1]
    if not following or following in "\n\r":
        return True
    leaders = text[at - 1 : at] == "." or text.startswith("....", at)  # the dots of a table of contents
    return not leaders and not following.islower() and (text[at] != "." or not _abbreviates(text, start, at))


def _abbreviates(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, an initial or a list marker."""
    before = text[max(start, stop - 8) : stop]
    if before[-_LONGEST_ABBREVIATION - 1 :].isalpha() and len(before) > _LONGEST_ABBREVIATION:  # the usual case
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return before.isdigit() and not text[start : stop - len(before)].strip()
    letters = word.group()
    if letters.lower() in _ABBREVIATIONS:
        return True
    return len(letters) == 1 and letters.isupper()


def _line_ends(text: str, start: int, at: int, after: int) -> bool:
    """Whether the end of a line at `at` closes the sentence: not when merely wrapped."""
    following = text[after : after + 1]
    tail = text[max(start, at - 16) : at].rstrip()
    if not tail or not following or len(text[at:after].splitlines()) > 1:
        return True
    if following.islower() or following in "%€" or tail[-1] in ",(«":
        return False
    if following.isdigit() and tail.rpartition(" ")[2].lower() in _LABELS:
        return False
    if not tail[-1].isalpha() and tail[-1] not in "'’":
        return True
    word = _LAST_WORD.search(tail)
    return word is None or word.group().lower().replace("’", "'") not in _OPEN_WORDS


def is_folio(text: str, start: int, end: int) -> bool:
    """Whether a sentence is only the number of a page or line, alone on its line of a longer text."""
    if end - start > _LONGEST_FOLIO or _FOLIO.fullmatch(text, start, end) is None:
        return False
    before, after = text[max(0, start - 9) : start].rstrip(" \t"), text[end : end + 9].lstrip(" \t")
    alone = (not before or before[-1] in "\n\r") and (not after or after[0] in "\n\r")
    return alone and bool(text[max(0, start - 99) : start].strip() or text[end : end + 99].strip())
