"""Letters that a wrong encoding made of others: told, and put right where that is certain (pure)."""

import html
import re

WRONG = ("cp1252", "latin_1", "mac_roman", "cp850", "iso8859_15")  # what texts in UTF-8 are taken for
ROUNDS = 3  # a text may have been taken for another more than once
FRENCH = "àâäáæçéèêëíîïñóôöœùûüúÿÀÂÄÁÆÇÉÈÊËÍÎÏÑÓÔÖŒÙÛÜÚŸ’‘“”„«»‹›–—−‐‑…•·°ºª€²³¹×№\u00a0\u00ad\u00b4"
SPACES_AND_MARKS = "\u0300-\u036f\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
# Signs that no French name holds, a capital with an accent inside a word, a quotation mark between letters, and the
# beginnings of what UTF-8 looks like in another encoding.
STRANGE = re.compile(
    rf"[^\x00-\x7f{FRENCH}{SPACES_AND_MARKS}]|\?|(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŒŸ]|(?<=[A-Z])[À-ÖØ-ÞŒŸ](?=[a-zß-öø-ÿ])"
    r"|(?<=\w)[“”„](?=\w)|â€|ÔÇ|Â(?=[^\x00-\x7fÀ-ÿŒœŸ’]| )|&#?\w{2,8};|\\[ux][0-9a-fA-F]{2}|[%=][0-9A-F]{2}"
)
RUN = re.compile(r"[^\x00-\x7f]+")
PIECE = re.compile(r"[a-zA-Z0-9]+|[^\W_]|[\W_]+")
LONGEST = 250  # of a name that is compared with another sign by sign


def strange(text: str) -> int:
    """How many places of a text no French name holds."""
    return sum(1 for _ in STRANGE.finditer(text))


def mended(text: str) -> str:
    """The text with HTML entities as characters, and UTF-8 that was taken for another encoding as itself.

    Only what is certain: signs that are UTF-8 again once the wrong encoding is undone. The rest stays strange.
    """
    if "&" in text:
        text = html.unescape(text)
    return text if text.isascii() or not STRANGE.search(text) else RUN.sub(_run, text)


def lost(new: str, old: str) -> bool:
    """Whether a name is an old one whose letters with accents became something else, or nothing."""
    if _accents(new) >= _accents(old) or len(new) > LONGEST:
        return False
    return re.fullmatch(PIECE.sub(_piece, old), new) is not None


def _accents(text: str) -> int:
    return sum(one.isalpha() and not one.isascii() for one in text)


def _piece(found: re.Match[str]) -> str:
    """What may stand for a piece of an old name: a word for itself, any few signs for a letter with an accent."""
    return found[0] if found[0].isascii() and found[0].isalnum() else f"(?:{re.escape(found[0])}|[ -~]{{0,9}})"


def _run(found: re.Match[str]) -> str:
    """Signs beyond ASCII that follow each other, as what they were; as they are where nothing is certain."""
    text = found[0]
    for _ in range(ROUNDS):
        before = next((one for one in (_undone(text, wrong) for wrong in WRONG) if one), "")
        if not before:
            break
        text = before
        if not STRANGE.search(text):
            return text
    return found[0]


def _undone(text: str, wrong: str) -> str:
    """The text as UTF-8 when it was taken for `wrong`, controls of Windows as its signs; empty when it is neither."""
    try:
        return b"".join(_byte(one, wrong) for one in text).decode()
    except UnicodeError:
        windows = wrong == "latin_1" and any("\x80" <= one <= "\x9f" for one in text)
    try:
        return text.encode("latin_1").decode("cp1252") if windows else ""
    except UnicodeError:
        return ""


def _byte(sign: str, wrong: str) -> bytes:
    """The byte that `wrong` shows as a sign; where Windows shows none, as latin-1 does."""
    return sign.encode("latin_1" if wrong == "cp1252" and "\x80" <= sign <= "\x9f" else wrong)
