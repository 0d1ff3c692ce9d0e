"""The parts of a document that is a ZIP of XML, read within bounds: a small file may claim to hold terabytes."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from analysis.errors import DocumentError

_MOST_PARTS, _MOST_BYTES, _MOST_DEPTH = 5_000, 80 << 20, 400
_DAMAGED = "Open it and save it again, or ask for another copy."
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, OSError, ValueError)


class Package:
    """A ZIP whose parts are read by name, all within one bound of bytes."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name, self._left = name, _MOST_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _UNREADABLE as error:
            raise DocumentError("a ZIP archive that is damaged.", where=name, repair=_DAMAGED) from error
        self.names = frozenset(self._zip.namelist())
        if len(self._zip.infolist()) > _MOST_PARTS:
            raise DocumentError(f"it holds more than {_MOST_PARTS:,} parts.", where=name, repair=_DAMAGED)

    def bytes_of(self, part: str) -> bytes:
        """The bytes of a part; empty where there is none."""
        if part not in self.names:
            return b""
        try:
            with self._zip.open(part) as file:
                found = file.read(self._left + 1)
        except RuntimeError as error:  # what zipfile raises for a password
            repair = "Open it, remove its password and save it again."
            raise DocumentError("it is locked by a password.", where=self.name, repair=repair) from error
        except _UNREADABLE as error:
            raise DocumentError(f"its part {part} is damaged.", where=self.name, repair=_DAMAGED) from error
        self._left -= len(found)
        if self._left < 0:
            what = f"its parts hold more than {_MOST_BYTES >> 20} MB."
            raise DocumentError(what, where=self.name, repair="Leave it out: no document of text is so large.")
        return found

    def tree(self, part: str) -> Any:
        """The root element of a part, names as "{namespace}name"; None where there is no such part."""
        content = self.bytes_of(part)
        if not content:
            return None
        try:
            return _parsed(content)
        except (expat.ExpatError, ElementTree.ParseError, ValueError, LookupError) as error:
            raise DocumentError(f"its part {part} is damaged ({error}).", where=self.name, repair=_DAMAGED) from error


def _parsed(content: bytes) -> Any:
    """A tree from XML without document type, which alone can define entities, and not too deep to be walked."""
    builder, depth = ElementTree.TreeBuilder(), 0
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True

    def begin(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise ValueError("nested too deeply")
        builder.start(_braced(tag), {_braced(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_braced(tag))

    def refuse(*_: object) -> None:
        raise ValueError("it declares a document type or an entity")

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.data, refuse
    parser.Parse(content, True)
    return builder.close()


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name


def children(element: Any, *names: str) -> Iterator[Any]:
    """The children of an element that have one of these names."""
    return (one for one in element if one.tag in names)
