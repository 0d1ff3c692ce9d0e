"""One document read and judged: its text, its figures with their verdicts, the pages that they stand on."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from analysis.extraction import reading_corrections
from analysis.extraction.documents import Document, Limits, document_of
from analysis.extraction.documents.document import block_at
from analysis.extraction.drafting.questions import questions
from analysis.extraction.prose import COLUMNS, claims_from_document
from analysis.i18n.language import speaking
from analysis.io import yaml_files
from analysis.io.paths import READINGS
from analysis.ledger import comparisons, judge
from analysis.ledger.document_figures import VERDICT_COLUMNS
from analysis.reports.readings import grounds
from analysis.reports.readings.figure_words import ASKED_IN
from analysis.reports.readings.grounds import Grounds
from analysis.reports.readings.page_views import PageView, page_views

# Beside the columns of claims_from_document and the verdicts of `ledger.judge`: the number of a figure in the document,
# from 1; its concept, in French; what heads it where it stands in a cell; what is to be asked of a doubtful reading.
ADDED: Mapping[str, Any] = {
    "number": pl.Int64, "concept_label": pl.String, "heads": pl.String,
    **dict.fromkeys(ASKED_IN.values(), pl.List(pl.String)),
}  # fmt: skip
SCHEMA = pl.Schema({**COLUMNS, **VERDICT_COLUMNS, **ADDED})
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a document in place of what it says of itself; empty for what the document is asked."""

    published: str = ""
    producer: str = ""
    title: str = ""

    def put_into(self, document: Document) -> Document:
        """The document with what was given."""
        told = {name: value for name in ("published", "producer", "title") if (value := getattr(self, name))}
        return replace(document, **told)


@dataclass(frozen=True)
class Reading:
    """A document, its figures in the order of the text (`SCHEMA`), and pictures of the pages where they stand.

    `source` is the id under which it is kept, `sha256` that of its bytes; `comparisons` is what figures of other
    sources say of these: see `ledger.comparisons`, with the number of the figure in place of its row.
    """

    source: str
    sha256: str
    document: Document
    figures: pl.DataFrame
    comparisons: pl.DataFrame
    pages: tuple[PageView, ...] = ()


def of_bytes(data: bytes, name: str, source: str, given: Given, root: Path) -> Reading:
    """The reading of the document that bytes are; DocumentError for one that cannot be read."""
    known = grounds.of_project(root)
    document = given.put_into(document_of(data, name, LIMITS))
    claims = claims_from_document(document, known.rules, known.places, document.published)
    corrected = _corrected(claims, root / READINGS / f"{source}.yaml", known)
    figures, others = judged(corrected, document, source, known)
    digest = hashlib.sha256(data).hexdigest()
    return Reading(source, digest, document, figures, others, page_views(data, document, figures))


def _corrected(claims: pl.DataFrame, corrections: Path, known: Grounds) -> pl.DataFrame:
    """The claims with what people have corrected in an earlier reading, where they have."""
    if not corrections.is_file():
        return claims
    entries = yaml_files.read_yaml(corrections)
    found = reading_corrections.parse(entries, f"{READINGS / corrections.name}", known.rules, known.gazetteer)
    return reading_corrections.corrected(claims, found)


def _heads(document: Document, start: int) -> str | None:
    """What heads the cell that a figure stands in: its row's and its column's cells, the caption of the table."""
    rank = block_at(document.blocks, start)
    heads = document.blocks[rank].heads if rank is not None else ()
    return " – ".join(document.text[one.start : one.end] for one in map(document.blocks.__getitem__, heads)) or None


def judged(claims: pl.DataFrame, document: Document, source: str, known: Grounds) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The claims with the verdict on each (`SCHEMA`), and what figures of other sources say of them (`COMPARED`)."""
    numbered = claims.with_row_index("number", 1).with_columns(
        pl.col("number").cast(pl.Int64), source_id=pl.lit(source)
    )
    labels = {name: one.label for name, one in known.rules.concepts.items()}
    figures = numbered.hstack(judge(numbered, known.facts, known.checks)).with_columns(
        *_asked(claims, known),
        concept_label=pl.col("concept").replace_strict(labels, default=None, return_dtype=pl.String),
        heads=pl.Series([_heads(document, start) for start in claims["start"]], dtype=pl.String),
    )
    others = comparisons(numbered, known.facts).select(pl.col("row").add(1).alias("number"), pl.exclude("row"))
    return figures.select(SCHEMA.names()).cast(SCHEMA), others


def _asked(claims: pl.DataFrame, known: Grounds) -> Iterator[pl.Series]:
    """What is to be asked of each doubtful claim, a column a language."""
    rows = claims.to_dicts()
    for name, column in ASKED_IN.items():
        with speaking(name):
            asked = [questions(row, known.rules) if row["concept"] else [] for row in rows]
        yield pl.Series(column, asked, ADDED[column])
