"""Claims of a document, each with the evidence for its parts (pure)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.extraction.prose.places import PlaceIndex
from analysis.extraction.vocabulary import Vocabulary

COLUMNS: Mapping[str, Any] = {
    "doc": pl.String,
    **dict.fromkeys(("page", "paragraph", "start", "end"), pl.Int64),
    **dict.fromkeys(("text", "concept", "place"), pl.String),
    "phase": pl.Int8,
    **dict.fromkeys(("value_low", "value_high"), pl.Float64),
    **dict.fromkeys(("qualifier", "unit", "as_of", "said_by"), pl.String),
    "doubtful": pl.Boolean,
    **dict.fromkeys(("evidence", "sentence"), pl.String),
}


def claims_from_document(document: Any, rules: Vocabulary, places: PlaceIndex, published: str | None) -> pl.DataFrame:
    """Figures of a document with the schema `COLUMNS`, in the order of the text."""
    return pl.DataFrame([], schema=COLUMNS)
