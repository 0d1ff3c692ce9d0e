"""Numbers that the site's own pages count in the tables, in words and marked with where they come from (pure)."""

from typing import Any

import polars as pl

from analysis import style
from analysis.provenance import counted


def rows(frame: pl.DataFrame, name: str, column: str, noun: str = "", plural: str = "", **key: Any) -> str:
    """How many rows of the table `name` have the values of `key`: the number, marked, and its noun if there is one."""
    count = frame.filter(**key).height if key else frame.height
    return with_noun(count, counted(style.number(count), name, column, **key), noun, plural)


def distinct(frame: pl.DataFrame, name: str, column: str, noun: str = "", plural: str = "", **key: Any) -> str:
    """How many different values a column has in the rows of `key`: the number, marked, and its noun if it has one."""
    count = (frame.filter(**key) if key else frame).get_column(column).n_unique()
    return with_noun(count, counted(style.number(count), name, column, **key), noun, plural)


def with_noun(count: int, marked: str, noun: str, plural: str = "") -> str:
    """A marked number and the noun it counts, in the number it takes."""
    return f"{marked}{style.HARD_SPACE}{style.named(count, noun, plural)}" if noun else marked
