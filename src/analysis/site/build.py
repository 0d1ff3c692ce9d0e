"""The static site: notebooks, downloads, sources and notes as pages, checked, and replaced whole."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat

from analysis import sources, store, style
from analysis.errors import SiteError
from analysis.notes import load_notes
from analysis.paths import EXECUTED, FIGURES, NOTES, RAW, SITE, TABLES
from analysis.site import checks as site_checks
from analysis.site import downloads as site_downloads
from analysis.site import explore as site_explore
from analysis.site import indexes as site_indexes
from analysis.site import notes as site_notes
from analysis.site import pages as site_pages
from analysis.site.communes import ExtraPage
from analysis.site.downloads import PublishedFigure
from analysis.site.files import link_tree, place_picture
from analysis.site.html import FILES, IMAGES
from analysis.site.notebooks import SitePage
from analysis.site.places import Places
from analysis.site.reading import REBUILD, published_figures, published_files, published_tables, read_pages, read_places
from analysis.site.sphinx import ASSETS, STATIC, render

__all__ = ["build", "cards", "check", "published_figures", "published_tables"]

# Figures of the first page, in order.
CARDS = ("label_timeline", "national_map", "envelopes")
DOWNLOADS: Mapping[str, Path] = {"figures": FIGURES, "tables": TABLES, "notebooks": EXECUTED}
CHECKED = (".html", ".css", ".js", ".svg")
# Left behind by the build and of no use to a reader: caches, source maps, a template of the theme.
LEFT_OUT = (".buildinfo", ".doctrees", "*.map", "webpack-macros.html", "_sources")

# Bookkeeping of the runs beside the notebooks: no reader downloads it.
KEPT_BACK = ("*.json",)


def build(root: Path) -> None:
    """Replace outputs/site by the site of the executed notebooks, figures and tables; SiteError leaves the old one."""
    known = read_places(root)
    pages = read_pages(root, known)
    with store.replaced_folder(root / SITE) as folder, TemporaryDirectory() as temporary:
        work = Path(temporary)
        write_sources(root, pages, known, work / "source")
        extra = site_explore.pages(root, known)
        render(work / "source", work / "html", work / "cache", context(pages, known, extra), extra)
        shutil.copytree(work / "html", folder, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
        _copy_files(root, pages, folder)
        site_explore.write(root, known, folder)
        check(folder, [*(f"{one.stem}.html" for one in pages), *(f"{one.name}.html" for one in extra)])


def check(folder: Path, required: list[str]) -> None:
    """Raise SiteError when the site in `folder` loads from elsewhere, lacks a text or a page, or has a dead link."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    texts = site_checks.Texts({name: path for name, path in paths.items() if path.suffix in CHECKED})
    own = (*site_pages.REFERENCE, *site_indexes.INDEXES, site_indexes.FILES_PAGE)
    wanted = ["index.html", "search.html", *(f"{name}.html" for name in own), *required]
    site_checks.check(texts, paths.keys(), wanted)


def context(pages: Sequence[SitePage], known: Places, extra: Sequence[ExtraPage] = ()) -> dict[str, Any]:
    """What the templates show: the navigation, the index that stands for each report in it, and places' names."""
    listed = site_pages.navigation(_national(pages, known))
    return {
        "atlas_nav": [(caption, list(entries.items())) for caption, entries in listed.items()],
        "atlas_section": {stem: site_indexes.index_of(one) for stem, one in known.by_stem.items()}
        | site_explore.sections(extra),
        "atlas_names": {one.address: one.name for one in known.by_stem.values()},
    }


def _national(pages: Sequence[SitePage], known: Places) -> list[SitePage]:
    return [one for one in pages if one.stem not in known.by_stem]


# --- writing -----------------------------------------------------------------------------------------------


def write_sources(root: Path, pages: Sequence[SitePage], known: Places, folder: Path) -> None:
    """What Sphinx reads: the notebooks' copies, the site's own pages and the style sheet."""
    shutil.copytree(ASSETS / STATIC, folder / STATIC)
    for one in pages:
        nbformat.write(one.notebook, folder / f"{one.stem}.ipynb")
    for name, text in own_pages(root, pages, known).items():
        (folder / f"{name}.md").write_text(style.spaced(text) + "\n", encoding="utf-8")


def own_pages(root: Path, pages: Sequence[SitePage], known: Places) -> dict[str, str]:
    """Markdown of the pages that are no notebooks, by name."""
    read = sources.load_sources(root / RAW / "sources.yaml")
    notes = load_notes(root / NOTES, read)
    claims, coverage = store.read_table("core_claims", root), store.read_table("out_region_coverage", root)
    files = published_files(root, pages)
    return {
        "index": site_pages.index(coverage, claims, _national(pages, known), cards(pages, files.figures), read),
        site_indexes.REGIONS: site_indexes.regions(coverage, known),
        site_indexes.TERRITORIES: site_indexes.territories(known),
        "donnees": site_downloads.downloads(files, known),
        "sources": site_notes.sources(read, claims, [one.source_id for one in notes]),
        "notes": site_notes.notes(notes, read, claims),
        site_indexes.FILES_PAGE: site_downloads.report_files(files, known),
    }


def cards(pages: Sequence[SitePage], figures: Sequence[PublishedFigure]) -> list[tuple[SitePage, PublishedFigure]]:
    """The figures of the first page, each with the page that shows it."""
    by_name = {one.name: one for one in figures}
    found = [(one, by_name[name]) for name in CARDS for one in pages if name in one.pictures and name in by_name]
    if len(found) != len(CARDS):
        shown = ", ".join(figure.name for _, figure in found) or "none"
        what = f"of the figures {', '.join(CARDS)}, only {shown} stand(s) in a notebook and in {FIGURES}."
        raise SiteError(what, where="index", repair=REBUILD)
    return found


def _copy_files(root: Path, pages: Sequence[SitePage], folder: Path) -> None:
    """Put pictures and downloads beside the pages."""
    (folder / IMAGES).mkdir()
    for name, png in {name: png for one in pages for name, png in one.pictures.items()}.items():
        place_picture(png, root / FIGURES / f"{name}.png", folder / IMAGES / f"{name}.png")
    for name, origin in DOWNLOADS.items():
        link_tree(root / origin, folder / FILES / name, *KEPT_BACK)
