"""One style sheet and one script for what every page of a site loads (pure, but for `join`).

A slow reader's browser pays for each request before it paints: thirteen small files cost more than two large ones.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from posixpath import dirname

from analysis.errors import SiteError
from analysis.publication.site.html import STATIC, in_three

# Each with the line end before it, which goes with it.
SHEET = re.compile(
    r'(?:\n\s*)?<link rel="stylesheet"(?: type="text/css")? href="((?:\.\./)*)(_static/[^"?]+)[^"]*"\s*/?>'
)
# Scripts that wait for the page; one that must run before the first paint has no `defer`, and stays.
SCRIPT = re.compile(r'(?:\n\s*)?<script defer(?:="defer")? src="((?:\.\./)*)(_static/[^"?]+)[^"]*"></script>')
BESIDE = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')\s]+)""")
# By the name of what is written: how a page asks for it, how it asks for the files it is made of, what parts them.
KINDS: Mapping[str, tuple[str, re.Pattern[str], str]] = {
    "site.css": ('\n    <link rel="stylesheet" href="{}"/>', SHEET, "\n"),
    "site.js": ('\n  <script defer src="{}"></script>', SCRIPT, "\n;\n"),
}


def shared(pages: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    """Addresses from the site's root that every page (HTML) asks for, in the order of the first page."""
    asked = [[found[2] for part in in_three(page)[::2] for found in pattern.finditer(part)] for page in pages]
    return [one for one in dict.fromkeys(asked[0]) if all(one in other for other in asked)] if asked else []


def joined(page: str, pattern: re.Pattern[str], parts: Sequence[str], element: str, address: str) -> str:
    """The page with one element, in the place of that of the first of `parts`, instead of those that ask for them."""

    def replace(found: re.Match[str]) -> str:
        if found[2] not in parts:
            return found[0]
        return element.format(f"{found[1]}{address}") if found[2] == parts[0] else ""

    before, article, after = in_three(page)
    return pattern.sub(replace, before) + article + pattern.sub(replace, after)


def concatenated(texts: Mapping[str, str], between: str) -> str:
    """The files as one, given by address; SiteError where one loads a file from beside it, which would be elsewhere."""
    for one, text in texts.items():
        if one.endswith(".css") and dirname(one) != STATIC and (found := BESIDE.search(text)):
            what = f"it loads {found[1]} from its own folder, and is to become part of {STATIC}/site.css."
            raise SiteError(what, where=one, repair="Keep the picture in the style sheet, as a data: address.")
    return between.join(texts.values())


def join(folder: Path) -> None:
    """Join what all pages of the site in `folder` load, in place; the files that are joined go."""
    paths = (path for path in sorted(folder.rglob("*.html")) if folder / STATIC not in path.parents)
    pages = {path: path.read_text(encoding="utf-8") for path in paths}
    for name, (element, pattern, between) in KINDS.items():
        parts = shared(list(pages.values()), pattern)
        if len(parts) < 2:
            continue
        text = concatenated({one: (folder / one).read_text(encoding="utf-8") for one in parts}, between)
        address = f"{STATIC}/{name}?v={hashlib.sha256(text.encode()).hexdigest()[:8]}"
        pages = {path: joined(page, pattern, parts, element, address) for path, page in pages.items()}
        for path in (folder / one for one in parts):
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        (folder / STATIC / name).write_text(text, encoding="utf-8")
    for path, page in pages.items():
        path.write_text(page, encoding="utf-8")
