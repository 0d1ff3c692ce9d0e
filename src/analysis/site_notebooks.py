"""Executed notebooks as the site shows them: code behind a toggle, pictures with text and downloads (pure)."""

import base64
import re
import struct
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from typing import Any

import nbformat

from analysis.errors import SiteError

HIDE_CODE = "hide-input"
FILES = "fichiers"  # folder of the site that holds what readers download
IMAGES = "images"
HEADING = re.compile(r"\A# (.+)$", re.MULTILINE)
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
RERUN = "Run the notebook again with `make`."
# Formats of a figure in outputs/figures, with what the link says.
FORMATS: Mapping[str, str] = {"svg": "SVG", "png": "PNG", "csv": "données (CSV)"}


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page made from a notebook: file stem, title, first paragraph, cells, and its pictures by name."""

    stem: str
    title: str
    lead: str
    notebook: nbformat.NotebookNode
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def page(stem: str, executed: nbformat.NotebookNode, place: str = "") -> SitePage:
    """A notebook prepared for Sphinx; `place` tells apart the pages that one template makes."""
    notebook = deepcopy(executed)
    where = f"outputs/notebooks/{stem}.ipynb"
    title, lead = _opening(notebook, where)
    title = f"{title}\u00a0: {place}" if place else title
    opening = notebook.cells[0]
    opening["source"] = HEADING.sub(lambda _: f"# {title}", opening["source"], count=1)
    pictures: dict[str, bytes] = {}
    notebook["cells"] = list(_merged(notebook.cells))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), HIDE_CODE})
            for rank, output in enumerate(cell.get("outputs", [])):
                _show(output, f"{stem}-{cell['id']}-{rank}", where, pictures)
    notebook.cells.append(_download_cell(stem))
    return SitePage(stem, title, lead, notebook, pictures)


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


def _show(output: nbformat.NotebookNode, fallback: str, where: str, pictures: dict[str, bytes]) -> None:
    """Turn one output into what the page shows; Markdown and text never become tags."""
    data: dict[str, Any] = output.get("data", {})
    if "image/png" in data:
        described = output.get("metadata", {}).get("image/png", {})
        image = base64.b64decode(data["image/png"])
        name = described.get("name") or fallback
        if pictures.setdefault(name, image) != image:
            raise SiteError(f"two different pictures are named {name}.", where=where, repair=RERUN)
        output["data"] = {
            "text/html": figure(name, image, described.get("alt", ""), bool(described.get("name")), where)
        }
    elif "text/html" in data:
        output["data"] = {"text/html": scrollable(data["text/html"])}
    elif "text/markdown" in data:
        output["data"] = {"text/markdown": data["text/markdown"].replace("<", "&lt;")}


def figure(name: str, image: bytes, alt: str, published: bool, where: str) -> str:
    """A picture with its alternative text, its size, and links to the files published beside it."""
    if not alt.strip():
        raise SiteError(f"the picture {name} has no alternative text.", where=where, repair="Give every figure one.")
    width, height = png_size(image)
    shown = (
        f'<img class="dark-light" src="{IMAGES}/{escape(name)}.png" alt="{escape(alt)}"'
        f' width="{width}" height="{height}">'
    )
    frame = f'<div class="frame" tabindex="0" role="group" aria-label="Figure">{shown}</div>'
    caption = f"\n<figcaption>{figure_links(name)}</figcaption>" if published else ""
    return f'<figure class="atlas-figure">\n{frame}{caption}\n</figure>'


def figure_links(name: str) -> str:
    """Links to a figure's files: one that opens it, and one to download each format."""
    address = f"{FILES}/figures/{escape(name)}"
    files = " · ".join(f'<a href="{address}.{end}" download>{label}</a>' for end, label in FORMATS.items())
    return f'<a href="{address}.svg">Agrandir</a> · Télécharger\u00a0: {files}'


def scrollable(table: str) -> str:
    """A table in a frame that scrolls by itself on a narrow screen, by touch and by keyboard."""
    found = CAPTION.search(table)
    label = found[1].strip() if found else "Tableau"
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">\n{table}\n</div>'


def png_size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, from its header."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def _download_cell(stem: str) -> nbformat.NotebookNode:
    text = f"Télécharger cette page comme notebook exécuté\u00a0: "
    link = f'<a href="{FILES}/notebooks/{stem}.ipynb" download>{stem}.ipynb</a>'
    block = f'```{{raw}} html\n<p class="page-download">{text}{link}</p>\n```'
    cell = nbformat.v4.new_markdown_cell(block)
    cell["id"] = "page-download"
    return cell
