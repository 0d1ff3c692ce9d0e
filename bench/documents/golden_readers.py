"""What reads the invented documents: the project's reader, and the strict vocabulary on each sentence as its peer."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import polars as pl
from golden_documents import ROOT, Golden
from golden_renderings import rendered

from analysis.errors import ClaimError, DocumentError
from analysis.extraction import vocabulary
from analysis.extraction.claims import claims_from_notes
from analysis.extraction.documents import Document, document_of
from analysis.extraction.documents.document import Composer
from analysis.extraction.numerals import sentences
from analysis.extraction.prose import PlaceIndex, claims_from_document
from analysis.extraction.vocabulary import Vocabulary
from analysis.io import store
from analysis.sources.notes import Note, Sentence

TABLES = (*vocabulary.PLACES, "territories")


class Reading(NamedTuple):
    """The text of a document as it was read, and a row a figure."""

    document: Document
    rows: list[dict[str, Any]]


Opener = Callable[[Golden], Document]
Reader = Callable[[Golden], Reading]


def opened(golden: Golden) -> Document:
    """The invented document, rendered and read again; one that is refused is empty."""
    name = f"{golden.name}.{golden.format}"
    try:
        return document_of(rendered(golden), name)
    except DocumentError:
        return Document(name, "", ())


def as_written(golden: Golden) -> Document:
    """The invented document without a file: what a reader of files that loses nothing would give."""
    made = Composer()
    caption: tuple[int, ...] = ()
    columns: list[int | None] | None = None
    for piece in golden.pieces:
        if piece.kind != "row":
            rank = made.add(piece.kind, piece.texts[0], level=piece.level)  # type: ignore[arg-type]
            caption, columns = (rank,) if piece.kind == "caption" and rank is not None else (), None
            continue
        ranks: list[int | None] = []
        for at, text in enumerate(piece.texts):
            heads = [columns[at] if columns else None, ranks[0] if ranks else None, *caption]
            ranks.append(made.add("cell", text, heads=[one for one in heads if one is not None]))
        columns = columns or ranks
    blocks = tuple(made.blocks)
    return Document(golden.name, made.text, blocks, None, golden.title, golden.producer, golden.published, "fr")


def prose(rules: Vocabulary, opener: Opener = opened) -> Reader:
    """The project's reader of documents, told the date as an analyst would tell it."""
    places = PlaceIndex.of({name: store.read_raw(name, ROOT) for name in TABLES}, rules)

    def read(golden: Golden) -> Reading:
        document = opener(golden)
        return Reading(document, claims_from_document(document, rules, places, golden.published).to_dicts())

    return read


def strict(rules: Vocabulary, opener: Opener = opened) -> Reader:
    """The reading of notes, sentence by sentence: what it refuses is not read."""
    tables: list[pl.DataFrame] = [store.read_raw(name, ROOT) for name in vocabulary.PLACES]
    gazetteer = vocabulary.names_in([*tables, store.read_table("core_territories", ROOT)])

    def read(golden: Golden) -> Reading:
        document = opener(golden)
        near = {name: name for name in gazetteer if name in document.text}  # all of them would be indexed each time
        spans = sentences(document.text)
        return Reading(document, [row for span in spans for row in of(document.text, span, golden, near)])

    def of(text: str, span: tuple[int, int], golden: Golden, near: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        note = Note(golden.name, golden.name, golden.published, [Sentence(text[slice(*span)], 1)])
        try:
            found = claims_from_notes([note], rules, near).claims
        except ClaimError:
            return
        for row in found.iter_rows(named=True):
            place = {"start": row["start"] + span[0], "end": row["end"] + span[0]}
            yield row | place | {"doubtful": False, "said_by": None}

    return read
