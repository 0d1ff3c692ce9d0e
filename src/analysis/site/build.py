"""The static site: notebooks, downloads, sources and notes as pages, checked, and replaced whole."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
import polars as pl

from analysis import notebooks, params, sources, store, style
from analysis.errors import MissingFileError, SiteError
from analysis.notes import load_notes
from analysis.paths import EXECUTED, FIGURES, NOTES, RAW, SITE, TABLES
from analysis.schema import Table
from analysis.site import checks as site_checks
from analysis.site import notes as site_notes
from analysis.site import pages as site_pages
from analysis.site.html import FILES, FORMATS, IMAGES
from analysis.site.notebooks import SitePage, page
from analysis.site.pages import PublishedFigure, PublishedTable
from analysis.site.sphinx import ASSETS, STATIC, render
from analysis.tables import tables_of

WORKBOOK = "territoires_industrie.xlsx"
# Figures of the first page, in order.
CARDS = ("label_timeline", "national_map", "envelopes")
DOWNLOADS: Mapping[str, Path] = {"figures": FIGURES, "tables": TABLES, "notebooks": EXECUTED}
CHECKED = (".html", ".css", ".js", ".svg")
# Left behind by the build and of no use to a reader: caches, source maps, a template of the theme.
LEFT_OUT = (".buildinfo", ".doctrees", "*.map", "webpack-macros.html", "_sources")
REBUILD = "Run `dvc repro` to build it."


def build(root: Path) -> None:
    """Replace outputs/site by the site of the executed notebooks, figures and tables; SiteError leaves the old one."""
    pages = read_pages(root)
    with store.replaced_folder(root / SITE) as folder, TemporaryDirectory() as temporary:
        work = Path(temporary)
        write_sources(root, pages, work / "source")
        render(work / "source", work / "html", work / "cache")
        shutil.copytree(work / "html", folder, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
        _copy_files(root, pages, folder)
        check(folder, [f"{one.stem}.html" for one in pages])


def check(folder: Path, required: list[str]) -> None:
    """Raise SiteError when the site in `folder` loads from elsewhere, lacks a text or a page, or has a dead link."""
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items() if path.suffix in CHECKED}
    wanted = ["index.html", "search.html", *(f"{name}.html" for name in site_pages.REFERENCE), *required]
    site_checks.check(texts, paths.keys(), wanted)


# --- reading -----------------------------------------------------------------------------------------------


def read_pages(root: Path) -> list[SitePage]:
    """A page for every notebook that params.yaml asks for, in the order of their names."""
    reports = params.parse(sources.read_yaml(root / params.WHERE)).reports
    territories = store.read_table("core_territories", root)
    noted = [path.stem for path in (root / NOTES).glob("*.md") if path.name != "README.md"]
    links = site_notes.links(store.read_table("core_claims", root), noted)
    wanted = sorted(notebooks.jobs(reports, territories), key=lambda job: job.stem)
    return [page(one.stem, _executed(root, one.stem), place(one.parameters, territories), links) for one in wanted]


def _executed(root: Path, stem: str) -> nbformat.NotebookNode:
    path = root / EXECUTED / f"{stem}.ipynb"
    text = store.read_text(path, path.relative_to(root), repair=REBUILD)
    try:
        notebook: nbformat.NotebookNode = nbformat.reads(text, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise SiteError("not a notebook.", where=path.relative_to(root), repair=REBUILD) from error
    return notebook


def place(parameters: Mapping[str, Any], territories: pl.DataFrame) -> str:
    """What a notebook with these parameters is about: a territory or a region; nothing for a national one."""
    if "territory_id" in parameters:
        name = territories.filter(**parameters).item(0, "name")
        return f"{style.typographic(name)} (phase{style.HARD_SPACE}{parameters['phase']})"
    if "region_code" in parameters:
        return str(territories.filter(**parameters).item(0, "region_name"))
    return ""


def published_figures(root: Path) -> list[PublishedFigure]:
    """Every figure in outputs/figures, by name; SiteError when one of its files is missing."""
    return [_figure(root, path.stem) for path in sorted((root / FIGURES).glob("*.svg"))]


def _figure(root: Path, name: str) -> PublishedFigure:
    folder = root / FIGURES
    title, alt, *_ = store.read_text(folder / f"{name}.txt", FIGURES / f"{name}.txt", repair=REBUILD).splitlines()
    return PublishedFigure(name, title, alt, {end: _size(root, FIGURES / f"{name}.{end}") for end in FORMATS})


def published_tables(root: Path) -> list[PublishedTable]:
    """Every table in outputs/tables, in the order of the catalogue."""
    wanted = [one for one in tables_of("out_", "core_") if (root / TABLES / f"{one.name}.csv").is_file()]
    return [_table(root, one) for one in wanted]


def _table(root: Path, table: Table) -> PublishedTable:
    sizes = {end: _size(root, TABLES / f"{table.name}.{end}") for end in ("csv", "parquet")}
    return PublishedTable(table, store.read_table(table.name, root).height, sizes)


def _size(root: Path, path: Path) -> int:
    try:
        return (root / path).stat().st_size
    except FileNotFoundError as error:
        raise MissingFileError("the file is missing.", where=path, repair=REBUILD) from error


# --- writing -----------------------------------------------------------------------------------------------


def write_sources(root: Path, pages: Sequence[SitePage], folder: Path) -> None:
    """What Sphinx reads: the notebooks' copies, the site's own pages and the style sheet."""
    shutil.copytree(ASSETS / STATIC, folder / STATIC)
    for one in pages:
        nbformat.write(one.notebook, folder / f"{one.stem}.ipynb")
    for name, text in own_pages(root, pages).items():
        (folder / f"{name}.md").write_text(style.french(text) + "\n", encoding="utf-8")


def own_pages(root: Path, pages: Sequence[SitePage]) -> dict[str, str]:
    """Markdown of the pages that are no notebooks, by name."""
    known = sources.load_sources(root / RAW / "sources.yaml")
    notes = load_notes(root / NOTES, known)
    claims, coverage = store.read_table("core_claims", root), store.read_table("out_region_coverage", root)
    figures = published_figures(root)
    executed = [(one, _size(root, EXECUTED / f"{one.stem}.ipynb")) for one in pages]
    workbook = WORKBOOK, _size(root, TABLES / WORKBOOK)
    return {
        "index": site_pages.index(coverage, claims, pages, cards(pages, figures), known),
        "donnees": site_pages.downloads(published_tables(root), figures, executed, workbook),
        "sources": site_notes.sources(known, claims, [one.source_id for one in notes]),
        "notes": site_notes.notes(notes, known, claims),
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
        (folder / IMAGES / f"{name}.png").write_bytes(png)
    for name, origin in DOWNLOADS.items():
        shutil.copytree(root / origin, folder / FILES / name)
