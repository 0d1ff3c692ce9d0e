"""The parts of an Open XML workbook, taken out of its ZIP archive within limits (pure)."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.errors import UpdateError
from analysis.updates import markup
from analysis.updates.grid import MAX_BYTES

MAX_PARTS = 2_000
# What zipfile raises for an archive that is cut, wrong, encrypted, or packed in a way it does not know.
DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, EOFError, ValueError, OSError)
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet's name, whether people see it, and the part that holds it."""

    name: str
    visible: bool
    part: str


class Package:
    """An archive whose parts are read one by one; MAX_BYTES in all, so that no small file fills the memory."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name, self._left = name, MAX_BYTES
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except DAMAGED as error:
            raise UpdateError(f"not a readable workbook ({error}).", where=name, repair=markup.REPAIR) from error
        if len(self._archive.infolist()) > MAX_PARTS or WORKBOOK not in self._archive.namelist():
            raise UpdateError("it is not an XLSX workbook.", where=name, repair=markup.REPAIR)

    def part(self, path: str) -> bytes:
        """The bytes of a part, empty when there is none; UpdateError when it is damaged, locked or too large."""
        if path not in self._archive.namelist():
            return b""
        try:
            with self._archive.open(path) as file:
                content = file.read(self._left + 1)
        except DAMAGED as error:
            raise UpdateError(f"{path} cannot be read ({error}).", where=self.name, repair=markup.REPAIR) from error
        self._left -= len(content)
        if self._left < 0:
            what = f"its parts hold more than {MAX_BYTES >> 20} MB."
            raise UpdateError(what, where=self.name, repair=markup.REPAIR)
        return content

    def sheets(self) -> list[SheetPart]:
        """Sheets in the order of the workbook."""
        targets, found = self._targets(), list[SheetPart]()

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "sheet":
                part = targets.get(attributes.get("id", ""), "")
                found.append(SheetPart(attributes.get("name", ""), attributes.get("state") in (None, "visible"), part))

        markup.parse(self.part(WORKBOOK), self.name, start, _nothing, _nothing)
        return found

    def _targets(self) -> dict[str, str]:
        """Path of each related part by the id of the relation."""
        found = dict[str, str]()

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            if tag == "Relationship":
                target = attributes.get("Target", "")
                path = target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)
                found[attributes.get("Id", "")] = path

        markup.parse(self.part(RELATIONS), self.name, start, _nothing, _nothing)
        return found


def _nothing(_: str) -> None:
    """What is not looked at."""
