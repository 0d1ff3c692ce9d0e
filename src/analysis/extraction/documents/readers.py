"""The reader of each kind of document that is not plain text; called in the worker's process only."""

from analysis.extraction.documents.document import Document, Limits
from analysis.extraction.documents.file_kinds import refuse_binary


def document(data: bytes, name: str, kind: str, limits: Limits) -> Document:
    """The document that bytes of a kind are."""
    if kind == "pdf":
        from analysis.extraction.documents.pdf import pdf_file  # noqa: PLC0415 - each kind loads its own libraries

        return pdf_file.read(data, name, limits)[0]
    if kind in {"html", "mhtml"}:
        from analysis.extraction.documents.html import html_file  # noqa: PLC0415

        return html_file.read(html_file.archived(data, name) if kind == "mhtml" else data, name, limits)
    return _zipped(data, name)


def _zipped(data: bytes, name: str) -> Document:
    """A Word or OpenDocument text; DocumentError for any other archive."""
    from analysis.extraction.documents.office import docx, odt  # noqa: PLC0415
    from analysis.extraction.documents.office.package import Package  # noqa: PLC0415

    package = Package(data, name)
    if "word/document.xml" in package.names:
        return docx.read(package)
    if package.bytes_of("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        return odt.read(package)
    refuse_binary(b"PK\x03\x04" + " ".join(sorted(package.names)).encode() + package.bytes_of("mimetype"), name)
    raise AssertionError
