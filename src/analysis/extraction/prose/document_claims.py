"""Claims of a document: each figure with its concept, place, phase, date and speaker, and the evidence for each."""

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.extraction.documents import Document
from analysis.extraction.prose.doubt_kinds import told
from analysis.extraction.prose.figure_reader import Reader, Row
from analysis.extraction.prose.place_index import PlaceIndex
from analysis.extraction.prose.prose_lexicon import lexicon_of
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


def claims_from_document(
    document: Document, rules: Vocabulary, places: PlaceIndex, published: str | None
) -> pl.DataFrame:
    """Figures of a document with the schema `COLUMNS`, in the order of the text; `concept` null where none takes one.

    `published`: the ISO day, month or year of the document, that relative dates lean on and figures have by default.
    Dates and numerals of names are no rows. `evidence` is JSON: confidence, doubts
    (see `doubt_kinds.told`), and spans for each part.
    """
    reader = Reader(document, lexicon_of(rules), places, published)
    rows = [_row(one, document) for one in reader.rows()]
    return pl.DataFrame(rows, schema=COLUMNS)


def _row(row: Row, document: Document) -> dict[str, Any]:
    quantity, passage = row.figure.quantity, row.passage
    start, end = quantity.sentence_start, quantity.sentence_end
    return {
        "doc": document.name,
        "page": passage.block.page,
        "paragraph": passage.rank + 1,
        "start": quantity.start,
        "end": quantity.end,
        "text": document.text[quantity.start : quantity.end],
        **row.parts,
        "doubtful": bool(row.doubts),
        "evidence": json.dumps(_evidence(row, document.text), ensure_ascii=False),
        "sentence": document.text[start:end],
    }


def _evidence(row: Row, text: str) -> dict[str, Any]:
    confidence = "doubtful" if row.doubts else row.confidence
    spans = {
        name: [[start, end, text[start:end]] for start, end in dict.fromkeys(each) if 0 <= start < end]
        for name, each in row.spans.items()
    }
    return {"confidence": confidence, "doubts": told(row.doubts, spans, text), **spans}
