import numpy as np
import pytest
import shapely
from matplotlib.colors import to_hex

from analysis.charts.drawing import picture, style
from analysis.charts.maps import ground
from analysis.charts.maps.cartography import coarse


def boxes(*places):
    return np.array([shapely.box(x, y, x + 1, y + 1) for x, y in places], dtype=object)


def test_ground_is_cut_into_what_both_cover_and_what_one_alone_covers():
    areas = ground.ground(boxes((0, 0), (1, 0)), boxes((1, 0), (2, 0), (3, 0)))
    assert dict(zip(areas["status"], shapely.area(areas.geometry.to_numpy()), strict=True)) == {
        "kept": 1.0, "left": 1.0, "entered": 2.0,
    }  # fmt: skip


def test_a_status_without_ground_is_left_out():
    assert list(ground.ground(boxes((0, 0)), boxes((0, 0), (1, 0)))["status"]) == ["kept", "entered"]


def test_common_borders_and_specks_are_no_ground():
    moved = shapely.box(1 - 1e-10, 0, 2, 1)
    areas = ground.ground(boxes((0, 0)), np.array([moved], dtype=object))
    assert list(areas["status"]) == ["left", "entered"]


def test_fill_gives_each_status_its_own_look():
    axes = picture.add_axes(picture.new_figure(2, 2), (0, 0, 1, 1))
    ground.fill(axes, ground.ground(boxes((0, 0), (1, 0)), boxes((1, 0), (2, 0))), level=1)
    assert sorted(one.get_hatch() or "" for one in axes.collections) == sorted(
        look.hatch for look in style.STATUS_LOOKS.values()
    )


def test_coarse_outlines_keep_their_common_border_and_lose_what_is_too_small():
    left, right = shapely.box(0, 0, 10.2, 10), shapely.box(10.2, 0, 20, 10)
    found = coarse(np.array([left, right, shapely.box(30, 30, 30.1, 30.1)], dtype=object), 1.0)
    assert shapely.length(shapely.intersection(shapely.boundary(found[0]), shapely.boundary(found[1]))) == 10
    assert found[0].bounds == (0, 0, 10, 10)
    assert shapely.is_empty(found[2])


@pytest.mark.parametrize("look", [*style.STATUS_LOOKS.values(), *style.MAP_LOOKS.values()], ids=str)
def test_swatch_looks_like_the_ground_with_a_denser_hatch(look):
    handle = ground.swatch(look)
    assert to_hex(handle.get_facecolor()).upper() == look.face
    assert (handle.get_hatch() or "") == 2 * look.hatch
