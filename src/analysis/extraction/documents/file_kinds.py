"""What a file is by its first bytes: a document that is read, a text, or another that is told how its text is had."""

import re
from pathlib import PurePosixPath

from analysis.errors import DocumentError

_SAVE = "Open it and save it as text in UTF-8, or run `soffice --headless --convert-to txt:Text {name}`."
_SHEET = "Save the sheet as CSV in UTF-8, or run `soffice --headless --convert-to csv {name}`."
_UNPACK = "Unpack it and give the texts in it: `{command} {name}`."
# First bytes, what they are of, what to do.
_KINDS = (
    (b"%PDF-", "a PDF document", "Save it as text, such as `pdftotext -layout {name}`."),
    (b"{\\rtf", "an RTF document", _SAVE),
    (b"\x1f\x8b", "a gzip archive", _UNPACK.replace("{command}", "gunzip -k")),
    (b"BZh", "a bzip2 archive", _UNPACK.replace("{command}", "bunzip2 -k")),
    (b"\xfd7zXZ\x00", "an XZ archive", _UNPACK.replace("{command}", "unxz -k")),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK.replace("{command}", "7z x")),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK.replace("{command}", "unrar x")),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK.replace("{command}", "unzstd")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Word, Excel or PowerPoint document of before 2007", _SAVE),
    (b"PAR1", "a Parquet table", "Give it a name that ends in .parquet."),
    (b"SQLite format 3\x00", "an SQLite database", "Export the texts as JSON lines with a field `text`."),
    *((sign, "a picture", "Read its text by optical recognition, such as `tesseract {name} text -l fra`.")
      for sign in (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")),
)  # fmt: skip
# What a ZIP archive is by a name in it.
_ZIPPED = (
    (b"word/", "a Word document (DOCX)", _SAVE),
    (b"xl/", "an Excel workbook (XLSX)", _SHEET),
    (b"ppt/", "a PowerPoint presentation (PPTX)", _SAVE),
    (b"opendocument.text", "an OpenDocument document (ODT)", _SAVE),
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet (ODS)", _SHEET),
    (b"opendocument.presentation", "an OpenDocument presentation (ODP)", _SAVE),
    (b"epub+zip", "an EPUB book", "Save it as text, such as `ebook-convert {name} text.txt`."),
)
_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_ENDINGS = {".docx": b"word/", ".xlsx": b"xl/", ".pptx": b"ppt/", ".odt": b"opendocument.text"}
_TAR = slice(257, 262)


_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_PAGE_ENDINGS = (".html", ".htm", ".xhtml")
_WEB_ARCHIVE = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,12}?content-type:\s*multipart/related", re.IGNORECASE
)


def document_kind(sample: bytes, name: str) -> str:
    """Kind of a document that is read by its own reader, by its first bytes: pdf, zip, html, mhtml; else empty."""
    begins = sample[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if begins.startswith(b"%PDF-") or (b"%PDF-" in sample[:1024] and name.lower().endswith(".pdf")):
        return "pdf"
    if _ZIP.match(sample):
        return "zip"
    if _WEB_ARCHIVE.match(begins):
        return "mhtml"
    named = name.lower().endswith(_PAGE_ENDINGS) and b"<" in begins
    return "html" if named or _PAGE.match(begins) else ""


def refuse_binary(sample: bytes, name: str) -> None:
    """DocumentError that says what a file is and how its text is had, when its first bytes are no text."""
    found = _recognised(sample, name)
    if found is None and b"\x00" in sample:
        found = "a binary file", "Save what it says as text in UTF-8, or leave it out."
    if found is not None:
        what, repair = found
        raise DocumentError(f"{what}, not a text.", where=name, repair=repair.format(name=PurePosixPath(name).name))


def _recognised(sample: bytes, name: str) -> tuple[str, str] | None:
    if _ZIP.match(sample):
        ending = _ENDINGS.get(PurePosixPath(name).suffix.lower(), b"\x00")
        zipped = (kind[1:] for kind in _ZIPPED if kind[0] in sample or kind[0] == ending)
        return next(zipped, ("a ZIP archive", _UNPACK.replace("{command}", "unzip")))
    if sample[_TAR] == b"ustar":
        return "a tar archive", _UNPACK.replace("{command}", "tar xf")
    return next((kind[1:] for kind in _KINDS if sample.startswith(kind[0])), None)
