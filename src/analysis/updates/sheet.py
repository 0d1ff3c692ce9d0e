"""Sheets of an XLSX workbook as grids: texts, numbers as they are stored, formulas marked, merged cells filled (pure).

A reader of our own, for one purpose: the lock holds none, and a list needs neither styles nor dates nor results.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from analysis.errors import UpdateError
from analysis.updates import markup
from analysis.updates.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row
from analysis.updates.package import Package, SheetPart

CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_EXPONENT = 20
SHARED_STRINGS = "xl/sharedStrings.xml"
Place = tuple[int, int]  # row and column, from 1 and from 0


def read(content: bytes, name: str) -> list[tuple[SheetPart, Grid]]:
    """Every visible sheet with a cell, and its grid; UpdateError for what is not a workbook or is too large."""
    package = Package(content, name)
    texts = _Strings(package).texts
    grids = ((one, _Cells(package, one, texts).grid()) for one in package.sheets() if one.visible and one.part)
    return [(one, grid) for one, grid in grids if grid.rows]


class _Strings:
    """The workbook's texts in order: the runs of each joined, its phonetic help left out."""

    def __init__(self, package: Package) -> None:
        self.texts, self._parts, self._inside, self._aside = list[str](), list[str](), False, 0
        content = package.part(SHARED_STRINGS)
        if content:
            markup.parse(content, f"{package.name} ({SHARED_STRINGS})", self._start, self._end, self._text)

    def _start(self, tag: str, _: Mapping[str, str]) -> None:
        if tag == "si":
            self._parts = []
        self._aside += tag == "rPh"
        self._inside = tag == "t" and not self._aside

    def _end(self, tag: str) -> None:
        if tag == "si":
            self.texts.append(unescaped("".join(self._parts)))
        self._aside -= tag == "rPh"
        self._inside = False

    def _text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)


class _Cells:
    """The cells of one sheet by row and column."""

    def __init__(self, package: Package, sheet: SheetPart, texts: list[str]) -> None:
        self._name, self._sheet, self._texts = package.name, sheet, texts
        self._values, self._formulas, self._merged = dict[Place, str](), dict[Place, str](), list[str]()
        self._place, self._next, self._type, self._inside, self._parts = (0, 0), (1, 0), "n", "", list[str]()
        self._filled, self._aside = 0, 0
        content = package.part(sheet.part)
        markup.parse(content, f"{package.name} ({sheet.name})", self._start, self._end, self._text)
        for one in self._merged:
            self._fill(one)

    def _start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "row":
            self._next = (int(attributes["r"]) if attributes.get("r", "").isdigit() else self._next[0] + 1, 0)
        elif tag == "c":
            self._place = self._where(attributes["r"]) if "r" in attributes else self._next
            self._next = (self._place[0], self._place[1] + 1)
            self._type, self._parts = attributes.get("t", "n"), []
            self._bound(self._place)
        elif tag == "f":
            self._formulas[self._place] = f"{_letters(self._place[1])}{self._place[0]}"
        elif tag == "mergeCell":
            self._merged.append(attributes.get("ref", ""))
        self._aside += tag == "rPh"
        self._inside = tag if tag in ("v", "t") and not self._aside else self._inside

    def _end(self, tag: str) -> None:
        if tag == "c" and self._parts:
            self._values[self._place] = self._value("".join(self._parts))
        self._aside -= tag == "rPh"
        if tag == self._inside:
            self._inside = ""

    def _text(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def _value(self, text: str) -> str:
        if self._type == "s":
            rank = int(text) if text.strip().isdigit() else len(self._texts)
            if rank >= len(self._texts):
                self._refuse(f"text {text!r} is not in the workbook")
            return self._texts[rank]
        return number(text) if self._type == "n" else unescaped(text)

    def _fill(self, reference: str) -> None:
        """Give every cell of a merged range what its first cell shows."""
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = self._where(first), self._where(last or first)
        self._bound((bottom, right))
        self._filled += (bottom - top + 1) * (right - left + 1)
        if self._filled > MAX_ROWS:
            self._refuse("its merged cells are too many")
        shown = self._values.get((top, left))
        for row in range(top, bottom + 1) if shown is not None else ():
            for column in range(left, right + 1):
                self._values[row, column] = str(shown)

    def _where(self, reference: str) -> Place:
        found = CELL.fullmatch(reference)
        if not found:
            self._refuse(f"{reference!r} is not the name of a cell")
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        return int(found[2]), column - 1

    def _bound(self, place: Place) -> None:
        if place[0] > MAX_ROWS or place[1] >= MAX_COLUMNS:
            self._refuse(f"more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")

    def _refuse(self, what: str) -> NoReturn:
        raise UpdateError(f"sheet {self._sheet.name!r}: {what}.", where=self._name, repair=markup.REPAIR)

    def grid(self) -> Grid:
        """The rows that hold something; a row is as wide as the sheet."""
        values = _by_row({place: value for place, value in self._values.items() if value.strip()})
        formulas = _by_row(self._formulas)
        width = 1 + max((column for row in (*values.values(), *formulas.values()) for column in row), default=-1)
        rows = (
            Row(
                f"row {rank}",
                tuple(values.get(rank, {}).get(column, "") for column in range(width)),
                formulas.get(rank, {}),
            )
            for rank in sorted({*values, *formulas})
        )
        return Grid(self._name, tuple(rows), f"read as XLSX, sheet {self._sheet.name!r}")


def _by_row(cells: Mapping[Place, str]) -> dict[int, dict[int, str]]:
    rows = dict[int, dict[int, str]]()
    for (row, column), value in cells.items():
        rows.setdefault(row, {})[column] = value
    return rows


def number(text: str) -> str:
    """A stored number as people write it: whole ones without exponent or decimals ("2.00018653E8")."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return text
    whole = value.is_finite() and abs(value.adjusted()) < MAX_EXPONENT and value == value.to_integral_value()
    return str(int(value)) if whole else text


def unescaped(text: str) -> str:
    """A stored text with its escaped characters ("_x000D_") as themselves."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
