"""A document of any kind opened: its kind found by its first bytes, its text and blocks by the reader of that kind."""

import io
import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import fsspec
from fsspec.implementations.local import LocalFileSystem

from analysis.errors import DocumentError
from analysis.extraction.documents.document import Block, Box, Document, Limits
from analysis.extraction.documents.file_kinds import document_kind
from analysis.extraction.documents.long_numbers import long_numbers
from analysis.extraction.documents.plain_blocks import blocks_of
from analysis.extraction.documents.plain_text import BLOCK_BYTES, REPAIR, Remarks, pieces
from analysis.extraction.documents.remarks import TOLD, Remark, kept
from analysis.extraction.documents.self_description import language_of, producer_in, published_in, title_in
from analysis.extraction.documents.worker import asked

USUAL = Limits()


def open_document(uri: str, limits: Limits = USUAL) -> Document:
    """The document at a path or an fsspec address; DocumentError says what is wrong, where and what to do."""
    return document_of(bytes_of(uri, limits), uri, limits)


def bytes_of(uri: str, limits: Limits = USUAL) -> bytes:
    """The bytes of a document at a path or an fsspec address, one more than it may have at most; DocumentError."""
    try:
        system, path = fsspec.url_to_fs(uri)
        if isinstance(system, LocalFileSystem) and (kind := system.info(path)["type"]) not in ("file", "link"):
            what = "a folder, not a document." if kind == "directory" else "no file: a pipe or a device."
            raise DocumentError(what, where=uri, repair="Name files.")
        with fsspec.open(uri, "rb") as file:
            data: Any = file.read(limits.file_bytes + 1)
            return bytes(data)
    except FileNotFoundError as error:
        raise DocumentError("the file cannot be found.", where=uri, repair="Check the path.") from error
    except (OSError, ValueError, ImportError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DocumentError(f"cannot be read ({reason}).", where=uri, repair=REPAIR) from error


def document_of(data: bytes, name: str, limits: Limits = USUAL) -> Document:
    """The document that bytes are; `name` is what it is called where something has to be told of it."""
    if len(data) > limits.file_bytes:
        what = f"it has more than {limits.file_bytes >> 20} MB."
        raise DocumentError(what, where=name, repair="Give the parts that matter as files of their own.")
    kind = document_kind(data[:BLOCK_BYTES], name)
    document = _from_worker(data, name, kind, limits) if kind else _plain(data, name)
    if not document.blocks:
        raise DocumentError("the document is empty.", where=name, repair=REPAIR)
    return replace(document, remarks=(*document.remarks, *long_numbers(document.text, document.blocks)))


def _from_worker(data: bytes, name: str, kind: str, limits: Limits) -> Document:
    """What the reader of a kind gives, from the process in which it reads."""
    found = json.loads(asked("document", data, name, limits, kind=kind))
    blocks = tuple(Block._make((*one[:-1], tuple(one[-1]))) for one in found["blocks"])
    remarks = (*kept(found["remarks"]), *_foreign(found["language"]))
    return Document(**{**found, "name": _file_name(name), "blocks": blocks, "remarks": remarks})


def _plain(data: bytes, name: str) -> Document:
    said = Remarks()
    text = "".join(piece for _, piece in pieces(io.BytesIO(data), name, said))
    blocks, language = tuple(blocks_of(text)), language_of(text)
    remarks = (*said.codes, *_foreign(language))
    title, producer, published = (find(text, blocks) for find in (title_in, producer_in, published_in))
    return Document(_file_name(name), text, blocks, None, title, producer, published, language, remarks)


def _foreign(language: str) -> list[Remark]:
    return [Remark(code)] if (code := f"language_{language}") in TOLD else []


def _file_name(name: str) -> str:
    return PurePosixPath(name).name or name


def texts_of(file: BinaryIO, name: str, said: Remarks, limits: Limits = USUAL) -> Iterator[tuple[int, str]]:
    """The text of a document in pieces that no sentence crosses, with the offset of each.

    A plain text is read as it comes, so that memory stays flat; any other document is read whole, a block a piece.
    """
    begun = file.read(BLOCK_BYTES)
    kind = document_kind(begun, name)
    if not kind:
        yield from pieces(file, name, said, begun)
        return
    document = document_of(begun + file.read(limits.file_bytes), name, limits)
    said.remark(name, *document.remarks)
    for block in document.blocks:
        yield block.start, document.text[block.start : block.end]


# --- places on the pages of a PDF ----------------------------------------------------------------------------


def boxes(data: bytes, document: Document, start: int, end: int, limits: Limits = USUAL) -> list[Box]:
    """Where the characters from `start` to `end` of a PDF's text stand: a box a line, none for other documents."""
    if document.page_count is None:
        return []
    places = _places(_Bytes(data), document.name, limits)
    found = list[Box]()
    for at in range(max(start, 0), min(end, len(places) // 5)):
        page, *box = places[5 * at : 5 * at + 5]
        if page:
            one = Box(int(page), *box)
            found[-1:] = _joined(found[-1:], one)
    return found


def _joined(last: Sequence[Box], one: Box) -> list[Box]:
    """A letter's box added to that of the line, where it stands on it."""
    if not last or last[0].page != one.page or min(last[0].bottom, one.bottom) <= max(last[0].top, one.top):
        return [*last, one]
    line = last[0]
    if one.left > line.right + 40 or one.right < line.left - 40:
        return [*last, one]
    left, top = min(line.left, one.left), min(line.top, one.top)
    return [Box(one.page, left, top, max(line.right, one.right), max(line.bottom, one.bottom))]


class _Bytes:
    """The bytes of a document, told apart by their digest, so that they are not kept."""

    def __init__(self, data: bytes) -> None:
        self.data, self.digest = data, sha256(data).digest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bytes) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@lru_cache(maxsize=2)
def _places(held: _Bytes, name: str, limits: Limits) -> "array[float]":
    return array("f", asked("places", held.data, name, limits))


def page_picture(data: bytes, page: int, scale: float = 2.0, limits: Limits = USUAL) -> bytes:
    """A page of a PDF, counted from 1, as PNG; `scale` 1 has 72 pixels an inch."""
    return asked("picture", data, f"page {page}", limits, page=page, scale=scale)
