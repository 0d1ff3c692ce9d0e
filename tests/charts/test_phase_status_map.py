import pytest
import shapely

from analysis.charts import phase_status_map
from analysis.charts.maps import cartography

TITLE = "Entre les deux phases, 12,6\u00a0millions d’habitants entrent dans le programme, 2,7\u00a0millions en sortent"


@pytest.fixture(scope="module")
def picture(geo, table, credit):
    return phase_status_map.phase_status_map(geo("core_boundaries_overview"), table("out_region_change"), credit)


def test_title_and_alt_say_the_numbers_of_the_data(picture):
    assert picture.title == TITLE
    assert "14\u202f344\u00a0communes, 28\u202f233\u202f676\u00a0habitants" in picture.alt
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
