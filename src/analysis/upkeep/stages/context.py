"""Context layers, checked and read in the official geographic codes of 2024."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from analysis.io import store
from analysis.io.paths import LAYERS, RAW
from analysis.registry.context_codes import Codes
from analysis.registry.context_values import Reading
from analysis.sources import context, provenance
from analysis.tables import TABLES
from analysis.tables.schema import from_rows

COG = ("communes", "intercommunalities", "departments", "regions", "cog_changes")


def run(root: Path) -> None:
    """Context layers, checked and read in the official geographic codes of 2024."""
    sources = provenance.load_sources(root / RAW / "sources.yaml")
    layers = context.load(root / LAYERS, sources)
    codes = Codes.of({name: store.read_raw(name, root) for name in COG})
    store.write_tables({"core_context": read(root, layers, codes, sources)}, root)


def read(
    root: Path, layers: Mapping[str, context.Layer], codes: Codes, sources: Mapping[str, provenance.Source]
) -> pl.DataFrame:
    """core_context: the layers in their order; those of zones are read once the zones are known."""
    plain = {name: values(root, name, one, codes, sources) for name, one in layers.items() if not one.zones}
    empty = from_rows(TABLES["core_context"], [])
    wider = codes.with_zones(pl.concat([empty, *plain.values()]), layers.values())
    zoned = {name: values(root, name, one, wider, sources) for name, one in layers.items() if one.zones}
    return pl.concat([empty, *((plain | zoned)[name] for name in layers)])


def values(
    root: Path, name: str, layer: context.Layer, codes: Codes, sources: Mapping[str, provenance.Source]
) -> pl.DataFrame:
    """The rows of core_context of one layer; the errors of Reading for what is wrong in its file."""
    path = LAYERS / f"{name}.csv"
    cells = store.read_cells(root / path, path)
    return Reading(name, layer, cells, codes, str(path), sources[layer.source].published).values()
