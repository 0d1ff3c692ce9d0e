"""What the site is made of: executed notebooks as pages, and the published figures, tables and workbooks."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import nbformat

from analysis import datapackage, dcat, layer_files, notebooks, params, release, sources, store
from analysis.errors import MissingFileError, SiteError
from analysis.language import language
from analysis.paths import EXECUTED, FIGURES, NOTES, TABLES
from analysis.schema import Table
from analysis.site import notes as site_notes
from analysis.site.html import FORMATS
from analysis.site.indexes import placed
from analysis.site.notebooks import SitePage, page
from analysis.site.places import Places, places
from analysis.site.published import PublishedFigure, PublishedFiles, PublishedTable
from analysis.tables import TABLES as CATALOGUE
from analysis.tables.groups import PUBLISHED
from analysis.tables.layers import LAYERS

REBUILD = "Run `dvc repro` to build it."
METADATA = (datapackage.NAME, dcat.NAME, f"{release.SOURCES}.csv")


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
        notebook: nbformat.NotebookNode = nbformat.reads(text, as_version=4)
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise SiteError("not a notebook.", where=path.relative_to(root), repair=REBUILD) from error
    return notebook


# --- files -------------------------------------------------------------------------------------------------


def published_files(root: Path, pages: Sequence[SitePage]) -> PublishedFiles:
    """Everything that readers can download; MissingFileError when a file is missing."""
    codes = sorted(path.name for path in (root / TABLES / release.REGIONS).glob("*") if path.is_dir())
    licences = _licences(root)
    return PublishedFiles(
        tables=published_tables(root, licences),
        figures=published_figures(root),
        notebooks=[(one, _size(root, EXECUTED / f"{one.stem}.ipynb")) for one in pages],
        books=_sizes(root, f"{release.WORKBOOK}{release.XLSX[language()]}"),
        regions={code: region_sizes(root, code) for code in codes},
        cited=release.read_citation(root),
        layers=[_layer(root, one, licences) for one in LAYERS],
        together=_sizes(root, f"{layer_files.FOLDER}/{layer_files.TOGETHER}.gpkg"),
        metadata=_sizes(root, *METADATA),
        citations=_sizes(root, *(f"citation.{ending}" for ending in release.CITATIONS)),
    )


def published_figures(root: Path) -> list[PublishedFigure]:
    """Every figure in outputs/figures, by name; MissingFileError when one of its files is missing."""
    return [_figure(root, path.stem) for path in sorted((root / FIGURES).glob("*.svg"))]


def _figure(root: Path, name: str) -> PublishedFigure:
    folder = root / FIGURES
    title, alt, *_ = store.read_text(folder / f"{name}.txt", FIGURES / f"{name}.txt", repair=REBUILD).splitlines()
    return PublishedFigure(name, title, alt, {end: _size(root, FIGURES / f"{name}.{end}") for end in FORMATS})


def published_tables(root: Path, licences: Mapping[str, tuple[str, ...]]) -> list[PublishedTable]:
    """Every published table, in the order of its group; its workbook is that of the language in force."""
    return [_table(root, CATALOGUE[name], licences.get(name, ())) for name in PUBLISHED]


def _table(root: Path, table: Table, licences: tuple[str, ...]) -> PublishedTable:
    sizes = _sizes(root, *(f"{table.name}{end}" for end in (".csv", release.XLSX[language()], ".parquet")))
    return PublishedTable(table, store.read_table(table.name, root).height, sizes, licences)


def _layer(root: Path, table: Table, licences: Mapping[str, tuple[str, ...]]) -> PublishedTable:
    """A layer with its own files; a GeoPackage of several layers is none of them."""
    stem = f"{layer_files.FOLDER}/{table.name}"
    own = [f"{stem}.gpkg"] if layer_files.geopackage_of(table) == table.name else []
    rows = store.count_rows(root / TABLES / f"{stem}.parquet", TABLES / f"{stem}.parquet")
    return PublishedTable(table, rows, _sizes(root, f"{stem}.parquet", *own), licences.get(table.name, ()))


def _licences(root: Path) -> dict[str, tuple[str, ...]]:
    """The licences of each table and layer, by name, as datapackage.json states them."""
    path = TABLES / datapackage.NAME
    resources = json.loads(store.read_text(root / path, path, repair=REBUILD))["resources"]
    return {one["name"]: tuple(named["title"] for named in one.get("licenses", ())) for one in resources}


def _sizes(root: Path, *paths: str) -> dict[str, int]:
    return {path: _size(root, TABLES / path) for path in paths}


def region_sizes(root: Path, region_code: str) -> dict[str, int]:
    """Sizes of a région's workbook and sheets by name; empty where the folder is."""
    folder = TABLES / release.REGIONS / region_code
    return {path.name: _size(root, folder / path.name) for path in sorted((root / folder).glob("*.*"))}


def _size(root: Path, path: Path) -> int:
    try:
        return (root / path).stat().st_size
    except FileNotFoundError as error:
        raise MissingFileError("the file is missing.", where=path, repair=REBUILD) from error
