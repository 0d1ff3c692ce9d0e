"""Documents as text in reading order, with blocks and pages: PDF, HTML, DOCX, ODT and plain text (no figure here)."""

from .document import Block, Box, Document, Limits
from .opening import boxes, bytes_of, document_of, open_document, page_picture, texts_of
from .plain_text import Remarks, pieces
from .remarks import Remark

__all__ = [
    "Block",
    "Box",
    "Document",
    "Limits",
    "Remark",
    "Remarks",
    "boxes",
    "bytes_of",
    "document_of",
    "open_document",
    "page_picture",
    "pieces",
    "texts_of",
]
