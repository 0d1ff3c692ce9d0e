"""The change report as one page with its pictures beside it: no script, nothing from elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader

from analysis.i18n import typography
from analysis.i18n.language import language, tr
from analysis.tables import TABLES
from analysis.upkeep.changes import phrases, reasons
from analysis.upkeep.changes.report import FileChange, Report, TableChange

MOST, MOST_FIGURES = 500, 60  # rows of a table, figures of the page
BEFORE, AFTER, NUMBER = "before", "after", "number"  # classes of cells, and sides of a figure
TEMPLATES = Path(__file__).parent / "_templates"
STYLE_FILE = "changes.css"
POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
Lines = Iterable[Sequence[str]]


class Column(NamedTuple):
    """A column's heading, and the class of its cells."""

    head: str
    mark: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the page: its columns, its first rows as pairs of column and cell, and how many rows are left out."""

    label: str
    columns: list[Column]
    rows: list[list[tuple[Column, str]]]
    left: int


def grid(label: str, heads: Iterable[str], lines: Lines, marks: Sequence[str]) -> Grid:
    """The columns that have a cell, and at most MOST rows; headings are messages."""
    cells = list(lines)
    columns = [Column(tr(head), mark) for head, mark in zip(heads, marks, strict=True)]
    kept = [rank for rank in range(len(columns)) if any(line[rank] for line in cells)]
    rows = [[(columns[rank], line[rank]) for rank in kept] for line in cells[:MOST]]
    return Grid(label, [columns[rank] for rank in kept], rows, len(cells) - MOST)


def html(report: Report) -> str:
    """The whole page; values stay text."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["spaced"] = typography.spaced
    parts = ((phrases.RAW, report.raw), (phrases.TABLES, report.tables))
    values: dict[str, Any] = {
        "report": report,
        "title": phrases.headline(report),
        "language": language(),
        "policy": POLICY,
        "style": STYLE_FILE,
        "findings": _findings(report),
        "summaries": [one for one in (_verdicts(report), _moves(report)) if one.rows],
        "parts": [(tr(title), [_table(one) for one in tables]) for title, tables in parts if tables],
        "figures": tr(phrases.FIGURES),
        "notebooks": _notebooks(report.notebooks),
        "most": MOST,
        "most_figures": MOST_FIGURES,
        "nothing": ("", phrases.NONE),
        "tr": tr,
        "explanation": reasons.EXPLANATION,
        "left_out": _left_out,
        "picture": picture,
        "about_file": phrases.file,
    }
    return environment.get_template("changes.html").render(values) + "\n"


def picture(figure: FileChange, side: str) -> str:
    """Name of the picture that shows a figure before or after."""
    return f"{figure.path.removesuffix('.png').replace('/', '_')}-{side}.png"


def _left_out(count: int) -> str:
    """What says how many things the page leaves out."""
    return tr("{more}, dans changes.json.").format(more=typography.capitalised(phrases.more(count)))


def _findings(report: Report) -> Grid:
    return grid(tr(reasons.TITLE), reasons.HEADS, reasons.lines(report.findings), (NUMBER, "", "", ""))


def _verdicts(report: Report) -> Grid:
    lines = map(phrases.verdict_change, report.verdicts)
    return grid(tr(phrases.VERDICTS_MOVED), phrases.VERDICT_HEADS, lines, ("", BEFORE, AFTER, ""))


def _moves(report: Report) -> Grid:
    lines = map(phrases.move, report.moves)
    return grid(tr(phrases.PLACES), phrases.MOVE_HEADS, lines, ("", BEFORE, AFTER, NUMBER, NUMBER))


def _notebooks(notebooks: Iterable[FileChange]) -> Grid:
    lines = [(one.path, tr(phrases.STATUSES[one.status]), one.how or phrases.NONE) for one in notebooks]
    return grid(tr(phrases.NOTEBOOKS), phrases.NOTEBOOK_HEADS, lines, ("", "", ""))


def _table(change: TableChange) -> dict[str, Any]:
    title = tr(TABLES[change.name].title) if change.name in TABLES else ""
    cells = grid(change.name, phrases.ROW_HEADS, _lines(change), ("", "", BEFORE, AFTER))
    return {"name": change.name, "title": title, "why": phrases.what_and_why(change), "grid": cells}


def _lines(change: TableChange) -> Iterator[tuple[str, str, str, str]]:
    key = change.rows.key
    for found in change.rows.removed:
        yield _named(found.items(), key), "", _others(found.items(), key), ""
    for found in change.rows.added:
        yield _named(found.items(), key), "", "", _others(found.items(), key)
    for cell in change.rows.cells():
        name = phrases.row(zip(key, cell.key, strict=True))
        yield name, cell.column, phrases.value(cell.before), phrases.value(cell.after)


def _named(cells: Iterable[tuple[str, object]], key: Sequence[str]) -> str:
    return phrases.row((name, found) for name, found in cells if name in key)


def _others(cells: Iterable[tuple[str, object]], key: Sequence[str]) -> str:
    return phrases.row((name, found) for name, found in cells if name not in key) or tr("la ligne")
