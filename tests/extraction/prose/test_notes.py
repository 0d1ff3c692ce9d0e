"""The claims of the reading notes, read again from their own sentence as a document of one sentence."""

import polars as pl
import pytest

from analysis.extraction.documents import Block, Document
from analysis.extraction.prose import claims_from_document
from analysis.sources import notes as notes_module
from analysis.sources import provenance

PARTS = ["concept", "place", "phase", "value_low", "value_high", "qualifier", "unit", "as_of"]


@pytest.fixture(scope="module")
def published(root):
    sources = provenance.load_sources(root / "data" / "raw" / "sources.yaml")
    return {
        note.source_id: note.published for note in notes_module.load_notes(root / "data" / "raw" / "notes", sources)
    }


def test_the_free_reader_reads_the_sentences_of_the_notes_as_the_strict_one(table, rules, places, published):
    claims = table("core_claims")
    wrong = []
    for row in claims.iter_rows(named=True):
        text, day = row["sentence"], published[row["source_id"]]
        document = Document(row["source_id"], text, (Block("paragraph", 0, len(text), None),))
        found = claims_from_document(document, rules, places, day).filter(pl.col("concept").is_not_null())
        same = [one for one in found.iter_rows(named=True) if all(one[part] == row[part] for part in PARTS)]
        wrong += [] if same else [text]
    assert len(wrong) <= 0.05 * claims.height, wrong
