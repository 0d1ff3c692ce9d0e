"""The pages of an edition: what is due again is read, written by Sphinx, finished and checked, all else recalled."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from analysis.charts.drawing import painted
from analysis.io import store
from analysis.io.memory import Memory, digest
from analysis.io.paths import EXECUTED, FIGURES
from analysis.io.swapping import replaced_folder
from analysis.publication.site import edition as site_edition
from analysis.publication.site import explore, tables_read
from analysis.publication.site import front_page as site_pages
from analysis.publication.site import indexes as site_indexes
from analysis.publication.site import kept as site_kept
from analysis.publication.site.cards import card_picture, smaller
from analysis.publication.site.edition import Edition
from analysis.publication.site.files import place_picture
from analysis.publication.site.finishing import Finishing
from analysis.publication.site.html import IMAGES, ExtraPage, edition
from analysis.publication.site.made_from import Inputs
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.own_pages import CARDS
from analysis.publication.site.places import Places
from analysis.publication.site.read_inputs import (
    asked_for,
    read_figures,
    read_marks,
    read_origins,
    read_pages,
    read_places,
    read_reports,
)
from analysis.publication.site.sphinx import render
from analysis.publication.site.sphinx_sources import context, write_sources
from analysis.publication.site.tables_page import Origins


def write_pages(root: Path, place: Path, made_from: Inputs) -> Edition:
    """Write the edition in force into the folder where it is kept."""
    known, made_by, found = read_places(root), read_origins(root), read_figures(root)
    ground = digest(made_from.ground, repr(asked_for(root)))
    with site_kept.kept(place) as work:
        memory = Memory(work / "memory", digest(made_from.rules, tables_read.register()))
        pages, extra = _read(root, known, made_by, made_from.files, partial(_on, ground, memory))
        shutil.rmtree(work / "source", ignore_errors=True)
        write_sources(root, pages, known, work / "source", made_by, found)
        shown = context(pages, known, read_reports(root), extra)
        render(work / "source", work / "html", work / "trees", shown, extra)
        with replaced_folder(work / site_edition.PAGES) as folder:
            marked = Finishing(read_marks(root, known, found), ground, memory)
            done = marked.finish(work / "html", folder, work / site_edition.PAGES)
            _place_pictures(root, pages, folder)
            explore.write(root, known, folder)
        required = [(edition(Path()) / f"{name}.html").as_posix() for name in _names(pages, extra)]
        facts = {path: fact for path, (fact, _) in done.items()}
        weights = {path: weight for path, (_, weight) in done.items()}
        written = Edition(required, facts, weights)
        memory.save()
        site_edition.keep(work, made_from, written)
    return written


def _on(ground: str, memory: Memory, make: Callable[[], Any], *parts: object) -> Any:
    """What `make` gives from `parts` and from the data that any page may show."""
    return memory.recall(make, ground, *parts)


def _read(
    root: Path, known: Places, made_by: Origins, digests: Mapping[str, str], recall: Callable[..., Any]
) -> tuple[list[SitePage], list[ExtraPage]]:
    """Pages of the notebooks, and those that are HTML already; each from its own files, of which these are digests."""

    def page(stem: str, make: Callable[[], SitePage]) -> SitePage:
        found: SitePage = recall(make, "page", stem, digests.get((edition(EXECUTED) / f"{stem}.ipynb").as_posix()))
        return found

    still = digests.get((edition(FIGURES) / f"{explore.STILL}.txt").as_posix())
    pages = read_pages(root, known, made_by, page)
    return pages, recall(partial(explore.pages, root, known), "extra", still)


def _names(pages: Sequence[SitePage], extra: Sequence[ExtraPage]) -> list[str]:
    """Names of the pages that must be there."""
    own = (*site_pages.REFERENCE, *site_indexes.INDEXES, site_indexes.FILES_PAGE)
    return ["index", "search", *own, *(one.stem for one in pages), *(one.name for one in extra)]


def _place_pictures(root: Path, pages: Sequence[SitePage], folder: Path) -> None:
    (folder / IMAGES).mkdir()
    for name, png in {name: png for one in pages for name, png in one.pictures.items()}.items():
        published = root / edition(FIGURES) / name
        place_picture(png, published.with_suffix(".png"), folder / IMAGES / f"{name}.png")
        if name in CARDS:
            declared = painted.of_svg(store.read_text(published.with_suffix(".svg")))
            (folder / IMAGES / f"{card_picture(name)}.png").write_bytes(smaller(png, declared))
