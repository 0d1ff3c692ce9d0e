import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.maps.leaders import APART, MARK, START, leader, place

BOUNDS = np.array([0.0, 0.0, 800.0, 400.0])
spots = st.lists(st.tuples(st.integers(100, 700), st.integers(100, 300)), min_size=1, max_size=5, unique=True)


def placed(anchors, bounds=BOUNDS, size=(60.0, 20.0)):
    points = np.array(anchors, dtype=float)
    marks = shapely.box(*np.hstack([points - MARK, points + MARK]).T)
    boxes = place(np.array([size] * len(points)), points, marks, np.array([], dtype=object), bounds, 1.0)
    return points, marks, boxes


@given(anchors=spots)
@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_labels_overlap_neither_each_other_nor_marks(anchors):
    _, marks, boxes = placed(anchors)
    assert boxes is not None
    shapes = shapely.box(*boxes.T)
    for rank, shape in enumerate(shapes):
        assert not shapely.dwithin(shape, np.delete(shapes, rank), APART - 1e-6).any()
        assert not shapely.intersects(shape, marks).any()
        assert shapely.covers(shapely.box(*BOUNDS), shape)


@given(anchors=spots)
@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_leaders_cross_no_label(anchors):
    points, _, boxes = placed(anchors)
    lines = shapely.linestrings([leader(point, box, START) for point, box in zip(points, boxes, strict=True)])
    for rank, line in enumerate(lines):
        assert not shapely.intersects(line, np.delete(shapely.box(*boxes.T), rank)).any()


def test_label_stands_right_below_its_mark_when_alone():
    _, _, boxes = placed([(400, 200)])
    assert boxes[0] == pytest.approx([370, 172, 430, 192])


def test_label_keeps_clear_of_lines():
    level = np.array([shapely.box(0, 180, 800, 184)])
    point = np.array([[400.0, 200.0]])
    mark = shapely.box(*np.hstack([point - MARK, point + MARK]).T)
    boxes = place(np.array([[60.0, 20.0]]), point, mark, level, BOUNDS, 1.0)
    assert not shapely.intersects(shapely.box(*boxes[0]), level[0])


def test_place_gives_none_when_there_is_no_room():
    assert placed([(15, 15)], bounds=np.array([0.0, 0.0, 30.0, 30.0]))[2] is None
