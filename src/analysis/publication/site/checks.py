"""What the built site promises: nothing from a remote host, alternative texts, no dead link, light pages, all there."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.publication.site.page_facts import LOADED_BY_CSS, Facts, facts, refuse, require_local
from analysis.publication.site.weight import limit

LOADED_BY_SCRIPT = re.compile(
    r"""(?:fetch|import|importScripts|open)\(\s*["'`]((?:https?:)?//[^"'`]+)|\.(?:src|href)\s*=\s*["'`]((?:https?:)?//[^"'`]+)"""
)
LOADED_BY_SVG = re.compile(r"""(?:href|src)\s*=\s*["']((?:https?:)?//[^"']+)""", re.IGNORECASE)


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


def check(
    texts: Mapping[str, str],
    files: Collection[str],
    required: Iterable[str],
    weights: Mapping[str, int] | None = None,
    known: Mapping[str, Facts] | None = None,
) -> None:
    """Raise SiteError for the first promise that is broken, naming the page and the address.

    `texts` holds the HTML, CSS, JavaScript and SVG files by their path in the site, `files` every path, and
    `required` the pages that must be there. `weights` are the bytes that each file costs a reader, `known` what pages
    keep and ask for, where that was found already.
    """
    missing = sorted(set(required) - set(files))
    if missing:
        refuse(missing[0], "the page is missing.")
    known = known or {}
    pages = {path: known.get(path) or facts(path, texts[path]) for path in texts if path.endswith(".html")}
    for path in texts:
        if path not in pages:
            require_local(path, _from_file(path, texts[path]))
    for path, page in pages.items():
        _check_targets(path, page, files, pages)
        if weights is not None:
            _check_weight(path, page, weights)


def _check_targets(path: str, page: Facts, files: Collection[str], pages: Mapping[str, Facts]) -> None:
    for address, target, anchor in page.targets:
        if target not in files:
            refuse(path, f"{address} leads to a file that does not exist.")
        if anchor and target in pages and anchor not in pages[target].anchors:
            refuse(path, f"{address} leads to an anchor that does not exist.")


def _check_weight(path: str, page: Facts, weights: Mapping[str, int]) -> None:
    found = {path, *page.first}
    total, most = sum(weights[one] for one in found), limit(path)
    if total > most:
        heaviest = ", ".join(f"{one} {weights[one]:,}" for one in sorted(found, key=lambda one: -weights[one])[:3])
        refuse(path, f"it costs {total:,} bytes at first, more than {most:,}: {heaviest}.")


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
