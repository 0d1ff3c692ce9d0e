"""The reader of each kind of document that is not plain text; called in the worker's process only."""

from analysis.extraction.documents.document import Document, Limits


def document(data: bytes, name: str, kind: str, limits: Limits) -> Document:
    """The document that bytes of a kind are."""
    if kind == "pdf":
        from analysis.extraction.documents.pdf import pdf_file  # noqa: PLC0415 - each kind loads its own libraries

        return pdf_file.read(data, name, limits)[0]
    raise ValueError(kind)
