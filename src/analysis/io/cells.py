"""Cells of text files that a spreadsheet would take for a formula, defused (pure)."""

import re
import unicodedata

import polars as pl

# What spreadsheets start a formula with, also in full width and behind white space or marks that nobody sees, which
# some of them take away; a tab or the end of a line, which may end the cell before.
SIGNS, UNSEEN = "=+-@＝＋－＠", ("Cf", "Cc")
FORMULA = rf"^(?:[\s\p{{Cf}}\p{{Cc}}]*[{re.escape(SIGNS)}]|[\t\r\n])"
# A sign alone and a signed number, grouped as in French or not, are what they look like.
HARMLESS = r"^[+\-](?:[0-9]+(?:[ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]+)?(?:[eE][+\-]?[0-9]+)?[ \u00a0\u202f]?%?)?$"
MARK = "'"
TEXTS = (pl.String, pl.Categorical, pl.Enum)


def defused(frame: pl.DataFrame) -> pl.DataFrame:
    """`frame` as a CSV file gives it: a text that a spreadsheet would compute gets an apostrophe in front.

    Only columns of texts are touched, and in them only such cells: codes, numbers and sentences stay as they are.
    """
    texts = [name for name, dtype in frame.schema.items() if isinstance(dtype, TEXTS)]
    return frame.with_columns(_defused(pl.col(name).cast(pl.String)).alias(name) for name in texts)


def _defused(text: pl.Expr) -> pl.Expr:
    computed = text.str.contains(FORMULA) & ~text.str.contains(HARMLESS)
    return pl.when(computed).then(pl.concat_str(pl.lit(MARK), text)).otherwise(text)


def computes(text: str) -> bool:
    """Whether a spreadsheet would take this cell of a text file for a formula: what `defused` would change."""
    seen = next((one for one in text if not one.isspace() and unicodedata.category(one) not in UNSEEN), "")
    return (seen in {*SIGNS} or text.startswith(("\t", "\r", "\n"))) and not re.fullmatch(HARMLESS, text)
