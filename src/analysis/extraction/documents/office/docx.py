"""A Word document (DOCX): paragraphs, headings by style, lists, tables, footnotes; nothing deleted or commented."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from analysis.extraction.documents.document import Composer, Document
from analysis.extraction.documents.office.package import Package, children
from analysis.extraction.documents.office.properties import described
from analysis.extraction.documents.raised import plain_raised
from analysis.extraction.documents.table_heads import GridCell, put_table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _SDT, _CONTENT = f"{_W}p", f"{_W}tbl", f"{_W}sdt", f"{_W}sdtContent"
_VALUE = f"{_W}val"
# What holds runs or blocks and is read through; what is not named here (deletions, comments, fields' code) is not text.
_THROUGH = frozenset(
    f"{_W}{one}" for one in ("hyperlink", "ins", "moveTo", "smartTag", "fldSimple", "sdt", "sdtContent", "customXml",
                             "bdo", "dir")
)  # fmt: skip
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "\t"}
_HEADING = re.compile(r"(?:heading|titre)\s*([1-9])", re.IGNORECASE)
_CAPTION, _TITLE = re.compile(r"caption|l[ée]gende", re.I), re.compile(r"title|titre|titel", re.I)
_ITEM = re.compile(r"list|puce|énumération", re.IGNORECASE)
_TRUE = {None, "1", "true", "on"}


class _Reader:
    """Walks one document; keeps its styles and the notes that were called."""

    def __init__(self, package: Package) -> None:
        self.composer = Composer()
        self.styles = _styles(package.tree("word/styles.xml"))
        self.notes = _notes(package, "footnote") | _notes(package, "endnote")
        self.called = list[tuple[str, str]]()

    def body(self, element: Any) -> None:
        """The blocks of a body, in order; footnotes follow the block that calls them."""
        for child in _blocks(element):
            if child.tag == _TBL:
                self.table(child)
            else:
                self.paragraph(child)
            self.write_notes()

    def paragraph(self, element: Any) -> None:
        kind, level = self.kind(element)
        self.composer.add(kind, self.text(element), level=level)
        for box in self.boxes(element):
            self.body(box)

    def kind(self, element: Any) -> tuple[Any, int]:
        """What a paragraph is, by its style, its outline level or its list."""
        properties = element.find(f"{_W}pPr")
        if properties is None:
            return "paragraph", 0
        style = properties.find(f"{_W}pStyle")
        name, outline = (
            self.styles.get(style.get(_VALUE), (style.get(_VALUE, ""), "")) if style is not None else ("", "")
        )
        own = properties.find(f"{_W}outlineLvl")
        outline = own.get(_VALUE, "") if own is not None else outline
        if found := _HEADING.fullmatch(name.strip()):
            return "heading", min(6, int(found[1]))
        if _TITLE.fullmatch(name.strip()):
            return "heading", 1
        if outline.isdigit() and int(outline) < 6:
            return "heading", int(outline) + 1
        if _CAPTION.search(name):
            return "caption", 0
        return ("item" if properties.find(f"{_W}numPr") is not None or _ITEM.search(name) else "paragraph"), 0

    def text(self, element: Any) -> str:
        """The text of a paragraph, without what was deleted; a raised letter as it is read."""
        pieces = list[str]()
        for run in _runs(element):
            properties = run.find(f"{_W}rPr")
            if properties is not None and _on(properties, "vanish"):
                continue
            said = "".join(self.signs(run))
            align = properties.find(f"{_W}vertAlign") if properties is not None else None
            if align is not None and align.get(_VALUE) == "superscript":
                said = plain_raised(said, "".join(pieces))
            pieces.append(said)
        return "".join(pieces)

    def signs(self, run: Any) -> Iterator[str]:
        for child in run:
            if child.tag == f"{_W}t":
                yield child.text or ""
            elif child.tag in {f"{_W}footnoteReference", f"{_W}endnoteReference"}:
                self.called.append((child.tag.removeprefix(_W)[: -len("Reference")], child.get(f"{_W}id", "")))
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]

    def boxes(self, element: Any) -> Iterator[Any]:
        """Text boxes that hang on a paragraph: the newer form, or the older one where it stands alone."""
        seen = False
        for found in element.iter("{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"):
            seen = True
            yield from children(found, f"{_W}txbxContent")
        if not seen:
            yield from element.iter(f"{_W}txbxContent")

    def table(self, element: Any) -> None:
        """The cells of a table, those that are merged once."""
        cells = list[GridCell]()
        for row, line in enumerate(children(element, f"{_W}tr")):
            column = 0
            for cell in (one for child in line for one in (child.iter(f"{_W}tc") if child.tag == _SDT else (child,))):
                if cell.tag != f"{_W}tc":
                    continue
                properties = cell.find(f"{_W}tcPr")
                span = properties.find(f"{_W}gridSpan") if properties is not None else None
                merged = properties.find(f"{_W}vMerge") if properties is not None else None
                width = int(span.get(_VALUE, "1")) if span is not None else 1
                if merged is not None and merged.get(_VALUE) != "restart":
                    for above in (one for one in cells if one.first == column and one.last_row == row - 1):
                        above.last_row = row
                    column += width
                    continue
                text = self.cell_text(cell)
                cells.append(GridCell(text, row, column, column + max(1, min(width, 100)) - 1, last_row=row))
                column = cells[-1].last + 1
        put_table(self.composer, cells)

    def cell_text(self, cell: Any) -> str:
        return "\n".join(self.text(one) for one in cell.iter(_P)).strip()

    def write_notes(self) -> None:
        for kind, key in self.called:
            for element in self.notes.get((kind, key), ()):
                self.composer.add("footnote", self.text(element))
        self.called.clear()


def read(package: Package) -> Document:
    """The document; its own properties count where the text says nothing else."""
    reader = _Reader(package)
    root = package.tree("word/document.xml")
    body = root.find(f"{_W}body") if root is not None else None
    if body is not None:
        reader.body(body)
    return described(package, reader.composer)


def _blocks(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag in {_P, _TBL}:
            yield child
        elif child.tag in _THROUGH:
            yield from _blocks(child)


def _runs(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == f"{_W}r":
            yield child
        elif child.tag in _THROUGH:
            yield from _runs(child)


def _on(properties: Any, name: str) -> bool:
    found = properties.find(f"{_W}{name}")
    return found is not None and found.get(_VALUE) in _TRUE


def _styles(root: Any) -> Mapping[str, tuple[str, str]]:
    """Name and outline level of each style, by its id."""
    found = dict[str, tuple[str, str]]()
    for style in () if root is None else children(root, f"{_W}style"):
        name, level = style.find(f"{_W}name"), style.find(f"{_W}pPr/{_W}outlineLvl")
        found[style.get(f"{_W}styleId", "")] = (
            name.get(_VALUE, "") if name is not None else "",
            level.get(_VALUE, "") if level is not None else "",
        )
    return found


def _notes(package: Package, kind: str) -> dict[tuple[str, str], list[Any]]:
    """Paragraphs of the notes by kind and id."""
    root = package.tree(f"word/{kind}s.xml")
    return {} if root is None else {(kind, one.get(f"{_W}id", "")): list(one.iter(_P)) for one in root}
