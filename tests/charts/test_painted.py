"""Colours that a drawing declares."""

import matplotlib as mpl
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from analysis.charts.drawing import painted, picture


def drawing():
    figure = picture.new_figure(2, 2)
    axes = picture.add_axes(figure, (0, 0, 1, 1))
    axes.set_axis_off()
    return figure, axes


def test_marks_declare_face_edge_and_hatch_texts_and_points_theirs():
    figure, axes = drawing()
    axes.add_patch(Rectangle((0, 0), 1, 1, facecolor="#010203", edgecolor="#040506", hatch="//", hatchcolor="#070809"))
    axes.add_line(Line2D([0], [0], color="#0A0B0C", marker="o", markerfacecolor="#0D0E0F", markeredgecolor="#101112"))
    axes.scatter([0, 1], [0, 1], color=["#131415", "#161718"])
    figure.text(0, 0, "x", color="#191A1B")
    assert painted.of_figure(figure) >= {
        0x010203, 0x040506, 0x070809, 0x0A0B0C, 0x0D0E0F, 0x101112, 0x131415, 0x161718, 0x191A1B,
    }  # fmt: skip


def test_legends_declare_the_colours_of_their_entries():
    figure, axes = drawing()
    axes.legend([Rectangle((0, 0), 1, 1, facecolor="#123456")], ["x"])
    assert 0x123456 in painted.of_figure(figure)


def test_what_shows_through_declares_nothing():
    figure, axes = drawing()
    axes.add_patch(Rectangle((0, 0), 1, 1, facecolor="#123456", alpha=0.5))
    assert 0x123456 not in painted.of_figure(figure)


def test_svg_and_palette_are_read_alike():
    assert painted.of_svg('<path style="fill: #B8433A; stroke: #b8433a"/><use href="#b8433"/>') == {0xB8433A}
    figure, _ = drawing()
    drawn = picture.Picture("x", figure, "t", "a", "c", picture.pl.DataFrame({"x": [1]}))
    with mpl.rc_context():
        assert painted.of_palette(drawn.png(picture.NOTEBOOK_DPI)) == {0xFFFFFF}
        assert painted.of_palette(drawn.png(picture.PRINT_DPI)) is None
