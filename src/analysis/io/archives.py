"""What archives hold, read within bounds: a small file may claim to hold terabytes, or a path out of its folder.

Nothing is unpacked to a disk: members are read into memory by name.
"""

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from analysis.errors import ArchiveError
from analysis.io.file_names import file_name

MOST_BYTES = 400 << 20  # of a package, unpacked: that of the official geographic codes takes a tenth
MOST_MEMBERS = 2_000
MOST_PARTS = 200  # of a bundle: a slice has some fifteen
UNREADABLE = (OSError, EOFError, ValueError, RecursionError, tarfile.TarError, zlib.error)  # ValueError: bad JSON too


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than `most` bytes, whatever its headers claim."""

    def __init__(self, stream: BinaryIO, most: int) -> None:
        self._stream, self._left = stream, most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(found)
        if self._left < 0:
            raise ArchiveError("it holds more than its bounds allow.")
        return found


def json_members(compressed: BinaryIO, most: int = MOST_BYTES) -> dict[str, Any]:
    """JSON documents of a .tgz package by name without ending; ArchiveError when it is broken, or beyond the bounds.

    Only plain files are read; links and devices are passed over.
    """
    try:
        with gzip.open(compressed) as opened:
            stream: Any = _Bounded(opened, most)  # type: ignore[arg-type]
            with tarfile.open(fileobj=stream, mode="r|") as package:
                found = dict(_documents(package))
    except UNREADABLE as error:
        reason = str(error).splitlines()[0].rstrip(":") if str(error) else type(error).__name__
        raise ArchiveError(f"not a readable package ({reason}).") from error
    if not found:
        raise ArchiveError("not a readable package (it holds no JSON document).")
    return found


def _documents(package: tarfile.TarFile) -> Iterator[tuple[str, Any]]:
    for rank, member in enumerate(package):
        if rank >= MOST_MEMBERS:
            raise ArchiveError(f"it has more than {MOST_MEMBERS:,} members.")
        file = package.extractfile(member) if member.isreg() and member.name.endswith(".json") else None
        if file is not None:
            yield file_name(PurePosixPath(member.name).stem), json.load(file)


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of an uncompressed ZIP by name; ArchiveError for anything else.

    Parts that are not compressed cannot be larger than the file, unless they overlap: that is refused too.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
            if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > len(content):
                raise ArchiveError("it holds more than its bounds allow.")
            if any(one.compress_type != zipfile.ZIP_STORED for one in listed):
                raise ArchiveError("its parts are compressed, which no bundle's are.")
            if len({one.filename for one in listed}) != len(listed):
                raise ArchiveError("a part stands in it twice.")
            return {file_name(one.filename): archive.read(one) for one in listed}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, *UNREADABLE) as error:
        raise ArchiveError(f"not a readable archive ({error}).") from error
