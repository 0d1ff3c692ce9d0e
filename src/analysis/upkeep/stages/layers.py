"""Outlines at two levels of generalisation."""

from pathlib import Path

from analysis.io import params, store
from analysis.registry import geography


def run(root: Path) -> None:
    """EPCI, territories, départements and regions at two levels of generalisation."""
    knobs = params.read(root).boundaries
    communes = store.read_table("core_communes", root)
    outlines = store.read_geo("core_commune_boundaries", root)
    geography.require_same_communes(outlines["commune_code"].to_list(), communes)
    polygons = outlines.geometry.to_numpy()
    detail = geography.layers(communes, polygons, knobs.detail_tolerance_m, keep_communes=True)
    overview = geography.layers(communes, polygons, knobs.overview_tolerance_m, keep_communes=False)
    store.write_tables({"core_boundaries_detail": detail, "core_boundaries_overview": overview}, root)
