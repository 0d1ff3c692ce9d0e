import polars as pl
import pytest
import shapely

from analysis.charts import phase_status_map
from analysis.charts.maps import cartography

TITLE = "Entre les deux phases, {entered} d’habitants entrent dans le programme, {left} en sortent"


@pytest.fixture(scope="module")
def picture(geo, table, credit):
    return phase_status_map.phase_status_map(geo("core_boundaries_overview"), table("out_region_change"), credit)


def test_title_and_alt_say_the_numbers_of_the_data(picture, table):
    """Counted from the communes, not from the table that the map is drawn from."""
    inside = {phase: pl.col(f"territory_{phase}").is_not_null() for phase in (1, 2)}
    communes = table("core_communes")
    entered, left = communes.filter(inside[2], ~inside[1]), communes.filter(inside[1], ~inside[2])
    kept = communes.filter(*inside.values())
    millions = {
        name: f"{rows['population_2022'].sum() / 1e6:.1f}\u00a0millions".replace(".", ",")
        for name, rows in (("entered", entered), ("left", left))
    }
    assert picture.title == TITLE.format(**millions)
    count, people = (f"{one:,}".replace(",", "\u202f") for one in (kept.height, kept["population_2022"].sum()))
    assert f"{count}\u00a0communes, {people}\u00a0habitants" in picture.alt
    assert "celle où le plus sortent est Grand Est" in picture.alt


def test_insets_show_the_five_overseas_regions_and_ile_de_france(picture):
    names = [axes.get_title(loc="left").split(",")[0] for axes in picture.figure.axes]
    assert sorted(filter(None, names)) == sorted(
        ["Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte", "Île-de-France"]
    )


def test_every_status_has_its_own_hatch_and_colour_on_the_mainland(picture):
    drawn = picture.figure.axes[0].collections
    looks = {(one.get_hatch() or "", tuple(one.get_facecolor()[0])) for one in drawn if len(one.get_facecolor())}
    assert len({hatch for hatch, _ in looks}) == 3


def test_ground_is_that_of_both_phases(geo):
    boundaries = geo("core_boundaries_overview")
    areas = phase_status_map._layers(boundaries)["ground"]
    size = dict(zip(areas["status"], shapely.area(areas.geometry.to_numpy()), strict=True))
    for phase, gone in ((1, "entered"), (2, "left")):
        whole = shapely.area(cartography.only(boundaries, f"territory_{phase}").geometry.to_numpy()).sum()
        assert sum(size.values()) - size[gone] == pytest.approx(whole, rel=1e-6)


def test_texts_are_readable(picture, readable):
    readable(picture)


def test_file_is_light_enough(picture):
    assert len(picture.svg()) < 2_000_000


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_phase_status_map(picture):
    return picture.figure
