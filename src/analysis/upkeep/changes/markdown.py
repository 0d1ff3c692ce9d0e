"""The change report as Markdown, short enough for a comment (pure)."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from analysis.i18n.language import tr
from analysis.upkeep.changes import phrases, reasons
from analysis.upkeep.changes.report import FileChange, Report, TableChange
from analysis.upkeep.changes.rows import Cell

MOST = 10  # lines of a list
LONGEST = 240  # characters of a cell
SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # all but the hard ones, which sentences need


def text(report: Report) -> str:
    """One line if nothing changed; otherwise what moved, each list cut at MOST lines with the number of the others."""
    lines = [f"**{_cell(phrases.headline(report))}**", *(f"\n> {_cell(one)}" for one in report.missing)]
    lines += _grid(reasons.TITLE, reasons.HEADS, reasons.lines(report.findings))
    lines += _grid(phrases.VERDICTS_MOVED, phrases.VERDICT_HEADS, list(map(phrases.verdict_change, report.verdicts)))
    lines += _grid(phrases.PLACES, phrases.MOVE_HEADS, list(map(phrases.move, report.moves)))
    for title, tables in ((phrases.RAW, report.raw), (phrases.TABLES, report.tables)):
        if tables:
            lines += [f"\n### {tr(title)}\n", *(line for one in tables for line in _table(one))]
    for title, files in ((phrases.FIGURES, report.figures), (phrases.NOTEBOOKS, report.notebooks)):
        if files:
            lines += [f"\n### {tr(title)}\n", *_cut([_file(one) for one in files])]
    return "\n".join(lines) + "\n"


def _grid(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table below its title; nothing where it has no row."""
    if not rows:
        return []
    head = f"| {' | '.join(tr(one) for one in heads)} |\n|{' --- |' * len(heads)}"
    lines = [f"| {' | '.join(map(_cell, one))} |" for one in rows[:MOST]]
    left = len(rows) - MOST
    lines += [f"| {phrases.more(left)} |{' |' * (len(heads) - 1)}"] if left > 0 else []
    return [f"\n### {tr(title)}\n", head, *lines]


def _table(change: TableChange) -> Iterator[str]:
    yield f"- {_code(change.name)} {phrases.what_and_why(change)}"
    key = change.rows.key
    lines = [f"  - − {_cell(phrases.row(found.items()))}" for found in change.rows.removed]
    lines += [f"  - \\+ {_cell(phrases.row(found.items()))}" for found in change.rows.added]
    lines += [f"  - {_step(key, cell)}" for cell in change.rows.cells()]
    yield from _cut(lines, "  ")


def _step(key: Sequence[str], cell: Cell) -> str:
    name = phrases.row(zip(key, cell.key, strict=True))
    steps = f"{_cell(phrases.value(cell.before))} → {_cell(phrases.value(cell.after))}"
    return f"{_cell(name)}, {_cell(cell.column)}: {steps}"


def _file(change: FileChange) -> str:
    return f"- {_code(change.path)} {_cell(phrases.file(change))}"


def _code(name: str) -> str:
    return f"`{name.replace('`', '')}`"


def _cut(lines: Sequence[str], indent: str = "") -> Iterator[str]:
    yield from islice(lines, MOST)
    if len(lines) > MOST:
        yield f"{indent}- {phrases.more(len(lines) - MOST)}"


def _cell(words: str) -> str:
    """One line of text that stays text: what Markdown or HTML would take for its own is escaped."""
    short = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    plain = SPACES.sub(" ", short).strip().replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{one}" if one in "\\`*_[]|#@" else one for one in plain)
