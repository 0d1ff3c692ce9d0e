import pytest
import shapely
from matplotlib.colors import to_hex

from analysis.charts import national_map
from analysis.charts.drawing import style
from analysis.charts.maps import cartography

INSETS = ["Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"]
TITLE = "De 149 à 183\u00a0territoires d’industrie\u00a0: de 45,5\u00a0% à 60,0\u00a0% de la population couverte"


@pytest.fixture(scope="module")
def territories(geo):
    return geo("out_territories")


@pytest.fixture(scope="module")
def boundaries(geo):
    return geo("core_boundaries_overview")


@pytest.fixture(scope="module")
def picture(territories, boundaries, table, credit):
    return national_map.national_map(territories, boundaries, table("out_region_coverage"), credit)


def windows(picture):
    """Axes by the first word of their title, in each panel from left to right."""
    return [(axes.get_title(loc="left").split(",")[0], axes) for axes in picture.figure.axes]


def test_title_alt_and_headings_say_the_numbers_of_the_data(picture):
    written = [text.get_text() for text in picture.figure.texts]
    assert picture.title == TITLE
    assert "Phase\u00a01 (2019-2022)\u00a0: 149\u00a0territoires, 588\u00a0membres" in written
    assert "Phase\u00a02 (2023-2027)\u00a0: 183\u00a0territoires, 641\u00a0membres" in written
    assert "53,4\u00a0% des communes, 60,0\u00a0% de la population, 53,0\u00a0% de la superficie" in picture.alt


def test_both_panels_have_the_five_overseas_regions_and_ile_de_france_in_frames(picture):
    framed = [
        name for name, axes in windows(picture) if name and all(one.get_visible() for one in axes.spines.values())
    ]
    assert sorted(framed) == sorted([*INSETS, "Île-de-France"] * 2)


def test_every_map_has_a_scale_bar(picture):
    maps = [axes for axes in picture.figure.axes if axes.collections]
    assert len(maps) == 14
    assert all([text.get_text() for text in axes.texts][-1].endswith("\u00a0km") for axes in maps)


def test_insets_leave_the_mainland_uncovered(picture, boundaries):
    regions = cartography.only(boundaries, "region")
    mainland = cartography.project(regions[~regions["code"].isin(["01", "02", "03", "04", "06"])], 2154)
    panels = [axes for name, axes in windows(picture) if not name and axes.collections]
    for main in panels:
        land = shapely.transform(shapely.union_all(mainland.geometry.to_numpy()), main.transData.transform)
        covers = [shapely.box(*axes.get_window_extent().extents) for name, axes in windows(picture) if name]
        assert sum(shapely.area(shapely.intersection(land, covers))) / land.area < 1e-3


def test_territories_have_the_colour_of_their_phase_and_white_seams(picture):
    panels = [axes for name, axes in windows(picture) if not name and axes.collections]
    for axes, colour in zip(panels, style.PHASE_COLOURS.values(), strict=True):
        (filled,) = [one for one in axes.collections if one.get_zorder() == 2]
        assert {to_hex(one).upper() for one in filled.get_facecolor()} == {colour}
        assert {to_hex(one).upper() for one in filled.get_edgecolor()} == {style.PAPER}
        assert filled.get_linewidth() > 0


def test_legend_names_both_phases_and_no_colour_without_meaning(picture):
    legend = picture.figure.axes[-1].get_legend()
    named = dict(zip([one.get_text() for one in legend.get_texts()], legend.legend_handles, strict=True))
    for phase, colour in style.PHASE_COLOURS.items():
        assert to_hex(named[f"territoire de la phase\u00a0{phase}"].get_facecolor()).upper() == colour


def test_data_is_one_row_a_territory_and_phase(picture):
    assert dict(picture.data.group_by("phase").len().iter_rows()) == {1: 149, 2: 183}
    assert "geometry" not in picture.data.columns


def test_file_carries_france_once_a_panel(picture):
    assert len(picture.svg()) < 2_000_000


def test_texts_are_readable(picture, readable):
    readable(picture)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_national_map(picture):
    return picture.figure
