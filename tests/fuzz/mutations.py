"""Inputs near to good ones: bytes, tokens and lines changed, doubled, cut and mixed; the same seed gives the same."""

import random
from collections.abc import Callable, Iterator, Sequence

LONGEST = 4_000
# What has upset parsers before, of this project or of others.
TOKENS = [
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\r", b"\n", b"\t", b"'", b'"', b"\\", b"`", b"|", b","),
    *(b";", b":", b"- ", b"&a ", b"*a", b"!!python/object:x ", b"<<: ", b"{", b"}", b"[", b"]", b"[" * 200, b"..."),
    *(b"{a: " * 100, b"---\n", b"null", b"true", b"NaN", b".inf", b"1e999", b"-0", b"0x1F", b"1_000", b"9" * 400),
    *(b"10.5", b"12:30", b"2024-02-30", b"../../x", b"/etc/passwd", b"CON", b"=cmd()", b"<script>", b"%s%n", b"{0}"),
    *(one.encode() for one in ("\u2028", "\u202f", "\u00a0", "\ufeff", "é", "½", "²", "Ⅷ", "٣", "𝟙", "€", "％")),
    *(one.encode() for one in ("−", "İ", "ß", "un", "deux cents", "mille", "milliard", "et demi", "entre", "à", "M€")),
    *(one.encode() for one in ("&nbsp;", "&#x202f;", "<sup>1</sup>", "<td>", "<br>", "<script>", "<!--", "-->")),
    *(one.encode() for one in ("\u00ad", "\u200b", "-\n", "1\n234 ", "¹", "[1]", "*", "« ", "ﬁ", "１２")),
    *(one.encode() for one in ("T1-2024", "15/05/99", "sept. 2019", "de 98 à 2005", "1 h 45", "12\n")),
    *(one.encode() for one in ("Ã©", "â‚¬", "e\u0301", "dix heures trente")),
    *(one.encode() for one in ("près de", "pour cent", "Md€", "1er", "XIXe", "la moitié", "douzaine", "2019-22")),
    # Of lists: what parts members, what spoils codes and letters.
    *(one.encode() for one in (" et ", " ainsi que ", "<br/>", " • ", " – ", " + ", "[", "(", ")", "&amp;", "Ã©")),
    *(one.encode() for one in ("200018653", "249 710 062", "249710062,0", "2,49E+08", "\u200b", "?", "CC ")),
]  # fmt: skip


def mutated(seed: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    """The seed after one to six changes."""
    found = seed
    for _ in range(dice.choice((1, 1, 2, 3, 6))):
        found = dice.choice(CHANGES)(found, others, dice)[:LONGEST]
    return found


def inputs(seeds: Sequence[bytes], dice: random.Random) -> Iterator[bytes]:
    """The seeds as they are, then mutations without end."""
    yield from seeds
    while True:
        yield mutated(dice.choice(seeds), seeds, dice)


def _flip(found: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    if not found:
        return dice.randbytes(1)
    at = dice.randrange(len(found))
    return found[:at] + bytes([found[at] ^ (1 << dice.randrange(8))]) + found[at + 1 :]


def _insert(found: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    at = dice.randrange(len(found) + 1)
    return found[:at] + dice.choice(TOKENS) + found[at:]


def _replace(found: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(found, dice)
    return found[:start] + dice.choice(TOKENS) + found[end:]


def _remove(found: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(found, dice)
    return found[:start] + found[end:]


def _double(found: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _span(found, dice)
    return found[:end] + found[start:end] * dice.choice((1, 2, 9)) + found[end:]


def _mix(found: bytes, others: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(others)
    return found[: dice.randrange(len(found) + 1)] + other[dice.randrange(len(other) + 1) :]


def _lines(found: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    lines = found.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def _span(found: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randrange(len(found) + 1)
    return start, min(len(found), start + dice.choice((1, 2, 5, 20, 200)))


CHANGES: list[Callable[[bytes, Sequence[bytes], random.Random], bytes]] = [
    _flip, _insert, _insert, _replace, _replace, _remove, _double, _mix, _lines,
]  # fmt: skip
