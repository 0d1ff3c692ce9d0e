"""Tables as readers see them: French headers and numbers, a caption, the same text in HTML and in plain (pure)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import polars as pl

from analysis import style
from analysis.language import N_, tr

Format = Callable[[Any], str]
ABSENT = "n. d."
NO_ROW = "Aucune ligne."
LONG = 60  # characters in a cell that make its column a wide one


@dataclass(frozen=True, slots=True)
class Column:
    """A column to show: its name in the frame, its French heading, and how a value is written.

    Columns with a format are numbers and stand on the right.
    """

    name: str
    heading: str
    format: Format | None = None


@dataclass(frozen=True, slots=True)
class ReaderTable:
    """A table ready to be shown in a notebook or on the site; every cell is text and stays text."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    empty: str = NO_ROW

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": self.text()}

    def html(self) -> str:
        """The table as accessible HTML: caption, column headings with scope, no inline style."""
        heads = "".join(
            f'<th scope="col"{_class("number" if right else "wide" if self._is_wide(rank) else "")}>{escape(text)}</th>'
            for rank, (text, right) in enumerate(zip(self.headings, self.numeric, strict=True))
        )
        body = "\n".join("<tr>" + "".join(map(_cell, row, self.numeric)) + "</tr>" for row in self.rows)
        if not self.rows:
            body = f'<tr><td colspan="{len(self.headings)}">{escape(self.empty)}</td></tr>'
        return (
            f'<table class="atlas-table">\n<caption>{escape(self.caption)}</caption>\n'
            f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
        )

    def _is_wide(self, rank: int) -> bool:
        return any(len(row[rank]) > LONG for row in self.rows)

    def text(self) -> str:
        """The table as plain text, columns separated by bars."""
        lines = [self.caption, *(" | ".join(row) for row in (self.headings, *self.rows))]
        return "\n".join(lines if self.rows else [*lines, self.empty])


def table(frame: pl.DataFrame, caption: str, columns: Sequence[Column], empty: str = NO_ROW) -> ReaderTable:
    """The rows of `frame`, in order, as a reader's table; an absent value is written "n. d.", no row as `empty`."""
    rows = tuple(
        tuple(_written(row[column.name], column.format) for column in columns) for row in frame.iter_rows(named=True)
    )
    return ReaderTable(
        caption,
        tuple(column.heading for column in columns),
        rows,
        tuple(column.format is not None for column in columns),
        empty,
    )


def interval(claim: Mapping[str, Any], write: Format) -> str:
    """A published figure in words, hedge first: `plus de 300`, `près de 4 500`, `de 1 200 à 1 300`."""
    low, high = claim["value_low"], claim["value_high"]
    match claim["qualifier"]:
        case "between":
            return tr("de {low} à {high}").format(low=write(low), high=write(high))
        case "exact":
            return write(low)
        case other:
            return f"{tr(HEDGES[other])} {write(high if low is None else low)}"


HEDGES: Mapping[str, str] = {
    "approximately": N_("environ"),
    "nearly": N_("près de"),
    "more_than": N_("plus de"),
    "less_than": N_("moins de"),
    "at_least": N_("au moins"),
    "at_most": N_("au plus"),
}


def _written(value: Any, form: Format | None) -> str:
    if value is None:
        return ABSENT
    return form(value) if form else style.typographic(str(value))


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _cell(text: str, right: bool) -> str:
    return f"<td{_class('number' if right else '')}>{escape(text)}</td>"
