"""The vocabulary and the places of the project, read once, and a reader of small texts."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from analysis.extraction import vocabulary
from analysis.extraction.documents import Block, Document
from analysis.extraction.documents.plain_blocks import blocks_of
from analysis.extraction.prose import PlaceIndex, claims_from_document
from analysis.io import store
from analysis.reports.readings.grounds import rules_of


@pytest.fixture(scope="session")
def rules(root) -> vocabulary.Vocabulary:
    return rules_of(root)


@pytest.fixture(scope="session")
def places(root, rules) -> PlaceIndex:
    raw = {name: store.read_raw(name, root) for name in (*vocabulary.PLACES, "territories")}
    return PlaceIndex.of(raw, rules)


Read = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def read(rules, places) -> Read:
    """Rows of a text, or of blocks given by hand; `doubts` and `confidence` are taken out of the evidence."""

    def reading(text: str, published: str | None = "2024-03-01", title: str = "Territoires d'industrie", **more):
        blocks: tuple[Block, ...] = more.get("blocks") or tuple(blocks_of(text))
        document = Document("d.txt", text, blocks, title=title, producer=more.get("producer"), language="fr")
        rows = claims_from_document(document, rules, places, published).rows(named=True)
        return [row | json.loads(row["evidence"]) | {"phase": row["phase"], "concept": row["concept"],
                "place": row["place"], "as_of": row["as_of"], "said_by": row["said_by"], "unit": row["unit"],
                "spans": json.loads(row["evidence"])} for row in rows]  # fmt: skip

    return reading


@pytest.fixture(scope="session")
def one(read) -> Callable[..., dict[str, Any]]:
    """The row of the figure `piece` of a text."""

    def of(text: str, piece: str, *args: Any, **more: Any) -> dict[str, Any]:
        found = [row for row in read(text, *args, **more) if piece in row["text"]]
        assert found, f"{piece!r} is no row of {text!r}"
        return found[0]

    return of
