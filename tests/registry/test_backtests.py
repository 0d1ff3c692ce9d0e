"""Totals that others publish, found again from the project's own tables."""

import polars as pl
import pytest

from analysis.registry import official_lists

PUBLISHED_COMMUNES = 16_186  # Caisse des Dépôts, list of 31 December 2022 (COG 2022)
COG_2024_COMMUNES = 34_935
COG_2024_POPULATION = 68_017_091


@pytest.mark.parametrize(
    ("phase", "territories", "members"),
    [(1, 149, {"epci": 547, "ept": 3, "commune": 38}), (2, 183, {"epci": 626, "ept": 3, "commune": 12})],
    ids=["phase 1", "phase 2"],
)
def test_lists_have_the_published_size(table, phase, territories, members):
    assert table("core_territories").filter(phase=phase).height == territories
    kinds = table("core_members").filter(phase=phase).group_by("member_kind").len()
    assert dict(kinds.iter_rows()) == members


@pytest.mark.parametrize(
    ("phase", "communes", "population", "commune_share", "population_share", "area_share"),
    [(1, 16_169, 30_929_176, 46.3, 45.5, 46.6), (2, 18_658, 40_785_155, 53.4, 60.0, 53.0)],
    ids=["phase 1", "phase 2"],
)
def test_coverage_of_france_is_as_measured(
    table, phase, communes, population, commune_share, population_share, area_share
):
    row = table("out_region_coverage").filter(phase=phase, region_code="FR").row(0, named=True)
    assert (row["commune_count"], row["population_2022"]) == (communes, population)
    shares = [row[f"{what}_share_pct"] for what in ("commune", "population", "area")]
    assert [round(share, 1) for share in shares] == [commune_share, population_share, area_share]


def test_published_communes_of_phase_one_are_those_of_cog_2022(raw):
    assert official_lists.commune_count_at_edition(raw, 1, 2022) == PUBLISHED_COMMUNES


@pytest.mark.parametrize(("edition", "communes"), [(2022, 34_955), (2023, 34_945), (2024, 34_935)])
def test_communes_at_edition_counts_those_of_the_edition(raw, edition, communes):
    assert official_lists.communes_at_edition(raw, edition).height == communes


def test_cog_is_complete(raw):
    assert raw["communes"].height == COG_2024_COMMUNES
    assert raw["communes"].get_column("population_2022").sum() == COG_2024_POPULATION


def test_regions_add_up_to_france(table):
    coverage = table("out_region_coverage")
    columns = ["phase", "territory_count", "commune_count", "population_2022"]
    parts = coverage.filter(pl.col("region_code") != "FR").group_by("phase").agg(pl.col(columns[1:]).sum())
    whole = coverage.filter(region_code="FR").select(columns)
    assert parts.select(columns).sort("phase").equals(whole.sort("phase"))


def test_territories_add_up_to_france(table):
    sums = table("out_territories").group_by("phase").agg(pl.col("commune_count", "population_2022", "area_km2").sum())
    whole = table("out_region_coverage").filter(region_code="FR")
    for row in whole.iter_rows(named=True):
        part = sums.filter(phase=row["phase"]).row(0, named=True)
        assert (part["commune_count"], part["population_2022"]) == (row["commune_count"], row["population_2022"])
        assert part["area_km2"] == pytest.approx(row["area_km2"], abs=0.1)


def test_metropole_of_lille_has_95_communes(table):
    members = table("core_members").filter(phase=2, territory_id="ti-3213")
    assert sorted(members.get_column("commune_count").to_list()) == [38, 95]


def test_nord_lorraine_has_ten_members_in_phase_two(table):
    name = pl.col("name") == "Nord Lorraine"
    found = table("core_territories").filter(name, phase=2).join(table("core_members"), on=["phase", "territory_id"])
    assert found.height == 10


def test_ids_of_the_two_phases_name_different_places(table):
    names = table("core_territories").pivot(on="phase", index="territory_id", values="name").drop_nulls()
    assert names.height == 145
    assert names.filter(pl.col("1") != pl.col("2")).height > names.height / 2


def test_straddling_territories_are_as_many_as_known(table):
    communes, own = table("core_communes"), table("core_territories")
    counts = {
        phase: communes.join(
            own.filter(phase=phase).select(pl.col("territory_id").alias(f"territory_{phase}"), home="region_code"),
            on=f"territory_{phase}",
        )
        .filter(pl.col("region_code") != pl.col("home"))
        .get_column(f"territory_{phase}")
        .n_unique()
        for phase in (1, 2)
    }
    assert counts == {1: 12, 2: 15}
