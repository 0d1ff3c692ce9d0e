"""What outputs/tables holds as datasets: the columns, files, sources and years of each table and layer (pure)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import polars as pl

from analysis.publication.downloads import context_files, layer_files, xlsx
from analysis.publication.downloads.datapackage import Dataset, File
from analysis.publication.downloads.xlsx import Sheet
from analysis.registry import published_layers
from analysis.sources import provenance
from analysis.sources.provenance import Source
from analysis.tables import TABLES
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Table

Files = Callable[..., tuple[File, ...]]  # the files at these paths


def national(sheets: Iterable[Sheet], around: Iterable[Sheet], files: Files) -> list[Dataset]:
    """The published tables, the boundary layers, and the context layers, which are `around`."""
    drawn = (_of_layer(one, files) for one in LAYERS)
    return [*(_of_table(one, files) for one in sheets), *drawn, *(_of_context(one, files) for one in around)]


def credited(datasets: Iterable[Dataset], known: Mapping[str, Source]) -> list[Dataset]:
    """The datasets, each with the later editions of its sources."""
    return [replace(one, sources=tuple(provenance.with_updates(one.sources, known))) for one in datasets]


def of_csv(sheet: Sheet, files: Files) -> Dataset:
    """A sheet that is a CSV alone."""
    return Dataset(_table(sheet), files(f"{sheet.name}.csv"), sheet.sources)


def _of_table(sheet: Sheet, files: Files) -> Dataset:
    endings = (".csv", ".parquet", *xlsx.ENDINGS.values())
    paths = (f"{sheet.name}{ending}" for ending in endings)
    return Dataset(TABLES[sheet.name], files(*paths), sheet.sources, years(sheet.frame))


def _of_context(sheet: Sheet, files: Files) -> Dataset:
    table = replace(_table(sheet), name=f"{context_files.FOLDER}_{sheet.name}")  # apart from tables of the same name
    return Dataset(table, files(*context_files.paths(sheet.name)), sheet.sources, context_files.years(sheet))


def _of_layer(table: Table, files: Files) -> Dataset:
    paths = (f"{table.name}.parquet", f"{layer_files.geopackage_of(table)}.gpkg")
    return Dataset(table, files(*(f"{layer_files.FOLDER}/{one}" for one in paths)), published_layers.SOURCES)


def _table(sheet: Sheet) -> Table:
    """What describes the CSV of a sheet: its own columns, and its key where it has all of it."""
    whole = set(sheet.key) <= set(sheet.frame.columns)
    return Table(sheet.name, sheet.title, sheet.fields, sheet.key if whole else ())


def years(frame: pl.DataFrame) -> tuple[int, int] | None:
    """First and last year of the figures in a table; None where it holds none."""
    if "as_of" not in frame.columns:
        return None
    found = frame["as_of"].str.extract_all(r"\b\d{4}\b").explode().cast(pl.Int64).drop_nulls().to_list()
    return (min(found), max(found)) if found else None
