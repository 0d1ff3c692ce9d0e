"""Readings of invented documents: a text, its blocks, and rows of its figures."""

from collections.abc import Callable

import polars as pl
import pytest
from invented_readings import blocks, row

from analysis.extraction.documents import Document
from analysis.ledger.document_figures import COMPARED
from analysis.reports.readings.document_reading import SCHEMA, Reading


@pytest.fixture
def figures() -> Callable[..., pl.DataFrame]:
    """A frame of figures from a text and pairs of what it writes and what is known of it."""

    def made(text: str, *pairs: tuple[str, dict[str, object]]) -> pl.DataFrame:
        rows = [row(text, written, number, **known) for number, (written, known) in enumerate(pairs, start=1)]
        return pl.DataFrame(rows, schema=SCHEMA)

    return made


@pytest.fixture
def reading(figures) -> Callable[..., Reading]:
    """A reading from a text and the same pairs; `document` gives more of the document."""

    def made(text: str, *pairs: tuple[str, dict[str, object]], **document: object) -> Reading:
        whole = Document(**{"name": "a.txt", "text": text, "blocks": blocks(text), "language": "fr", **document})
        others = pl.DataFrame(schema=COMPARED).rename({"row": "number"})
        return Reading("a", "0" * 64, whole, figures(text, *pairs), others)

    return made
