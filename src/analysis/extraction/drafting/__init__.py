"""From claims to a reading note that the strict reader reads back (pure)."""

from analysis.extraction.drafting.notes import Header, draft
from analysis.extraction.drafting.sentences import sentence_of

__all__ = ["Header", "draft", "sentence_of"]
