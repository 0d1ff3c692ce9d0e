"""Pieces of HTML that the site's pages share: pictures, tables, links to files, sizes (pure)."""

import re
import struct
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from pathlib import Path
from typing import Any, Final, cast

from jinja2 import Environment, FileSystemLoader
from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.i18n import typography
from analysis.i18n.language import FRENCH, N_, language, tr

TITLE: Final = N_("Territoires d’industrie, atlas reproductible")
STATIC: Final = "_static"  # folder of an edition that holds its style sheets and scripts
FILES = "fichiers"  # folder of the site that holds what readers download
IMAGES = "images"
PIECES = Path(__file__).parent / "assets/pages/_templates"
BY_LANGUAGE = ("figures", "notebooks")  # folders of FILES with one folder for each translation
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
CELL_END = re.compile(r"(</t[dh]>)(?=<t[dh])")
CELL = re.compile(r'<td((?: lang="fr")?)>([^<]+)</td>')
TAG = re.compile(r"<[^>]*>")
HARD = typography.HARD_SPACE
# Formats of a figure in outputs/figures, with what the link says.
FORMATS: Mapping[str, str] = {"svg": N_("SVG"), "png": N_("PNG"), "csv": N_("données (CSV)")}


@dataclass(frozen=True, slots=True)
class ExtraPage:
    """A page of the site that Sphinx only frames: its name, title, HTML and the pages above it (name, title)."""

    name: str
    title: str
    body: str
    above: tuple[tuple[str, str], ...] = ()
    template: str = "page.html"


def edition(folder: Path) -> Path:
    """The folder of the edition in force in one that has French files and a folder for each translation."""
    return folder if language() == FRENCH else folder / language()


def address(folder: str, name: str) -> str:
    """Address of a file that readers download, from a page of the edition in force: tables are the same for all."""
    if language() == FRENCH:
        return f"{FILES}/{folder}/{name}"
    return f"../{FILES}/{folder}/{f'{language()}/' if folder in BY_LANGUAGE else ''}{name}"


def raw(html: str) -> str:
    """HTML as a Markdown block; nothing in it can end the block."""
    return "```{raw} html\n" + html.replace("`", "&#96;") + "\n```"


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A piece of a page from its template in assets/pages; values are escaped where it does not call them safe."""
    return _templates().get_template(template).render(values)


@cache
def _templates() -> Environment:
    made = Environment(loader=FileSystemLoader(PIECES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    made.globals.update(tr=tr, spaced=typography.spaced)
    return made


def folded(text: str) -> str:
    """Text without its accents."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")


def elements(html: str) -> LexborNode:
    """The root of a page's elements, as browsers read it."""
    return cast(LexborNode, LexborHTMLParser(html).root)  # browsers make one of any text


def in_three(page: str) -> tuple[str, str, str]:
    """A page of the site as what stands before its article, the article, and what comes after."""
    start, stop = page.find("<article"), page.rfind("</article>")
    return (page[:start], page[start:stop], page[stop:]) if stop > 0 else (page, "", "")


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|&$])", r"\\\1", text)


def figure(name: str, png: bytes, alt: str, *, published: bool, late: bool = False, origin: str = "") -> str:
    """A picture in a frame that scrolls on a narrow screen, with links to the files published beside it.

    `late` lets it load when the reader comes to it; `origin` is HTML that says where its numbers come from.
    """
    shown = image(name, png, alt, late=late)
    frame = f'<div class="frame" tabindex="0" role="group" aria-label="{tr("Figure")}">{shown}</div>'
    said = (figure_links(name) if published else "") + origin
    caption = f"\n<figcaption>{said}</figcaption>" if said else ""
    return f'<figure class="atlas-figure">\n{frame}{caption}\n</figure>'


def image(name: str, png: bytes, alt: str, *, late: bool = False) -> str:
    """A picture of the site's folder of images, with its alternative text and its size in pixels.

    One that comes `late` in a page is fetched when the reader comes near it.
    """
    width, height = png_size(png)
    source = f"{IMAGES}/{escape(name)}.png"
    lazy = ' loading="lazy" decoding="async"' if late else ""
    return f'<img class="dark-light" src="{source}" alt="{escape(alt)}" width="{width}" height="{height}"{lazy}>'


def figure_links(name: str) -> str:
    """Links to a figure's files: one that opens it, and one to download each format."""
    start = address("figures", escape(name))
    files = " · ".join(f'<a href="{start}.{end}" download>{tr(label)}</a>' for end, label in FORMATS.items())
    downloads = typography.spaced(tr("Télécharger : {files}")).format(files=files)
    return f'<a href="{start}.svg">{tr("Agrandir")}</a> · {downloads}'


def linked(table: str, links: Mapping[str, str]) -> str:
    """A table whose cells that are a key of `links` lead there: sentences and sources to their reading note."""

    def link(cell: re.Match[str]) -> str:
        address = links.get(unescape(cell[2]))
        return f'<td{cell[1]}><a href="{escape(address)}">{cell[2]}</a></td>' if address else cell[0]

    return CELL.sub(link, table)


def scrollable(table: str) -> str:
    """A table in a frame that scrolls by itself on a narrow screen, by touch and by keyboard.

    Cells stand on lines of their own: search indexes the text between tags, and must not join two cells.
    """
    found = CAPTION.search(table)
    label = TAG.sub("", found[1]).replace('"', "&quot;").strip() if found else tr("Tableau")
    apart = CELL_END.sub(r"\1\n", table)
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">\n{apart}\n</div>'


def png_size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, from its header."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def facts(listed: Iterable[tuple[str, str]], more: str = "") -> str:
    """Named facts as a list, those that have any HTML; `more` is an attribute of the list."""
    items = "\n".join(f"<dt>{what}</dt><dd>{told}</dd>" for what, told in listed if told)
    return f'<dl class="facts"{more}>\n{items}\n</dl>'


def file_link(folder: str, name: str, size: int, label: str) -> str:
    """A link to a file that readers download, with its size."""
    return f'<a href="{address(folder, escape(name))}" download>{label}</a>{HARD}({size_text(size)})'


def size_text(size: int) -> str:
    """A file's size as readers write it: `812 octets`, `65 ko`, `1,8 Mo`."""
    if size < 1000:
        return f"{size}{HARD}{tr('octets')}"
    if size < 1e6:
        return f"{typography.number(size / 1e3)}{HARD}{tr('ko')}"
    return f"{typography.number(size / 1e6, 1)}{HARD}{tr('Mo')}"
