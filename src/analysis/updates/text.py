"""Delimited texts as grids: encoding and separator found (pure)."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence

from charset_normalizer import from_bytes

from analysis import cells
from analysis.documents import BOMS, ENCODINGS, UTF8
from analysis.errors import UpdateError
from analysis.updates.grid import MAX_COLUMNS, MAX_ROWS, Grid, Row

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MANY_ZEROS = 0.2  # share of zero bytes at every second place that tells UTF-16 from other encodings
REPAIR = "Save it as CSV in UTF-8."


def read(content: bytes, name: str, score: Callable[[Sequence[str]], int]) -> Grid:
    """The rows of a delimited text; the separator is the one that gives the heading row with the best `score`.

    UpdateError for an encoding that nothing explains, a quote that is not closed, or a text too large.
    """
    encoding = encoding_of(content, name)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"it is read as {encoding}, and byte {error.start} is not."
        raise UpdateError(what, where=name, repair=REPAIR) from error
    found = {one: _records(text, one, name) for one in SEPARATORS if one in text} or {",": _records(text, ",", name)}
    best = max(found, key=lambda one: _promise(found[one], score))
    rows = found[best]
    if isinstance(rows, UpdateError):
        raise rows
    return Grid(name, tuple(rows), f"read as {encoding.removesuffix('-sig')}, separator {SEPARATORS[best]}")


def encoding_of(content: bytes, name: str) -> str:
    """Encoding of a text: by its byte order mark, by its zero bytes, UTF-8 if it is, else the likeliest."""
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return encoding
    half = len(content) // 2 or 1
    if content[1::2].count(0) > MANY_ZEROS * half:
        return "utf-16-le"
    if content[::2].count(0) > MANY_ZEROS * half:
        return "utf-16-be"
    try:
        codecs.decode(content, UTF8)
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=ENCODINGS).best()
        if best is None:
            raise UpdateError("its encoding is unknown.", where=name, repair=REPAIR) from None
        return best.encoding
    return UTF8


def _records(text: str, separator: str, name: str) -> "list[Row] | UpdateError":
    try:
        return list(_rows(text, separator))
    except csv.Error as error:
        return UpdateError(f"not a readable CSV table ({error}).", where=name, repair=REPAIR)


def _rows(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    for rank, record in enumerate(reader):
        if rank > MAX_ROWS or len(record) > MAX_COLUMNS:
            raise csv.Error(f"line {line}: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns")
        if any(cell.strip() for cell in record):
            computed = {column: cell for column, cell in enumerate(record) if cells.computes(cell)}
            yield Row(f"line {line}", tuple(record), computed)
        line = reader.line_num + 1


def _promise(found: "list[Row] | UpdateError", score: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """How well a separator does: the best score of a heading row, then how many cells the rows have."""
    if isinstance(found, UpdateError):
        return (-1, 0)
    return max((score(row.cells) for row in found[:20]), default=0), max((len(row.cells) for row in found), default=0)
