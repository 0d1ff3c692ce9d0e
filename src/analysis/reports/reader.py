"""Tables as readers see them: headings, numbers, a caption, the same text in HTML and in plain (pure)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from types import MappingProxyType
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, language, tr
from analysis.reports.origin_marks import ORIGIN

Format = Callable[[Any], str]
ABSENT = N_("n. d.")
NO_ROW = N_("Aucune ligne.")
LONG = 60  # characters in a cell that make its column a wide one


@dataclass(frozen=True, slots=True)
class Column:
    """A column to show: its name in the frame, its heading, and how a value is written.

    Columns with a format are numbers and stand on the right. `french` says that the texts are French in every
    edition; `claim` names the column with the id of the published figure that a cell gives; `absent` says what it
    means that a value is absent, where that is known.
    """

    name: str
    heading: str
    format: Format | None = None
    french: bool = False
    claim: str = ""
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether it is a number, its language where it is another one, the published figure it gives."""

    text: str
    number: bool = False
    lang: str = ""
    claim_id: str = ""

    def html(self) -> str:
        """The cell as HTML; its text stays text."""
        more = {"class": "number" if self.number else "", "lang": self.lang, "data-claim": self.claim_id}
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in more.items() if value)
        return f"<td{attributes}>{escape(self.text)}</td>"


@dataclass(frozen=True, slots=True)
class ReaderTable:
    """A table ready to be shown in a notebook or on the site; every cell is text and stays text.

    `origin` names the processed tables that its numbers come from, separated by spaces.
    """

    caption: str
    headings: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    numeric: tuple[bool, ...]
    empty: str
    origin: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The text of each cell."""
        return tuple(tuple(cell.text for cell in row) for row in self.cells)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def html(self) -> str:
        """The table as accessible HTML: caption, column headings with scope, its origin, no inline style."""
        wide = {rank: "wide" for row in self.cells for rank, cell in enumerate(row) if len(cell.text) > LONG}
        kinds = wide | {rank: "number" for rank, right in enumerate(self.numeric) if right}
        rows = ["<tr>" + "".join(cell.html() for cell in row) + "</tr>" for row in self.cells]
        none = f'<tr><td colspan="{len(self.headings)}">{escape(self.empty)}</td></tr>'
        return html_table(self.caption, head_row(self.headings, kinds), rows or [none], self.origin)

    def text(self) -> str:
        """The table as plain text, columns separated by bars."""
        lines = [self.caption, *(" | ".join(row) for row in (self.headings, *self.rows))]
        return "\n".join(lines if self.cells else [*lines, self.empty])


def head_row(headings: Iterable[str], kinds: Mapping[int, str] = MappingProxyType({})) -> str:
    """The row of a table's column headings; `kinds` are classes of columns by rank."""
    classes = (f' class="{kinds[rank]}"' if rank in kinds else "" for rank in count())
    cells = (f'<th scope="col"{kind}>{escape(text)}</th>' for kind, text in zip(classes, headings, strict=False))
    return f"<tr>{''.join(cells)}</tr>"


def html_table(caption: str, head: str, rows: Iterable[str], origin: str = "", kind: str = "") -> str:
    """A table of ready rows; `origin` names the processed tables that its numbers come from, `kind` is a class."""
    more, told = f" {kind}" if kind else "", f' {ORIGIN}="{escape(origin)}"' if origin else ""
    body = "\n".join(rows)
    return (
        f'<table class="atlas-table{more}"{told}>\n<caption>{escape(caption)}</caption>\n'
        f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def table(
    frame: pl.DataFrame, caption: str, columns: Sequence[Column], empty: str = "", origin: Sequence[str] = ()
) -> ReaderTable:
    """The rows of `frame`, in order, as a reader's table; an absent value is written as its column says, else "n. d.".

    No row at all is written as `empty`. Texts come in the language in force; `origin` are the processed tables that
    the numbers come from.
    """
    cells = tuple(tuple(_cell(row, column) for column in columns) for row in frame.iter_rows(named=True))
    return ReaderTable(
        caption,
        tuple(column.heading for column in columns),
        cells,
        tuple(column.format is not None for column in columns),
        empty or tr(NO_ROW),
        " ".join(origin),
    )


def foreign(html: str) -> str:
    """HTML of what is French in every edition, said to be so where another language is in force."""
    return html if language() == FRENCH else f'<span lang="{FRENCH}">{html}</span>'


def _cell(row: Mapping[str, Any], column: Column) -> Cell:
    value = row[column.name]
    if value is None:
        return Cell(column.absent or tr(ABSENT), column.format is not None)
    text = column.format(value) if column.format else typography.typographic(str(value))
    lang = FRENCH if column.french and language() != FRENCH else ""
    return Cell(text, column.format is not None, lang, row[column.claim] if column.claim else "")
