"""Nothing on a map covers ground: frames of insets, titles, scale bars and legends stand beside the land."""

import os

import geopandas as gpd
import numpy as np
import pytest
import shapely
from figures import drawn, figures
from matplotlib.text import Text

from analysis.charts.maps.marks import BAR_ID
from analysis.charts.national_map import national_map
from analysis.charts.phase_status_map import phase_status_map
from analysis.charts.register import tables_in
from analysis.reports.atlas import Atlas

REGIONS = ["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]
EVERY = [(code, phase) for code in REGIONS for phase in (1, 2)]
PLACES = {
    (): [()],
    ("region_code", "phase"): EVERY if os.environ.get("ATLAS_ALL") else [("11", 2), ("94", 1), ("04", 1)],
    ("phase", "territory_id"): [(2, "ti-4408"), (2, "ti-9401"), (1, "ti-0401")],
}
NEAR = 2.0  # pixels that stay free between land and the frame of an inset


@pytest.fixture(scope="module")
def atlas(root):
    return Atlas(root)


def land(axes):
    """What the lowest filled areas of axes show, in pixels, cut at the axes' frame."""
    filled = [
        one for one in axes.collections if len(one.get_facecolor()) and len(one.get_paths()) and not one.get_gid()
    ]
    lowest = min((one.get_zorder() for one in filled), default=None)
    rings = [
        shapely.make_valid(shapely.polygons(ring))
        for one in filled
        if one.get_zorder() == lowest
        for path in one.get_paths()
        for ring in axes.transData.transform_path(path).to_polygons()
        if len(ring) > 3
    ]
    return shapely.intersection(shapely.union_all(rings), frame(axes))


def frame(axes):
    return shapely.box(*axes.get_window_extent().extents)


def beside(axes):
    """Rectangles of the texts around axes and of their legend, by what they say."""
    texts = [one for one in axes.findobj(Text) if one.get_text().strip() and one.get_visible()]
    return {one.get_text(): shapely.box(*one.get_window_extent().extents) for one in texts if not labels(one)}


def labels(text):
    return (text.get_gid() or "").startswith(("label-", BAR_ID)) or text.get_style() == "italic"


def bars(axes):
    """The scale bar and its text, in pixels."""
    bare = [one for one in axes.collections if one.get_gid() == BAR_ID]
    drawn = [axes.transData.transform_path(path).get_extents() for one in bare for path in one.get_paths()]
    written = [one.get_window_extent() for one in axes.texts if one.get_gid() == BAR_ID]
    return [shapely.box(*one.extents) for one in (*drawn, *written)]


def is_map(chart):
    """Whether it draws outlines."""
    return gpd.GeoDataFrame in tables_in(chart.draw).values()


@pytest.mark.parametrize(("figure", "place"), figures(PLACES, is_map))
def test_nothing_covers_land(atlas, figure, place):
    picture = drawn(atlas, figure, place)
    picture.figure.canvas.draw()
    maps = {axes: land(axes) for axes in picture.figure.axes}
    shown = {axes: ground for axes, ground in maps.items() if not shapely.is_empty(ground)}
    assert shown
    for axes, ground in shown.items():
        others = [other for other in picture.figure.axes if other is not axes]
        frames = [frame(other) for other in others if other in shown and other.spines["left"].get_visible()]
        written = [box for other in others for box in beside(other).values()]
        written += [shapely.box(*one.get_window_extent().extents) for one in picture.figure.texts]
        scale = [one for other in picture.figure.axes for one in bars(other)]
        keys = [shapely.box(*one.get_window_extent().extents) for one in picture.figure.legends]
        for found, near in ((frames, NEAR), ([*written, *scale, *keys], 0)):
            boxes = np.array(found, dtype=object)
            assert not [one.bounds for one in boxes[shapely.dwithin(boxes, ground, near)]]


def test_the_capitals_inset_stands_at_sea_far_from_the_coast(atlas):
    for picture in (atlas.show(national_map), atlas.show(phase_status_map)):
        picture.figure.canvas.draw()
        insets = [one for one in picture.figure.axes if "Île-de-France" in one.get_title(loc="left")]
        mains = [one for one in picture.figure.axes if one.collections and not one.get_title(loc="left")]
        assert len(insets) == len(mains) > 0
        for inset, main in zip(insets, mains, strict=True):
            assert shapely.distance(frame(inset), land(main)) > 5
