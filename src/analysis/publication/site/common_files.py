"""One style sheet and one script for what every page of a site loads (pure, but for `join`).

A slow reader's browser pays for each request before it paints: thirteen small files cost more than two large ones.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from posixpath import dirname
from typing import NamedTuple

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


class Joint(NamedTuple):
    """A file that stands for those that every page asks for: its name in KINDS, their addresses, and its version."""

    name: str
    parts: tuple[str, ...]
    version: str

    @property
    def address(self) -> str:
        """Its address from the site's root, up to its version."""
        return f"{STATIC}/{self.name}?v="


def asked(page: str) -> dict[str, list[str]]:
    """Addresses from the site's root that a page (HTML) asks for outside its article, by the name in KINDS."""
    around = in_three(page)[::2]
    return {
        name: [found[2] for part in around for found in pattern.finditer(part)]
        for name, (_, pattern, _) in KINDS.items()
    }


def shared(pages: Sequence[Sequence[str]]) -> list[str]:
    """What all pages ask for, each given by what it asks for, in the order of the first."""
    return [one for one in dict.fromkeys(pages[0]) if all(one in other for other in pages)] if pages else []


def joined(page: str, joints: Iterable[Joint]) -> str:
    """The page with one element for each joint, where that of its first part is, instead of those of its parts.

    Their version is left out, so that this page stays the same when a style sheet changes: see `versioned`.
    """
    before, article, after = in_three(page)
    for one in joints:
        pattern, replace = KINDS[one.name][1], partial(_replaced, one)
        before, after = pattern.sub(replace, before), pattern.sub(replace, after)
    return before + article + after


def versioned(page: str, joints: Iterable[Joint]) -> str:
    """A page that was `joined`, with the version of what it asks for."""
    for one in joints:
        page = page.replace(f'{one.address}"', f'{one.address}{one.version}"', 1)
    return page


def _replaced(joint: Joint, found: re.Match[str]) -> str:
    if found[2] not in joint.parts:
        return found[0]
    return KINDS[joint.name][0].format(f"{found[1]}{joint.address}") if found[2] == joint.parts[0] else ""


def concatenated(texts: Mapping[str, str], between: str) -> str:
    """The files as one, given by address; SiteError where one loads a file from beside it, which would be elsewhere."""
    for one, text in texts.items():
        if one.endswith(".css") and dirname(one) != STATIC and (found := BESIDE.search(text)):
            what = f"it loads {found[1]} from its own folder, and is to become part of {STATIC}/site.css."
            raise SiteError(what, where=one, repair="Keep the picture in the style sheet, as a data: address.")
    return between.join(texts.values())


def join(folder: Path, pages: Sequence[Mapping[str, Sequence[str]]]) -> list[Joint]:
    """Join in the site's `folder` what all pages load, each given by what it asks for (`asked`); the parts go."""
    joints = []
    for name, (_, _, between) in KINDS.items():
        parts = shared([one[name] for one in pages])
        if len(parts) < 2:
            continue
        text = concatenated({one: (folder / one).read_text(encoding="utf-8") for one in parts}, between)
        joints.append(Joint(name, tuple(parts), hashlib.sha256(text.encode()).hexdigest()[:8]))
        for path in (folder / one for one in parts):
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        (folder / STATIC / name).write_text(text, encoding="utf-8")
    return joints
