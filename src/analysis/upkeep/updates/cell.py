"""Members in a cell: every SIREN and every text beside it is taken, or told (pure)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from analysis.upkeep.updates.grid import tidy

# Nine digits, as people group them, with the decimals that spreadsheets add.
CODE = re.compile(
    r"(?<!\d)(?:\d{9}|\d{3}([ .\u00a0\u2009\u202f]{1,2})\d{3}\1\d{3})(?:[.,]0{1,2})?(?!\d|[.,]\d{1,8}(?!\d))", re.ASCII
)
POWER = re.compile(r"(?<![\d.,])\d(?:[.,]\d+)?E\+?0?\d(?!\d)", re.IGNORECASE | re.ASCII)
DECIMALS = re.compile(r"[.,]0+$")
TAG = re.compile(r"<[^<>]{0,200}>")
LABEL = re.compile(
    r"(?:(?:^|(?<=[\s(\[,;:.-]))(?:code|num[ée]ro|siren|epci|n\s?[°º]|no)\s*[:=.]?\s*){1,4}$", re.IGNORECASE
)
LONGEST_LABEL = 40
JOINS = re.compile(r"^(?:et|ainsi que|puis|and|&)(?=\s|$)|(?<=\s)(?:et|ainsi que|puis|and)$", re.IGNORECASE)
AROUND = " \t\r\n;,/|+–—−-•·&:.=*'\"«»›‹_"
BRACKETS = {"(": ")", "[": "]", "{": "}"}
# What parts names in a cell that holds no code, strongest first.
PARTINGS = tuple(
    map(re.compile, (r"[;\n]", r"[|•·\t]", r"\s[/+]\s|[/+]", r",", r"\s[–—-]\s", r"\bainsi que\b|\bet\b|&"))
)


class Member(NamedTuple):
    """A member as a cell names it; either may be empty."""

    name: str
    siren: str


def value(text: str) -> str:
    """A cell that holds one code: without the decimals of a spreadsheet and the sign that makes it a text."""
    return DECIMALS.sub("", tidy(text).removeprefix("'").strip('"'))


def spoilt(text: str, digits: int) -> bool:
    """Whether a code is not written as it is: with decimals or as a power, kept as a text, or without its zeros."""
    bare = tidy(text)
    short = bare.isdigit() and len(bare) < digits
    return short or bare.startswith("'") or bool(DECIMALS.search(bare) or POWER.search(bare))


def codes(text: str) -> list[str]:
    """The nine-digit codes in a text."""
    return [_digits(found[0]) for found in CODE.finditer(_spread(text))]


def members(names: str, sirens: str, wrong: list[str]) -> list[Member]:
    """The members of a row: codes in a column of their own, or each beside its name.

    `wrong` gets every text that is neither a code nor the name of one.
    """
    own = list(_listed(names, wrong)) if codes(names) or not sirens.strip() else []
    if not sirens.strip():
        return own
    beside = list(_listed(sirens, wrong, tidy(names)))
    if own:
        missing = sorted({one.siren for one in own} - {one.siren for one in beside})
        wrong += [f"{code} stands beside the name only, not in the column of SIREN" for code in missing]
        name_of = {one.siren: one.name for one in own}
        return [Member(name_of.get(one.siren, ""), one.siren) for one in beside]
    if any(one.name for one in beside):
        wrong += [f"the cell of siren holds {one.name!r} beside {one.siren}" for one in beside if one.name]
        return []
    return [Member(name, one.siren) for name, one in zip(_named(names, len(beside), wrong), beside, strict=False)]


def parts(name: str) -> int:
    """How many names a text may hold, by the signs and words that part names."""
    return max(sum(bool(_name(part)) for part in parting.split(_spread(name))) for parting in PARTINGS)


def _named(text: str, count: int, wrong: list[str]) -> Sequence[str]:
    """The names of `count` members whose codes stand elsewhere: all empty where the cell is."""
    if count < 2 or not tidy(text):
        return [tidy(_spread(text))] * count if count < 2 else [""] * count
    for parting in PARTINGS:
        found = [one for part in parting.split(_spread(text)) if (one := tidy(part))]
        if len(found) == count:
            return found
    wrong.append(f"{count} SIREN for the names {tidy(text)!r}; give as many names, parted by semicolons")
    return []


def _listed(text: str, wrong: list[str], owner: str = "") -> Iterator[Member]:
    """Each code of a cell with the text on its side; names stand before their codes, or all after them."""
    text = _spread(text)
    found = list(CODE.finditer(text))
    texts = [text[start:end] for start, end in _between(found, len(text))]
    after = bool(found) and not _name(texts[0])
    sides = texts[1:] if after else texts[:-1]
    if found and not after and _name(texts[-1]):
        wrong.append(_alone(texts[-1]))
    elif not found and (owner or _name(text)):
        of = f" of {owner}" if owner else ""
        spoilt = owner or re.fullmatch(r"[\d\s.,E+-]+", tidy(text))
        wrong.append(f"SIREN {tidy(text)!r}{of} is not nine digits{_hint(text)}" if spoilt else _alone(text))
    for code, side in zip(found, sides, strict=True):
        odd = _wrong_digits(side)
        if odd:
            wrong.append(f"SIREN {odd!r} beside {_digits(code[0])} is not nine digits{_hint(odd)}")
        yield Member("" if odd else _name(side), _digits(code[0]))


def _between(found: Sequence[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    ends = [0, *(one.end() for one in found)]
    starts = [*(one.start() for one in found), length]
    return zip(ends, starts, strict=True)


def _name(text: str) -> str:
    """A text beside a code as a name: without signs that part members, brackets of codes, words such as SIREN."""
    name, before = tidy(text), ""
    while name != before:
        before = name
        name = JOINS.sub("", name.strip(AROUND)).strip(AROUND)
        name = _unbracketed(name[:-LONGEST_LABEL] + LABEL.sub("", name[-LONGEST_LABEL:]))
    return name


def _unbracketed(name: str) -> str:
    """A name without a bracket that closes or opens nothing at its ends."""
    for opening, closing in BRACKETS.items():
        if name.startswith(closing):
            name = name[1:]
        if name.endswith(opening):
            name = name[:-1]
        if name.startswith(opening) and closing not in name:
            name = name[1:]
        if name.endswith(closing) and opening not in name:
            name = name[:-1]
    return name


def _alone(text: str) -> str:
    return f'member {_name(text)!r} has no SIREN: write "name (SIREN)"{_hint(text)}'


def _wrong_digits(text: str) -> str:
    """Digits beside a code that are neither a part of a name nor a code: a SIRET, a code cut short."""
    found = re.search(r"\d[\d .,]{4,}\d", text) or (None if re.search(r"[^\W\d_]", text) else re.search(r"\d+", text))
    return found[0] if found else ""


def _hint(text: str) -> str:
    """What is wrong with a code that is none."""
    digits = re.sub(r"\s", "", tidy(text))
    if POWER.search(digits):
        return " (a spreadsheet rounded it: write all nine digits, as a text)"
    return " (a SIRET: its first nine digits are the SIREN)" if re.search(r"(?<!\d)\d{14}(?!\d)", digits) else ""


def _spread(text: str) -> str:
    """A cell with tags as line ends, no sign that nobody sees, and codes that a spreadsheet wrote as powers in full."""
    lines = (tidy(line) for line in TAG.sub("\n", text).replace("\t", "\n").splitlines())
    return POWER.sub(_whole, "\n".join(lines))


def _whole(found: re.Match[str]) -> str:
    """A power as a whole number where no digit was lost."""
    try:
        number = Decimal(found[0].replace(",", "."))
    except InvalidOperation:
        return found[0]
    whole = len(number.as_tuple().digits) == 9 and number == number.to_integral_value()
    return str(int(number)) if whole else found[0]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", DECIMALS.sub("", text))
