"""Stages that build derived tables: each reads what their builders take, and writes the tables that dvc.yaml names."""

from collections.abc import Callable, Collection, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from analysis.errors import AtlasError
from analysis.io import pipeline, store, yaml_files
from analysis.io.paths import EDITIONS, LAYERS, RAW
from analysis.sources import context, corrections, editions, provenance
from analysis.tables import BUILT, TABLES, schema
from analysis.tables.register import builder, inputs

if TYPE_CHECKING:
    from analysis.io.bundle import Frame

OUTLINES: Final = "GeoDataFrame"  # in the annotation of a parameter that takes a table with its outlines
# Inputs that are no table: what reads the first of their files in data/raw, and the files.
OTHERS: Final[Mapping[str, tuple[Callable[[Path], Any], tuple[str, ...]]]] = {
    "sources": (provenance.load_sources, ("sources.yaml",)),
    "vocabulary": (provenance.load_vocabulary, ("vocabulary.yaml",)),
    "checks": (yaml_files.read_yaml, ("checks.yaml",)),
    "editions": (editions.load, (editions.FILE, "sources.yaml", EDITIONS.name)),
    "layers": (context.load, (LAYERS.name,)),
}


def run(stage: str, root: Path) -> None:
    """Build the tables that dvc.yaml names among the outputs of a stage, and write them together."""
    written = pipeline.read(root)[stage].writes
    names = [PurePosixPath(path).stem for path in written]
    store.write_tables(build(names, lambda name, kind: read(name, kind, root)), root)


def build(names: Collection[str], take: Callable[[str, str], Any]) -> "dict[str, Frame]":
    """Derived tables by name, each after those that it is made from; `take` gives an input that is none of them.

    `take` gets the input's name and the annotation of the parameter.
    """
    try:
        ordered = [*TopologicalSorter({name: inputs(name) for name in names}).static_order()]
    except CycleError as error:
        raise AtlasError(f"tables are made from each other: {', '.join(error.args[1])}.") from error
    built: dict[str, Frame] = {}
    for name in (one for one in ordered if one in names):
        taken = {one: _as(kind, built[one]) if one in built else take(one, kind) for one, kind in inputs(name).items()}
        frame = builder(name)(**taken)
        built[name] = _checked(name, frame) if isinstance(frame, pl.DataFrame) else frame
    return built


def _checked(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """A table as it will be read again."""
    return schema.check(frame, TABLES[name], name).sort(TABLES[name].key)


def _as(kind: str, frame: "Frame") -> "Frame":
    """A table that was just built, as a parameter takes it: with its outlines or without."""
    if OUTLINES in kind or isinstance(frame, pl.DataFrame):
        return frame
    return pl.from_pandas(frame.drop(columns="geometry"))


def read(name: str, kind: str, root: Path) -> Any:
    """An input of a builder: a processed table, a raw table with its corrections, or one of OTHERS."""
    if name in OTHERS:
        load, (first, *_) = OTHERS[name]
        return load(root / RAW / first)
    if name.startswith(BUILT):
        return store.read_geo(name, root) if OUTLINES in kind else store.read_table(name, root)
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    return corrections.apply({name: store.read_raw(name, root)}, [one for one in fixes if one.table == name])[name]


def files(name: str) -> list[str]:
    """The files that an input of a builder is read from, as dvc.yaml names them."""
    if name in OTHERS:
        return [f"${{raw}}/{file}" for file in OTHERS[name][1]]
    if name.startswith(BUILT):
        return [f"${{processed}}/{name}.parquet"]
    file = EDITIONS.name if TABLES[name].parts else f"{name}.csv"
    return [f"${{raw}}/{file}", f"${{raw}}/{PurePosixPath(corrections.WHERE).name}"]
