import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.drawing import picture, svg

PLACES = st.integers(-9_999, 9_999).map(lambda hundredths: hundredths / 10)


def points(path):
    """Absolute points of a path as `svg.straight` writes it: M, then l and steps."""
    found = []
    for part in path.split("M")[1:]:
        start, steps = (re.findall(r"-?\d*\.?\d+", half) for half in part.split("l"))
        x, y = (float(number) for number in start)
        found.append((x, y))
        for across, up in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + float(across), y + float(up)
            found.append((x, y))
    return found


@given(st.lists(st.tuples(PLACES, PLACES), min_size=2, max_size=20, unique=True))
def test_straight_path_keeps_its_points_to_a_tenth_without_adding_up_errors(places):
    path = "M " + "\nL ".join(f"{x:.6f} {y:.6f} " for x, y in places) + "\n"
    assert points(svg.straight(path)) == [pytest.approx(place, abs=1e-6) for place in places]


def test_straight_path_rounds_before_it_subtracts_and_drops_what_stays_in_place():
    assert svg.straight("M 0.04 0 \nL 0.12 0 \nL 0.14 0.01 \nL 0.26 0 \n") == "M0 0l.1 0 .2 0"


def test_straight_path_keeps_parts_and_closing():
    assert svg.straight("M 1 1 \nL 2 1 \nL 2 -1 \nz\nM 5 5 \nL 5 5 \n") == "M1 1l1 0 0-2zM5 5l0 0"


def test_compact_keeps_the_factors_of_scales_and_two_decimals_elsewhere():
    text = '<g transform="translate(1.23456 2) scale(0.085 -0.085)"><path id="a" d="M 1.23456 2 \nL 3 4"/></g>'
    found = svg.compact(text)
    assert "translate(1.23 2) scale(0.085 -0.085)" in found
    assert 'd="M 1.23 2 ' in found


def test_compact_leaves_curves_absolute():
    assert svg.compact('<path d="M 1.239 2 \nQ 3.111 4 5 6"/>') == '<path d="M 1.23 2 \nQ 3.11 4 5 6"/>'


def test_letters_of_a_drawing_have_their_size():
    figure = picture.new_figure(2, 1)
    figure.text(0.1, 0.5, "ab", fontsize=8.5)
    written = picture.Picture("n", figure, "t", "a", "c", picture.pl.DataFrame({"x": [1]})).svg().decode()
    assert set(re.findall(r'id="DejaVuSans[^>]*scale\(([\d.]+)\)', written)) == {"0.015625"}
    assert "scale(0.085 -0.085)" in written
