"""Pages that Sphinx wrote as readers get them: marks are links, what all pages load is one file, pruned."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from analysis.publication.site import common_files
from analysis.publication.site.common_files import Joint
from analysis.publication.site.files import place_text
from analysis.publication.site.html import STATIC, edition
from analysis.publication.site.marks import Marks
from analysis.publication.site.memory import Memory
from analysis.publication.site.page_facts import Facts, facts
from analysis.publication.site.stylesheets import prune, words
from analysis.publication.site.weight import packed


@dataclass(frozen=True, slots=True)
class Marked:
    """A page whose marks are links, the words that style sheets may name in it, and the files that it asks for."""

    text: str
    names: frozenset[str]
    asked: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Finished:
    """A page as it is published, what it keeps and asks for, and the bytes that it costs a reader."""

    text: str
    facts: Facts
    weight: int


def finish(html: Path, folder: Path, old: Path, marks: Marks, ground: str, memory: Memory) -> dict[str, Finished]:
    """Write the pages in `html` into a new `folder`, and give them by their path in the site.

    Those that are as in the folder `old` are linked from there; `ground` is the digest of all data that marks lead to.
    """
    shutil.copytree(html, folder, dirs_exist_ok=True)
    marked = {
        path: memory.recall(partial(_marked, marks, path, text), "marked", ground, path, text.encode())
        for path, text in _texts(folder)
    }
    loose = (path.read_text(encoding="utf-8") for path in (folder / STATIC).rglob("*.html"))
    prune(folder, words(loose, ()).union(*(one.names for one in marked.values())))
    joints = common_files.join(folder, [one.asked for one in marked.values()])
    done = {
        path: memory.recall(partial(_finished, path, one.text, joints), "finished", path, one.text.encode(), joints)
        for path, one in marked.items()
    }
    for path, one in done.items():
        place_text(one.text, old / path, folder / path)
    return {(edition(Path()) / path).as_posix(): one for path, one in done.items()}


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages of an edition by their path in it."""
    for path in sorted(folder.rglob("*.html")):
        if folder / STATIC not in path.parents:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def _marked(marks: Marks, path: str, html: str) -> Marked:
    text = marks.in_page(path.removesuffix(".html"), html)
    return Marked(text, frozenset(words([text], ())), common_files.asked(text))


def _finished(path: str, marked: str, joints: Sequence[Joint]) -> Finished:
    text = common_files.joined(marked, joints)
    return Finished(text, facts((edition(Path()) / path).as_posix(), text), packed(text.encode()))
