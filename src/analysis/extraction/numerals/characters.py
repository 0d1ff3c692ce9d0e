"""Marks that nobody counts: notes' signs, invisible characters, wraps and odd forms of common ones, as edits."""

import re
import unicodedata
from collections.abc import Callable, Iterator

from .lexicon import AINES, AINES_PLURAL, CARDINALS, ORDINALS, SCALES, wordset

_WRAP = r"[ \t]*+\r?\n[ \t]*+"
_NOTHING = "\u200b-\u200f\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ufe00-\ufe0f\u061c\u180e"
_BLANKS = "\u2000-\u2008\u200a\u205f\u3000"
_RAISED = "¹²³⁰⁴-⁹"
_VARIANTS = "\uff01-\uff5e\ufb00-\ufb06\ufe50-\ufe6b\u1d48\u1d49\u1d50\u02b3\u02e2\U0001d7ce-\U0001d7ff"
_OTHERS = {"¤": "€", "\u2012": "-", **dict.fromkeys("ʼ‘‛′", "'")}
# One class of characters first, which the search finds fast; what stands around them is looked at then.
_MARK = re.compile(
    rf"[-\n\t\[(*†‡\u00ad\u2010\u2011{_NOTHING}{_BLANKS}{_RAISED}{_VARIANTS}{''.join(_OTHERS)}](?:"
    rf"(?<=\u00ad)(?P<soft>(?:{_WRAP})?)"
    rf"|(?<=[-\u2010\u2011])(?P<hyphen>{_WRAP}(?=\w)| (?=[^\W\d_]))"
    r"|(?<= [-\u2010\u2011])(?P<spaced>(?=[^\W\d_]))"
    r"|(?<=\n)(?P<wrap>[ \t]*+(?=[0-9,]|[kKMG]?[€$]|Mds? ?€|(?:MW|GW|TW|EUR|ETP|M?EUR)\b))"
    rf"|(?<=[{_NOTHING}])(?P<nothing>)|(?<=[{_BLANKS}])(?P<blank>)|(?<=\t)(?P<tab>(?=[0-9]{{3}}))"
    rf"|(?<=[{_RAISED}])(?P<raised>(?:[,⁾⁽ ]?[{_RAISED}]){{0,8}}+)"
    r"|(?<=[\[(])(?P<note>(?:note |n° ?)?[0-9]{1,3}+(?:[,;] ?[0-9]{1,3}+){0,8}+[\])]|[a-z*]\]|\*{1,3}+\))"
    r"|(?<=[*†‡])(?P<sign>[*†‡]{0,2}+(?![*†‡0-9]))"
    rf"|(?<=[{_VARIANTS}])(?P<variant>)|(?<=[{''.join(_OTHERS)}])(?P<other>))"
)
_BASES = wordset("m km cm dm mm hm dam µm nm s ft")
_WORD_BEFORE = re.compile(r"[^\W\d_]++\Z")
_WORD = re.compile(r"[^\W\d_]++")
SOFT = "\u00ad"
_PARTS_BEFORE = re.compile(rf"[^\W\d_]++(?:{SOFT}[^\W\d_]++){{0,4}}+\Z")
_PARTS_AFTER = re.compile(rf"[^\W\d_]++(?:{SOFT}[^\W\d_]++){{0,4}}+")
_NUMERALS = CARDINALS | SCALES.keys() | ORDINALS.keys() | AINES.keys() | AINES_PLURAL.keys() | {"et", "zéro"}
# First parts of compounds that keep their hyphen where a line ends.
_FIRSTS = wordset(
    "sous vice non ex demi semi arrière avant après quasi rendez peut celui celle ceux grand saint sainte"
)
_LONGEST_NOTE = 4  # "(12)": more in brackets is a count
_NEAR = 200  # characters in which columns would show
_UNITS_AFTER = re.compile(
    r"[0-9]{1,3}[ \u00a0\u202f]?(?:[%€]|[kKMG]€|Mds?\b|millions?\b|milliards?\b|points?\b|pour cent)"
)


