"""One document as text in pieces: its encoding found, cut between sentences (no figure here)."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from analysis.errors import DocumentError
from analysis.extraction import numerals
from analysis.extraction.documents.file_kinds import refuse_binary
from analysis.extraction.documents.remarks import Remark
from analysis.extraction.numerals.markup import TAG, mojibake

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
# The bytes of ISO-8859-15 for the euro and œ, which mean ¤ and ½ in its neighbours; no byte that only cp1252 uses.
_LATIN_9 = re.compile(rb"\A(?=[^\xa4\xbd]*(?:\xa4|[a-z]\xbd[a-z]))[^\x80-\x9f]*\Z", re.DOTALL)
REPAIR = "Correct it or leave it out."


@dataclass(slots=True)
class Remarks:
    """What has to be said of documents: remarks (read all the same), also as codes, and errors (not read)."""

    remarks: list[str] = field(default_factory=list)
    codes: list[Remark] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def remark(self, name: str, *told: Remark) -> None:
        """Say something of the document of a name."""
        self.codes += told
        self.remarks += [f"{name}: {one}" for one in told]

    @contextmanager
    def kept(self, name: str) -> Iterator[None]:
        """Keep the error of one document, so that the next ones are read."""
        try:
            yield
        except DocumentError as error:
            self.errors.append(str(error))
        except OSError as error:
            self.errors.append(f"{name}: cannot be read ({error.strerror or error}). {REPAIR}")


def pieces(file: BinaryIO, name: str, said: Remarks, begun: bytes = b"") -> Iterator[tuple[int, str]]:
    """Pieces of a document with the offset of each, cut between sentences: memory does not grow with the document.

    `begun` is what was already read of it. DocumentError for an empty or binary document, or an encoding that nothing
    explains.
    """
    offset, rest, oddities = 0, "", set[Remark]()
    for text in _decoded(file, name, said, begun):
        rest += text
        cut = numerals.last_sentence(rest)
        if cut:
            whole, rest = rest[:cut], rest[cut:]
            oddities |= _oddities(whole)
            yield offset, whole
            offset += cut
    if not offset and not rest.strip():
        raise DocumentError("the document is empty.", where=name, repair=REPAIR)
    said.remark(name, *sorted(oddities | _oddities(rest), key=str))
    yield offset, rest


def _oddities(text: str) -> set[Remark]:
    """What the reading passes over or puts right, to be told."""
    found = {Remark("tags_left_out")} if "<" in text and TAG.search(text) else set()
    spoilt = mojibake(text).search(text)
    return found | ({Remark("letters_put_right", (spoilt[0],))} if spoilt else set())


def _decoded(file: BinaryIO, name: str, said: Remarks, begun: bytes) -> Iterator[str]:
    block = begun or file.read(BLOCK_BYTES)
    encoding = encoding_of(block, name, said)
    decoder = codecs.getincrementaldecoder(encoding)()
    while block:
        following = file.read(BLOCK_BYTES)
        try:
            yield decoder.decode(block, final=not following)
        except UnicodeDecodeError as error:
            what = f"it is read as {encoding}, and {error.object[error.start : error.start + 1]!r} is not."
            raise DocumentError(what, where=name, repair="Save it as UTF-8.") from error
        block = following


def encoding_of(sample: bytes, name: str, said: Remarks) -> str:
    """UTF-8 unless the beginning says otherwise; a remark names any other encoding."""
    for bom, encoding in BOMS.items():
        if sample.startswith(bom):
            said.remark(name, Remark("encoding", (encoding,)))
            return encoding
    encoding = wide_encoding(sample[:SAMPLE_BYTES])
    if not encoding:
        refuse_binary(sample[:SAMPLE_BYTES], name)
        try:
            codecs.getincrementaldecoder(UTF8)().decode(sample)
        except UnicodeDecodeError:
            encoding = _narrow_encoding(sample, name)
        else:
            return UTF8
    said.remark(name, Remark("encoding", (encoding,)))
    return encoding


def wide_encoding(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of a text in Latin letters is zero; empty for anything else."""
    for encoding, zeros, letters in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        if len(zeros) > 1 and zeros.count(0) > 0.7 * len(zeros) and 0 not in letters:
            return encoding
    return ""


def _narrow_encoding(sample: bytes, name: str) -> str:
    """One byte a character, of those that French texts are in."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only who reads other encodings pays for it

    best = from_bytes(sample[:SAMPLE_BYTES], cp_isolation=ENCODINGS).best()
    if best is None:
        raise DocumentError("its encoding is unknown.", where=name, repair="Save it as UTF-8.")
    found = best.encoding
    return "iso8859_15" if found in {"cp1252", "latin_1"} and _LATIN_9.search(sample) else found
