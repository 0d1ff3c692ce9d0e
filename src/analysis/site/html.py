"""Pieces of HTML that the site's pages share: pictures, tables, links to files, sizes (pure)."""

import re
import struct
import unicodedata
from collections.abc import Mapping
from html import escape, unescape

from analysis import style

FILES = "fichiers"  # folder of the site that holds what readers download
IMAGES = "images"
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
CELL_END = re.compile(r"(</t[dh]>)(?=<t[dh])")
CELL = re.compile(r"<td>([^<]+)</td>")
TAG = re.compile(r"<[^>]*>")
HARD = style.HARD_SPACE
# Formats of a figure in outputs/figures, with what the link says.
FORMATS: Mapping[str, str] = {"svg": "SVG", "png": "PNG", "csv": "données (CSV)"}


def raw(html: str) -> str:
    """HTML as a Markdown block; nothing in it can end the block."""
    return "```{raw} html\n" + html.replace("`", "&#96;") + "\n```"


def folded(text: str) -> str:
    """Text without its accents."""
    return "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) != "Mn")


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]<>#|&$])", r"\\\1", text)


def figure(name: str, png: bytes, alt: str, *, published: bool, late: bool = False) -> str:
    """A picture in a frame that scrolls on a narrow screen, with links to the files published beside it."""
    shown = image(name, png, alt, late=late)
    frame = f'<div class="frame" tabindex="0" role="group" aria-label="Figure">{shown}</div>'
    caption = f"\n<figcaption>{figure_links(name)}</figcaption>" if published else ""
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
    address = f"{FILES}/figures/{escape(name)}"
    files = " · ".join(f'<a href="{address}.{end}" download>{label}</a>' for end, label in FORMATS.items())
    return f'<a href="{address}.svg">Agrandir</a> · Télécharger\u00a0: {files}'


def linked(table: str, links: Mapping[str, str]) -> str:
    """A table whose cells that are a key of `links` lead there: sentences and sources to their reading note."""

    def link(cell: re.Match[str]) -> str:
        address = links.get(unescape(cell[1]))
        return f'<td><a href="{escape(address)}">{cell[1]}</a></td>' if address else cell[0]

    return CELL.sub(link, table)


def scrollable(table: str) -> str:
    """A table in a frame that scrolls by itself on a narrow screen, by touch and by keyboard.

    Cells stand on lines of their own: search indexes the text between tags, and must not join two cells.
    """
    found = CAPTION.search(table)
    label = TAG.sub("", found[1]).replace('"', "&quot;").strip() if found else "Tableau"
    apart = CELL_END.sub(r"\1\n", table)
    return f'<div class="table-scroll" tabindex="0" role="region" aria-label="{label}">\n{apart}\n</div>'


def png_size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels, from its header."""
    width, height = struct.unpack(">II", image[16:24])
    return width, height


def file_link(folder: str, name: str, size: int, label: str) -> str:
    """A link to a file that readers download, with its size."""
    return f'<a href="{FILES}/{folder}/{escape(name)}" download>{label}</a>{HARD}({size_text(size)})'


def size_text(size: int) -> str:
    """A file's size as French readers write it: `812 octets`, `65 ko`, `1,8 Mo`."""
    if size < 1000:
        return f"{size}{HARD}octets"
    return f"{style.number(size / 1e3)}{HARD}ko" if size < 1e6 else f"{style.number(size / 1e6, 1)}{HARD}Mo"
