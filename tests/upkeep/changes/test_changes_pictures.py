"""Where two pictures differ."""

import io

import numpy as np
from PIL import Image

from analysis.upkeep.changes.pictures import COLOUR, compare, outlined


def png(*spots, size=(200, 300)):
    pixels = np.full((*size, 3), 255, np.uint8)
    for y, x in spots:
        pixels[y, x] = 0
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, format="png")
    return out.getvalue()


def test_same_pictures_differ_nowhere():
    found = compare(png((1, 1)), png((1, 1)))
    assert (found.pixels, found.boxes) == (0, [])


def test_each_place_has_its_box_and_near_pixels_are_one_place():
    found = compare(png(), png((10, 20), (12, 33), (150, 250)))
    assert found.pixels == 3
    assert found.boxes == [(20, 10, 33, 12), (250, 150, 250, 150)]


def test_what_a_larger_picture_has_more_counts():
    found = compare(png(), png((250, 5), size=(260, 300)))
    assert found.boxes == [(5, 250, 5, 250)]


def test_boxes_are_outlined_around_their_place_and_leave_it_visible():
    drawn = np.asarray(Image.open(io.BytesIO(outlined(png((50, 60)), [(60, 50, 60, 50)]))))
    assert tuple(drawn[50, 60]) == (0, 0, 0)
    assert tuple(drawn[50 - 2, 60]) == COLOUR
