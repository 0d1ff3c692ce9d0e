"""Tables that polars, pandas and geopandas print for notebooks, as tables in the house's style (pure)."""

import re
from dataclasses import dataclass, field
from html import escape

from selectolax.lexbor import LexborNode

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.publication.site.html import elements
from analysis.reports.reader import ABSENT, html_table

CELLS = ("th", "td")
UNSEEN = ["style", "script", "head", "template"]
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


def _printed(table: LexborNode) -> Printed:
    """A table's rows: of headings where they stand in its head, else of values."""
    found = Printed()
    for row in table.css("tr"):
        rows = found.head if row.parent and row.parent.tag == "thead" else found.body
        rows.append([_cell(one) for one in row.iter() if one.tag in CELLS])
    return found


def _cell(node: LexborNode) -> Cell:
    spans = ((name, node.attributes.get(name) or "") for name in ("colspan", "rowspan"))
    given = "".join(f' {name}="{value}"' for name, value in spans if value.isdecimal())
    return Cell(node.tag or "", given, node.text())


def house_table(html: str) -> str:
    """The printed table as HTML of the house; empty when the HTML holds no table, several, or other text.

    Numbers and absent values are written as readers read them; the types that polars prints under the headings go.
    """
    tree = elements(html)
    tree.strip_tags(UNSEEN)
    tables = tree.css("table")
    if len(tables) != 1:
        return ""
    found = _printed(tables[0])
    tables[0].decompose()
    outside = tree.text()
    if SHAPE.sub("", outside).strip():
        return ""
    shape = SHAPE.search(outside)
    types = [one.text.strip() for one in found.head[-1]] if len(found.head) > 1 else []
    if types and all(map(TYPES.fullmatch, types)):
        found.head.pop()
    head = "\n".join(f"<tr>{''.join(map(_heading, row))}</tr>" for row in found.head)
    body = (f"<tr>{''.join(map(_value, row))}</tr>" for row in found.body)
    return html_table(_caption(shape) if shape else tr("Tableau"), head, body)


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
