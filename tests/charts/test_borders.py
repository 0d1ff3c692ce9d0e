import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.maps import borders


def squares(columns, rows):
    """A chessboard of unit squares, row by row."""
    return np.array([shapely.box(x, y, x + 1, y + 1) for y in range(rows) for x in range(columns)], dtype=object)


def everything(edges):
    return np.ones(len(edges.first), dtype=bool)


@given(columns=st.integers(1, 5), rows=st.integers(1, 5))
def test_edges_hold_every_segment_once_with_its_two_sides(columns, rows):
    found = borders.edges(squares(columns, rows))
    inner = found.first != found.last
    assert len(found.first) == columns * (rows + 1) + rows * (columns + 1)
    assert inner.sum() == columns * (rows - 1) + rows * (columns - 1)
    assert shapely.length(found.lines(everything(found))) == len(found.first)


def test_edges_leave_out_what_cannot_meet_the_bounds():
    found = borders.edges(squares(9, 1), (-1, -1, 0.5, 2))
    assert found.ends[:, :, 0].max() == 1
    assert len(borders.edges(squares(2, 2), (5, 5, 6, 6)).first) == 0


def test_edges_of_nothing_are_no_lines():
    found = borders.edges(np.array([], dtype=object))
    assert shapely.is_empty(found.lines(everything(found)))


def test_between_takes_segments_whose_sides_differ_and_a_missing_key_for_no_area():
    found = borders.edges(squares(4, 1))
    keys = np.array(["a", "a", "b", None], dtype=object)
    middles = sorted(shapely.centroid(shapely.linestrings(found.ends[found.between(keys)])).tolist(), key=str)
    around = {(x + 0.5, y) for x in range(3) for y in (0, 1)}
    assert {(point.x, point.y) for point in middles} == around | {(0, 0.5), (2, 0.5), (3, 0.5)}


def test_holes_and_parts_have_borders_too():
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    both = shapely.MultiPolygon([ring, shapely.box(5, 0, 6, 1)])
    assert shapely.length(borders.outlines(np.array([both], dtype=object))) == 12 + 4 + 4


def test_layered_gives_a_border_to_the_first_layer_that_has_it():
    whole = np.array([shapely.box(0, 0, 2, 1)], dtype=object)
    whole = shapely.segmentize(whole, 1)
    outer, inner = borders.layered([whole, squares(2, 1)], (-1, -1, 3, 3))
    assert shapely.length(outer) == 6
    assert shapely.equals(inner, shapely.LineString([(1, 0), (1, 1)]))


def test_layered_draws_every_border_of_real_layers_once(geo):
    names = ("region", "department")
    regions, departments = (geo("core_boundaries_overview", name).geometry.to_numpy() for name in names)
    bounds = tuple(shapely.total_bounds(regions))
    lines = borders.layered([regions, departments], bounds)
    alone = borders.edges(np.concatenate([regions, departments]))
    assert np.isclose(sum(shapely.length(lines)), shapely.length(alone.lines(everything(alone))))
    assert shapely.length(shapely.intersection(*lines)) == 0
