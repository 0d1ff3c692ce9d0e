"""Figures of a reading as JSON lines, one object a figure (pure)."""

import json
from collections.abc import Iterator
from typing import Final

import polars as pl

from analysis.i18n.language import language
from analysis.ledger.confront import REASON_IN

FIELDS: Final = (
    "doc", "page", "start", "end", "text", "concept", "place", "phase", "value_low", "value_high", "qualifier", "unit",
    "as_of", "said_by", "doubtful", "evidence", "verdict", "rule", "registry_value", "reason", "sentence",
)  # fmt: skip


def lines(figures: pl.DataFrame) -> Iterator[str]:
    """A line a figure, in the order of the text; the reason is in the language in force, the evidence an object."""
    told = figures.with_columns(reason=pl.col(REASON_IN[language()]).fill_null(pl.col("reason"))).select(FIELDS)
    for row in told.iter_rows(named=True):
        evidence = json.loads(row["evidence"]) if row["evidence"] else {}
        yield json.dumps(row | {"evidence": evidence}, ensure_ascii=False) + "\n"
