"""Rows of a producer's list as entries: a territory and one of its members each (pure)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.upkeep.updates import cell
from analysis.upkeep.updates.grid import Problem, Row, plain, tidy
from analysis.upkeep.updates.headings import Columns

IDENTIFIER = re.compile(r"(?:ti)?[\W_]*(\d{3,4})", re.IGNORECASE)
PHASE_NAME = re.compile(r"(?:phase|vague)?\s*([12])", re.IGNORECASE)
CODES = {"territory_id": 4, "siren": 9, "commune": 5}  # digits of the codes whose zeros a spreadsheet drops
COMMUNE = re.compile(r"\d[0-9AB]\d{3}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One member of one territory, as a row says it; `member` (its name) and `commune` (INSEE) may be empty.

    `siren` is empty in a list of communes, until it is known which intercommunality they are.
    """

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
    """Entries in the order of the file, what cannot be read, whether a row holds a whole territory, what was mended."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    grouped: bool
    remarks: tuple[Problem, ...] = ()


def read(columns: Columns, phase: int | None) -> Listing:
    """The entries of a list; `phase` is what its rows are of where no column says so."""
    entries, problems, widths = list[Entry](), list[Problem](), list[int]()
    for row in columns.rows:
        wrong = list(_unread(row, columns))
        found = list(_of_row(row.place, _cells(row, columns), phase, wrong))
        problems += [Problem(row.place, what) for what in wrong]
        entries += found
        widths.append(len(found))
    return Listing(tuple(entries), tuple(problems), max(widths, default=0) > 1, tuple(_mended(columns)))


def _mended(columns: Columns) -> Iterator[Problem]:
    """What a spreadsheet or a wrong encoding spoilt and reading put right: how often, and the first place."""
    broken = [(row.place, row.mended) for row in columns.rows if row.mended]
    if broken:
        yield Problem(broken[0][0], f"broken letters put right in {len(broken)} row(s), first {broken[0][1]!r}")
    for role in (one for one in CODES if one in columns.at):
        texts = ((row.place, _cells(row, columns)[role]) for row in columns.rows)
        spoilt = [(place, text) for place, text in texts if cell.spoilt(text, CODES[role])]
        if spoilt:
            what = f"codes put right in {len(spoilt)} cell(s) of {role}, first {spoilt[0][1]!r}"
            yield Problem(spoilt[0][0], what)


def _cells(row: Row, columns: Columns) -> dict[str, str]:
    """Text of each kind of cell that can be read."""
    there = {role: at for role, at in columns.at.items() if at < len(row.cells) and at not in row.unread}
    return dict.fromkeys(columns.at, "") | {role: row.cells[at] for role, at in there.items()}


def _unread(row: Row, columns: Columns) -> Iterator[str]:
    """Why cells of the columns that are read are not, and cells beyond the headings."""
    for role, at in columns.at.items():
        if at in row.unread:
            yield f"the cell of {role} {row.unread[at]}"
    if any(one.strip() for one in row.cells[columns.width :]):
        yield f"{len(row.cells)} cells for {columns.width} headings"


def _of_row(place: str, cells: Mapping[str, str], phase: int | None, wrong: list[str]) -> Iterator[Entry]:
    """The entries of one row; what is wrong with it is added to `wrong`."""
    territory, region = tidy(cells.get("territory", "")), tidy(cells.get("region", ""))
    given = _phase(cells.get("phase", ""), phase, wrong)
    identifier = _identifier(cell.value(cells.get("territory_id", "")), wrong)
    if not plain(territory) and not identifier:
        wrong.append("the name of the territory is empty")
    for role in ("territory", "region"):
        wrong += [f"the cell of {role} holds a SIREN, {one}" for one in cell.codes(cells.get(role, ""))]
    commune = _commune(cell.value(cells.get("commune", "")), wrong)
    name = cells.get("member") or cells.get("place", "")
    if commune and not cells.get("siren", "").strip() and not cell.codes(name):
        members = [cell.Member(tidy(name), "")]
    else:
        members = cell.members(name, cells.get("siren", ""), wrong)
    if not members and not wrong:
        wrong.append("no member")
    if len(members) > 1 and commune:
        wrong.append("an INSEE code beside several members; give the commune a row of its own")
    for name, siren in members:
        yield Entry(place, given, identifier, territory, region, siren, name, commune)


def _phase(text: str, asked: int | None, wrong: list[str]) -> int:
    found = PHASE_NAME.fullmatch(cell.value(text))
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
    return f"ti-{found[1].zfill(4)}" if found else ""  # spreadsheets drop the zero of 0101


def _commune(text: str, wrong: list[str]) -> str:
    code = text.upper().zfill(5) if text else ""  # spreadsheets drop the zero of 01001
    if code and not COMMUNE.fullmatch(code):
        wrong.append(f"INSEE code {text!r} is not that of a commune")
        return ""
    return code
