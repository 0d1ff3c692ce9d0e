"""A raw CSV file with other rows: what did not change keeps its bytes, the rest its format and its order (pure)."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

import polars as pl

# A record: quoted and plain stretches up to the end of its line.
RECORD = re.compile(r'(?:"(?:[^"]|"")*"|[^"\r\n])+(?P<end>\r\n|\n|\r|$)')
Key = tuple[str, ...]


def rewritten(text: str, frame: pl.DataFrame, key: Sequence[str]) -> str:
    """`text` with the rows of `frame`: old rows stay as they are written, new ones stand where `key` sorts them.

    Column order, quoting of old rows, line ends and the end of the file are those of `text`.
    """
    records = [(found[0][: -len(found["end"]) or None], found["end"]) for found in RECORD.finditer(text)]
    newline = records[0][1] or "\n"
    header = next(csv.reader([records[0][0].removeprefix("\ufeff")]))
    at = [header.index(one) for one in key]
    wanted = {_key(cells, at): cells for cells in _rows(frame, header)}
    lines = list[tuple[Key, str]]()
    for written, _ in records[1:]:
        cells = next(csv.reader(io.StringIO(written, newline="")))
        new = wanted.pop(_key(cells, at), None)
        if new is not None:
            lines.append((_key(cells, at), written if new == cells else _written(new)))
    for place in sorted(wanted):
        lines.insert(_before(lines, place), (place, _written(wanted[place])))
    body = newline.join([records[0][0], *(written for _, written in lines)])
    return body + (newline if text.endswith(("\n", "\r")) else "")


def _rows(frame: pl.DataFrame, header: Sequence[str]) -> Iterator[list[str]]:
    for row in frame.select(header).iter_rows():
        yield ["" if value is None else str(value) for value in row]


def _key(cells: Sequence[str], at: Sequence[int]) -> Key:
    return tuple(cells[column] for column in at)


def _before(lines: Sequence[tuple[Key, str]], place: Key) -> int:
    """Where a new row goes: in front of the first row that sorts after it."""
    return next((rank for rank, (key, _) in enumerate(lines) if key > place), len(lines))


def _written(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)  # line ends inside a cell are quoted by this only
    return line.getvalue().removesuffix("\r\n")
