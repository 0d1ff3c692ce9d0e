"""The static site: notebooks, downloads, sources and notes as pages, checked, and replaced whole."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from analysis.charts.drawing import painted
from analysis.errors import SiteError
from analysis.i18n import passages
from analysis.i18n.language import FRENCH, LANGUAGES, language, speaking
from analysis.io import store, yaml_files
from analysis.io.file_names import file_name
from analysis.io.params import WHERE, Reports
from analysis.io.paths import EXECUTED, FIGURES, NOTES, RAW, SITE, TABLES
from analysis.io.swapping import replaced_folder
from analysis.publication.site import checks as site_checks
from analysis.publication.site import (
    common_files,
    communes,
    figures_page,
    guides,
    kept,
    map_page,
    mark_cards,
    method_numbers,
    script_texts,
    search_box,
    tables_page,
)
from analysis.publication.site import downloads as site_downloads
from analysis.publication.site import explore as site_explore
from analysis.publication.site import front_page as site_pages
from analysis.publication.site import indexes as site_indexes
from analysis.publication.site import reading_notes as site_notes
from analysis.publication.site.cards import card_picture, smaller
from analysis.publication.site.download_files import PublishedFigure
from analysis.publication.site.figures_page import Figure
from analysis.publication.site.files import link_tree, place_picture
from analysis.publication.site.html import FILES, IMAGES, STATIC, ExtraPage, edition
from analysis.publication.site.marks import CLAIMS_PAGE, TABLES_PAGE, Marks
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Places
from analysis.publication.site.read_inputs import (
    REBUILD,
    published_figures,
    published_files,
    published_tables,
    read_figures,
    read_marks,
    read_origins,
    read_pages,
    read_places,
    read_reports,
    with_uses,
)
from analysis.publication.site.sphinx import ASSETS, render
from analysis.publication.site.stylesheets import prune
from analysis.publication.site.tables_page import Origins
from analysis.publication.site.weight import Weights
from analysis.registry import official_lists
from analysis.reports.library import Library
from analysis.sources import corrections, provenance
from analysis.sources.notes import load_notes

__all__ = ["build", "cards", "check", "published_figures", "published_tables"]

# Figures of the first page, in order.
CARDS = ("label_timeline", "national_map", "envelopes")
DOWNLOADS: Mapping[str, Path] = {"figures": FIGURES, "tables": TABLES, "notebooks": EXECUTED}
CHECKED = (".html", ".css", ".js", ".svg")
# Left behind by the build and of no use to a reader: caches, source maps, parts of the theme that no page loads.
LEFT_OUT = (
    ".buildinfo", ".doctrees", "*.map", "webpack-macros.html", "_sources", "vendor", "theme.css",
    "bootstrap.js*", "fontawesome.js*",
)  # fmt: skip

# Bookkeeping of the runs beside the notebooks: no reader downloads it.
KEPT_BACK = ("manifest.json",)


@dataclass(frozen=True)
class Edition:
    """An edition as it was written: pages that must be there, and what each of its pages loads, links to and shows."""

    required: list[str]
    pages: dict[str, site_checks.Page]


def build(root: Path) -> None:
    """Replace outputs/site by the site of the executed notebooks, figures and tables; SiteError leaves the old one."""
    with replaced_folder(root / SITE) as folder:
        editions = write_editions(root, folder)
        for name, origin in DOWNLOADS.items():
            link_tree(root / origin, folder / FILES / name, *KEPT_BACK)
        required = [page for one in editions for page in one.required]
        check(folder, required, {path: page for one in editions for path, page in one.pages.items()})


def write_editions(root: Path, folder: Path) -> list[Edition]:
    """Write every edition, each in a process of its own: Sphinx keeps the language of its first build in a process."""
    names = languages(read_reports(root))
    with ProcessPoolExecutor(max_workers=len(names), mp_context=get_context("spawn")) as pool:
        return list(pool.map(write_edition, *zip(*((root, folder, name) for name in names), strict=True)))


def languages(reports: Reports) -> list[str]:
    """The site's editions, French first; SiteError without it."""
    if FRENCH not in reports.languages:
        raise SiteError("the site needs its French edition.", where=WHERE, repair="Add fr to reports.languages.")
    return sorted(reports.languages, key=list(LANGUAGES).index)


