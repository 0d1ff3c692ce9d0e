"""Cells of text files that a spreadsheet would take for a formula, defused (pure)."""

import re

import polars as pl

# What spreadsheets start a formula with; white space in front of one; the same signs in their full width.
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
# A sign alone and a signed number are what they look like.
HARMLESS = r"^[+\-](?:\d+(?:[.,]\d+)?(?:[eE][+\-]?\d+)?)?$"
MARK = "'"


def defused(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` as a CSV file gives it: a text that a spreadsheet would compute gets an apostrophe in front.

    Only columns of texts are touched, and in them only such cells: codes, numbers and sentences stay as they are.
    """
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    return frame.with_columns(_defused(pl.col(name)).alias(name) for name in texts)


def _defused(text: pl.Expr) -> pl.Expr:
    computed = text.str.contains(FORMULA) & ~text.str.contains(HARMLESS)
    return pl.when(computed).then(pl.concat_str(pl.lit(MARK), text)).otherwise(text)


def computes(text: str) -> bool:
    """Whether a spreadsheet would take this cell of a text file for a formula."""
    return bool(re.match(FORMULA, text)) and not re.match(HARMLESS, text)
