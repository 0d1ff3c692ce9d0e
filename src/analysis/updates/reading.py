"""A producer's file as a grid: its format is told by its content, not by its name."""

from collections.abc import Collection
from pathlib import Path

from analysis.documents import UTF8
from analysis.errors import UpdateError
from analysis.updates import geojson, headings, sheet, text
from analysis.updates.grid import MAX_BYTES, Grid

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
REPAIR = "Give a CSV, XLSX or GeoJSON file."


def load(path: Path) -> bytes:
    """Content of a file; UpdateError when it is absent, empty, or larger than MAX_BYTES."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UpdateError(f"cannot be read ({error.strerror}).", where=path, repair=REPAIR) from error
    if len(content) > MAX_BYTES:
        raise UpdateError(f"it is larger than {MAX_BYTES >> 20} MB.", where=path, repair=REPAIR)
    if not content.strip():
        raise UpdateError("it is empty.", where=path, repair=REPAIR)
    return content


def read(
    content: bytes, name: str, sheet_name: str = "", ignored: Collection[str] = ()
) -> tuple[Grid, headings.Columns]:
    """The grid of a file and its columns; `sheet_name` chooses a sheet of a workbook.

    UpdateError for another format, headings that mean nothing, a sheet that is not there or cannot be chosen.
    """
    if content.startswith(OLE):
        raise UpdateError("it is an old or locked workbook (XLS).", where=name, repair="Save it as XLSX or CSV.")
    grid = _sheet(content, name, sheet_name) if content.startswith(ZIP) else _text(content, name, sheet_name)
    return grid, headings.find(grid, ignored)


def _text(content: bytes, name: str, sheet_name: str) -> Grid:
    if sheet_name:
        raise UpdateError("it has no sheets.", where=name, repair="Leave out --sheet.")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return geojson.read(_utf8(content, name), name)
    return text.read(content, name, headings.score)


def _utf8(content: bytes, name: str) -> str:
    try:
        return content.decode(UTF8)
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8, which GeoJSON is in."
        raise UpdateError(what, where=name, repair="Save it as UTF-8.") from error


def _sheet(content: bytes, name: str, sheet_name: str) -> Grid:
    """The sheet asked for, or the only one that has headings of a list."""
    found = sheet.read(content, name)
    names = ", ".join(repr(part.name) for part, _ in found)
    if sheet_name:
        chosen = [grid for part, grid in found if part.name == sheet_name]
    else:
        chosen = [grid for _, grid in found if max(map(headings.score, (row.cells for row in grid.rows[:20]))) > 1]
        chosen = chosen or [grid for _, grid in found]
    if len(chosen) != 1:
        what = f"no visible sheet {sheet_name!r}." if sheet_name else f"{len(chosen)} sheets could be the list."
        raise UpdateError(what, where=name, repair=f"Choose with --sheet: {names or 'the workbook is empty'}.")
    return chosen[0]
