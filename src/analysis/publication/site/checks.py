"""What the built site promises: nothing from a remote host, alternative texts, no dead link, light pages, all there."""

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from analysis.errors import SiteError
from analysis.i18n.language import FRENCH, LANGUAGES
from analysis.publication.site.html import elements
from analysis.publication.site.policy import POLICY, executable, policy_of
from analysis.publication.site.weight import limit

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
FETCHED = frozenset({"stylesheet", "icon", "preload", "modulepreload"})  # of what a link may be to the page
EARLY = frozenset({"script", "style", "link", "body", "img"})  # what no page may have before its policy
# What says nothing of loads, links, code and pictures: most elements of a page have nothing else.
QUIET = frozenset({"class", "lang", "scope", "colspan", "rowspan", "role", "tabindex", "aria-label", "data-origin"})
TOLD_BY_NAME = EARLY | {"html", "svg"}  # elements that say something without any attribute


@dataclass
class Page:
    """What one page loads, links to, names and shows.

    `first` are the addresses that a reader's browser fetches before anything is scrolled or clicked: style sheets,
    scripts, icons and pictures, but not those that load late.
    """

    language: str = ""
    loads: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    images: list[tuple[str, str | None]] = field(default_factory=list)
    drawings: list[Mapping[str, str]] = field(default_factory=list)
    code: list[tuple[str, str]] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    before_policy: bool = False

    def add(self, tag: str, values: Mapping[str, str]) -> None:
        """Collect the addresses, anchors and alternative text of one tag with these attributes."""
        self.anchors.update(filter(None, (values.get("id"), values.get("name"))))
        self.runs.extend(executable(tag, values))
        if (policy := policy_of(tag, values)) is not None:
            self.policies.append(policy)
        elif tag in EARLY and not self.policies:
            self.before_policy = True
        if style := values.get("style"):
            self.code.append(("style", style))
        found = [values[name] for name in LOADING if name in values]
        found += _candidates(values["srcset"]) if "srcset" in values else []
        (self.links if tag in FOLLOWED else self.loads).extend(found)
        if values.get("http-equiv", "") == "refresh":
            self.loads.append(values.get("content", "").partition("=")[2])
        if tag not in FOLLOWED and values.get("loading") != "lazy" and _fetched(tag, values):
            self.first.extend(found)
        if tag == "img":
            self.images.append((values.get("src", ""), values.get("alt")))
        elif tag == "svg":
            self.drawings.append(values)
        elif tag == "html":
            self.language = values.get("lang", "")


def _fetched(tag: str, values: Mapping[str, str]) -> bool:
    """Whether a browser asks at once for what this tag names: not for the next page, nor for where a form is sent."""
    return tag not in {"link", "form"} or bool(FETCHED.intersection(values.get("rel", "").lower().split()))


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
    """A page from its HTML, as browsers read it."""
    page = Page()
    for node in elements(html).traverse():
        tag, given = node.tag or "", node.attributes
        if tag not in TOLD_BY_NAME and given.keys() <= QUIET:
            continue
        if tag in {"script", "style"}:
            page.code.append((tag, node.text()))
        page.add(tag, {name: value or "" for name, value in given.items()})
    return page


def check(
    texts: Mapping[str, str],
    files: Collection[str],
    required: Iterable[str],
    weights: Mapping[str, int] | None = None,
    pages: Mapping[str, Page] | None = None,
) -> None:
    """Raise SiteError for the first promise that is broken, naming the page and the address.

    `texts` holds the HTML, CSS, JavaScript and SVG files by their path in the site, `files` every path, and
    `required` the pages that must be there. `weights` are the bytes that each file costs a reader, `pages` what is
    parsed already.
    """
    missing = sorted(set(required) - set(files))
    if missing:
        _refuse(missing[0], "the page is missing.")
    known = pages or {}
    pages = {path: known.get(path) or parse(texts[path]) for path in texts if path.endswith(".html")}
    for path, page in pages.items():
        _check_remote(path, [*page.loads, *_from_inline_code(page)])
        _check_policy(path, page)
        _check_images(path, page)
        _check_language(path, page)
    for path in texts:
        if path not in pages:
            _check_remote(path, _from_file(path, texts[path]))
    anchors = {path: page.anchors for path, page in pages.items()}
    for path, page in pages.items():
        for address in (*page.links, *page.loads):
            _check_target(path, address, files, anchors)
        if weights is not None:
            _check_weight(path, page, weights)


def _check_remote(path: str, addresses: Iterable[str]) -> None:
    for address in addresses:
        if REMOTE.match(address):
            _refuse(path, f"{address} would be loaded from another host.")


def _check_policy(path: str, page: Page) -> None:
    for what in page.runs:
        _refuse(path, f"{what}: its policy lets only files of the site run and style it.")
    if page.policies != [POLICY] or page.before_policy:
        _refuse(path, "it does not state the site's Content-Security-Policy once, before all that it loads.")


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
    for values in page.drawings:
        named = values.get("aria-label", "").strip() or values.get("aria-labelledby")
        if values.get("role") == "img" and not named:
            _refuse(path, f"the drawing {values.get('id', '')} has no alternative text.")


def _check_language(path: str, page: Page) -> None:
    wanted = next((code for code in LANGUAGES if path.startswith(f"{code}/")), FRENCH)
    if page.language != wanted:
        _refuse(path, f'its language is said to be "{page.language}", not "{wanted}".')


def _check_target(path: str, address: str, files: Collection[str], anchors: Mapping[str, set[str]]) -> None:
    target = _target(path, address)
    if target is None:
        return
    if target not in files:
        _refuse(path, f"{address} leads to a file that does not exist.")
    anchor = unquote(urlsplit(address).fragment)
    state = "=" in anchor  # what a script reads: a place or a view of the atlas
    if anchor and not state and target in anchors and anchor not in anchors[target]:
        _refuse(path, f"{address} leads to an anchor that does not exist.")


def _target(path: str, address: str) -> str | None:
    """Path in the site that an address of the page at `path` leads to; None on another host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        _refuse(path, f"{address} is no address.")
    if parts.scheme or parts.netloc:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path


def _check_weight(path: str, page: Page, weights: Mapping[str, int]) -> None:
    found = {path, *filter(None, (_target(path, one) for one in page.first))}
    total, most = sum(weights[one] for one in found), limit(path)
    if total > most:
        heaviest = ", ".join(f"{one} {weights[one]:,}" for one in sorted(found, key=lambda one: -weights[one])[:3])
        _refuse(path, f"it costs {total:,} bytes at first, more than {most:,}: {heaviest}.")


def _refuse(path: str, what: str) -> NoReturn:
    raise SiteError(what, where=f"outputs/site/{path}", repair=REBUILD)
