"""From claims to a reading note that the strict reader reads back (pure)."""

from analysis.extraction.drafting.claim_sentences import sentence_of
from analysis.extraction.drafting.whole_note import Header, draft

__all__ = ["Header", "draft", "sentence_of"]
