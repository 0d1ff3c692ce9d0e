"""The blocks of an element of a page: its text as a reader sees it, tables by rows (pure)."""

import re
from typing import Any

from selectolax.lexbor import LexborNode

from analysis.extraction.documents.document import Block, Composer, Kind
from analysis.extraction.documents.html.article import is_call, is_left_out, walk
from analysis.extraction.documents.raised import plain_raised
from analysis.extraction.documents.table_heads import GridCell, put_table
from analysis.extraction.numerals.lexicon import wordset

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_INLINE = wordset("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby"
                  " s samp small span strike strong sub sup time tt u var wbr br img picture source")  # fmt: skip
_PLAIN: tuple[Kind, int] = ("paragraph", 0)
_GONE = frozenset(("del", "s", "strike"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS: dict[str, Kind] = {"li": "item", "figcaption": "caption", "caption": "caption", "dd": "item"}
_NOTES = re.compile(
    r"(?:^|[\s_-])(?:foot|end)?notes?(?:de-bas|_bas|-bas|$|[\s_-]|\d)|^fn[-_:]?\d|references?$", re.IGNORECASE
)
_CAPTIONS = re.compile(r"(?:^|[\s_-])(?:caption|l[ée]gende?)(?:$|[\s_-])", re.IGNORECASE)
_NOTE_SIGN = re.compile(r"(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}(?:[.)]|\s*[↑↩^])|[↑↩^*†]+)\s*")
_BARE = re.compile(r"[+-]?\d[\d\s\u00a0\u202f.,]*")
_MOST_SPAN, _MOST_CELLS = 100, 200_000


class Flow:
    """Writes the blocks of elements, one after the other."""

    def __init__(self, total: int) -> None:
        self.composer, self.total = Composer(), total
        self.pieces, self.kinds, self.raised = (
            list[str](),
            list[tuple[str, tuple[Kind, int]]](),
            list[tuple[Any, int]](),
        )

    def write(self, root: LexborNode) -> None:
        """The blocks of what is below an element."""
        walk(root, self.enter, self.leave)
        self.flush()

    def enter(self, node: LexborNode) -> bool:
        """Take in the beginning of a node; whether what is below it is read."""
        if node.is_text_node:
            self.pieces.append(node.text_content or "")
            return False
        if not node.is_element_node or is_left_out(node, self.total) or node.tag in _GONE:
            return False
        if node.tag == "a" and is_call(node):
            return False
        if node.tag == "br":
            self.pieces.append("\x0b")
        elif node.tag in {"sup", "sub"}:
            self.raised.append((node, len(self.pieces)))
        elif node.tag == "table" and (cells := cells_of(node, self.total)):
            self.flush()
            self.table(node, cells)
            return False
        elif node.tag not in _INLINE:
            self.flush()
            self.kinds.append((node.tag or "", self.kind(node)))
        return True

    def leave(self, node: LexborNode) -> None:
        """Take in the end of a node."""
        if self.raised and self.raised[-1][0] == node:
            _, at = self.raised.pop()
            if node.tag == "sup":
                self.pieces[at:] = [plain_raised("".join(self.pieces[at:]), "".join(self.pieces[max(0, at - 3) : at]))]
        elif node.tag not in _INLINE:
            self.flush()
            if self.kinds:
                self.kinds.pop()

    def kind(self, node: LexborNode) -> tuple[Kind, int]:
        """What the text in an element is: a footnote wherever it stands in one, else by the nearest that tells."""
        around = self.kinds[-1][1] if self.kinds else _PLAIN
        attributes = node.attributes
        named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
        if around[0] == "footnote" or (attributes.get("role") or "") in {"doc-footnote", "doc-endnote", "doc-endnotes"}:
            return "footnote", 0
        if named and node.tag in {"p", "div"} and _CAPTIONS.search(named):
            return "caption", 0
        if node.tag in _HEADINGS:
            return "heading", _HEADINGS[node.tag]
        if named and node.tag in {"li", "p", "div", "ol", "section", "aside"} and _NOTES.search(named):
            return "footnote", 0
        return (_KINDS[node.tag], 0) if node.tag in _KINDS else around

    def flush(self) -> None:
        """Write what was gathered as a block."""
        text = shown("".join(self.pieces))
        self.pieces.clear()
        if not text:
            return
        kind, level = self.kinds[-1][1] if self.kinds else _PLAIN
        if kind == "footnote" and (found := _NOTE_SIGN.match(text)):
            text = text[found.end() :]
        if self.tells_what_is_counted(kind, text):
            return
        self.composer.add(kind, text, level=level)

    def tells_what_is_counted(self, kind: str, text: str) -> bool:
        """Join a short text to the bare figure before it, which stands large above what it counts."""
        blocks, pieces = self.composer.blocks, self.composer.pieces
        if not blocks or not _BARE.fullmatch(pieces[-1]) or blocks[-1].kind == "cell":
            return False
        if (
            kind not in {"paragraph", "item", "heading"}
            or len(text) > 120
            or not (text[0].islower() or text[0] in "%€")
        ):
            return False
        pieces[-1] += f" {text}"
        self.composer.length += len(text) + 1
        blocks[-1] = Block("paragraph", blocks[-1].start, self.composer.length, None)
        return True

    def table(self, node: LexborNode, cells: list[GridCell]) -> None:
        """The caption of a table, also of one that its figure has below it, then its cells."""
        caption = node.css_first("caption") or _caption_below(node)
        if caption is not None:
            self.composer.add("caption", _text_of(caption, self.total)[0])
            caption.decompose()
        put_table(self.composer, cells)


def _caption_below(table: LexborNode) -> LexborNode | None:
    """The caption of the figure that holds a table; one that stands above it is written already."""
    after = table.next
    while after is not None and after.tag != "figcaption":
        after = after.next
    return after


def shown(text: str) -> str:
    """A text as a browser shows it: blanks as one space, breaks of lines kept, hard spaces as they are."""
    lines = (
        _BLANKS.sub(" ", line).strip(" ") for line in text.replace("\u00ad", "").replace("\u200b", "").split("\x0b")
    )
    return "\n".join(line for line in lines if line)


def cells_of(table: LexborNode, total: int) -> list[GridCell]:
    """The cells of a table, each where it stands though others reach into its row; none of one that only lays out."""
    if table.css_first("table table, table h1, table h2") is not None or table.attributes.get("role") == "presentation":
        return []
    cells, taken = list[GridCell](), set[tuple[int, int]]()
    for row, line in enumerate(table.css("tr")):
        column = 0
        for cell in (one for one in line.iter() if one.tag in {"td", "th"}):
            while (row, column) in taken:
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            taken |= {(row + down, column + along) for down in range(height) for along in range(width)}
            text, paragraphs = _text_of(cell, total)
            if (paragraphs > 1 and len(text) > 400) or len(cells) > _MOST_CELLS:
                return []
            head = cell.tag == "th" or (line.parent is not None and line.parent.tag == "thead")
            cells.append(GridCell(text, row, column, column + width - 1, head, last_row=row + height - 1))
            column += width
    return cells if any(cell.first for cell in cells) else []


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "").strip()
    return min(max(int(value), 1), _MOST_SPAN) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _text_of(node: LexborNode, total: int) -> tuple[str, int]:
    """The text of an element in one, and of how many blocks it is."""
    flow = Flow(total)
    flow.write(node)
    return "\n".join(flow.composer.pieces), len(flow.composer.pieces)
