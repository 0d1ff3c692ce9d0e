import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.text import Text

from analysis.charts.drawing import picture, style
from analysis.charts.maps import lettering


@pytest.fixture(scope="module")
def width_of():
    """Width of a line in points as matplotlib sets it."""
    figure = picture.new_figure(1, 1)
    renderer = figure.canvas.get_renderer()

    def width(text, size, weight):
        with mpl.rc_context(style.RC):
            box = Text(0, 0, text, fontsize=size, weight=weight, figure=figure).get_window_extent(renderer)
        return box.width * 72 / figure.dpi

    return width


@pytest.mark.parametrize(("size", "weight"), [(6.5, "normal"), (8.5, "normal"), (7.0, "bold")])
def test_width_of_every_name_is_matplotlib_s(table, width_of, size, weight):
    names = sorted(set(table("core_members").get_column("member_name")))[::20]
    widths = [lettering.measure(name, size, weight)[0] for name in names]
    assert widths == pytest.approx([width_of(name, size, weight) for name in names], abs=0.05)


def test_width_is_that_of_the_longest_line():
    assert lettering.measure("a\nlonger", 7, "normal")[0] == lettering.measure("longer", 7, "normal")[0]


def test_lines_stand_evenly_whatever_their_letters():
    steps = np.diff(lettering.baselines("Épernay\nsézannais -\nnord\nPgj", 7, "normal"))
    assert steps == pytest.approx([-lettering.LINE_PITCH * 7] * 3)


@pytest.mark.parametrize("text", ["nord", "Épernay", "Épernay\nPays", "a\nb\nc"])
def test_lines_fill_the_height(text):
    height = lettering.measure(text, 7, "normal")[1]
    heights = lettering.baselines(text, 7, "normal")
    assert height / 2 - heights[0] >= 0.75 * 7
    assert heights[-1] + height / 2 >= 0.23 * 7


def test_an_accent_on_a_capital_makes_the_text_higher():
    assert lettering.measure("École", 7, "normal")[1] > lettering.measure("Ecole", 7, "normal")[1]


def test_an_empty_line_has_no_width():
    assert lettering.measure("", 7, "normal")[0] == 0
