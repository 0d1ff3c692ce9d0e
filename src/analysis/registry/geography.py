"""Coverage dissolve, generalisation, projections and areas of the programme's geography (pure)."""

from collections.abc import Mapping, Sequence
from functools import cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
import shapely
from pyproj import Transformer

from analysis.errors import GeometryError
from analysis.tables.codes import TERRITORY_COLUMNS

Geometries = npt.NDArray[np.object_]

WGS84 = 4326
MAINLAND = 2154
EQUAL_AREA = 6933  # cylindrical, equal-area on the WGS 84 ellipsoid: one projection for the areas of all France
PROJECTIONS: Mapping[str, int] = {"01": 5490, "02": 5490, "03": 2972, "04": 2975, "06": 4471}
LAYERS: Mapping[str, str] = {
    "department": "department_code",
    "region": "region_code",
    "epci": "epci_code",
    **{column: column for column in TERRITORY_COLUMNS.values()},
}
SQUARE_METRES_PER_KM2 = 1e6
AREA_DECIMALS = 4
REPAIR = "Run `make setup` to install the lock again; if it persists, report the commune."


def projection_of(region_code: str) -> int:
    """EPSG code of the projection in which a region is drawn and generalised."""
    return PROJECTIONS.get(region_code, MAINLAND)


def reproject(geometries: Geometries, source: int, target: int) -> Geometries:
    """Geometries transformed between two EPSG codes, x before y in both."""
    transformer = _transformer(source, target)
    moved: Geometries = shapely.transform(
        geometries, lambda points: np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
    )
    return moved


@cache
def _transformer(source: int, target: int) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def clean_coverage(codes: Sequence[str], polygons: Geometries) -> Geometries:
    """Polygons without gaps or overlaps between neighbours; GeometryError names the first broken commune."""
    empty = shapely.is_missing(polygons) | shapely.is_empty(polygons)
    if empty.any():
        raise GeometryError(f"commune {codes[int(empty.argmax())]} has no polygon.", repair=REPAIR)
    cleaned: Geometries = shapely.coverage_clean(polygons)
    lost = shapely.is_empty(cleaned)
    if lost.any():
        raise GeometryError(f"commune {codes[int(lost.argmax())]} vanished when cleaned.", repair=REPAIR)
    return cleaned


def areas_km2(polygons: Geometries) -> npt.NDArray[np.float64]:
    """Areas in km² of WGS 84 polygons, measured in an equal-area projection."""
    square_metres = shapely.area(reproject(polygons, WGS84, EQUAL_AREA))
    areas: npt.NDArray[np.float64] = np.round(square_metres / SQUARE_METRES_PER_KM2, AREA_DECIMALS)
    return areas


def require_same_communes(codes: Sequence[str], communes: pl.DataFrame) -> None:
    """Raise GeometryError unless polygons and commune table have the same codes."""
    drawn, listed = set(codes), set(communes.get_column("commune_code"))
    if drawn != listed:
        odd = sorted(drawn ^ listed)
        what = f"{len(odd)} commune(s) stand in only one of polygons and data/raw/communes.csv, first {odd[0]}."
        raise GeometryError(what, repair="Use the COG edition of the wheel in both, then run `dvc repro`.")


def require_same_codes(layer: str, drawn: Sequence[str], listed: Sequence[str]) -> None:
    """Raise GeometryError unless the outlines of a layer and its list have the same codes, in the same order."""
    if list(drawn) != list(listed):
        odd = sorted(set(drawn) ^ set(listed))
        what = f"{len(odd)} code(s) stand in only one of outlines and list{', first ' + odd[0] if odd else ''}."
        raise GeometryError(what, where=layer, repair="Run `dvc repro` to build both from the same lists.")


def layers(
    communes: pl.DataFrame,
    polygons: Geometries,
    tolerance_m: float,
    *,
    keep_communes: bool,
    columns: Mapping[str, str] = LAYERS,
) -> gpd.GeoDataFrame:
    """Départements, régions, EPCI and both phases' territories, generalised once so that they share their borders.

    `communes` (core_communes) and `polygons` (WGS 84) are in the same order; `columns` are the layers, each with the
    column that holds its codes, the région's among them. The shared partition is what is generalised: the communes
    themselves with `keep_communes`, else the atoms, i.e. the finest areas that no layer cuts. Returns columns layer,
    code, geometry (WGS 84).
    """
    keys = communes.select(columns.values()).to_pandas()
    if not keep_communes:
        keys, polygons = dissolve_atoms(keys, polygons)
    simple = generalise(polygons, keys["region_code"].to_numpy(dtype=object), tolerance_m)
    parts = [dissolve(simple, keys[column], layer) for layer, column in columns.items()]
    frame = pd.concat(parts, ignore_index=True)
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=WGS84)


def dissolve_atoms(keys: pd.DataFrame, polygons: Geometries) -> tuple[pd.DataFrame, Geometries]:
    """The finest areas that no layer cuts: one row of keys and one polygon an atom, in the order of the keys."""
    groups = keys.fillna("").groupby(list(keys.columns), sort=True).indices
    atoms = np.array([shapely.coverage_union_all(polygons[rows]) for rows in groups.values()], dtype=object)
    return pd.DataFrame(list(groups), columns=keys.columns).replace("", None), atoms


def generalise(polygons: Geometries, regions: Geometries, tolerance_m: float) -> Geometries:
    """A WGS 84 coverage simplified in each region's own projection; neighbours keep one common border.

    `tolerance_m` is the side, in metres, of the square whose area a vertex's triangle must exceed to stay.
    """
    simple = polygons.copy()
    zones = np.array([projection_of(region) for region in regions])
    for zone in np.unique(zones):
        rows = zones == zone
        flat = reproject(polygons[rows], WGS84, int(zone))
        simple[rows] = reproject(shapely.coverage_simplify(flat, tolerance_m), int(zone), WGS84)
    return simple


def dissolve(polygons: Geometries, codes: "pd.Series[str]", layer: str) -> pd.DataFrame:
    """Columns layer, code, geometry: the polygons of each code united; a null code belongs to nothing."""
    rows = codes.dropna().groupby(codes.dropna(), sort=True).groups
    union = np.array([shapely.coverage_union_all(polygons[np.asarray(index)]) for index in rows.values()], dtype=object)
    return pd.DataFrame({"layer": layer, "code": list(rows), "geometry": union})
