"""One document as text in pieces: its encoding found, its markup blanked, cut between sentences (no figure here)."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from charset_normalizer import from_bytes

from analysis import numerals
from analysis.errors import DocumentError

BLOCK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 16
UTF8 = "utf-8-sig"
BOMS = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What French texts are in when they are not in UTF-8, most common first.
ENCODINGS = ["cp1252", "latin_1", "mac_roman", "cp850"]
# Tags, comments, and what scripts and style sheets hold; every part is bounded: no text makes it go back far.
MARKUP = re.compile(
    r"<(?:script|style)\b[^<>]{0,500}>[^<]{0,20000}</(?:script|style)\s{0,9}>"
    r"|</?[a-zA-Z][^<>]{0,2000}>|<!--[^<>]{0,2000}-->"
)
REPAIR = "The other documents were read; correct this one or leave it out."


@dataclass(slots=True)
class Remarks:
    """What has to be said of documents: remarks (read all the same) and errors (not read)."""

    remarks: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @contextmanager
    def kept(self, name: str) -> Iterator[None]:
        """Keep the error of one document, so that the next ones are read."""
        try:
            yield
        except DocumentError as error:
            self.errors.append(str(error))
        except OSError as error:
            self.errors.append(f"{name}: cannot be read ({error.strerror or error}). {REPAIR}")


def pieces(file: BinaryIO, name: str, said: Remarks) -> Iterator[tuple[int, str]]:
    """Pieces of a document with the offset of each, cut between sentences: memory does not grow with the document.

    Markup is replaced by blanks of the same length, so that offsets stay those of the document. DocumentError for
    an empty or binary document, or an encoding that nothing explains.
    """
    offset, rest, marked = 0, "", False
    for text in _decoded(file, name, said):
        rest += text
        cut = _last_sentence(rest)
        if cut:
            whole, rest = rest[:cut], rest[cut:]
            plain, found = blank_markup(whole)
            marked |= found
            yield offset, plain
            offset += cut
    if not offset and not rest.strip():
        raise DocumentError("the document is empty.", where=name, repair=REPAIR)
    plain, found = blank_markup(rest)
    if marked or found:
        said.remarks.append(f"{name}: HTML tags were left out.")
    yield offset, plain


def blank_markup(text: str) -> tuple[str, bool]:
    """The text with its HTML tags replaced by as many blanks, and whether there were any."""
    if "<" not in text:
        return text, False
    plain, count = MARKUP.subn(lambda tag: " " * len(tag[0]), text)
    return plain, count > 0


def _last_sentence(text: str) -> int:
    """Where the last sentence of a text begins: what stands before it does not depend on what follows."""
    spans = numerals.sentences(text)
    return spans[-1][0] if len(spans) > 1 else 0


def _decoded(file: BinaryIO, name: str, said: Remarks) -> Iterator[str]:
    block = file.read(BLOCK_BYTES)
    encoding = _encoding(block, name, said)
    decoder = codecs.getincrementaldecoder(encoding)()
    while block:
        following = file.read(BLOCK_BYTES)
        try:
            yield decoder.decode(block, final=not following)
        except UnicodeDecodeError as error:
            what = f"it is read as {encoding}, and {error.object[error.start : error.start + 1]!r} is not."
            raise DocumentError(what, where=name, repair="Save it as UTF-8.") from error
        block = following


def _encoding(sample: bytes, name: str, said: Remarks) -> str:
    """UTF-8 unless the beginning says otherwise; a remark names any other encoding."""
    for bom, encoding in BOMS.items():
        if sample.startswith(bom):
            said.remarks.append(f"{name}: read as {encoding}, not as UTF-8.")
            return encoding
    if b"\x00" in sample[:SAMPLE_BYTES]:
        raise DocumentError("it is a binary file, not a text.", where=name, repair=REPAIR)
    try:
        codecs.getincrementaldecoder(UTF8)().decode(sample)
    except UnicodeDecodeError:
        best = from_bytes(sample[:SAMPLE_BYTES], cp_isolation=ENCODINGS).best()
        if best is None:
            raise DocumentError("its encoding is unknown.", where=name, repair="Save it as UTF-8.") from None
        said.remarks.append(f"{name}: read as {best.encoding}, not as UTF-8.")
        return best.encoding
    return UTF8
