"""From the free prose of a document to claims: what each figure counts, where, when, in which phase, in whose words."""

from .document_claims import COLUMNS, claims_from_document
from .place_index import PlaceIndex
from .prose_words import with_words

__all__ = ["COLUMNS", "PlaceIndex", "claims_from_document", "with_words"]
