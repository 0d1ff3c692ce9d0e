"""The page of a reading: an executed notebook as one HTML file that loads nothing and runs nothing but its own script.

Its Content-Security-Policy allows the style and the script of this package, by their digest, and pictures in the page.
"""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import nbformat
from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

from analysis.i18n.language import N_, language, tr
from analysis.reports.readings.shown_html import ASSETS, text

STYLES = ("marks.css", "page.css")
KEYS = N_("Au clavier : n mène au chiffre suivant du texte, p au précédent, Tab de lien en lien.")
CHECK, HIDDEN = "check", ("parameters", "injected-parameters")


class Part(NamedTuple):
    """A piece of the page; a folded one stands under the title that opens it."""

    html: Markup
    folded: str = ""


def page(notebook: str, title: str) -> str:
    """The HTML file that shows an executed notebook, given as the text of its file; its code is left out."""
    parts = [*_parts(nbformat.reads(notebook, as_version=4))]
    style, script = "".join(map(_asset, STYLES)), _asset("page.js")
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    environment = Environment(loader=FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("page.html").render(
        language=language(), title=title, parts=parts, keys=tr(KEYS), policy=Markup(policy),
        style=Markup(style), script=Markup(script),
    )  # fmt: skip


def _parts(notebook: nbformat.NotebookNode) -> Iterator[Part]:
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            yield Part(Markup(_markdown().render(cell.source)))
        elif not any(one in HIDDEN for one in tags):
            for output in cell.get("outputs", []):
                if html := _output(output):
                    yield Part(Markup(html), tr("Contrôle") if CHECK in tags else "")


def _output(output: Any) -> str:
    """An output as HTML: that of this package as it is, words from Markdown, all else as text."""
    data = output.get("data", {})
    if "text/html" in data:
        return "" if data["text/html"].startswith("<style>") else str(data["text/html"])
    if "text/markdown" in data:
        return str(_markdown().render(data["text/markdown"]))
    return f"<pre>{text(output.get('text') or data.get('text/plain'))}</pre>"


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """A text as a policy allows it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
