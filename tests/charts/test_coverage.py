import polars as pl
import pytest

from analysis.charts import coverage


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


FRANCE = ((1, "FR", "France", 149, 45.5), (2, "FR", "France", 183, 60.0))


def test_shares_have_a_row_a_measure_and_phase():
    found = coverage.shares_of_france(coverage_table(*FRANCE, (1, "44", "Grand Est", 15, 69.8)))
    assert found.select("measure", "phase", "share_pct").rows() == [
        (measure, phase, share)
        for measure in ("population", "communes", "superficie")
        for phase, share in ((1, 45.5), (2, 60.0))
    ]


def test_title_and_alt_say_the_shares_of_the_data(credit):
    picture = coverage.coverage(coverage_table(*FRANCE), credit)
    assert picture.title.replace("\u00a0", " ").endswith("passe de 45,5 % en phase 1 à 60,0 % en phase 2")
    assert "superficie, 45,5 % en phase 1 et 60,0 % en phase 2" in picture.alt.replace("\u00a0", " ")


def test_title_says_so_when_the_share_stays(credit):
    same = coverage_table((1, "FR", "France", 149, 50.0), (2, "FR", "France", 149, 50.0))
    assert coverage.coverage(same, credit).title.endswith("reste à 50,0\u00a0% d’une phase à l’autre")


def test_bars_start_at_zero_on_a_scale_to_the_whole(credit):
    axes = coverage.coverage(coverage_table(*FRANCE), credit).figure.axes[0]
    assert axes.get_xlim() == (0, 100)
    assert {bar.get_x() for bar in axes.patches} == {0}


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_coverage(table, credit):
    return coverage.coverage(table("out_region_coverage"), credit).figure


def test_real_coverage_is_readable(table, credit, readable):
    readable(coverage.coverage(table("out_region_coverage"), credit))
