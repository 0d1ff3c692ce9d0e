"""Pages that Sphinx wrote as readers get them: marks are links, what all pages load is one file, pruned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from analysis.publication.site import common_files
from analysis.publication.site.files import link_tree, place_text
from analysis.publication.site.html import STATIC, edition
from analysis.publication.site.marks import Marks
from analysis.publication.site.memory import Memory
from analysis.publication.site.page_facts import Facts, facts
from analysis.publication.site.stylesheets import prune, words
from analysis.publication.site.weight import packed


@dataclass(frozen=True, slots=True)
class Named:
    """What the whole edition must know of a page: words that style sheets may name, and the files that it asks for."""

    words: str
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
    link_tree(html, folder)
    texts = dict(_texts(folder))

    @cache
    def linked(path: str) -> str:
        return marks.in_page(path.removesuffix(".html"), texts[path])

    def named(path: str) -> Named:
        return Named(" ".join(sorted(words([linked(path)], ()))), common_files.asked(linked(path)))

    def checked(path: str) -> tuple[str, Facts]:
        text = common_files.joined(linked(path), joints)
        return text, facts(_in_site(path), text)

    sources = {path: (ground, path, text.encode()) for path, text in texts.items()}
    known = {path: memory.recall(partial(named, path), "named", *made_from) for path, made_from in sources.items()}
    loose = (path.read_text(encoding="utf-8") for path in (folder / STATIC).rglob("*.html"))
    prune(folder, words(loose, ()).union(*(one.words.split() for one in known.values())))
    joints = common_files.join(folder, [one.asked for one in known.values()])
    parts = [one.parts for one in joints]
    done = {}
    for path, made_from in sources.items():
        text, found = memory.recall(partial(checked, path), "checked", *made_from, parts)
        text = common_files.versioned(text, joints)
        place_text(text, old / path, folder / path)
        weight = memory.recall(partial(packed, text.encode()), "weight", text.encode())
        done[_in_site(path)] = Finished(text, found, weight)
    return done


def _in_site(path: str) -> str:
    """The path in the site of a page of the edition in force."""
    return (edition(Path()) / path).as_posix()


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages of an edition by their path in it."""
    for path in sorted(folder.rglob("*.html")):
        if folder / STATIC not in path.parents:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")
