"""The change report as one page with its pictures beside it: no script, nothing from elsewhere (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from analysis.i18n import typography
from analysis.i18n.language import language, tr
from analysis.tables import TABLES
from analysis.upkeep.changes import wording
from analysis.upkeep.changes.report import FileChange, Report, TableChange

MOST, MOST_FIGURES = 500, 60  # rows of a table, figures of the page
BEFORE, AFTER, NUMBER = "before", "after", "number"  # classes of cells, and sides of a figure
STYLE_FILE = "changes.css"
POLICY = "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"
STYLE = """:root { color-scheme: light dark; }
:root { --paper: #fff; --ink: #1a1a1a; --line: #8886; --old: #a4262c; --new: #0b6a0b; }
@media (prefers-color-scheme: dark) { :root { --paper: #121212; --ink: #ececec; --old: #ff9a9a; --new: #7ddc7d; } }
body { background: var(--paper); color: var(--ink); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 75rem; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: .25rem; }
code, td { overflow-wrap: break-word; } h3 code { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; }
.why { margin: 0 0 .5rem; }
.before { color: var(--old); } .after { color: var(--new); }
td.before::before { content: "−\\00a0"; } td.after::before { content: "+\\00a0"; }
.number { text-align: right; white-space: nowrap; }
.missing { border-left: 4px solid var(--old); padding-left: .75rem; white-space: pre-line; }
.pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
figure { margin: 0; } figcaption { font-weight: 600; }
img { background: #fff; border: 1px solid var(--line); height: auto; max-width: 100%; }
a { color: inherit; }
.scroll:focus-visible, a:focus-visible { outline: 3px solid; outline-offset: 2px; }
@media (max-width: 45rem) {
  thead { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
  table, tbody, tr, td { display: block; }
  tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
  td, td.number { border: 0; overflow-wrap: anywhere; padding: .05rem 0; text-align: left; }
  td:empty { display: none; }
  td:first-child { font-weight: 600; }
  td.number::before { content: attr(data-head) "\\00a0: "; }
}
"""


def html(report: Report) -> str:
    """The whole page; values stay text."""
    parts = [*_missing(report.missing), *_verdicts(report), *_moves(report)]
    for title, tables in ((wording.RAW, report.raw), (wording.TABLES, report.tables)):
        parts += [f"<h2>{tr(title)}</h2>", *(_table(one) for one in tables)] if tables else []
    parts += [*_figures(report.figures), *_notebooks(report.notebooks), *_code(report.code)]
    title = escape(wording.headline(report))
    return (
        f'<!doctype html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{title}</title>\n<link rel="stylesheet" href="{STYLE_FILE}">\n</head>\n<body>\n<main>\n'
        f"<h1>{title}</h1>\n" + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )


def picture(one: FileChange, side: str) -> str:
    """Name of the picture that shows a figure before or after."""
    return f"{one.path.removesuffix('.png').replace('/', '_')}-{side}.png"


def _missing(missing: Sequence[str]) -> list[str]:
    word = typography.spaced(tr("Non comparé :"))
    return [f'<p class="missing"><strong>{word}</strong> {escape(one)}</p>' for one in missing]


def _verdicts(report: Report) -> Iterator[str]:
    if report.verdicts:
        cells = [
            (one.claim_id, wording.verdict(one.before), wording.verdict(one.after), wording.reason(one))
            for one in report.verdicts
        ]
        yield f"<h2>{tr(wording.VERDICTS_MOVED)}</h2>"
        yield _rows(tr(wording.VERDICTS_MOVED), _heads(wording.VERDICT_HEADS), cells, ("", BEFORE, AFTER, ""))


def _moves(report: Report) -> Iterator[str]:
    if report.moves:
        cells = [wording.move(one) for one in report.moves]
        yield f"<h2>{tr(wording.PLACES)}</h2>"
        yield _rows(tr(wording.PLACES), _heads(wording.MOVE_HEADS), cells[:MOST], ("", BEFORE, AFTER, NUMBER, NUMBER))
        yield from _left(len(cells) - MOST)


def _table(one: TableChange) -> str:
    title = f" {escape(tr(TABLES[one.name].title))}" if one.name in TABLES else ""
    said = wording.summary(one)
    why = f"{said} ({wording.because(one)})" if one.because else said
    lines = list(_lines(one))
    heads = (tr("ligne"), tr("colonne"), tr("avant"), tr("après"))
    cells = _rows(one.name, heads, lines[:MOST], ("", "", BEFORE, AFTER)) if lines else ""
    name = f"<h3><code>{escape(one.name)}</code>{title}</h3>"
    more = "".join(_left(len(lines) - MOST))
    return f'<section>\n{name}\n<p class="why">{escape(why)}</p>\n{cells}\n{more}</section>'


def _figures(figures: Sequence[FileChange]) -> Iterator[str]:
    if figures:
        yield f"<h2>{tr(wording.FIGURES)}</h2>"
        yield from (_figure(one) for one in figures[:MOST_FIGURES])
        yield from _left(len(figures) - MOST_FIGURES)


def _notebooks(notebooks: Sequence[FileChange]) -> Iterator[str]:
    if notebooks:
        heads = (tr("notebook"), tr("changement"), tr("première différence"))
        cells = [(one.path, tr(wording.STATUSES[one.status]), one.how or wording.NONE) for one in notebooks]
        yield f"<h2>{tr(wording.NOTEBOOKS)}</h2>"
        yield _rows(tr(wording.NOTEBOOKS), heads, cells[:MOST], ("", "", ""))
        yield from _left(len(cells) - MOST)


def _code(code: Sequence[str]) -> Iterator[str]:
    if code:
        yield f"<h2>{tr('Code et réglages')}</h2>"
        yield f"<ul>{''.join(f'<li><code>{escape(one)}</code></li>' for one in code[:MOST])}</ul>"
        yield from _left(len(code) - MOST)


def _left(count: int) -> Iterator[str]:
    """A line that says how many things the page leaves out."""
    if count > 0:
        said = tr("{more}, dans changes.json.").format(more=typography.capitalised(wording.more(count)))
        yield f'<p class="more">{said}</p>'


def _heads(heads: Iterable[str]) -> list[str]:
    return [tr(one) for one in heads]


def _lines(one: TableChange) -> Iterator[tuple[str, str, str, str]]:
    key = one.rows.key
    for found in one.rows.removed:
        yield _named(found.items(), key), "", _others(found.items(), key), ""
    for found in one.rows.added:
        yield _named(found.items(), key), "", "", _others(found.items(), key)
    for cell in one.rows.cells():
        yield (
            wording.row(zip(key, cell.key, strict=True)),
            cell.column,
            wording.value(cell.before),
            wording.value(cell.after),
        )


def _named(cells: Iterable[tuple[str, object]], key: Sequence[str]) -> str:
    return wording.row((name, found) for name, found in cells if name in key)


def _others(cells: Iterable[tuple[str, object]], key: Sequence[str]) -> str:
    return wording.row((name, found) for name, found in cells if name not in key) or tr("la ligne")


def _figure(one: FileChange) -> str:
    sides = {"added": (AFTER,), "removed": (BEFORE,)}.get(one.status, (BEFORE, AFTER))
    shown = "\n".join(_side(one, side) for side in sides)
    name = f"<h3><code>{escape(one.path)}</code></h3>"
    why = f'<p class="why">{escape(wording.file(one))}</p>'
    return f'<section>\n{name}\n{why}\n<div class="pair">\n{shown}\n</div>\n</section>'


def _side(one: FileChange, side: str) -> str:
    word = tr("avant") if side == BEFORE else tr("après")
    address = f"images/{escape(picture(one, side))}"
    image = f'<img src="{address}" alt="{escape(one.path)}, {word}" loading="lazy">'
    return f'<figure><figcaption class="{side}">{word}</figcaption><a href="{address}">{image}</a></figure>'


def _rows(label: str, heads: Sequence[str], lines: Iterable[Sequence[str]], marks: Sequence[str]) -> str:
    """A table in a frame that scrolls by itself, without the columns that have no cell.

    `marks` are the classes of its columns. On a narrow screen each row is a block, whose numbers say their heading.
    """
    cells = list(lines)
    kept = [rank for rank in range(len(heads)) if any(line[rank] for line in cells)]
    head = "".join(f'<th scope="col"{_class(marks[rank], NUMBER)}>{escape(heads[rank])}</th>' for rank in kept)
    body = "\n".join(
        f"<tr>{''.join(_cell(marks[rank], heads[rank], line[rank]) for rank in kept)}</tr>" for line in cells
    )
    frame = f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(label)}">'
    return f"{frame}\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>"


def _cell(mark: str, head: str, cell: str) -> str:
    told = f' data-head="{escape(head)}"' if mark == NUMBER else ""
    return f"<td{_class(mark, mark if cell not in {'', wording.NONE} else NUMBER)}{told}>{escape(cell)}</td>"


def _class(mark: str, shown: str) -> str:
    """The class of a cell, where it is the one to be shown."""
    return f' class="{mark}"' if mark and mark == shown else ""
