import polars as pl
import pytest
import shapely
from label_checks import label_boxes, leader_lines

from analysis.charts import lille_map
from analysis.charts.maps import cartography
from analysis.errors import ParameterError

LARGEST = ["Lille", "Roubaix", "Tourcoing", "Villeneuve-d'Ascq"]


@pytest.fixture(scope="module")
def frames(table, geo):
    return geo("core_commune_boundaries"), table("core_communes"), table("core_members")


@pytest.fixture(scope="module")
def picture(frames, credit):
    return lille_map.lille_map(*frames, credit)


def test_metropole_has_95_communes_in_title_and_data(picture, frames):
    counts = dict(picture.data.group_by("member_name").len().iter_rows())
    assert counts == {"Métropole Européenne de Lille": 95, "CC Pévèle-Carembault": 38}
    assert "(95\u00a0communes)" in picture.title
    assert "(38\u00a0communes)" in picture.title


def test_largest_communes_are_named_with_their_population(picture):
    named = picture.data.filter("labelled")
    assert named.get_column("name").to_list()[:4] == LARGEST
    assert named.height == lille_map.LARGEST
    assert set(label_boxes(picture.figure.axes[0])) >= set(named.get_column("commune_code"))
    assert "Lille (238\u202f695)" in picture.alt


def test_both_members_are_named_inside(picture, frames):
    axes = picture.figure.axes[0]
    members = set(frames[2].filter(phase=2, territory_id="ti-3213").get_column("member_code"))
    assert members <= set(label_boxes(axes))
    assert not members & set(leader_lines(axes))


def test_no_name_stands_abroad(picture, frames):
    axes = picture.figure.axes[0]
    near = cartography.project(frames[0][frames[0]["commune_code"].str[:2].isin(["59", "62"])], 2154)
    france = shapely.transform(shapely.union_all(near.geometry.to_numpy()), axes.transData.transform)
    away = {code: box.difference(france).area / box.area for code, box in label_boxes(axes).items()}
    assert {code: share for code, share in away.items() if share > 0.01} == {}


def test_texts_are_readable(picture, readable):
    readable(picture)


def test_missing_territory_is_refused(frames, credit):
    with pytest.raises(ParameterError, match="ti-3213"):
        lille_map.lille_map(*frames[:2], frames[2].filter(pl.col("phase") == 1), credit)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_lille_map(picture):
    return picture.figure
