"""Marks that nobody counts: notes' signs, invisible characters, wraps and odd forms of common ones, as edits."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from .lexicon import AINES, AINES_PLURAL, CARDINALS, ORDINALS, SCALES, wordset

_WRAP = r"[ \t]*+\r?\n[ \t]*+"
# Each way begins with a character that is rare or with two, so that the search runs over clean text.
_MARK = re.compile(
    rf"(?P<soft>\u00ad(?:{_WRAP})?)"
    rf"|(?P<hyphen>[-\u2010\u2011]{_WRAP}(?=\w)| [-\u2010\u2011](?=[^\W\d_])|[-\u2010\u2011] (?=[^\W\d_]))"
    rf"|(?P<wrap>\r?\n[ \t]*+(?=[0-9,]|[kKMG]?[€$]|Mds? ?€|(?:MW|GW|TW|EUR|ETP|M?EUR)\b))"
    "|(?P<nothing>[\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ufe00-\ufe0f\u061c\u180e])"
    "|(?P<blank>[\u2000-\u2008\u200a\u205f\u3000]|\t(?=[0-9]{3}))"
    "|(?P<raised>[¹²³⁰⁴-⁹]++(?:[,⁾⁽ ][¹²³⁰⁴-⁹]++)*+)"
    r"|(?P<note>[\[(](?:note |n° ?)?[0-9]{1,3}+(?:[,;] ?[0-9]{1,3}+)*+[\])]|\[[a-z*]\]|\(\*++\)|[*†‡]{1,3}(?![*†‡0-9]))"
    "|(?P<variant>[\uff01-\uff5e\ufb00-\ufb06\ufe50-\ufe6b\u1d48\u1d49\u1d50\u02b3\u02e2\U0001d7ce-\U0001d7ff])"
    "|(?P<other>[¤ʼ‘‛′\u2012])"
)
_BASES = wordset("m km cm dm mm hm dam µm nm s ft")
_WORD_BEFORE = re.compile(r"[^\W\d_]++\Z")
_WORD = re.compile(r"[^\W\d_]++")
SOFT = "\u00ad"
_PARTS_BEFORE = re.compile(rf"[^\W\d_]++(?:{SOFT}[^\W\d_]++){{0,4}}+\Z")
_PARTS_AFTER = re.compile(rf"[^\W\d_]++(?:{SOFT}[^\W\d_]++){{0,4}}+")
_NUMERALS = CARDINALS | SCALES.keys() | ORDINALS.keys() | AINES.keys() | AINES_PLURAL.keys() | {"et", "zéro"}
# First parts of compounds that keep their hyphen where a line ends.
_FIRSTS = wordset("sous vice non ex demi semi arrière avant après quasi rendez peut celui celle ceux grand saint sainte")
_NEAR = 200  # characters in which columns would show
_OTHERS = {"¤": "€", "\u2012": "-"}
_UNITS_AFTER = re.compile(r"[0-9]{1,3}[ \u00a0\u202f]?(?:[%€]|[kKMG]€|Mds?\b|millions?\b|milliards?\b|points?\b|pour cent)")


_COUNTED = re.compile(r"\s{1,3}[^\W\d_]|\s{0,3}[€%$]")


def edits(text: str) -> Iterator[tuple[int, int, str]]:
    """What becomes of each mark."""
    for found in _MARK.finditer(text):
        new = _READERS[found.lastgroup or ""](found)
        if new is not None and new != found[0]:
            yield found.start(), found.end(), new


def is_base(text: str, at: int) -> bool:
    """Whether a raised figure at the offset is a power and not the call of a note: m², km³, 10³."""
    before = text[max(0, at - 5) : at]
    word = _WORD_BEFORE.search(before)
    if word is not None:
        return word[0].lower() in _BASES
    return before.endswith("10") and not before[:-2].rstrip(" \u00a0\u202f")[-1:].isdigit()


def _joined(found: re.Match[str]) -> str:
    """A hyphen, soft or at the end of a line: kept between two numerals or after a capital, else taken out."""
    text = found.string
    left = _PARTS_BEFORE.search(text, max(0, found.start() - 24), found.start())
    right = _PARTS_AFTER.match(text, found.end())
    if left is None or right is None:
        return ""
    before, after = left[0].lower().split(SOFT), right[0].lower().split(SOFT)
    begun = any("".join(before[n:]) in _NUMERALS for n in range(len(before)))
    return "-" if begun and any("".join(after[: n + 1]) in _NUMERALS for n in range(len(after))) else ""


def _hyphen(found: re.Match[str]) -> str | None:
    """A hyphen with a blank or a line's end: one word, or a compound, or nothing to do."""
    before, right = found.string[found.start() - 1 : found.start()], found.string[found.end()]
    if "\n" not in found[0]:
        return _joined(found) or None
    if not before.isalnum():
        return None
    kept = before.isdigit() or right.isdigit() or right.isupper() or _word_before(found).lower() in _FIRSTS
    return "-" if kept else _joined(found)


