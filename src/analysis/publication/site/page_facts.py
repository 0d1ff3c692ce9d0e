"""What one page must keep by itself, and what it asks of the other files of the site (pure)."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from analysis.errors import SiteError
from analysis.i18n.language import FRENCH, LANGUAGES
from analysis.publication.site.page_elements import Page, parse
from analysis.publication.site.policy import POLICY

REBUILD = "Correct its source, then run `dvc repro`."
REMOTE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
LOADED_BY_CSS = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s\"'`<>)]+")
THEME_FILES = "_static/"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page asks of the others: files and anchors that must be there, each with the address that leads to it.

    `anchors` are those that others may lead to; `first` are files that a browser fetches at once.
    """

    targets: tuple[tuple[str, str, str], ...]
    anchors: frozenset[str]
    first: frozenset[str]


def facts(path: str, html: str) -> Facts:
    """Of the page at `path` in the site; SiteError for the first promise that it breaks by itself."""
    page = parse(html)
    require_local(path, [*page.loads, *_from_inline_code(page)])
    _check_policy(path, page)
    _check_images(path, page)
    _check_language(path, page)
    targets: dict[tuple[str, str], str] = {}
    for address in (*page.links, *page.loads):
        target = _target(path, address)
        if target is not None:
            targets.setdefault((target, _anchor(address)), address)
    first = frozenset(filter(None, (_target(path, one) for one in page.first)))
    asked = tuple((address, target, anchor) for (target, anchor), address in targets.items())
    return Facts(asked, frozenset(page.anchors), first)


def require_local(path: str, addresses: Iterable[str]) -> None:
    """SiteError for the first address on another host that the file at `path` would load."""
    for address in addresses:
        if REMOTE.match(address):
            refuse(path, f"{address} would be loaded from another host.")


def refuse(path: str, what: str) -> NoReturn:
    """Raise SiteError that names a file of the site."""
    raise SiteError(what, where=f"outputs/site/{path}", repair=REBUILD)


def _check_policy(path: str, page: Page) -> None:
    for what in page.runs:
        refuse(path, f"{what}: its policy lets only files of the site run and style it.")
    if page.policies != [POLICY] or page.before_policy:
        refuse(path, "it does not state the site's Content-Security-Policy once, before all that it loads.")


def _from_inline_code(page: Page) -> Iterator[str]:
    for kind, text in page.code:
        yield from LOADED_BY_CSS.findall(text) if kind == "style" else ADDRESS.findall(text)


def _check_images(path: str, page: Page) -> None:
    for source, alt in page.images:
        decorative = source.startswith(THEME_FILES) and alt is not None
        if not decorative and not (alt or "").strip():
            refuse(path, f"the image {source[:80]} has no alternative text.")
    for values in page.drawings:
        named = values.get("aria-label", "").strip() or values.get("aria-labelledby")
        if values.get("role") == "img" and not named:
            refuse(path, f"the drawing {values.get('id', '')} has no alternative text.")


def _check_language(path: str, page: Page) -> None:
    wanted = next((code for code in LANGUAGES if path.startswith(f"{code}/")), FRENCH)
    if page.language != wanted:
        refuse(path, f'its language is said to be "{page.language}", not "{wanted}".')


def _target(path: str, address: str) -> str | None:
    """Path in the site that an address of the page at `path` leads to; None on another host."""
    try:
        parts = urlsplit(address)
    except ValueError:
        refuse(path, f"{address} is no address.")
    if parts.scheme or parts.netloc:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path


def _anchor(address: str) -> str:
    """The anchor in an address; none where it is what a script reads, a place or a view of the atlas."""
    anchor = unquote(urlsplit(address).fragment)
    return "" if "=" in anchor else anchor
