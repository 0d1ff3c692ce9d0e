"""Delimited texts as grids: encoding and separator found (pure)."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from analysis.errors import UpdateError
from analysis.extraction.documents.plain_text import BOMS, UTF8, wide_encoding
from analysis.upkeep.updates import letters
from analysis.upkeep.updates.grid import MAX_COLUMNS, MAX_ROWS, Grid, Problem, Row, refused, row

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# What French texts are in when they are not in UTF-8, most common first; the last explains any bytes.
ENCODINGS = ("cp1252", "iso8859_15", "mac_roman", "cp850", "latin_1")
HEADING_LINES = 20
REPAIR = "Save it in UTF-8."


def read(text: str, encoding: str, name: str, score: Callable[[Sequence[str]], int]) -> Grid:
    """The rows of a delimited text; the separator is the one that gives the heading row with the best `score`.

    UpdateError for a quote that is not closed, or a text too large.
    """
    separator = max(SEPARATORS, key=lambda one: _promise(text, one, score))
    told = f"read as {encoding.removesuffix('-sig')}, separator {SEPARATORS[separator]}"
    return Grid(name, tuple(_rows(text, separator, name)), told)


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """Text and its encoding; UpdateError for bytes that are not of the encoding."""
    encoding = encoding_of(content)
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError as error:
        what = f"it is read as {encoding}, and byte {error.start} is not."
        raise UpdateError(what, where=name, repair=REPAIR) from error


def encoding_of(content: bytes) -> str:
    """Encoding of a text: by its byte order mark, by its zero bytes, UTF-8 if it is, else the one with fewest
    letters that no French name holds."""
    for bom, encoding in BOMS.items():
        if content.startswith(bom):
            return encoding
    if wide := wide_encoding(content):
        return wide
    try:
        content.decode(UTF8)
    except UnicodeDecodeError:
        return min(ENCODINGS, key=lambda one: letters.strange(content.decode(one, "replace")))
    return UTF8


def _promise(text: str, separator: str, score: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    """How well a separator does: the best score of a heading row, then how many cells the rows have."""
    lines = io.StringIO(text, newline="")
    first = [line for line, _ in zip(lines, range(HEADING_LINES), strict=False)]
    rows = [line.strip().strip('"').replace(f'"{separator}"', separator).split(separator) for line in first]
    return max(map(score, rows), default=0), max(map(len, rows), default=0)


def _rows(text: str, separator: str, name: str) -> Iterator[Row]:
    """Rows with the line where each begins; a wrong quote is told where its row begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for rank, record in enumerate(reader):
            if rank > MAX_ROWS or len(record) > MAX_COLUMNS:
                what = f"line {line}: more than {MAX_ROWS} rows or {MAX_COLUMNS} columns."
                raise UpdateError(what, where=name, repair=REPAIR)
            if any(cell.strip() for cell in record):
                yield row(f"line {line}", record)
            line = reader.line_num + 1
    except csv.Error as error:
        what = (
            f'a quote is not closed, or stands alone inside a quoted cell ({error}); write it twice ("") or remove it'
        )
        raise refused(name, [Problem(f"line {line}", what)], REPAIR) from error
