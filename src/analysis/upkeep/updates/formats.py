"""A producer's file as a grid: its format is told by its content, not by its name."""

import io
import zipfile
from collections.abc import Collection
from pathlib import Path

from analysis.errors import UpdateError
from analysis.upkeep.updates import geojson, headings, text, workbook
from analysis.upkeep.updates.grid import MAX_BYTES, Grid
from analysis.upkeep.updates.headings import HEADING_ROWS, Score

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SPREADSHEETS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")  # a part that tells the format
REPAIR = "Give a CSV, XLSX, XLS, ODS or GeoJSON file."
# What other files begin with, what they are, and what to do.
OTHERS: dict[bytes, tuple[str, str]] = {
    b"\x1f\x8b": ("a compressed file (gzip)", "Unpack it, for instance with `gunzip`."),
    b"BZh": ("a compressed file (bzip2)", "Unpack it, for instance with `bunzip2`."),
    b"\xfd7zXZ": ("a compressed file (xz)", "Unpack it, for instance with `unxz`."),
    b"\x28\xb5\x2f\xfd": ("a compressed file (zstd)", "Unpack it, for instance with `unzstd`."),
    b"7z\xbc\xaf": ("an archive (7z)", "Unpack it and give the list inside."),
    b"Rar!": ("an archive (RAR)", "Unpack it and give the list inside."),
    b"PK": ("an empty or split ZIP archive", REPAIR),
    b"PAR1": ("a Parquet table", "Export it, for instance with polars: `read_parquet(…).write_csv(…)`."),
    b"ARROW1": ("an Arrow table", "Export it as CSV."),
    b"SQLite format 3": ("a database (SQLite or GeoPackage)", "Export the layer as CSV or GeoJSON."),
    b"%PDF": ("a PDF document", "Ask the producer for the table itself, or copy it into a spreadsheet."),
    b"{\\rtf": ("a text document (RTF)", "Copy its table into a spreadsheet."),
    b"<!doctype html": ("a web page", "Open it in a spreadsheet program and save it as XLSX or CSV."),
    b"<html": ("a web page", "Open it in a spreadsheet program and save it as XLSX or CSV."),
    b"<": ("a page or an XML document", "Open it in a spreadsheet program and save it as XLSX or CSV."),
    b"[": ("a JSON array", "Export it as CSV, or give a GeoJSON FeatureCollection."),
    b"\x89PNG": ("a picture", REPAIR),
    b"\xff\xd8\xff": ("a picture", REPAIR),
    b"GIF8": ("a picture", REPAIR),
}


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
    """The grid of a list of members and its columns; UpdateError for headings that mean nothing, and as `grid_of`."""
    grid = grid_of(content, name, sheet_name, headings.score)
    return grid, headings.find(grid, ignored)


def grid_of(content: bytes, name: str, sheet_name: str, score: Score) -> Grid:
    """The grid of a file; `score` says how much a row looks like its headings, `sheet_name` chooses a sheet.

    UpdateError for another format, a sheet that is not there or cannot be chosen.
    """
    if content.startswith(ZIP):
        _require_workbook(content, name)
    book = content.startswith((ZIP, OLE))
    return (_sheet if book else _text)(content, name, sheet_name, score)


def _require_workbook(content: bytes, name: str) -> None:
    """UpdateError for a ZIP archive that is no workbook, with what it is."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except Exception as error:  # a damaged archive fails in a dozen ways
        raise UpdateError(f"not a readable workbook ({error}).", where=name, repair=workbook.REPAIR) from error
    if "word/document.xml" in names:
        raise UpdateError("it is a text document (DOCX).", where=name, repair="Copy its table into a spreadsheet.")
    if not set(SPREADSHEETS) & set(names):
        what = f"it is a ZIP archive, not an XLSX workbook ({', '.join(map(repr, names[:3]))})."
        raise UpdateError(what, where=name, repair="Unpack it and give the list inside.")


def _text(content: bytes, name: str, sheet_name: str, score: Score) -> Grid:
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    for beginning, (what, repair) in OTHERS.items():
        if start.lower().startswith(beginning.lower()):
            raise UpdateError(f"it is {what}.", where=name, repair=repair)
    if sheet_name:
        raise UpdateError("it has no sheets.", where=name, repair="Leave out --sheet.")
    decoded, encoding = text.decoded(content, name)
    if decoded.lstrip("\ufeff \t\r\n").startswith("{"):
        return geojson.read(decoded.lstrip("\ufeff"), name)
    return text.read(decoded, encoding, name, score)


def _sheet(content: bytes, name: str, sheet_name: str, score: Score) -> Grid:
    """The sheet asked for, or the only one that has headings."""
    found = workbook.read(content, name)
    if sheet_name:
        chosen = [found[sheet_name]] if sheet_name in found else []
    else:
        chosen = [grid for grid in found.values() if max(score(row.cells) for row in grid.rows[:HEADING_ROWS]) > 1]
        chosen = chosen or list(found.values())
    if len(chosen) != 1:
        what = f"no visible sheet {sheet_name!r}." if sheet_name else f"{len(chosen)} sheets could be it."
        named = ", ".join(map(repr, found)) or "the workbook is empty"
        raise UpdateError(what, where=name, repair=f"Choose with --sheet: {named}.")
    return chosen[0]
