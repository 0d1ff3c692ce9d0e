"""The change report as Markdown, short enough for a comment (pure)."""

from collections.abc import Iterator, Sequence
from itertools import islice

from analysis.changes.report import FileChange, Report, TableChange
from analysis.changes.rows import Cell
from analysis.changes.wording import because, headline, row, summary, value

MOST = 10  # lines of a list
LONGEST = 160  # characters of a cell


def text(report: Report) -> str:
    """One line if nothing changed; otherwise what moved, each list cut at MOST lines with the number of the others."""
    lines = [f"**{headline(report)}**", *(f"\n> {one}" for one in report.missing)]
    if report.verdicts:
        lines += ["\n### Verdicts\n", "| claim | before | after | reason |", "| --- | --- | --- | --- |"]
        lines += _cut(
            [f"| {_cell(one.claim_id)} | {one.before or '–'} | {one.after or '–'} | {_cell(one.reason)} |"
             for one in report.verdicts], "| {more} more | | | |")  # fmt: skip
    for title, tables in (("Raw data", report.raw), ("Tables", report.tables)):
        if tables:
            lines += [f"\n### {title}\n", *(line for one in tables for line in _table(one))]
    for title, files in (("Figures", report.figures), ("Notebooks", report.notebooks)):
        if files:
            lines += [f"\n### {title}\n", *_cut([_file(one) for one in files], "- and {more} more")]
    return "\n".join(lines) + "\n"


def _table(one: TableChange) -> Iterator[str]:
    why = f" ({because(one)})" if one.because else ""
    yield f"- `{one.name}`: {summary(one)}{why}"
    key = one.rows.key
    lines = [f"  - added {_cell(row(found.items()))}" for found in one.rows.added]
    lines += [f"  - removed {_cell(row(found.items()))}" for found in one.rows.removed]
    lines += [f"  - {_step(key, cell)}" for cell in one.rows.cells()]
    yield from _cut(lines, "  - and {more} more")


def _step(key: Sequence[str], cell: Cell) -> str:
    name = row(zip(key, cell.key, strict=True))
    return f"{_cell(name)}: {cell.column} {_cell(value(cell.before))} → {_cell(value(cell.after))}"


def _file(one: FileChange) -> str:
    return f"- `{one.path}`: {one.status}" + (f", {_cell(one.how)}" if one.how else "")


def _cut(lines: Sequence[str], more: str) -> Iterator[str]:
    yield from islice(lines, MOST)
    if len(lines) > MOST:
        yield more.format(more=len(lines) - MOST)


def _cell(found: str) -> str:
    """One line of text that stays text: what Markdown or HTML would take for its own is escaped."""
    short = found if len(found) <= LONGEST else found[: LONGEST - 1] + "…"
    plain = " ".join(short.split()).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{one}" if one in "\\`*_[]|#@" else one for one in plain)
