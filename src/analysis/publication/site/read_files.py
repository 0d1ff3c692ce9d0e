"""What readers can download, read from outputs: figures, tables, layers, workbooks, with their sizes and licences."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from analysis.errors import MissingFileError
from analysis.i18n.language import language
from analysis.io import store
from analysis.io.paths import EXECUTED, FIGURES, LAYERS, PROCESSED, RAW, TABLES
from analysis.publication.downloads import context_files, datapackage, dcat, layer_files, writing, xlsx
from analysis.publication.site.context_entries import Declared
from analysis.publication.site.download_files import PublishedFigure, PublishedFiles, PublishedTable
from analysis.publication.site.html import FORMATS, edition
from analysis.publication.site.notebooks import SitePage
from analysis.sources import context, provenance
from analysis.tables import TABLES as CATALOGUE
from analysis.tables import layers as boundary_layers
from analysis.tables import published_names
from analysis.tables.schema import Table

REBUILD = "Run `make` to build it."
METADATA = (datapackage.NAME, dcat.NAME, f"{writing.SOURCES}.csv")


def published_files(root: Path, pages: Sequence[SitePage]) -> PublishedFiles:
    """Everything that readers can download; MissingFileError when a file is missing."""
    codes = sorted(path.name for path in (root / TABLES / writing.REGIONS).glob("*") if path.is_dir())
    licences = _licences(root)
    return PublishedFiles(
        tables=published_tables(root, licences),
        figures=published_figures(root),
        notebooks=[(one, size(root, edition(EXECUTED) / f"{one.stem}.ipynb")) for one in pages],
        books=_sizes(root, f"{writing.WORKBOOK}{xlsx.ENDINGS[language()]}"),
        regions={code: region_sizes(root, code) for code in codes},
        cited=writing.read_citation(root),
        layers=[_layer(root, one, licences) for one in boundary_layers.LAYERS],
        together=_sizes(root, f"{layer_files.FOLDER}/{layer_files.TOGETHER}.gpkg"),
        metadata=_sizes(root, *METADATA),
        citations=_sizes(root, *(f"citation.{ending}" for ending in writing.CITATIONS)),
    )


def declared(root: Path) -> Declared:
    """The context layers as they are declared, with the files of each in outputs/tables."""
    sources = provenance.load_sources(root / RAW / "sources.yaml")
    layers = context.load(root / LAYERS, sources)
    paths = {name: context_files.paths(name, f"{name}{context_files.BY_UNIT}") for name in layers}
    sizes = {
        name: _sizes(root, *(one for one in own if (root / TABLES / one).is_file())) for name, own in paths.items()
    }
    values = store.read_table("core_context", root)
    units = dict(values.group_by("layer").agg(pl.col("code").n_unique()).iter_rows())
    return Declared(layers, store.read_table("out_context", root), sources, units, sizes)


def published_figures(root: Path) -> list[PublishedFigure]:
    """Every figure in outputs/figures, by name; MissingFileError when one of its files is missing."""
    return [_figure(root, path.stem) for path in sorted((root / edition(FIGURES)).glob("*.svg"))]


def _figure(root: Path, name: str) -> PublishedFigure:
    folder = edition(FIGURES)
    title, alt, *_ = store.read_text(root / folder / f"{name}.txt", folder / f"{name}.txt", repair=REBUILD).splitlines()
    return PublishedFigure(name, title, alt, {end: size(root, folder / f"{name}.{end}") for end in FORMATS})


def published_tables(root: Path, licences: Mapping[str, tuple[str, ...]]) -> list[PublishedTable]:
    """Every published table, in the order of its group; its workbook is that of the language in force."""
    return [_table(root, CATALOGUE[name], licences.get(name, ())) for name in published_names()]


def _table(root: Path, table: Table, licences: tuple[str, ...]) -> PublishedTable:
    sizes = _sizes(root, *(f"{table.name}{end}" for end in (".csv", xlsx.ENDINGS[language()], ".parquet")))
    return PublishedTable(table, row_count(root, table.name), sizes, licences)


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
    return {path: size(root, TABLES / path) for path in paths}


def region_sizes(root: Path, region_code: str) -> dict[str, int]:
    """Sizes of a région's sheets and of its workbook in the language in force, by name; empty where the folder is."""
    folder = TABLES / writing.REGIONS / region_code
    names = sorted(path.name for path in (root / folder).glob("*.*"))
    own = f"{region_code}{xlsx.ENDINGS[language()]}"
    return {one: size(root, folder / one) for one in names if one == own or not one.endswith(".xlsx")}


def size(root: Path, path: Path) -> int:
    """Bytes of a file; MissingFileError where there is none."""
    try:
        return (root / path).stat().st_size
    except FileNotFoundError as error:
        raise MissingFileError("the file is missing.", where=path, repair=REBUILD) from error


def row_count(root: Path, name: str) -> int:
    """How many rows a processed table has, told by its file without reading them."""
    path = PROCESSED / f"{name}.parquet"
    return store.count_rows(root / path, path)
