"""Numbers that the site's own pages count in the tables, in words and marked with where they come from (pure)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from analysis import style
from analysis.provenance import counted


def rows(frame: pl.DataFrame, name: str, column: str, write: Callable[[int], str] = style.number, **key: Any) -> str:
    """How many rows of a table have the values of `key`, in words, marked."""
    return counted(write(frame.filter(**key).height if key else frame.height), name, column, **key)


def distinct(frame: pl.DataFrame, name: str, column: str, write: Callable[[int], str] = style.number) -> str:
    """How many different values a column has, in words, marked."""
    return counted(write(frame.get_column(column).n_unique()), name, column)


def named(noun: str, plural: str = "") -> Callable[[int], str]:
    """Writes a count with its noun."""
    return partial(style.counted, noun=noun, plural=plural)
