"""Commune polygons of the wheel, cleaned into a coverage and measured."""

from pathlib import Path

import geopandas as gpd

from analysis.io import params, store
from analysis.registry import geography


def run(root: Path) -> None:
    """Commune polygons of the wheel, cleaned into a coverage and measured."""
    codes, polygons = store.read_wheel_communes(params.read(root).boundaries.wheel_version)
    geography.require_same_communes(codes, store.read_raw("communes", root))
    cleaned = geography.clean_coverage(codes, polygons)
    attributes = {"commune_code": codes, "area_km2": geography.areas_km2(cleaned)}
    frame = gpd.GeoDataFrame(attributes, geometry=cleaned, crs=geography.WGS84)
    store.write_tables({"core_commune_boundaries": frame}, root)
