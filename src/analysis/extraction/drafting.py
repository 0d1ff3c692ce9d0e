"""From claims to a reading note: one French sentence a claim, in our own words, that the strict reader reads back (pure)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.extraction.vocabulary import Vocabulary
from analysis.sources.notes import NoteHeader


def sentence_of(claim: Mapping[str, Any], rules: Vocabulary) -> str:
    """The claim in a sentence, with its date written out; ClaimError when the vocabulary has no words for it."""
    raise NotImplementedError


def draft(claims: pl.DataFrame, header: NoteHeader, rules: Vocabulary, gazetteer: Mapping[str, str]) -> str:
    """A whole note from the claims of a document (columns of `prose.COLUMNS`); `gazetteer` as `claims_from_notes` has it.

    Sure claims are sentences, doubtful ones comments with the question to answer, the others comments.
    """
    raise NotImplementedError
