"""Executed notebooks as the site shows them: code behind a toggle, pictures with text and downloads (pure)."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from typing import Any

import nbformat

from analysis.errors import SiteError
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, tr
from analysis.io import file_names
from analysis.publication.site import cell_outputs, places
from analysis.publication.site.html import address, figure, linked, plain, raw, scrollable
from analysis.publication.site.marks import origin_line
from analysis.publication.site.places import Places
from analysis.publication.site.tables_read import tables_used
from analysis.reports.origin_marks import ORIGIN

HIDE_CODE = "hide-input"
HEADING = re.compile(r"\A# (.+)$", re.MULTILINE)
SECTION = re.compile(r"^##+ (.+)$", re.MULTILINE)
# Tags that stay: marks of numbers, which become links, and what says that a text is French in every edition.
KEPT = re.compile(rf'(<data class="told" value="[^"<>]*">[^<>]*</data>|<span lang="{FRENCH}">[^<>]*</span>)|<')
ORIGINS = re.compile(rf'\b{ORIGIN}="([^"]*)"')
RERUN = "Run the notebook again with `make`."


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page made from a notebook: file stem, title, first paragraph, cells, and its pictures by name."""

    stem: str
    title: str
    lead: str
    notebook: nbformat.NotebookNode
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def page(
    stem: str,
    executed: nbformat.NotebookNode,
    place: str = "",
    links: Mapping[str, str] | None = None,
    known: Places | None = None,
) -> SitePage:
    """A notebook prepared for Sphinx; `place` tells apart the pages that one template makes.

    `links` gives the address that a table's cell leads to, by its text; `known` those of régions and territories.
    """
    notebook = _copied(executed)
    where = f"outputs/notebooks/{stem}.ipynb"
    title, lead = _opening(notebook, where)
    heading = typography.spaced(tr("{title} : {place}").format(title=title, place=plain(place)) if place else title)
    title = typography.spaced(tr("{title} : {place}").format(title=title, place=place) if place else title)
    opening = notebook.cells[0]
    opening["source"] = HEADING.sub(lambda _: f"# {heading}", opening["source"], count=1)
    pictures: dict[str, bytes] = {}
    section = ""
    notebook["cells"] = list(_merged(notebook.cells))
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell["source"] = typography.spaced(cell["source"])
            section = next(iter(SECTION.findall(cell["source"])), section)
        elif cell.cell_type == "code":
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), HIDE_CODE})
            for rank, output in enumerate(cell.get("outputs", [])):
                into = partial(_linked, links=links or {}, known=known, section=section)
                place = f"{where}, cell `{cell['source'].strip().splitlines()[-1]:.80}`"
                _show(output, f"{stem}-{cell['id']}-{rank}", place, pictures, into, tables_used(cell["source"]))
    notebook.cells.append(_download_cell(stem))
    return SitePage(stem, title, lead, notebook, pictures)


