"""Rows of a figure: where headings, rows and the texts beside them stand, and the scale below."""

import polars as pl
import pytest

from analysis.charts.drawing.rows import WIDTH, Layout, in_rows, scale

LAYOUT = Layout(row=0.4, head=0.2, around=2.0, names=0.3, values=0.1, foot=0.5, gap=0.25)
TABLE = pl.DataFrame({"group": ["b", "b", "a"], "name": ["one", "two", "three"]})


@pytest.fixture
def drawn():
    return in_rows(LAYOUT, TABLE.height, 2, "Titre", "Source : essai", "Sous-titre")


def test_the_figure_grows_with_its_rows_and_leaves_room_on_both_sides(drawn):
    assert tuple(drawn.figure.get_size_inches()) == pytest.approx((WIDTH, 3 * 0.4 + 2 * 0.2 + 2.0))
    inner = drawn.axes.get_position()
    assert inner.width == pytest.approx(1 - 2 * 0.12 / WIDTH - 0.3 - 0.1)
    assert inner.x0 + drawn.left * inner.width == pytest.approx(0.12 / WIDTH)  # texts begin at the margin


def test_groups_keep_their_order_and_each_row_stands_below_its_heading(drawn):
    seen = []
    end = drawn.grouped(
        TABLE, "group", lambda row: row["group"], lambda _, place, row: seen.append((place, row["name"]))
    )
    assert seen == [(0.5, "one"), (1.5, "two"), (pytest.approx(3.25), "three")]  # half a row of heading, a gap after
    assert end == pytest.approx(4.5)
    headings = [(one.get_text(), one.get_position()[1]) for one in drawn.axes.texts]
    assert headings == [("b", 0.0), ("a", 2.75)]


def test_a_name_stands_above_who_says_so(drawn):
    drawn.named(2.0, "ce qui est compté", "qui le dit")
    (_, above), (_, below) = (one.get_position() for one in drawn.axes.texts)
    assert above < 2.0 < below  # rows run from top to bottom


def test_the_scale_writes_its_ticks_over_rows_from_the_top(drawn):
    scale(drawn.axes, (0, 10), 3.6, {0: "rien", 5: "la moitié"})
    assert [one.get_text() for one in drawn.axes.get_xticklabels()] == ["rien", "la moitié"]
    assert (drawn.axes.get_xlim(), drawn.axes.get_ylim()) == ((0, 10), (3.6, -0.6))
    assert list(drawn.axes.get_yticks()) == []
