"""Sheets of a workbook (XLSX, XLS, ODS) as grids: texts as people see them, formulas told, merged cells filled."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from analysis.errors import UpdateError
from analysis.upkeep.updates import workbook_process
from analysis.upkeep.updates.grid import MAX_COLUMNS, MAX_ROWS, Grid, row

REPAIR = "Save it again from a spreadsheet program, or as CSV in UTF-8."
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Cells = list[list[str]]


def read(content: bytes, name: str) -> dict[str, Grid]:
    """Every visible sheet with a cell, by name; UpdateError for what is not a workbook, is locked or too large."""
    found = answer(content, name)
    if "refused" in found:
        raise UpdateError(f"not a readable workbook ({found['refused']}).", where=name, repair=REPAIR)
    grids = {one["name"]: _grid(one, name) for one in found["sheets"]}
    return {sheet: grid for sheet, grid in grids.items() if grid.rows}


def answer(content: bytes, name: str) -> Any:
    """What the program of its own says of a workbook."""
    program = [sys.executable, "-I", str(Path(workbook_process.__file__))]
    run = subprocess.run(program, input=content, capture_output=True, check=False)
    if run.returncode:
        what = "it asks for more memory or time than any list needs, or is damaged."
        raise UpdateError(what, where=name, repair=REPAIR)
    return json.loads(run.stdout)


def _grid(sheet: Any, name: str) -> Grid:
    """The rows of a sheet that hold something."""
    cells: Cells = sheet["rows"]
    if len(cells) > MAX_ROWS or max(map(len, cells), default=0) > MAX_COLUMNS:
        what = f"sheet {sheet['name']!r}: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns."
        raise UpdateError(what, where=name, repair=REPAIR)
    for (top, left), (bottom, right) in sheet["merged"]:
        _fill(cells, range(top, bottom + 1), range(left, right + 1))
    rows = (
        row(f"row {rank}", map(_unescaped, one)) for rank, one in enumerate(cells, start=1) if any(map(str.strip, one))
    )
    return Grid(name, tuple(rows), f"read as a workbook, sheet {sheet['name']!r}")


def _fill(cells: Cells, rows: range, columns: range) -> None:
    """Give every cell of a merged range what its first cell shows, as far as the sheet goes."""
    if rows[0] < len(cells) and columns[0] < len(cells[0]):
        shown = cells[rows[0]][columns[0]]
        for line in cells[rows[0] : rows[-1] + 1]:
            line[columns[0] : columns[-1] + 1] = [shown] * len(line[columns[0] : columns[-1] + 1])


def _unescaped(text: str) -> str:
    """A stored text with its escaped characters ("_x000D_") as themselves."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