def _copied(executed: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A copy in which cells, their metadata and their outputs can be replaced; what outputs hold is shared."""
    node: Callable[..., nbformat.NotebookNode] = nbformat.NotebookNode
    cells = [node(one, metadata=node(one.metadata)) for one in executed.cells]
    for cell in cells:
        if "outputs" in cell:
            cell["outputs"] = [node(one) for one in cell.outputs]
    return node(executed, cells=cells)


def _opening(notebook: nbformat.NotebookNode, where: str) -> tuple[str, str]:
    """Title and first paragraph, from the first cell."""
    source = notebook.cells[0]["source"] if notebook.cells else ""
    found = HEADING.match(source)
    if not found:
        raise SiteError("the first cell has no title.", where=where, repair="Start it with `# Title`.")
    paragraphs = [part.strip() for part in source[found.end() :].split("\n\n") if part.strip()]
    return found[1].strip(), paragraphs[0] if paragraphs else ""


def _merged(cells: list[nbformat.NotebookNode]) -> Iterator[nbformat.NotebookNode]:
    """Code that shows nothing joins the code cell that follows it, so that each toggle stands over a result."""
    silent: list[nbformat.NotebookNode] = []
    for cell in cells:
        if cell.cell_type == "code" and not cell.get("outputs"):
            silent.append(cell)
        elif cell.cell_type == "code":
            cell["source"] = "\n\n".join(one["source"] for one in (*silent, cell))
            silent = []
            yield cell
        else:
            yield from silent
            silent = []
            yield cell
    yield from silent


def _show(
    output: nbformat.NotebookNode,
    fallback: str,
    where: str,
    pictures: dict[str, bytes],
    into: Callable[[str], str],
    tables: Sequence[str],
) -> None:
    """Turn one output into what the page shows; Markdown and text never become tags, but the marks of numbers.

    Raises SiteError for what readers could not read: another kind of output, or HTML that is no table.

    `tables` are those that the cell reads: a table that names its own keeps these.
    """
    data: dict[str, Any] = output.get("data", {})
    if "image/png" in data:
        described = output.get("metadata", {}).get("image/png", {})
        output["data"] = {
            "text/html": _picture(described, base64.b64decode(data["image/png"]), fallback, where, pictures, tables)
        }
    elif "text/html" in data:
        table = with_origin(into(typography.spaced(cell_outputs.table(data["text/html"], where))), tables)
        named = ORIGINS.search(table)
        origin = origin_line(unescape(named[1]).split() if named else [])
        below = f'\n<p class="table-origin">{origin}</p>' if origin else ""
        output["data"] = {"text/html": scrollable(table) + below}
    elif "text/markdown" in data:
        output["data"] = {"text/markdown": _without_tags(typography.spaced(data["text/markdown"]))}
    elif data:
        cell_outputs.require_text(data, where)


def _without_tags(text: str) -> str:
    """Markdown in which nothing is a tag but the marks of provenance and of French texts."""
    return KEPT.sub(lambda found: found[1] or "&lt;", text)


def with_origin(table: str, tables: Sequence[str]) -> str:
    """The HTML of a table with the names of the processed tables it is made from, unless it names some itself."""
    if not tables or ORIGINS.search(table):
        return table
    return table.replace("<table", f'<table {ORIGIN}="{" ".join(tables)}"', 1)


def _linked(table: str, links: Mapping[str, str], known: Places | None, section: str) -> str:
    named = linked(table, links)
    return places.linked(named, known, section) if known else named


def _picture(
    described: Mapping[str, str],
    png: bytes,
    fallback: str,
    where: str,
    pictures: dict[str, bytes],
    tables: Sequence[str],
) -> str:
    """HTML of a picture from its bytes and what its metadata say of it: name and alternative text."""
    name, alt = described.get("name") or fallback, described.get("alt", "")
    if not alt.strip():
        raise SiteError(
            f"the picture {name} has no alternative text.",
            where=where,
            repair="Show a Picture of analysis.charts.drawing.picture.",
        )
    if file_names.problem(name) or pictures.setdefault(name, png) != png:
        raise SiteError(f"two pictures are named {name!r}, or it is no file name.", where=where, repair=RERUN)
    is_published, late = "name" in described, len(pictures) > 1
    return figure(name, png, alt, published=is_published, late=late, origin=origin_line(tables))


def _download_cell(stem: str) -> nbformat.NotebookNode:
    link = f'<a href="{address("notebooks", f"{stem}.ipynb")}" download>{stem}.ipynb</a>'
    text = typography.spaced(tr("Télécharger cette page comme notebook exécuté : {link}")).format(link=link)
    return markdown_cell("page-download", raw(f'<p class="page-download">{text}</p>'))


def markdown_cell(name: str, source: str) -> nbformat.NotebookNode:
    """A cell that the page has and its notebook has not."""
    cell: nbformat.NotebookNode = nbformat.v4.new_markdown_cell(typography.spaced(source), id=name)
    return cell
