"""The change report as one page with its pictures beside it: no script, nothing from elsewhere (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from analysis.changes.report import FileChange, Report, TableChange
from analysis.changes.wording import because, headline, row, summary, value
from analysis.language import tr
from analysis.tables import TABLES

MOST = 500  # rows of a table
BEFORE, AFTER = "before", "after"
STYLE_FILE = "changes.css"
POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
STYLE = """:root { color-scheme: light dark; --line: #8886; --old: #a4262c; --new: #0b6a0b; }
@media (prefers-color-scheme: dark) { :root { --old: #ff9a9a; --new: #7ddc7d; } }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .25rem; }
code, td { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
.why { margin: 0 0 .5rem; }
.before { color: var(--old); } .after { color: var(--new); }
td.before::before { content: "− "; } td.after::before { content: "+ "; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
figure { margin: 0; } figcaption { font-weight: 600; }
img { background: #fff; border: 1px solid var(--line); height: auto; max-width: 100%; }
a { color: inherit; }
"""


def html(report: Report) -> str:
    """The whole page; values stay text."""
    parts = [*_missing(report.missing), *_verdicts(report)]
    for title, tables in (("Raw data", report.raw), ("Tables", report.tables)):
        parts += [f"<h2>{title}</h2>", *(_table(one) for one in tables)] if tables else []
    if report.figures:
        parts += ["<h2>Figures</h2>", *(_figure(one) for one in report.figures)]
    if report.notebooks:
        cells = [(one.path, one.status, one.how) for one in report.notebooks]
        parts += ["<h2>Notebooks</h2>", _rows(("notebook", "status", "first difference"), cells)]
    title = escape(headline(report))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="{STYLE_FILE}">\n</head>\n<body>\n<main>\n'
        f"<h1>{title}</h1>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def picture(one: FileChange, side: str) -> str:
    """Name of the picture that shows a figure before or after."""
    return f"{one.path.removesuffix('.png').replace('/', '_')}-{side}.png"


def _missing(missing: Sequence[str]) -> list[str]:
    return [f"<p><strong>Not compared:</strong> {escape(one)}</p>" for one in missing]


def _verdicts(report: Report) -> Iterator[str]:
    if report.verdicts:
        cells = [(one.claim_id, value(one.before), value(one.after), one.reason) for one in report.verdicts]
        yield "<h2>Verdicts</h2>"
        yield _rows(("claim", BEFORE, AFTER, "reason"), cells)


def _table(one: TableChange) -> str:
    title = f" {escape(tr(TABLES[one.name].title))}" if one.name in TABLES else ""
    why = f"{summary(one)}; {because(one)}" if one.because else summary(one)
    lines = list(_lines(one))
    cells = _rows(("row", "column", BEFORE, AFTER), lines[:MOST]) if lines else ""
    more = f"<p>{len(lines) - MOST:,} more lines are in changes.json.</p>" if len(lines) > MOST else ""
    name = f"<h3><code>{escape(one.name)}</code>{title}</h3>"
    return f'<section>\n{name}\n<p class="why">{escape(why)}</p>\n{cells}\n{more}</section>'


def _lines(one: TableChange) -> Iterator[tuple[str, str, str, str]]:
    key = one.rows.key
    for found in one.rows.removed:
        yield _named(found.items(), key), "", _others(found.items(), key), ""
    for found in one.rows.added:
        yield _named(found.items(), key), "", "", _others(found.items(), key)
    for cell in one.rows.cells():
        yield row(zip(key, cell.key, strict=True)), cell.column, value(cell.before), value(cell.after)


def _named(cells: Iterable[tuple[str, object]], key: Sequence[str]) -> str:
    return row((name, found) for name, found in cells if name in key)


def _others(cells: Iterable[tuple[str, object]], key: Sequence[str]) -> str:
    return row((name, found) for name, found in cells if name not in key) or "the row"


def _figure(one: FileChange) -> str:
    sides = {"added": (AFTER,), "removed": (BEFORE,)}.get(one.status, (BEFORE, AFTER))
    shown = "\n".join(
        f'<figure><figcaption class="{side}">{side}</figcaption><a href="images/{escape(picture(one, side))}">'
        f'<img src="images/{escape(picture(one, side))}" alt="{escape(one.path)}, {side}" loading="lazy"></a></figure>'
        for side in sides
    )
    how = f", {escape(one.how)}, outlined in red" if one.boxes else ""
    name = f"<h3><code>{escape(one.path)}</code></h3>"
    return f'<section>\n{name}\n<p class="why">{one.status}{how}</p>\n<div class="pair">\n{shown}\n</div>\n</section>'


def _rows(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{one}</th>' for one in heads)
    body = "\n".join(
        "<tr>" + "".join(_cell(name, cell) for name, cell in zip(heads, line, strict=True)) + "</tr>" for line in lines
    )
    return f'<div class="scroll" tabindex="0">\n<table>\n<tr>{head}</tr>\n{body}\n</table>\n</div>'


def _cell(name: str, cell: str) -> str:
    mark = f' class="{name}"' if name in {BEFORE, AFTER} and cell not in {"", "–"} else ""
    return f"<td{mark}>{escape(cell)}</td>"
