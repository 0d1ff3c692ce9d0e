import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import region_balance


def coverage_table(*rows):
    """out_region_coverage with (phase, region code, name, territories, share of everything)."""
    columns = ["commune", "population", "area"]
    return pl.DataFrame(
        [
            {"phase": phase, "region_code": code, "region_name": name, "territory_count": count}
            | {f"{one}_share_pct": share for one in columns}
            | {"commune_count": 100, "population_2022": 1_000_000, "area_km2": 1234.5}
            for phase, code, name, count, share in rows
        ]
    )


REGIONS = (
    (1, "44", "Grand Est", 15, 69.8), (2, "44", "Grand Est", 21, 74.8),
    (1, "06", "Mayotte", 0, 0.0), (2, "06", "Mayotte", 1, 100.0),
    (1, "03", "Guyane", 3, 97.0), (2, "03", "Guyane", 2, 44.2),
    (1, "94", "Corse", 2, 51.3), (2, "94", "Corse", 2, 51.3),
)  # fmt: skip
FRANCE = ((1, "FR", "France", 149, 45.5), (2, "FR", "France", 183, 60.0))


def test_regions_are_sorted_by_their_share_in_phase_two():
    found = region_balance.balance(coverage_table(*REGIONS, *FRANCE))
    assert found.get_column("region_name").unique(maintain_order=True).to_list() == [
        "Mayotte", "Grand Est", "Corse", "Guyane",
    ]  # fmt: skip


@given(rows=st.permutations(REGIONS + FRANCE))
def test_order_of_rows_is_irrelevant(rows):
    assert region_balance.balance(coverage_table(*rows)).equals(
        region_balance.balance(coverage_table(*REGIONS, *FRANCE))
    )


def test_title_counts_regions_that_gain_and_lose(credit):
    title = region_balance.region_balance(coverage_table(*REGIONS, *FRANCE), credit).title
    assert title.startswith("La population couverte progresse dans 2 régions sur 4, recule dans 1")


def test_france_is_a_line_and_not_a_row(credit):
    picture = region_balance.region_balance(coverage_table(*REGIONS, *FRANCE), credit)
    assert "FR" not in picture.data.get_column("region_code")
    texts = [one.get_text() for one in picture.figure.axes[1].texts]
    assert "France, phase 2 :\n60,0\u00a0%" in texts


def test_value_is_written_once_when_both_phases_have_it(credit):
    axes = region_balance.region_balance(coverage_table(*REGIONS, *FRANCE), credit).figure.axes[0]
    assert len(axes.texts) == 2 * 4 - 1


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_region_balance(table, credit):
    return region_balance.region_balance(table("out_region_coverage"), credit).figure


def test_real_region_balance_is_readable(table, credit, readable):
    readable(region_balance.region_balance(table("out_region_coverage"), credit))
