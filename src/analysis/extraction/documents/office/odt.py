"""An OpenDocument text (ODT): paragraphs, headings, lists, tables, footnotes; nothing deleted or commented."""

import re
from collections.abc import Iterator
from typing import Any

from analysis.errors import DocumentError
from analysis.extraction.documents.document import Composer, Document
from analysis.extraction.documents.office.package import Package, children
from analysis.extraction.documents.office.properties import described
from analysis.extraction.documents.raised import plain_raised
from analysis.extraction.documents.table_heads import GridCell, put_table

_O = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = f"{{{_O}text:1.0}}", f"{{{_O}table:1.0}}"
_OFFICE, _STYLE, _DRAW = f"{{{_O}office:1.0}}", f"{{{_O}style:1.0}}", f"{{{_O}drawing:1.0}}"
_P, _H, _LIST, _NOTE, _GRID = f"{_TEXT}p", f"{_TEXT}h", f"{_TEXT}list", f"{_TEXT}note", f"{_TABLE}table"
_STYLE_NAME, _BOX = f"{_TEXT}style-name", f"{_DRAW}text-box"
_BLOCK_HOLDERS = frozenset((f"{_TEXT}section", f"{_TEXT}numbered-paragraph", f"{_DRAW}frame", _BOX))
_NOT_TEXT = frozenset((f"{_OFFICE}annotation", f"{_TEXT}tracked-changes", f"{_TEXT}hidden-text", f"{_TEXT}ruby-text",
                       f"{_OFFICE}annotation-end", f"{_TEXT}hidden-paragraph", _BOX))  # fmt: skip
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n", f"{_TEXT}soft-page-break": ""}
_RAISED = re.compile(r"super\b|[1-9]\d*%")
_CAPTION, _TITLE = (
    re.compile(r"caption|l[ée]gende|illustration|^table$|^figure$|drawing", re.I),
    re.compile(r"title|titre", re.I),
)
_MOST_REPEATED = 100


class _Reader:
    """Walks one document; keeps its styles and the notes that were called."""

    def __init__(self, package: Package) -> None:
        self.composer = Composer()
        self.raised, self.hidden, self.parents = set[str](), set[str](), dict[str, str]()
        for part in ("styles.xml", "content.xml"):
            self.learn_styles(package.tree(part))
        self.called, self.framed = list[Any](), list[Any]()

    def learn_styles(self, root: Any) -> None:
        """Which styles raise letters or hide them, and which style each is derived from."""
        for style in () if root is None else root.iter(f"{_STYLE}style"):
            name, shown = style.get(f"{_STYLE}name", ""), style.find(f"{_STYLE}text-properties")
            self.parents[name] = style.get(f"{_STYLE}display-name") or style.get(f"{_STYLE}parent-style-name", "")
            if shown is not None and _RAISED.match(shown.get(f"{_STYLE}text-position", "")):
                self.raised.add(name)
            if shown is not None and shown.get(f"{_TEXT}display") == "none":
                self.hidden.add(name)

    def body(self, element: Any, kind: Any = "paragraph") -> None:
        """The blocks of a body, in order; footnotes and framed texts follow the block where they hang."""
        for child in element:
            if child.tag in {_P, _H}:
                self.paragraph(child, kind)
            elif child.tag == _LIST:
                for item in children(child, f"{_TEXT}list-item", f"{_TEXT}list-header"):
                    self.body(item, "item")
            elif child.tag == _GRID:
                self.table(child)
            elif child.tag in _BLOCK_HOLDERS:
                self.body(child, kind)
            self.write_hanging()

    def paragraph(self, element: Any, kind: Any) -> None:
        style = element.get(_STYLE_NAME, "")
        names = f"{style} {self.parents.get(style, '')}".replace("_20_", " ").split()
        level = 0
        if element.tag == _H:
            kind, level = "heading", _whole(element.get(f"{_TEXT}outline-level"), 1, 6)
        elif any(map(_TITLE.fullmatch, names)):
            kind, level = "heading", 1
        elif any(map(_CAPTION.search, names)):
            kind = "caption"
        text = "" if style in self.hidden else self.text(element)
        self.composer.add(kind, text, level=level)

    def text(self, element: Any) -> str:
        """The text of an element, without what is hidden or commented; a raised letter as it is read."""
        pieces = [element.text or ""]
        for child in element:
            pieces += [self.inner(child, "".join(pieces)), child.tail or ""]
        return "".join(pieces)

    def inner(self, child: Any, before: str) -> str:
        if child.tag == _NOTE:
            self.called.append(child)
            return ""
        if child.tag == f"{_TEXT}s":
            return " " * _whole(child.get(f"{_TEXT}c"), 1, _MOST_REPEATED)
        if child.tag in _SIGNS:
            return _SIGNS[child.tag]
        if child.tag == _BOX:
            self.framed.append(child)
        if child.tag in _NOT_TEXT or child.get(_STYLE_NAME) in self.hidden:
            return ""
        said = self.text(child)
        return plain_raised(said, before) if child.get(_STYLE_NAME) in self.raised else said

    def write_hanging(self) -> None:
        """The notes and boxes of the block that was just written."""
        called, framed = self.called, self.framed
        self.called, self.framed = [], []
        for note in called:
            for body in children(note, f"{_TEXT}note-body"):
                for one in body.iter(_P):
                    self.composer.add("footnote", self.text(one))
        for box in framed:
            self.body(box)

    def table(self, element: Any) -> None:
        """The cells of a table; those that a merged one covers hold nothing."""
        cells = list[GridCell]()
        for row, (line, is_head) in enumerate(_rows(element, is_head=False)):
            column = 0
            for cell in children(line, f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                text = "\n".join(self.text(one) for one in cell.iter() if one.tag in {_P, _H}).strip()
                width = _whole(cell.get(f"{_TABLE}number-columns-spanned"), 1, _MOST_REPEATED)
                height = _whole(cell.get(f"{_TABLE}number-rows-spanned"), 1, _MOST_REPEATED)
                cells.append(GridCell(text, row, column, column + width - 1, is_head, last_row=row + height - 1))
                column += _whole(cell.get(f"{_TABLE}number-columns-repeated"), 1, _MOST_REPEATED)
        put_table(self.composer, cells)


def read(package: Package) -> Document:
    """The document; DocumentError for an encrypted one."""
    if b"encryption-data" in package.bytes_of("META-INF/manifest.xml"):
        repair = "Open it, save it without password, and give that file."
        raise DocumentError("it is locked by a password.", where=package.name, repair=repair)
    reader = _Reader(package)
    root = package.tree("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if body is not None:
        reader.body(body)
    return described(package, reader.composer)


def _rows(element: Any, *, is_head: bool) -> Iterator[tuple[Any, bool]]:
    for child in element:
        if child.tag == f"{_TABLE}table-row":
            yield child, is_head
        elif child.tag in {f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"}:
            yield from _rows(child, is_head=child.tag == f"{_TABLE}table-header-rows")


def _whole(value: str | None, least: int, most: int) -> int:
    return min(max(int(value), least), most) if value and value.isascii() and value.isdigit() else least
