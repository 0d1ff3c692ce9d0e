"""Pages that Sphinx wrote as readers get them: marks are links, what all pages load is one file, pruned."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from analysis.io.memory import Memory
from analysis.publication.site import common_files
from analysis.publication.site.common_files import Joint
from analysis.publication.site.files import link_tree, place_text
from analysis.publication.site.html import STATIC, edition
from analysis.publication.site.marks import Marks
from analysis.publication.site.page_facts import Facts, facts
from analysis.publication.site.stylesheets import prune, words
from analysis.publication.site.weight import packed


@dataclass(frozen=True, slots=True)
class Named:
    """What the whole edition must know of a page: words that style sheets may name, and the files that it asks for."""

    words: str
    asked: Mapping[str, Sequence[str]]


@dataclass(frozen=True, eq=False)
class Finishing:
    """How pages are finished: what their marks lead to, in data of which `ground` is the digest; and what is known."""

    marks: Marks
    ground: str
    memory: Memory

    def finish(self, html: Path, folder: Path, old: Path) -> dict[str, tuple[Facts, int]]:
        """Write the pages in `html` into a new `folder`; by path in the site, what each keeps, asks for and weighs.

        Those that are as in the folder `old` are linked from there.
        """
        link_tree(html, folder)
        texts = dict(_texts(folder))
        known = {path: self._recalled(self._named, path, text) for path, text in texts.items()}
        loose = (path.read_text(encoding="utf-8") for path in (folder / STATIC).rglob("*.html"))
        prune(folder, words(loose, ()).union(*(one.words.split() for one in known.values())))
        joints = common_files.join(folder, [one.asked for one in known.values()])
        done = {}
        for path, text in texts.items():
            joined, asked = self._recalled(self._checked, path, text, joints)
            finished = common_files.versioned(joined, joints)
            place_text(finished, old / path, folder / path)
            content = finished.encode()
            done[_in_site(path)] = asked, self.memory.recall(partial(packed, content), "weight", content)
        return done

    def _recalled(self, make: Callable[..., Any], path: str, text: str, joints: Sequence[Joint] = ()) -> Any:
        parts = (make.__name__, self.ground, path, text.encode(), [one.parts for one in joints])
        return self.memory.recall(partial(make, path, text, joints), *parts)

    def _named(self, path: str, html: str, joints: Sequence[Joint]) -> Named:
        text = self._linked(path, html)
        return Named(" ".join(sorted(words([text], ()))), common_files.asked(text))

    def _checked(self, path: str, html: str, joints: Sequence[Joint]) -> tuple[str, Facts]:
        text = common_files.joined(self._linked(path, html), joints)
        return text, facts(_in_site(path), text)

    @cache  # noqa: B019 - it lives as long as its process
    def _linked(self, path: str, html: str) -> str:
        return self.marks.in_page(path.removesuffix(".html"), html)


def _in_site(path: str) -> str:
    """The path in the site of a page of the edition in force."""
    return (edition(Path()) / path).as_posix()


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages of an edition by their path in it."""
    for path in sorted(folder.rglob("*.html")):
        if folder / STATIC not in path.parents:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