def write_edition(root: Path, site: Path, name: str) -> Edition:
    """Write the pages of the edition `name` into its folder of `site`."""
    with speaking(name):
        return _write_edition(root, edition(site))


def _write_edition(root: Path, folder: Path) -> Edition:
    known = read_places(root)
    made_by, found = read_origins(root), read_figures(root)
    pages = read_pages(root, known, made_by)
    extra = site_explore.pages(root, known)
    shown = context(pages, known, read_reports(root), extra)
    place, prefix = root / kept.FOLDER / language(), "" if language() == FRENCH else f"{language()}/"
    with kept.kept(place) as work:
        shutil.rmtree(work / "source", ignore_errors=True)
        write_sources(root, pages, known, work / "source", made_by, found)
        render(work / "source", work / "html", work / "trees", shown, extra)
    with TemporaryDirectory(dir=place.parent) as temporary:
        finished = shutil.copytree(place / "html", Path(temporary) / "html")
        finish(finished, read_marks(root, known, found))
        written = {f"{prefix}{path}": site_checks.parse(text) for path, text in _texts(finished)}
        link_tree(finished, folder, *LEFT_OUT)
    _place_pictures(root, pages, folder)
    site_explore.write(root, known, folder)
    own = (*site_pages.REFERENCE, *site_indexes.INDEXES, site_indexes.FILES_PAGE)
    names = ["index", "search", *own, *(one.stem for one in pages), *(one.name for one in extra)]
    return Edition(
        [f"{prefix}{name}.html" for name in names], {f"{prefix}{path}": one for path, one in written.items()}
    )


def finish(folder: Path, marks: Marks) -> None:
    """Marks of the pages that Sphinx wrote into `folder` become links; what all pages load becomes one file, pruned."""
    for path, text in _texts(folder):
        (folder / path).write_text(marks.in_page(path.removesuffix(".html"), text), encoding="utf-8")
    prune(folder)
    common_files.join(folder)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The pages of an edition by their path in it."""
    for path in sorted(folder.rglob("*.html")):
        if folder / STATIC not in path.parents:
            yield path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")


def check(folder: Path, required: list[str], parsed: Mapping[str, site_checks.Page] | None = None) -> None:
    """Raise SiteError when the site in `folder` is heavy, loads from elsewhere, or lacks a page, a text, a target."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    texts = site_checks.Texts({name: path for name, path in paths.items() if path.suffix in CHECKED})
    site_checks.check(texts, paths.keys(), required, Weights(paths), parsed)


def context(
    pages: Sequence[SitePage], known: Places, reports: Reports, extra: Sequence[ExtraPage] = ()
) -> dict[str, Any]:
    """What the templates show: the navigation, the index that stands for each report in it, and places' names."""
    listed = site_pages.navigation(_national(pages, known))
    others = [name for name in languages(reports) if name != language()]
    return {
        "atlas_editions": [(name, LANGUAGES[name].name, _way(name)) for name in others],
        "atlas_nav": [(caption, list(entries.items())) for caption, entries in listed.items()],
        "atlas_section": {stem: site_indexes.index_of(one) for stem, one in known.by_stem.items()}
        | site_explore.sections(extra),
        "atlas_names": {one.address: one.name for one in known.by_stem.values()},
        "atlas_places": search_box.search_results(),
    }


def _way(name: str) -> str:
    """From the root of the edition in force to the root of another."""
    return f"{'' if language() == FRENCH else '../'}{'' if name == FRENCH else f'{name}/'}"


def _national(pages: Sequence[SitePage], known: Places) -> list[SitePage]:
    return [one for one in pages if one.stem not in known.by_stem]


# --- writing -----------------------------------------------------------------------------------------------


