import geopandas as gpd
import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import GeometryError
from analysis.registry import geography

SIDE = 4


def grid() -> tuple[list[str], np.ndarray]:
    """Sixteen square communes of a tenth of a degree near Paris, row by row."""
    cells = [(column, row) for row in range(SIDE) for column in range(SIDE)]
    codes = [f"77{number:03d}" for number in range(len(cells))]
    boxes = [shapely.box((20 + x) / 10, (480 + y) / 10, (21 + x) / 10, (481 + y) / 10) for x, y in cells]
    return codes, np.array(boxes, dtype=object)


def communes(territories: list[str | None]) -> pl.DataFrame:
    codes, _ = grid()
    halves = ["A" if number % SIDE < SIDE // 2 else "B" for number in range(len(codes))]
    return pl.DataFrame(
        {
            "commune_code": codes,
            "department_code": ["77"] * len(codes),
            "region_code": ["11"] * len(codes),
            "epci_code": halves,
            "territory_1": [None] * len(codes),
            "territory_2": territories,
        },
        schema_overrides={"territory_1": pl.String, "territory_2": pl.String},
    )


def test_projection_of_gives_each_overseas_region_its_own():
    assert geography.projection_of("44") == 2154
    assert {geography.projection_of(code) for code in ("01", "02", "03", "04", "06")} == {5490, 2972, 2975, 4471}


def test_areas_km2_agrees_with_the_ellipsoid():
    from pyproj import Geod

    _, boxes = grid()
    exact = [abs(Geod(ellps="WGS84").geometry_area_perimeter(box)[0]) / 1e6 for box in boxes]
    assert geography.areas_km2(boxes) == pytest.approx(exact, rel=1e-5)


def test_reproject_comes_back_to_where_it_started():
    _, boxes = grid()
    there = geography.reproject(boxes, 4326, 2154)
    assert shapely.equals_exact(geography.reproject(there, 2154, 4326), boxes, tolerance=1e-7).all()


def test_clean_coverage_mends_an_overlap_of_neighbours():
    overlap = np.array([shapely.box(0, 0, 1, 1), shapely.Polygon([(1, 0), (2, 0), (2, 1), (1, 1), (0.999, 0.5)])])
    assert not shapely.coverage_is_valid(overlap)
    assert shapely.coverage_is_valid(geography.clean_coverage(["57001", "57002"], overlap))


@pytest.mark.parametrize("bad", [None, shapely.Polygon()], ids=["missing", "empty"])
def test_clean_coverage_names_the_commune_when_it_has_no_polygon(bad):
    with pytest.raises(GeometryError, match="commune 57002 has no polygon"):
        geography.clean_coverage(["57001", "57002"], np.array([shapely.box(0, 0, 1, 1), bad], dtype=object))


def test_require_same_communes_names_the_first_one_that_is_alone():
    codes, _ = grid()
    with pytest.raises(GeometryError, match="1 commune.s. stand in only one of polygons and .*first 77000"):
        geography.require_same_communes(codes[1:], communes([None] * 16))


@settings(max_examples=25)
@given(st.lists(st.sampled_from([None, "ti-1101", "ti-1102", "ti-1103"]), min_size=16, max_size=16), st.booleans())
def test_layers_tile_without_overlap_and_conserve_area(territories, keep_communes):
    table, (_, boxes) = communes(territories), grid()
    layers = geography.layers(table, boxes, 10, keep_communes=keep_communes)
    assert list(layers.columns) == ["layer", "code", "geometry"]
    for name, group in layers.groupby("layer"):
        covered = np.array([code is not None for code in table.get_column(geography.LAYERS[name])])
        assert shapely.coverage_is_valid(group.geometry.to_numpy())
        # The border of the whole may be straightened; what lies inside is conserved.
        assert geography.areas_km2(group.geometry.to_numpy()).sum() == pytest.approx(
            geography.areas_km2(boxes[covered]).sum(), rel=0.02
        )


def test_dissolve_atoms_keeps_areas_that_no_layer_cuts():
    keys = communes(["ti-1101"] * 8 + [None] * 8).select(geography.LAYERS.values()).to_pandas()
    atoms, polygons = geography.dissolve_atoms(keys, grid()[1])
    assert len(atoms) == 4  # two EPCI, each half in the territory
    assert shapely.area(polygons).sum() == pytest.approx(0.16)


def test_real_layers_share_their_borders(geo):
    regions, departments = (geo("core_boundaries_overview", layer) for layer in ("region", "department"))
    outside = [
        region.boundary.difference(shapely.union_all([one.boundary for one in departments.geometry])).length
        for region in regions.geometry
    ]
    assert max(outside) < 1e-9
    assert isinstance(regions, gpd.GeoDataFrame)
