"""XLSX files: typed sheets with headings in words; the same bytes always (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import polars as pl
import xlsxwriter

from analysis.errors import InvalidTableError
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, LANGUAGES, N_, tr
from analysis.tables.schema import Field

# How the name of a workbook ends, by the language of its headings.
ENDINGS: Mapping[str, str] = {name: ".xlsx" if name == FRENCH else f".{name}.xlsx" for name in LANGUAGES}
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # the only date a workbook needs, and it must not be the clock’s
WIDEST = 420  # pixels of a column
NAME_LENGTH = 31  # characters of a sheet's name, at most
CELL_LENGTH = 32_767  # characters of a cell, at most: XLSX holds no more
CONTENTS = N_("{description} Feuilles : {sheets}.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what it holds in French, its rows, their columns, the ids of its sources, its key."""

    name: str
    title: str
    frame: pl.DataFrame
    fields: tuple[Field, ...]
    sources: tuple[str, ...] = ()
    key: tuple[str, ...] = ()


def workbook(title: str, description: str, sheets: Sequence[Sheet]) -> bytes:
    """An XLSX file: frozen headings with units, typed cells, texts that are never formulas; same bytes always.

    Headings are in the language in force. `title` and `description` (what a reader who does not see the sheets is
    told) go into its properties. InvalidTableError names a text that is too long for a cell.
    """
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        named = (tr("{title} : {place}").format(title=sheet.name, place=tr(sheet.title)) for sheet in sheets)
        contents = typography.series(list(named))
        described = typography.spaced(tr(CONTENTS).format(description=description, sheets=contents))
        book.set_properties({"title": typography.spaced(title), "comments": described, "created": EPOCH})
        for sheet in sheets:
            _write(book, sheet)
    return target.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    _require_short(sheet)
    names = headings(sheet.fields)
    page = book.add_worksheet(sheet.name[:NAME_LENGTH])
    sheet.frame.rename(names).write_excel(
        book,
        worksheet=page.name,
        table_name=f"t_{sheet.name}",
        freeze_panes=(1, 0),
        header_format={"bold": True, "text_wrap": True, "valign": "top"},
        table_style={"style": "Table Style Light 1"},
        column_formats={names[one.name]: written for one in sheet.fields if (written := _format(one))},
    )
    page.autofit(WIDEST)


def _require_short(sheet: Sheet) -> None:
    """Refuse a text that XLSX cannot hold, which would be lost without a word."""
    texts = sheet.frame.select(pl.col(pl.String).str.len_chars().max())
    long = [name for name in texts.columns if (texts.item(0, name) or 0) > CELL_LENGTH]
    if long:
        what = f"column {long[0]} has a text of {texts.item(0, long[0])} characters, a cell holds {CELL_LENGTH}."
        raise InvalidTableError(what, where=sheet.name, repair="Shorten it in the source, then run `dvc repro`.")


def headings(fields: Iterable[Field]) -> dict[str, str]:
    """Heading of each column in the language in force, by technical name, with its unit; no two are the same."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one in fields:
        unit = f" ({typography.unit(one.unit)})" if one.unit else ""
        text = f"{tr(one.title)}{unit}"
        text = f"{text} [{one.name}]" if text.lower() in taken else text
        taken.add(text.lower())
        found[one.name] = typography.spaced(text)
    return found


def _format(field: Field) -> str | None:
    """How Excel writes a number: years, phases and ranks ungrouped, shares with one decimal; None leaves texts."""
    by_unit = {"%": "0.0", "km2": "#,##0.0", "EUR": "#,##0", "inhabitant": "#,##0"}
    if field.type == "string":
        return None
    return by_unit.get(field.unit or "", "0" if field.type == "integer" else "General")