def write_sources(
    root: Path, pages: Sequence[SitePage], known: Places, folder: Path, made_by: Origins, found: Sequence[Figure]
) -> None:
    """What Sphinx reads: the notebooks' copies, the site's own pages, the style sheets and the scripts."""
    shutil.copytree(ASSETS / STATIC, folder / STATIC)
    (folder / STATIC / mark_cards.FILE).write_text(mark_cards.script(found, made_by), encoding="utf-8")
    for one in pages:
        written = json.dumps(one.notebook, ensure_ascii=False)  # MyST-NB checks it when it reads it
        (folder / f"{file_name(one.stem)}.ipynb").write_text(written, encoding="utf-8")
    for name, text in own_pages(root, pages, known, made_by, found).items():
        (folder / f"{file_name(name)}.md").write_text(passages.spaced(text) + "\n", encoding="utf-8")


def own_pages(
    root: Path, pages: Sequence[SitePage], known: Places, made_by: Origins, found: Sequence[Figure]
) -> dict[str, str]:
    """Markdown of the pages that are no notebooks, by name."""
    read = provenance.load_sources(root / RAW / "sources.yaml")
    notes = load_notes(root / NOTES, read)
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    claims, coverage = store.read_table("core_claims", root), store.read_table("out_region_coverage", root)
    files = published_files(root, pages)
    return {
        "index": site_pages.index(
            _tables(root, script_texts.NEEDED),
            _national(pages, known),
            cards(pages, files.figures),
            read,
            entrance(root),
        ),
        site_indexes.REGIONS: site_indexes.regions(coverage, known),
        site_indexes.TERRITORIES: site_indexes.territories(known),
        "donnees": site_downloads.downloads(files, known),
        "sources": site_notes.sources(read, claims, [one.source_id for one in notes], fixes),
        "notes": site_notes.notes(notes, read, claims),
        CLAIMS_PAGE: figures_page.page(found),
        TABLES_PAGE: tables_page.page(with_uses(made_by, pages, known, files)),
        site_indexes.FILES_PAGE: site_downloads.report_files(files, known),
        **guides.guides(method_numbers.values(_counted(root))),
    }


def entrance(root: Path) -> site_pages.Entrance:
    """The search box and the atlas of the first page."""
    count = communes.counted(store.read_table("core_communes", root))
    return site_pages.Entrance(search_box.search_box(count=count), map_page.ADDRESS)


def _counted(root: Path) -> method_numbers.Tables:
    """What the method counts in."""
    raw = {name: store.read_raw(name, root) for name in method_numbers.COMMUNE_TABLES}
    then = official_lists.commune_count_at_edition(raw, 1, method_numbers.EDITION)
    return method_numbers.Tables(_tables(root, method_numbers.NEEDED), Library(root).judged, then)


def _tables(root: Path, names: Iterable[str]) -> dict[str, pl.DataFrame]:
    return {name: store.read_table(name, root) for name in names}


def cards(pages: Sequence[SitePage], figures: Sequence[PublishedFigure]) -> list[tuple[SitePage, PublishedFigure]]:
    """The figures of the first page, each with the page that shows it."""
    by_name = {one.name: one for one in figures}
    found = [(one, by_name[name]) for name in CARDS for one in pages if name in one.pictures and name in by_name]
    if len(found) != len(CARDS):
        shown = ", ".join(figure.name for _, figure in found) or "none"
        what = f"of the figures {', '.join(CARDS)}, only {shown} stand(s) in a notebook and in {FIGURES}."
        raise SiteError(what, where="index", repair=REBUILD)
    return found


def _place_pictures(root: Path, pages: Sequence[SitePage], folder: Path) -> None:
    (folder / IMAGES).mkdir()
    for name, png in {name: png for one in pages for name, png in one.pictures.items()}.items():
        published = root / edition(FIGURES) / name
        place_picture(png, published.with_suffix(".png"), folder / IMAGES / f"{name}.png")
        if name in CARDS:
            declared = painted.of_svg(store.read_text(published.with_suffix(".svg")))
            (folder / IMAGES / f"{card_picture(name)}.png").write_bytes(smaller(png, declared))
