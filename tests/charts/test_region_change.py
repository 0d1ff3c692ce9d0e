import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import region_change

SHARES = {
    "44": ("Grand Est", 61.3, 8.5, 13.5),
    "06": ("Mayotte", 0.0, 0.0, 100.0),
    "03": ("Guyane", 44.2, 52.8, 0.0),
    "94": ("Corse", 51.3, 0.0, 0.0),
    "FR": ("France", 41.5, 4.0, 18.5),
}
ROWS = [
    {"region_code": code, "region_name": name, "status": status, "population_share_pct": share}
    for code, (name, *shares) in SHARES.items()
    for status, share in zip(("kept", "left", "entered"), shares, strict=True)
]


@given(rows=st.permutations(ROWS))
def test_regions_are_sorted_by_their_gain_and_france_comes_last(rows):
    found = region_change.balance(pl.DataFrame(rows))
    assert found.get_column("region_name").to_list() == ["Mayotte", "Grand Est", "Corse", "Guyane", "France"]
    assert found.get_column("gain_share_pct").to_list() == [100.0, 5.0, 0.0, -52.8, 14.5]


def test_title_counts_regions_that_gain_and_names_those_that_lose(credit):
    title = region_change.region_change(pl.DataFrame(ROWS), credit).title
    assert title == "2 régions sur 4 gagnent des habitants dans le programme\u00a0; Guyane en perd"


def test_what_left_stands_on_the_left_of_zero_and_what_entered_follows_what_stayed(credit):
    axes = region_change.region_change(
        pl.DataFrame(ROWS).filter(pl.col("region_code").is_in(["44", "FR"])), credit
    ).figure.axes[0]
    spans = [(bar.get_x(), bar.get_width()) for bar in axes.patches[:3]]
    assert [value for span in spans for value in span] == pytest.approx([-8.5, 8.5, 0, 61.3, 61.3, 13.5])


def test_alt_says_the_shares_of_every_region(table, credit):
    picture = region_change.region_change(table("out_region_change"), credit)
    assert "Guyane, 52,8\u00a0% sortis, 44,2\u00a0% restés, 0,0\u00a0% entrés" in picture.alt
    assert picture.data.height == 19


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_region_change(table, credit):
    return region_change.region_change(table("out_region_change"), credit).figure


def test_real_region_change_is_readable(table, credit, readable):
    readable(region_change.region_change(table("out_region_change"), credit))
