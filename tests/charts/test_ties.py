"""Lines between the parts of an area."""

import shapely

from analysis.charts.maps.ties import INSIDE, LEAST_GAP, LEAST_PART, ties

LARGE = shapely.box(0, 0, 100, 100)


def parts(*more):
    return [shapely.MultiPolygon([LARGE, *more])]


def test_a_part_that_stands_apart_is_tied_to_the_nearest_larger_one():
    far, farther = shapely.box(120, 0, 150, 30), shapely.box(160, 0, 170, 10)
    first, second = ties(parts(far, farther), 1.0)
    assert shapely.length(first) == 20 + 2 * INSIDE
    assert shapely.intersects(first, LARGE)
    assert shapely.intersects(first, far)
    assert shapely.intersects(second, far)
    assert shapely.intersects(second, farther)


def test_specks_and_narrow_gaps_are_left_alone():
    speck = shapely.box(120, 0, 120 + LEAST_PART - 0.1, LEAST_PART - 0.1)
    near = shapely.box(100 + LEAST_GAP - 0.1, 0, 140, 40)
    assert ties(parts(speck), 1.0) == ties(parts(near), 1.0) == ties([LARGE], 1.0) == []
    assert len(ties(parts(speck), 0.5)) == 1
