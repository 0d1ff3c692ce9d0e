"""The text of a document with each figure marked in the colour and the sign of its verdict (pure)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final

from analysis.extraction.documents import Block, Document
from analysis.i18n.language import FRENCH, tr
from analysis.reports.readings import figure_words as words
from analysis.reports.readings.document_reading import Reading
from analysis.reports.readings.shown_html import Html, text

TAGS: Final[Mapping[str, str]] = {"paragraph": "p", "item": "li", "caption": "p", "cell": "td", "footnote": "p"}
GROUPS: Final[Mapping[str, str]] = {"item": "ul", "cell": "table"}
DEEPEST = 6
Row = Mapping[str, Any]


def marked_text(reading: Reading) -> Html:
    """The document's text, block by block; each figure leads to what is said of it, and back."""
    document = reading.document
    blocks = document.blocks or (Block("paragraph", 0, len(document.text), None),)
    found = _by_block(blocks, reading.figures.iter_rows(named=True))
    parts, page = [], None
    for kind, group in groupby(
        range(len(blocks)), key=lambda rank: (blocks[rank].page, GROUPS.get(blocks[rank].kind, ""))
    ):
        if kind[0] != page:
            page = kind[0]
            parts.append(f'<p class="page-break" id="page-{page}">{text(tr("page {page}").format(page=page))}</p>')
        ranks = list(group)
        whole = [_block(document, blocks[rank], found.get(rank, ())) for rank in ranks]
        parts += _table(blocks, ranks, whole) if kind[1] == "table" else _grouped(kind[1], whole)
    plain = tr("Le texte du document, {count} chiffres marqués.").format(count=reading.figures.height)
    language = document.language if document.language.isalpha() else FRENCH
    return Html("\n".join((f'<div class="reading-text" lang="{text(language)}">', *parts, "</div>")), plain)


def _by_block(blocks: tuple[Block, ...], figures: Iterable[Row]) -> dict[int, list[Row]]:
    """Figures by the rank of the block that they begin in, or of the one before where they begin in none."""
    starts = [one.start for one in blocks]
    found: dict[int, list[Row]] = {}
    for figure in figures:
        found.setdefault(max(bisect_right(starts, figure["start"]) - 1, 0), []).append(figure)
    return found


def _grouped(tag: str, whole: list[str]) -> list[str]:
    """Items in a list; other blocks as they are."""
    return [f"<{tag}>{''.join(whole)}</{tag}>"] if tag else whole


def _table(blocks: tuple[Block, ...], ranks: list[int], cells: list[str]) -> list[str]:
    """Cells in rows: one begins where the column that heads a cell does not follow that of the cell before."""
    rows, before = list[list[str]](), -1
    for rank, cell in zip(ranks, cells, strict=True):
        column = min((head for head in blocks[rank].heads if blocks[head].kind == "cell"), default=-1)
        if not rows or (column <= before and before >= 0) or (before < 0 <= column):
            rows.append([])
        rows[-1].append(cell)
        before = column
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return [f'<div class="cells" tabindex="0"><table>{body}</table></div>']


def _block(document: Document, block: Block, figures: Iterable[Row]) -> str:
    inner = "".join(_pieces(document.text, block, figures))
    if block.kind == "heading":
        level = min(block.level + 2, DEEPEST) if block.level else DEEPEST
        return f"<h{level}>{inner}</h{level}>"
    more = f' class="{block.kind}"' if block.kind in ("caption", "footnote") else ""
    return f"<{TAGS[block.kind]}{more}>{inner}</{TAGS[block.kind]}>"


def _pieces(whole: str, block: Block, figures: Iterable[Row]) -> Iterator[str]:
    """The text of a block with its figures marked; of two at one place the second is named after the first."""
    place = block.start
    for figure in sorted(figures, key=lambda one: (one["start"], one["end"])):
        start, end = max(figure["start"], place), min(max(figure["end"], place), block.end)
        yield text(whole[place:start])
        yield mark(figure, whole[start:end])
        place = max(place, end)
    yield text(whole[place : block.end])


def mark(figure: Row, written: str) -> str:
    """A figure as the document writes it, in the colour and with the sign of its verdict."""
    state, label = words.state(figure), words.state_label(figure)
    classes = f"figure {state}{' doubtful' if figure['doubtful'] else ''}"
    told = ". ".join(one for one in (label, words.counted(figure), words.reason(figure)) if one)
    number = figure["number"]
    return (
        f'<a class="{classes}" id="f{number}" href="#r{number}" title="{text(told)}">{text(written)}'
        f'<span class="sign" aria-hidden="true">{words.SIGN[state]}</span>'
        f'<span class="unseen"> ({text(label)})</span></a>'
    )
