"""Borders and names as scripts, for the interactive atlas and the search box."""

from pathlib import Path

from analysis.io import store
from analysis.io.file_names import file_name
from analysis.io.paths import WEBMAP
from analysis.io.swapping import replaced_folder
from analysis.publication import webmap
from analysis.registry import geography


def run(root: Path) -> None:
    """Borders and names as scripts, for the interactive atlas and the search box."""
    tables = (store.read_table(name, root) for name in ("core_communes", "core_territories", "core_members"))
    names = webmap.Names(*tables, *(store.read_raw(name, root) for name in webmap.RAW))
    outlines = store.read_geo("core_commune_boundaries", root)
    geography.require_same_communes(outlines["commune_code"].to_list(), names.communes)
    overview = store.read_geo("core_boundaries_overview", root)
    with replaced_folder(root / WEBMAP) as folder:
        for name, text in webmap.files(names, overview, outlines.geometry.to_numpy()):
            (folder / f"{file_name(name, WEBMAP)}.js").write_text(text, encoding="utf-8")
