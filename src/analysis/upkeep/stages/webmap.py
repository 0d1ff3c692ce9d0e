"""Borders, names, editions and context layers as scripts, for the interactive atlas and the search box."""

from collections.abc import Iterator
from pathlib import Path

from analysis.io import params, store
from analysis.io.file_names import file_name
from analysis.io.paths import LAYERS, WEBMAP
from analysis.io.swapping import replaced_folder
from analysis.publication import webmap
from analysis.registry import geography
from analysis.sources import context


def run(root: Path) -> None:
    """Borders, names, editions and context layers as scripts, for the interactive atlas and the search box."""
    tables = (store.read_table(name, root) for name in ("core_communes", "core_territories", "core_members"))
    names = webmap.Names(*tables, *(store.read_raw(name, root) for name in webmap.RAW))
    with replaced_folder(root / WEBMAP) as folder:
        for part in (_borders(root, names), _fills(root, names)):
            for name, text in part:
                (folder / f"{file_name(name, WEBMAP)}.js").write_text(text, encoding="utf-8")


def _borders(root: Path, names: webmap.Names) -> Iterator[tuple[str, str]]:
    steps = webmap.Steps(*(store.read_table(name, root) for name in webmap.TABLES))
    outlines = store.read_geo("core_commune_boundaries", root)
    geography.require_same_communes(outlines["commune_code"].to_list(), names.communes)
    polygons = outlines.geometry.to_numpy()
    tolerance = params.read(root).boundaries.overview_tolerance_m
    overview = webmap.overview(webmap.with_layers(names.communes, steps), polygons, tolerance)
    return webmap.files(names, steps, overview, polygons)


def _fills(root: Path, names: webmap.Names) -> Iterator[tuple[str, str]]:
    tables = (store.read_table(name, root) for name in ("out_context", "core_context"))
    for name, content in webmap.fill_files(names, context.load(root / LAYERS), *tables):
        yield name, webmap.script(name, content)