def _wrap(found: re.Match[str]) -> str | None:
    """The end of a line within a number: a blank between groups of digits, nothing around a decimal comma."""
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - 24) : start]
    line = before.rpartition("\n")[2]
    last = line.rstrip()[-1:]
    if text[end] == ",":
        return "" if last.isdigit() and text[end + 1 : end + 2].isdigit() else None
    if not text[end].isdigit():
        return " " if last.isdigit() else None
    if last == ",":
        decimal = line.rstrip()[-2:-1].isdigit() and _UNITS_AFTER.match(text, end)
        return "" if decimal else None
    if not _GROUPED.search(line) or not _GROUPS_ON.match(text, end):
        return None
    return "" if line[-1] in " \u00a0\u202f" else " "


# The end of a line of prose that a number begins or goes on, and its next groups with what is counted.
_GROUPED = re.compile(r"[^\W\d_][^\n\d|;]{0,12}[ \u00a0\u202f][1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){0,3}[ \u00a0\u202f]?\Z")
_GROUPS_ON = re.compile(r"[0-9]{3}(?:[ \u00a0\u202f][0-9]{3}){0,3}(?:,[0-9]{1,9})?[ \u00a0\u202f](?:[^\W\d_A-Z]|[€%$«“\"]|[kMG]€|Md)")


def _invisible(found: re.Match[str]) -> str:
    """A zero-width space parts a number from its noun; any other invisible mark says nothing."""
    text, start, end = found.string, found.start(), found.end()
    parted = text[start - 1 : start].isdigit() != text[end : end + 1].isdigit()
    return " " if found[0] == "\u200b" and parted and text[end : end + 1].isalnum() else ""


def _blank(found: re.Match[str]) -> str | None:
    """Any blank is a narrow one; a tab within a number only where no other parts the line into columns."""
    if found[0] != "\t":
        return "\u202f"
    text, at = found.string, found.start()
    before = text[max(0, at - _NEAR) : at].rpartition("\n")[2]
    after = text[at + 1 : at + _NEAR].partition("\n")[0]
    prose = "\t" not in before + after and before[-1:].isdigit() and _WORD.search(before)
    return " " if prose else None


def _raised(found: re.Match[str]) -> str | None:
    """The call of a note goes; a power stays."""
    before = found.string[found.start() - 1 : found.start()]
    if not before or before.isspace() or is_base(found.string, found.start()):
        return None
    return ""


def _note(found: re.Match[str]) -> str | None:
    """The call of a note, glued to a number or a word: 5 000[1], 149*, emplois(2)."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    glued = before.isdigit() or before in {"%", "€"} or (found[0][0] != "*" and before.islower() and before != "°")
    if not glued or (found[0][0] in "*†‡" and (after.isalnum() or not _COUNTED.match(text, end))):
        return None
    if found[0][0] == "(" and (len(found[0]) > 4 or after.isalnum()):
        return None
    return ""


def _variant(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _other(found: re.Match[str]) -> str:
    return _OTHERS.get(found[0], "'")


_READERS: dict[str, Callable[[re.Match[str]], str | None]] = {
    "soft": _joined, "hyphen": _hyphen, "wrap": _wrap, "nothing": _invisible, "blank": _blank, "raised": _raised,
    "note": _note, "variant": _variant, "other": _other,
}  # fmt: skip


def _word_before(found: re.Match[str]) -> str:
    word = _WORD_BEFORE.search(found.string, max(0, found.start() - 16), found.start())
    return word[0] if word is not None else ""
