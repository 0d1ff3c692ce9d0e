"""Tables that polars, pandas and geopandas print for notebooks, as tables in the house's style (pure)."""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.reports.reader import ABSENT

CELLS = ("th", "td")
UNSEEN = ("style", "script", "head", "template")
SHAPE = re.compile(r"shape: \(([\d_,]+?)(?:, ([\d_,]+))?,?\)|(\d+) rows × (\d+) columns")
NUMBER = re.compile(r"-?\d[\d_]*(?:\.(\d+))?(?:e[+-]?\d+)?")
TYPES = re.compile(
    r"(?:[iuf]\d+|str|bool|date|cat|enum|null|binary|object|time|decimal|datetime|duration|list|struct|array)\b.*"
)
NOTHING = ("null", "NaN", "None", "NaT", "<NA>")
UNGROUPED = 9999  # whole numbers up to this one may be years


@dataclass(slots=True)
class Cell:
    """A cell of a printed table."""

    tag: str
    spans: str
    text: str = ""


@dataclass(slots=True)
class Printed:
    """A printed table: its rows of headings and of values."""

    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    """The tables of a piece of HTML, and the text that stands outside them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Printed] = []
        self.outside = ""
        self._unseen, self._in_head, self._rows = 0, False, [[Cell("td", "")]]
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self.tables.append(Printed())
            self._rows = self.tables[-1].body
        elif tag in {"thead", "tbody"} and self.tables:
            self._rows = self.tables[-1].head if tag == "thead" else self.tables[-1].body
        elif tag == "tr" and self.tables:
            self._rows.append([])
        elif tag in CELLS and self.tables and self._rows:
            spans = [(name, value or "") for name, value in attrs if name in {"colspan", "rowspan"}]
            given = "".join(f' {name}="{value}"' for name, value in spans if value.isdecimal())
            self._rows[-1].append(Cell(tag, given))
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in CELLS:
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._in_cell:
            self._rows[-1][-1].text += data
        else:
            self.outside += data


def house_table(html: str) -> str:
    """The printed table as HTML of the house; empty when the HTML holds no table, several, or other text.

    Numbers and absent values are written as readers read them; the types that polars prints under the headings go.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    rest = SHAPE.sub("", reader.outside).strip()
    if len(reader.tables) != 1 or rest:
        return ""
    found, shape = reader.tables[0], SHAPE.search(reader.outside)
    types = [one.text.strip() for one in found.head[-1]] if len(found.head) > 1 else []
    if types and all(map(TYPES.fullmatch, types)):
        found.head.pop()
    head = "\n".join(f"<tr>{''.join(map(_heading, row))}</tr>" for row in found.head)
    body = "\n".join(f"<tr>{''.join(map(_value, row))}</tr>" for row in found.body)
    caption = _caption(shape) if shape else tr("Tableau")
    return (
        f'<table class="atlas-table">\n<caption>{escape(caption)}</caption>\n'
        f"<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"
    )


def _caption(shape: re.Match[str]) -> str:
    rows, columns = (int(re.sub(r"\D", "", one)) if one else 1 for one in (shape[1] or shape[3], shape[2] or shape[4]))
    said = tr("Tableau, lignes et colonnes : {rows} × {columns}")
    return said.format(rows=typography.number(rows), columns=typography.number(columns))


def _heading(cell: Cell) -> str:
    return f'<th scope="col"{cell.spans}>{escape(cell.text.strip())}</th>'


def _value(cell: Cell) -> str:
    text = cell.text.strip()
    if cell.tag == "th":
        return f'<th scope="row"{cell.spans}>{escape(text)}</th>'
    if number := NUMBER.fullmatch(text):
        return f'<td class="number"{cell.spans}>{_number(text, len(number[1] or ""))}</td>'
    shown = tr(ABSENT) if text in NOTHING else text
    quoted = len(shown) > 1 and shown[0] == shown[-1] == '"'
    return f"<td{cell.spans}>{escape(typography.typographic(shown[1:-1] if quoted else shown))}</td>"


def _number(text: str, decimals: int) -> str:
    """A number as readers read it; a code with a zero in front, and what may be a year, as it is."""
    if text.lstrip("-").startswith("0") and not decimals:
        return text
    value = float(text.replace("_", ""))
    return text if not decimals and abs(value) <= UNGROUPED else typography.number(value, decimals)
