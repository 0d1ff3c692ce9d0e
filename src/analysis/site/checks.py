"""What the built site promises: nothing from a remote host, alternative texts, no dead link, every page."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from analysis.errors import SiteError

REBUILD = "Correct its source, then run `dvc repro`."
REMOTE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
LOADED_BY_CSS = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE)
LOADED_BY_SCRIPT = re.compile(
    r"""(?:fetch|import|importScripts|open)\(\s*["'`]((?:https?:)?//[^"'`]+)|\.(?:src|href)\s*=\s*["'`]((?:https?:)?//[^"'`]+)"""
)
LOADED_BY_SVG = re.compile(r"""(?:href|src)\s*=\s*["']((?:https?:)?//[^"']+)""", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s\"'`<>)]+")
LOADING = ("src", "href", "data", "poster", "action", "formaction", "background", "xlink:href", "ping", "manifest")
FOLLOWED = ("a", "area")  # a reader follows these by choice; nothing is loaded
THEME_FILES = "_static/"


@dataclass
class Page(HTMLParser):
    """What one page loads, links to, names and shows."""

    loads: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    images: list[tuple[str, str | None]] = field(default_factory=list)
    code: list[tuple[str, str]] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the addresses, anchors and alternative text of one tag."""
        values = dict(attrs)
        self.inside = tag if tag in {"script", "style"} else ""
        self.anchors.update(filter(None, (values.get("id"), values.get("name"))))
        self.code.append(("style", values.get("style") or ""))
        addresses = [values[name] or "" for name in LOADING if name in values]
        (self.links if tag in FOLLOWED else self.loads).extend(addresses)
        self.loads.extend(_candidates(values.get("srcset") or ""))
        if values.get("http-equiv", "") == "refresh":
            self.loads.append((values.get("content") or "").partition("=")[2])
        if tag == "img":
            self.images.append((values.get("src") or "", values.get("alt")))

    def handle_endtag(self, tag: str) -> None:
        """Leave a script or a style sheet."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Collect inline scripts and style sheets."""
        if self.inside:
            self.code.append((self.inside, data))


@dataclass(frozen=True)
class Texts(Mapping[str, str]):
    """Texts by their path in the site, each read from its file when it is asked for: not all fit in memory."""

    paths: Mapping[str, Path]

    def __getitem__(self, path: str) -> str:
        """Text of one file."""
        return self.paths[path].read_text(encoding="utf-8")

    def __iter__(self) -> Iterator[str]:
        """Paths in the site."""
        return iter(self.paths)

    def __len__(self) -> int:
        """How many files."""
        return len(self.paths)


def _candidates(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(",") if part.strip()]


def parse(html: str) -> Page:
    """A page from its HTML."""
    page = Page()
    page.feed(html)
    page.close()
    return page


def check(texts: Mapping[str, str], files: Collection[str], required: Iterable[str]) -> None:
    """Raise SiteError for the first promise that is broken, naming the page and the address.

    `texts` holds the HTML, CSS, JavaScript and SVG files by their path in the site, `files` every path, and
    `required` the pages that must be there.
    """
    missing = sorted(set(required) - set(files))
    if missing:
        _refuse(missing[0], "the page is missing.")
    pages = {path: parse(texts[path]) for path in texts if path.endswith(".html")}
    for path, page in pages.items():
        _check_remote(path, [*page.loads, *_from_inline_code(page)])
        _check_images(path, page)
    for path in texts:
        if path not in pages:
            _check_remote(path, _from_file(path, texts[path]))
    anchors = {path: page.anchors for path, page in pages.items()}
    for path, page in pages.items():
        for address in (*page.links, *page.loads):
            _check_target(path, address, files, anchors)


def _check_remote(path: str, addresses: Iterable[str]) -> None:
    for address in addresses:
        if REMOTE.match(address):
            _refuse(path, f"{address} would be loaded from another host.")


def _from_inline_code(page: Page) -> Iterator[str]:
    for kind, text in page.code:
        yield from LOADED_BY_CSS.findall(text) if kind == "style" else ADDRESS.findall(text)


def _from_file(path: str, text: str) -> Iterator[str]:
    if path.endswith(".css"):
        yield from LOADED_BY_CSS.findall(text)
    elif path.endswith(".js"):
        yield from (one or other for one, other in LOADED_BY_SCRIPT.findall(text))
    elif path.endswith(".svg"):
        for part in _around_slashes(text):
            yield from (*LOADED_BY_SVG.findall(part), *LOADED_BY_CSS.findall(part))


def _around_slashes(text: str) -> Iterator[str]:
    """The quoted or bracketed piece around each `//` of a drawing of a megabyte, which has few: maps are mostly paths.

    A piece starts at the tag (or the rule of a style sheet) that holds the address.
    """
    place = text.find("//")
    while place >= 0:
        start = max(text.rfind("<", 0, place), text.rfind("{", 0, place), 0)
        stop = text.find("\n", place)
        yield text[start : stop if stop >= 0 else len(text)]
        place = text.find("//", max(stop, place + 2)) if stop >= 0 else -1


def _check_images(path: str, page: Page) -> None:
    for source, alt in page.images:
        decorative = source.startswith(THEME_FILES) and alt is not None
        if not decorative and not (alt or "").strip():
            _refuse(path, f"the image {source[:80]} has no alternative text.")


def _check_target(path: str, address: str, files: Collection[str], anchors: Mapping[str, set[str]]) -> None:
    try:
        parts = urlsplit(address)
    except ValueError:
        _refuse(path, f"{address} is no address.")
    if parts.scheme or parts.netloc:
        return
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
    if target not in files:
        _refuse(path, f"{address} leads to a file that does not exist.")
    anchor = unquote(parts.fragment)
    state = "=" in anchor  # what a script reads: a place or a view of the atlas
    if anchor and not state and target in anchors and anchor not in anchors[target]:
        _refuse(path, f"{address} leads to an anchor that does not exist.")


def _refuse(path: str, what: str) -> NoReturn:
    raise SiteError(what, where=f"outputs/site/{path}", repair=REBUILD)
