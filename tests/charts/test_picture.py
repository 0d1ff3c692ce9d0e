import xml.etree.ElementTree as ET

import polars as pl
import pytest

from analysis.charts.drawing import picture
from analysis.charts.drawing.picture import Picture
from analysis.errors import FigureError

DATA = pl.DataFrame({"x": [1, 2], "y": [0.5, 1.5]})
LONG = "Un titre inventé, assez long pour occuper plusieurs lignes dans une figure étroite, et lisible partout"


def draw(title: str = LONG, data: pl.DataFrame = DATA, **parts: str) -> Picture:
    figure = picture.new_figure(5, 3)
    rectangle = picture.compose(figure, title, "Source : inventée", "Sous-titre")
    picture.add_axes(figure, rectangle).plot(data["x"], data["y"])
    whole = {"name": "invented", "title": title, "alt": "Une droite <monte> & continue.", "credit": "Source : inventée"}
    return Picture(figure=figure, data=data, **(whole | parts))


def test_picture_gives_the_same_bytes_twice():
    one, other = draw(), draw()
    assert one.png() == other.png()
    assert one.svg() == other.svg()


def test_svg_carries_title_and_description_and_stays_text():
    root = ET.fromstring(draw().svg())
    space = "{http://www.w3.org/2000/svg}"
    assert root.get("role") == "img"
    assert root.find(f"{space}title").text == LONG
    assert root.find(f"{space}desc").text == "Une droite <monte> & continue."
    assert b"dc:date" not in draw().svg()


@pytest.mark.parametrize("part", ["name", "title", "alt", "credit"])
def test_picture_is_refused_without_what_every_figure_needs(part):
    with pytest.raises(FigureError, match=f"no {part}"):
        draw(**{part: " "})


def test_picture_is_refused_without_data():
    with pytest.raises(FigureError, match="invented: it draws no data"):
        Picture("invented", picture.new_figure(1, 1), "T", "A", "C", DATA.clear())


def test_notebook_output_changes_with_the_data_and_carries_the_alternative_text():
    bundle, metadata = draw()._repr_mimebundle_()
    changed, _ = draw(data=DATA.with_columns(y=pl.col("y") + 0.001))._repr_mimebundle_()
    assert bundle["text/plain"] != changed["text/plain"]
    assert metadata["image/png"]["alt"] == "Une droite <monte> & continue."


def test_compose_leaves_room_between_title_and_credit():
    figure = picture.new_figure(5, 3)
    left, bottom, width, height = picture.compose(figure, LONG, "Source : inventée", "Sous-titre")
    boxes = [text.get_window_extent() for text in figure.texts]
    inside = figure.bbox
    assert all(inside.x0 <= box.x0 and box.x1 <= inside.x1 and inside.y0 <= box.y0 for box in boxes)
    top = (bottom + height) * inside.height
    assert bottom * inside.height >= boxes[-1].y1
    assert all(top <= box.y0 for box in boxes[:2])
    assert 0 < left < 0.1
    assert width > 0.9
