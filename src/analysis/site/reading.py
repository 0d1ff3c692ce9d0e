"""What the site is made of: executed notebooks as pages, and the published figures, tables and workbooks."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat

from analysis import notebooks, params, sources, store
from analysis.errors import MissingFileError, SiteError
from analysis.paths import EXECUTED, FIGURES, NOTES, TABLES
from analysis.publish import REGIONS, WORKBOOK
from analysis.schema import Table
from analysis.site import notes as site_notes
from analysis.site.downloads import PublishedFigure, PublishedFiles, PublishedTable
from analysis.site.html import FORMATS
from analysis.site.indexes import placed
from analysis.site.notebooks import SitePage, page
from analysis.site.places import Places, places
from analysis.tables import tables_of

REBUILD = "Run `dvc repro` to build it."
BOOKS = (f"{WORKBOOK}.xlsx", "sources.csv")


def read_places(root: Path) -> Places:
    """Régions and territories, with the stems of the reports that params.yaml asks for."""
    territories = store.read_table("core_territories", root)
    return places(territories, store.read_table("out_region_coverage", root), _jobs(root))


def _jobs(root: Path) -> list[notebooks.Job]:
    reports = params.parse(sources.read_yaml(root / params.WHERE)).reports
    return notebooks.jobs(reports, store.read_table("core_territories", root))


def read_pages(root: Path, known: Places) -> list[SitePage]:
    """A page for every notebook that params.yaml asks for, in the order of their names."""
    noted = [path.stem for path in (root / NOTES).glob("*.md") if path.name != "README.md"]
    links = site_notes.links(store.read_table("core_claims", root), noted)
    stems = sorted(job.stem for job in _jobs(root))
    return [_page(root, stem, known, links) for stem in stems]


def _page(root: Path, stem: str, known: Places, links: Mapping[str, str]) -> SitePage:
    place = known.by_stem.get(stem)
    made = page(stem, _executed(root, stem), place.title if place else "", links, known)
    return placed(made, place, known, region_sizes(root, place.region_code)) if place else made


def _executed(root: Path, stem: str) -> nbformat.NotebookNode:
    path = root / EXECUTED / f"{stem}.ipynb"
    text = store.read_text(path, path.relative_to(root), repair=REBUILD)
    try:
        notebook: nbformat.NotebookNode = nbformat.v4.reads(text)  # without the schema: MyST-NB checks it again
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError("of another format")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SiteError("not a notebook.", where=path.relative_to(root), repair=REBUILD) from error
    return notebook


# --- files -------------------------------------------------------------------------------------------------


def published_files(root: Path, pages: Sequence[SitePage]) -> PublishedFiles:
    """Everything that readers can download; MissingFileError when a file is missing."""
    codes = sorted(path.name for path in (root / TABLES / REGIONS).glob("*") if path.is_dir())
    return PublishedFiles(
        tables=published_tables(root),
        figures=published_figures(root),
        notebooks=[(one, _size(root, EXECUTED / f"{one.stem}.ipynb")) for one in pages],
        books={name: _size(root, TABLES / name) for name in BOOKS},
        regions={code: region_sizes(root, code) for code in codes},
    )


def published_figures(root: Path) -> list[PublishedFigure]:
    """Every figure in outputs/figures, by name; MissingFileError when one of its files is missing."""
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


def region_sizes(root: Path, region_code: str) -> dict[str, int]:
    """Sizes of a région's workbook and sheets by name; empty where the folder is."""
    folder = TABLES / REGIONS / region_code
    return {path.name: _size(root, folder / path.name) for path in sorted((root / folder).glob("*.*"))}


def _size(root: Path, path: Path) -> int:
    try:
        return (root / path).stat().st_size
    except FileNotFoundError as error:
        raise MissingFileError("the file is missing.", where=path, repair=REBUILD) from error
