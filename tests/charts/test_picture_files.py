"""A picture as files, and what its two drawings must agree in."""

import polars as pl
import pytest

from analysis.charts.drawing import painted, picture, picture_files
from analysis.errors import FigureError


@pytest.fixture
def drawn():
    """A drawing of more colours than a palette takes, one of them in a tiny place."""
    figure = picture.new_figure(4, 3)
    axes = picture.add_axes(figure, (0, 0, 1, 1))
    axes.set_axis_off()
    axes.imshow([[(row / 30, column / 30, 0.5) for column in range(30)] for row in range(30)], aspect="auto")
    axes.scatter([3], [3], 3, color="#B8433A")
    return picture.Picture("invented", figure, "Titre", "Un texte", "Source", pl.DataFrame({"x": [1]}))


def test_four_files_are_written_and_a_tiny_mark_keeps_its_colour(drawn, tmp_path):
    picture_files.write(drawn, tmp_path, picture.NOTEBOOK_DPI)
    assert sorted(one.suffix[1:] for one in tmp_path.iterdir()) == sorted(picture_files.ENDINGS)
    assert 0xB8433A in painted.of_palette((tmp_path / "invented.png").read_bytes())


def test_a_colour_that_the_png_would_change_is_refused_by_name(drawn, tmp_path, monkeypatch):
    monkeypatch.setattr(painted, "of_figure", lambda _: set())
    monkeypatch.setattr("analysis.charts.drawing.pixels.SPREAD", 10**6)
    with pytest.raises(FigureError, match="invented: its PNG shows #B8433A of its SVG as another colour"):
        picture_files.write(drawn, tmp_path, picture.NOTEBOOK_DPI)
    assert list(tmp_path.iterdir()) == []
