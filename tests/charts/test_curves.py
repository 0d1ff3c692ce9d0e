"""Curves over years: every second year is named, and names at their ends do not touch."""

import pytest
from matplotlib.figure import Figure

from analysis.charts.drawing.curves import apart, over_years


@pytest.mark.parametrize(
    ("ends", "heights"),
    [([], []), ([97.0, 104.0], [97.0, 104.0]), ([100.0, 100.0, 101.0, 109.0], [100.0, 102.0, 104.0, 109.0])],
)
def test_names_stand_at_their_ends_unless_these_are_close(ends, heights):
    assert apart(ends, 2.0) == heights


def test_every_second_year_and_each_height_is_named():
    axes = Figure().add_subplot()
    over_years(axes, [2014, 2015, 2016], (90, 115), [95, 100, 105])
    assert [one.get_text() for one in axes.get_xticklabels()] == ["2014", "2016"]
    assert [one.get_text() for one in axes.get_yticklabels()] == ["95", "100", "105"]
    assert (axes.get_xlim(), axes.get_ylim()) == ((2013.8, 2016.2), (90, 115))
