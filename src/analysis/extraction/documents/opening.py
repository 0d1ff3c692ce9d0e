"""A document of any kind opened: its kind found by its first bytes, its text and blocks by the reader of that kind."""

import io
from pathlib import PurePosixPath
from typing import Any

import fsspec

from analysis.errors import DocumentError
from analysis.extraction.documents.document import Document, Limits
from analysis.extraction.documents.plain_blocks import blocks_of
from analysis.extraction.documents.plain_text import REPAIR, Remarks, pieces


def open_document(uri: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """The document at a path or an fsspec address; DocumentError says what is wrong, where and what to do."""
    try:
        with fsspec.open(uri, "rb") as file:
            data: Any = file.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise DocumentError("the file cannot be found.", where=uri, repair="Check the path.") from error
    except OSError as error:
        raise DocumentError(f"cannot be read ({error.strerror or error}).", where=uri, repair=REPAIR) from error
    return document_of(data, uri, limits)


def document_of(data: bytes, name: str, limits: Limits = Limits()) -> Document:  # noqa: B008 - frozen
    """The document that bytes are; `name` is what it is called where something has to be told of it."""
    if len(data) > limits.file_bytes:
        what = f"it has more than {limits.file_bytes >> 20} MB."
        raise DocumentError(what, where=name, repair="Give the parts that matter as files of their own.")
    said = Remarks()
    text = "".join(piece for _, piece in pieces(io.BytesIO(data), name, said))
    blocks = tuple(blocks_of(text))
    title = next((text[one.start : one.end] for one in blocks[:1] if one.kind == "heading"), None)
    remarks = tuple(one.removeprefix(f"{name}: ") for one in said.remarks)
    return Document(PurePosixPath(name).name, text, blocks, title=title, language="fr", remarks=remarks)
