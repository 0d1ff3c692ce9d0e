"""Boundary layers that readers get: one coverage, attributes of the lists, files with the same bytes."""

import geopandas as gpd
import numpy as np
import polars as pl
import pytest
import shapely

from analysis.errors import AtlasError
from analysis.publication.downloads import layer_files
from analysis.registry import published_layers
from analysis.tables.layers import LAYERS

COMMUNES = pl.DataFrame(
    {
        "commune_code": ["01001", "01002", "02001"],
        "name": ["=Un", "Deux", "Trois"],
        "department_code": ["01", "01", "02"],
        "region_code": ["84", "84", "32"],
        "epci_code": ["200000001", "200000001", None],
        "ept_code": pl.Series([None, None, None], dtype=pl.String),
        "population_2022": [10, 20, 5],
        "member_1": ["200000001", "200000001", None],
        "territory_1": ["ti-8401", "ti-8401", None],
        "member_2": ["200000001", "200000001", "210000002"],
        "territory_2": ["ti-8402", "ti-8402", "ti-3201"],
    }
)
AREAS = pl.DataFrame({"commune_code": ["01001", "01002", "02001"], "area_km2": [1.5, 2.25, 4.0]})
SQUARES = shapely.box(np.arange(3), 0, np.arange(3) + 1, 1)
LISTED = [(1, "ti-8401", "Un", "84"), (2, "ti-8402", "Deux", "84"), (2, "ti-3201", "Trois", "32")]


def tables(**changed: pl.DataFrame) -> dict[str, pl.DataFrame]:
    territories = pl.DataFrame(LISTED, schema=["phase", "territory_id", "name", "region_code"], orient="row")
    counts = {"member_count": 1, "commune_count": 2, "population_2022": 30, "area_km2": 3.75}
    members = [
        (1, "ti-8401", "200000001", "epci", "CC", 2, 30),
        (2, "ti-8402", "200000001", "epci", "CC", 2, 30),
        (2, "ti-3201", "210000002", "commune", "Trois", 1, 5),
    ]
    columns = ["phase", "territory_id", "member_code", "member_kind", "member_name", "commune_count", "population_2022"]
    return {
        "core_communes": COMMUNES,
        "core_territories": territories.with_columns(region_name=pl.lit("R")),
        "core_members": pl.DataFrame(members, schema=columns, orient="row"),
        "out_territories": territories.with_columns(**{name: pl.lit(value) for name, value in counts.items()}),
        "out_region_coverage": pl.DataFrame(
            {"region_code": ["84", "32", "84", "32"], "region_name": ["R84", "R32", "R84", "R32"]}
        ),
    } | changed


@pytest.fixture(scope="module")
def drawn() -> dict[str, gpd.GeoDataFrame]:
    return published_layers.layers(tables(), AREAS, SQUARES)


def test_every_layer_has_the_columns_of_its_table_and_one_coordinate_system(drawn):
    assert list(drawn) == [one.name for one in LAYERS]
    for one in LAYERS:
        assert list(drawn[one.name].columns) == [*one.columns, "geometry"]
        assert drawn[one.name].crs.to_epsg() == 4326


def test_member_is_the_union_of_its_communes_and_measured_on_them(drawn):
    member = drawn["members_phase2"].set_index("member_code").loc["200000001"]
    assert member.geometry.equals(shapely.box(0, 0, 2, 1))
    assert (member.commune_count, member.population_2022, member.area_km2) == (2, 30, 3.75)
    assert member.territory_name == "Deux"


def test_commune_without_territory_stays_in_its_layer(drawn):
    last = drawn["communes"].iloc[2]
    assert (last.commune_code, last.territory_2_name) == ("02001", "Trois")
    assert last.territory_1 is None or last.territory_1 != last.territory_1


def test_order_of_rows_does_not_matter(drawn):
    shuffled = tables(core_communes=COMMUNES.reverse(), core_members=tables()["core_members"].reverse())
    again = published_layers.layers(shuffled, AREAS, SQUARES)
    assert all(published_layers.content(again[name]) == published_layers.content(drawn[name]) for name in drawn)


def test_member_without_communes_is_named():
    lost = COMMUNES.with_columns(member_2=pl.lit(None, pl.String))
    with pytest.raises(AtlasError, match="members_phase2"):
        published_layers.layers(tables(core_communes=lost), AREAS, SQUARES)


def test_content_tells_attributes_and_outlines_apart(drawn):
    layer = drawn["regions"]
    moved = layer.set_geometry(layer.translate(0.001))
    renamed = layer.assign(region_name=["R84", "Autre"])
    assert len({published_layers.content(one) for one in (layer, moved, renamed)}) == 3


def test_files_are_the_same_bytes_each_time_and_read_back(drawn, tmp_path):
    for name in "ab":
        layer_files.write(drawn, tmp_path / name)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    for one in LAYERS:
        package = tmp_path / "a" / f"{layer_files.geopackage_of(one)}.gpkg"
        for read in (gpd.read_file(package, layer=one.name), gpd.read_parquet(tmp_path / "a" / f"{one.name}.parquet")):
            assert list(read.columns) == [*one.columns, "geometry"]
            assert read[one.key[0]].to_list() == drawn[one.name][one.key[0]].to_list()
            assert read.crs.to_epsg() == 4326
    assert gpd.read_file(tmp_path / "a/communes.gpkg")["name"].to_list() == ["=Un", "Deux", "Trois"]
