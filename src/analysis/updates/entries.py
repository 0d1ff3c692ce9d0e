"""Rows of a producer's list as entries: a territory and one of its members each (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.updates.grid import Problem, Row, controls, plain, tidy
from analysis.updates.headings import Columns

PARTS = re.compile(r"[;\n]|(?<=\))\s*[,/]")
SIREN_WORD = re.compile(r"(?:n°\s*)?SIREN\s*:?", re.IGNORECASE)
CODE_PARTS = re.compile(r"[;,|/\n]")
BLANKS = re.compile(r"\s+")
DECIMALS = re.compile(r"\.0+$")
IDENTIFIER = re.compile(r"(?:ti)?[-_ ]?(\d{4})", re.IGNORECASE)
PHASE_NAME = re.compile(r"(?:phase|vague)?\s*([12])", re.IGNORECASE)
COMMUNE = re.compile(r"\d[0-9AB]\d{3}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of one territory, as a row says it; `member` and `commune` (INSEE) may be empty."""

    place: str
    phase: int
    territory_id: str
    territory: str
    region: str
    siren: str
    member: str
    commune: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Entries in the order of the file, what cannot be read, and whether a row holds a whole territory."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    grouped: bool


def read(columns: Columns, phase: int | None) -> Listing:
    """The entries of a list; `phase` is what its rows are of where no column says so."""
    entries, problems, widths = list[Entry](), list[Problem](), list[int]()
    for row in columns.rows:
        wrong = list(_unreadable(row, columns))
        found = list(_of_row(row.place, _cells(row, columns), phase, wrong))
        problems += [Problem(row.place, what) for what in wrong]
        entries += found
        widths.append(len(found))
    return Listing(tuple(entries), tuple(problems), max(widths, default=0) > 1)


def _cells(row: Row, columns: Columns) -> dict[str, str]:
    """Text of each kind of cell; a formula is no text, nor is what a terminal obeys."""
    there = {role: at for role, at in columns.at.items() if at < len(row.cells) and at not in row.computed}
    texts = {role: row.cells[at] for role, at in there.items() if not controls(row.cells[at])}
    return dict.fromkeys(columns.at, "") | texts


def _unreadable(row: Row, columns: Columns) -> Iterator[str]:
    """Formulas and control characters in cells that are read, and cells beyond the headings."""
    for role, at in columns.at.items():
        if at in row.computed:
            yield f"the cell of {role} is a formula ({row.computed[at]!r}); give its value"
        elif at < len(row.cells) and controls(row.cells[at]):
            yield f"the cell of {role} holds a control character: {row.cells[at]!r}"
    if any(cell.strip() for cell in row.cells[columns.width :]):
        yield f"{len(row.cells)} cells for {columns.width} headings"


def _of_row(place: str, cells: Mapping[str, str], phase: int | None, wrong: list[str]) -> Iterator[Entry]:
    """The entries of one row; what is wrong with it is added to `wrong`."""
    territory = tidy(cells["territory"])
    if not plain(territory):
        wrong.append("the name of the territory is empty")
    given = _phase(cells.get("phase", ""), phase, wrong)
    identifier = _identifier(tidy(cells.get("territory_id", "")), wrong)
    commune = _commune(tidy(cells.get("commune", "")), wrong)
    members = list(_members(cells, wrong))
    if len(members) > 1 and commune:
        wrong.append("an INSEE code beside several members; give the commune a row of its own")
    for name, code in members:
        yield Entry(place, given, identifier, territory, tidy(cells.get("region", "")), code, name, commune)


def _members(cells: Mapping[str, str], wrong: list[str]) -> Iterator[tuple[str, str]]:
    """Name and SIREN of each member of a row: codes in a column of their own, or in brackets after the name."""
    names, codes = cells.get("member", ""), cells.get("siren", "")
    found = list(_with_codes(names, codes) if codes.strip() else _in_brackets(names, wrong))
    if not found and not wrong:
        wrong.append("no member")
    for name, code in found:
        digits = siren(code)
        if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
            hint = " (a SIRET: its first nine digits are the SIREN)" if len(digits) == 14 and digits.isdigit() else ""
            wrong.append(f"SIREN {tidy(code)!r}{f' of {name}' if name else ''} is not nine digits{hint}")
        else:
            yield name, digits


def _with_codes(names: str, codes: str) -> Iterator[tuple[str, str]]:
    listed = [one for one in CODE_PARTS.split(codes) if one.strip()]
    named = [tidy(one) for one in PARTS.split(names) if one.strip()] if len(listed) > 1 else [tidy(names)]
    for rank, code in enumerate(listed):
        yield named[rank] if len(named) == len(listed) else "", code


def _in_brackets(names: str, wrong: list[str]) -> Iterator[tuple[str, str]]:
    for part in map(tidy, PARTS.split(names)):
        name, bracket, code = part.removesuffix(")").rpartition("(")
        if bracket and part.endswith(")"):
            yield name.rstrip(" ,:-"), SIREN_WORD.sub("", code)
        elif part:
            wrong.append(f'member {part!r} has no SIREN: write "name (SIREN)"')


def siren(text: str) -> str:
    """A SIREN without the spaces people group its digits with, and without the decimals of a spreadsheet."""
    return DECIMALS.sub("", BLANKS.sub("", text))


def _phase(text: str, asked: int | None, wrong: list[str]) -> int:
    found = PHASE_NAME.fullmatch(DECIMALS.sub("", tidy(text)))
    if text.strip() and not found:
        wrong.append(f"phase {tidy(text)!r} is neither 1 nor 2")
    elif found and asked and int(found[1]) != asked:
        wrong.append(f"the row is of phase {found[1]}, --phase says {asked}; leave out --phase to update both")
    elif not found and not asked:
        wrong.append("the phase is empty")
    return int(found[1]) if found else asked or 0


def _identifier(text: str, wrong: list[str]) -> str:
    found = IDENTIFIER.fullmatch(text)
    if text and not found:
        wrong.append(f"identifier {text!r} is not like ti-4408")
    return f"ti-{found[1]}" if found else ""


def _commune(text: str, wrong: list[str]) -> str:
    code = text.upper().zfill(5) if text else ""  # spreadsheets drop the zero of 01001
    if code and not COMMUNE.fullmatch(code):
        wrong.append(f"INSEE code {text!r} is not that of a commune")
        return ""
    return code
