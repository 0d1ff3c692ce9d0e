"""Numbers that the site's own pages count in the tables, in words and marked with where they come from (pure)."""

from html import escape
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.reports.origin_marks import ORIGIN, counted


def rows(frame: pl.DataFrame, name: str, column: str, noun: str = "", plural: str = "", **key: Any) -> str:
    """How many rows of the table `name` have the values of `key`: the number, marked, and its noun if there is one."""
    count = frame.filter(**key).height if key else frame.height
    if not count:  # no row to lead to
        return tr("aucun {noun}").format(noun=typography.named(0, noun, plural)) if noun else tr("aucun")
    return with_noun(count, counted(typography.number(count), name, column, **key), noun, plural)


def distinct(frame: pl.DataFrame, name: str, column: str, noun: str = "", plural: str = "", **key: Any) -> str:
    """How many different values a column has in the rows of `key`: the number, marked, and its noun if it has one."""
    count = (frame.filter(**key) if key else frame).get_column(column).n_unique()
    return with_noun(count, counted(typography.number(count), name, column, **key), noun, plural)


def derived(text: str, *tables: str) -> str:
    """A number that no cell, count or sum holds, with the tables that it was computed from."""
    return f'<span {ORIGIN}="{escape(" ".join(tables))}">{escape(text)}</span>'


def with_noun(count: int, marked: str, noun: str, plural: str = "") -> str:
    """A marked number and the noun it counts, in the number it takes."""
    return f"{marked}{typography.HARD_SPACE}{typography.named(count, noun, plural)}" if noun else marked
