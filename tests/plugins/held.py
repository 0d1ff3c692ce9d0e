"""Whether a number that readers see is what its mark says."""

import re
from html import unescape
from urllib.parse import parse_qsl

import polars as pl

from analysis.i18n.language import FRENCH, language
from analysis.publication.site.marks import Marks
from analysis.tables import TABLES
from analysis.tables.schema import Field

NUMBER = re.compile(r"\d+(?:[\u202f\u00a0,]\d{3}(?!\d))*(?:[.,]\d+)?")
UNGROUPED = str.maketrans({"\u202f": None, "\u00a0": None, ",": "."})
UNGROUPED_ELSEWHERE = str.maketrans({",": None})
SCALES = ((r"Md€|\dbn\b", 1e9), (r"M€|\dm\b|million", 1e6))


def is_held(marks: Marks, value: str, shown: str) -> bool:
    """Whether `shown` is what the rows of a computed mark hold; SiteError when the mark leads nowhere."""
    marks.target("", value, shown)
    path, _, query = value.partition(":")[2].partition("?")
    name, _, column = path.partition(".")
    rows = marks._rows(TABLES[name], parse_qsl(query))
    return holds(shown, rows, next(one for one in TABLES[name].fields if one.name == column))


def holds(shown: str, rows: pl.DataFrame, one: Field) -> bool:
    """Whether a number that readers see is held by the rows that its mark finds: a value of the column, how many
    rows, values or different values there are, or their sum; as rounded as it is written.

    A text without digits is not compared.
    """
    number = NUMBER.search(unescape(shown))
    if number is None:
        return True
    written = number[0].translate(UNGROUPED if language() == FRENCH else UNGROUPED_ELSEWHERE)
    scale = next((size for word, size in SCALES if re.search(word, shown)), 1.0)
    step = scale * 10.0 ** -len(written.partition(".")[2])
    column = rows.get_column(one.name)
    held: list[float] = [rows.height, column.drop_nulls().len()]
    held += [column.drop_nulls().n_unique()] if one.type != "list" else []
    if one.type in ("integer", "number"):
        held += [float(column.sum()), *column.drop_nulls().cast(pl.Float64).to_list()]
    return any(abs(float(written) * scale - value) <= step / 2 + 1e-9 * abs(value) for value in held)
