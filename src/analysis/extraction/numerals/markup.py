"""Tags, entities and wrongly decoded letters of a text, as edits that leave what a reader would see."""

import re
from collections.abc import Callable, Iterator
from html import unescape

from .characters import is_base
from .lexicon import wordset

_MOJIBAKE_AFTER = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
# What UTF-8 becomes when it is read as cp1252: "Ã©" for "é", "â‚¬" for "€". Each pattern begins with one class of
# characters, which the search finds fast, and is bounded: no text makes it go back far.
_SPOILT = (
    rf"(?:(?<=Â) (?=[0-9%]|[kM]?[â€])|(?<=[ÂÃÅ])[{_MOJIBAKE_AFTER}]|(?<=â)[{_MOJIBAKE_AFTER}]{{2}})"
    rf"(?:[ÂÃÅ][{_MOJIBAKE_AFTER}]|â[{_MOJIBAKE_AFTER}]{{2}}){{0,16}}+"
)
_MOJIBAKE = re.compile(f"[ÂÃÅâ]{_SPOILT}")
_MOJIBAKE_RARE = re.compile(f"â{_SPOILT}")  # one letter is found faster than one of four
_TAG = (
    r"(?i:su(?P<level>[bp])\b[^<>]{0,200}>(?P<raised>(?:[^<]|<(?!/su[bp]\b)){0,200}+)</su[bp]\s{0,9}>"
    r"|/?(?P<name>[a-z][\w:-]{0,40})(?:[\s/][^<>]{0,2000})?>"
    r"|!--"
    r"|[!?][a-z\[][^<>]{0,2000}>)"
)
TAG = re.compile(f"<{_TAG}")
_ENDS = {
    "script": re.compile(r"</script\s{0,9}>", re.IGNORECASE),
    "style": re.compile(r"</style\s{0,9}>", re.IGNORECASE),
    "<!--": re.compile("-->"),
}
_ENTITY = r"(?:amp;){0,2}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_ENTITY_OR_MOJIBAKE = re.compile(rf"[&ÂÃÅâ](?:(?<=&){_ENTITY}|{_SPOILT})")
_ANY = re.compile(rf"[<&ÂÃÅâ](?:(?<=<){_TAG}|(?<=&){_ENTITY}|{_SPOILT})")
_INLINE = wordset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strike"
    " strong sub sup time tt u var wbr"
)
_BLOCKS = wordset(
    "address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 head header hr html legend li main nav ol option p pre section table tbody tfoot thead title tr ul"
)
_CELLS = frozenset({"td", "th"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def mojibake(text: str) -> re.Pattern[str]:
    """What finds the wrongly decoded letters of a text."""
    return _MOJIBAKE if "Ã" in text or "Â" in text or "Å" in text else _MOJIBAKE_RARE


def edits(text: str) -> Iterator[tuple[int, int, str]]:
    """What becomes of each tag, entity and wrongly decoded letter."""
    search = _ANY if "<" in text else _ENTITY_OR_MOJIBAKE if "&" in text else mojibake(text)
    unending: set[str] = set()
    at = 0
    while (found := search.search(text, at)) is not None:
        new, at = _READERS[found[0][0].upper()](found), found.end()
        if found[0][0] == "<":
            at = _past_hidden(found, unending)
        if new is not None:
            yield found.start(), at, new


def _past_hidden(found: re.Match[str], unending: set[str]) -> int:
    """Where a tag ends, with what a script, a style sheet or a comment holds; one without an end hides nothing."""
    name = found[0] if found[0] == "<!--" else "" if found[0][1] == "/" else (found["name"] or "").lower()
    if name not in _ENDS or name in unending:
        return found.end()
    end = _ENDS[name].search(found.string, found.end())
    if end is None:
        unending.add(name)
        return found.end()
    return end.end()


def _tag(found: re.Match[str]) -> str:
    """What stands for a tag: nothing within a line, a blank line around a block, a bar between cells."""
    if found["level"]:
        return _raised(found)
    name = (found["name"] or "").lower()
    if name in _INLINE or found[0].startswith("<!--"):
        return ""
    if name in _CELLS:
        return " | "
    return "\n\n" if name in _BLOCKS else "\n" if name == "br" else " "


def _raised(found: re.Match[str]) -> str:
    """The letters of 1<sup>er</sup>, the powers of m<sup>2</sup>; the call of a note becomes a sign that goes."""
    inner = unescape(TAG.sub("", found["raised"])).strip()
    if found["level"].lower() == "b" or not inner or inner[0].isalpha():
        return inner
    digits = inner.strip("[]() *")
    if not digits.isdigit() or not is_base(found.string, found.start()):
        return ""
    return digits.translate(_RAISED)


def _entity(found: re.Match[str]) -> str | None:
    """The characters that an entity stands for, also where it was escaped twice."""
    name = "&" + found[0].rpartition("&")[2].removeprefix("amp;").removeprefix("amp;")
    char = unescape(name if len(name) > 1 else found[0])
    return None if char == found[0] or char == name else char


def _redecoded(found: re.Match[str]) -> str | None:
    """The letters that were meant, also where they were spoilt twice."""
    run = found[0].replace("Â ", "Â\u00a0")
    for _ in range(2):
        try:
            run = b"".join(map(_byte, run)).decode("utf-8")
        except UnicodeError:
            break
    return None if run == found[0] else run


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


_READERS: dict[str, Callable[[re.Match[str]], str | None]] = {
    "<": _tag, "&": _entity, **dict.fromkeys("ÂÃÅ", _redecoded),
}  # fmt: skip