# The end of a line of prose that a number begins or goes on, and its next groups with what is counted.
_GROUPED = re.compile(
    r"[^\W\d_][^\n\d|;]{0,12}[ \u00a0\u202f][1-9][0-9]{0,2}(?:[ \u00a0\u202f][0-9]{3}){0,3}[ \u00a0\u202f]?\Z"
)
_GROUPS_ON = re.compile(
    r"[0-9]{3}(?:[ \u00a0\u202f][0-9]{3}){0,3}(?:,[0-9]{1,9})?[ \u00a0\u202f](?:[^\W\d_A-Z]|[€%$«“\"]|[kMG]€|Md)"
)
_COUNTED = re.compile(r"\s{1,3}[^\W\d_]|\s{0,3}[€%$]")


def edits(text: str) -> Iterator[tuple[int, int, str]]:
    """What becomes of each mark."""
    for found in _MARK.finditer(text):
        kind, start = found.lastgroup or "", found.start()
        new = _READERS[kind](found)
        if new is not None and (new != found[0] or kind == "spaced"):
            before = kind == "spaced" or (kind == "wrap" and text[start - 1 : start] == "\r")
            yield start - before, found.end(), new


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
    if "\n" not in found[0]:  # quatre-vingt- dix
        return _joined(found) or None
    if not before.isalnum():
        return None
    kept = before.isdigit() or right.isdigit() or right.isupper() or _word_before(found).lower() in _FIRSTS
    return "-" if kept else _joined(found)


def _spaced(found: re.Match[str]) -> str | None:
    """A hyphen after a blank: quatre-vingt -treize."""
    left = _WORD_BEFORE.search(found.string, max(0, found.start() - 17), found.start() - 1)
    right = _WORD.match(found.string, found.end())
    numerals = left is not None and right is not None and {left[0].lower(), right[0].lower()} <= _NUMERALS
    return "-" if numerals else None


def _wrap(found: re.Match[str]) -> str | None:
    """The end of a line within a number: a blank between groups of digits, nothing around a decimal comma."""
    text, start, end = found.string, found.start(), found.end()
    before = text[max(0, start - 24) : start]
    line = before.removesuffix("\r").rpartition("\n")[2]
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


def _invisible(found: re.Match[str]) -> str:
    """A zero-width space parts a number from its noun; any other invisible mark says nothing."""
    text, start, end = found.string, found.start(), found.end()
    parted = text[start - 1 : start].isdigit() != text[end : end + 1].isdigit()
    return " " if found[0] == "\u200b" and parted and text[end : end + 1].isalnum() else ""


def _blank(found: re.Match[str]) -> str:
    return "\u202f"


def _tab(found: re.Match[str]) -> str | None:
    """A tab within a number, where no other parts the line into columns."""
    text, at = found.string, found.start()
    before = text[max(0, at - _NEAR) : at].rpartition("\n")[2]
    after = text[at + 1 : at + _NEAR].partition("\n")[0]
    return " " if "\t" not in before + after and before[-1:].isdigit() and _WORD.search(before) else None


def _raised(found: re.Match[str]) -> str | None:
    """The call of a note goes; a power stays."""
    before = found.string[found.start() - 1 : found.start()]
    if not before or before.isspace() or is_base(found.string, found.start()):
        return None
    return ""


def _note(found: re.Match[str]) -> str | None:
    """The call of a note in brackets, glued to a number or a word: 5 000[1], emplois(2)."""
    before, after = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    loose = found[0][0] == "(" and (len(found[0]) > _LONGEST_NOTE or after.isalnum())
    return None if loose or not (before.isdigit() or before.islower() or before in {"%", "€"}) else ""


def _sign(found: re.Match[str]) -> str | None:
    """The sign of a note between a number and what it counts: 149* territoires."""
    before = found.string[found.start() - 1 : found.start()]
    return "" if before.isdigit() and _COUNTED.match(found.string, found.end()) else None


def _variant(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


def _other(found: re.Match[str]) -> str:
    return _OTHERS[found[0]]


_READERS: dict[str, Callable[[re.Match[str]], str | None]] = {
    "soft": _joined, "hyphen": _hyphen, "wrap": _wrap, "nothing": _invisible, "blank": _blank, "raised": _raised,
    "spaced": _spaced, "tab": _tab, "note": _note, "sign": _sign, "variant": _variant, "other": _other,
}  # fmt: skip


def _word_before(found: re.Match[str]) -> str:
    word = _WORD_BEFORE.search(found.string, max(0, found.start() - 16), found.start())
    return word[0] if word is not None else ""
