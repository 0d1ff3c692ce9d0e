import geopandas as gpd
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.indicators import region_coverage, territories
from analysis.indicators._measured import phase_communes

COMMUNES = pl.DataFrame(
    {
        "commune_code": ["57001", "57002", "67001"],
        "name": ["Un", "Deux", "Trois"],
        "department_code": ["57", "57", "67"],
        "region_code": ["44", "44", "11"],
        "epci_code": ["200000001", "200000001", "200000002"],
        "ept_code": [None, None, None],
        "population_2022": [10, 20, 70],
        "member_1": ["200000001", "200000001", None],
        "territory_1": ["ti-4401", "ti-4401", None],
        "member_2": ["200000001", "200000001", "200000002"],
        "territory_2": ["ti-4401", "ti-4401", "ti-4401"],
    }
)
AREAS = pl.DataFrame({"commune_code": ["57001", "57002", "67001"], "area_km2": [1.0, 2.0, 3.0]})
TERRITORIES = pl.DataFrame(
    {
        "phase": [1, 2],
        "territory_id": ["ti-4401", "ti-4401"],
        "name": ["A", "B"],
        "region_code": ["44", "44"],
        "region_name": ["Est", "Est"],
    }
)
MEMBERS = pl.DataFrame(
    {"phase": [1, 2, 2], "territory_id": ["ti-4401"] * 3, "member_code": ["200000001", "200000001", "200000002"]}
)
REGIONS = pl.DataFrame({"region_code": ["11", "44"], "name": ["Centre", "Est"]})


def coverage(communes: pl.DataFrame = COMMUNES) -> pl.DataFrame:
    return region_coverage.build(TERRITORIES, communes, AREAS, REGIONS).sort("phase", "region_code")


def test_phase_communes_has_a_row_a_phase_and_covered_commune():
    covered = phase_communes(COMMUNES, AREAS)
    assert covered.group_by("phase").len().sort("phase").rows() == [(1, 2), (2, 3)]


def test_region_coverage_shows_zero_and_not_a_gap_when_a_region_has_nothing():
    row = coverage().filter(phase=1, region_code="11").row(0, named=True)
    assert (row["territory_count"], row["commune_count"], row["area_km2"], row["commune_share_pct"]) == (0, 0, 0, 0)


def test_region_coverage_counts_a_straddling_territory_once_and_its_communes_where_they_are():
    second = coverage().filter(phase=2)
    assert dict(second.select("region_code", "territory_count").iter_rows()) == {"11": 0, "44": 1, "FR": 1}
    assert dict(second.select("region_code", "commune_count").iter_rows()) == {"11": 1, "44": 2, "FR": 3}
    assert second.filter(region_code="FR").item(0, "population_share_pct") == 100


def test_shares_are_of_the_region_s_own_total():
    row = coverage().filter(phase=1, region_code="FR").row(0, named=True)
    assert row["commune_share_pct"] == pytest.approx(200 / 3, abs=1e-4)
    assert row["population_share_pct"] == 30
    assert row["area_share_pct"] == 50


def test_territories_join_counts_with_their_outline_of_the_same_phase():
    outlines = gpd.GeoDataFrame(
        {"layer": ["territory_1", "territory_2", "region"], "code": ["ti-4401", "ti-4401", "44"]},
        geometry=[shapely.box(0, 0, 1, 1), shapely.box(0, 0, 2, 2), shapely.box(0, 0, 9, 9)],
        crs=4326,
    )
    table = territories.build(TERRITORIES, MEMBERS, COMMUNES, AREAS, outlines)
    assert table[["member_count", "commune_count", "population_2022"]].to_numpy().tolist() == [[1, 2, 30], [2, 3, 100]]
    assert table.geometry.area.tolist() == [1, 4]


@given(st.permutations(range(3)))
def test_coverage_does_not_depend_on_the_order_of_communes(order):
    assert coverage(COMMUNES[order]).equals(coverage())
