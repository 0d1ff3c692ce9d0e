"""A picture as files: SVG, PNG, its data as CSV, and its title, alternative text and credit line as text."""

from pathlib import Path

from analysis.charts.drawing import painted
from analysis.charts.drawing.picture import Picture
from analysis.errors import FigureError
from analysis.io import cells

ENDINGS = ("csv", "png", "svg", "txt")


def write(picture: Picture, folder: Path, dpi: int) -> None:
    """Write the four files of a picture into `folder`, named after it.

    FigureError when the PNG shows a colour of the SVG as another one.
    """
    vector, png = picture.svg(), picture.png(dpi)
    _require_colours(picture, vector.decode(), png)
    (folder / f"{picture.name}.svg").write_bytes(vector)
    (folder / f"{picture.name}.png").write_bytes(png)
    (folder / f"{picture.name}.txt").write_text(f"{picture.title}\n{picture.alt}\n{picture.credit}\n", encoding="utf-8")
    cells.defused(picture.data).write_csv(folder / f"{picture.name}.csv")


def _require_colours(picture: Picture, vector: str, png: bytes) -> None:
    palette = painted.of_palette(png)
    lost = painted.of_svg(vector) & picture.seen - palette if palette else ()
    if lost:
        names = ", ".join(f"#{one:06X}" for one in sorted(lost))
        what = f"its PNG shows {names} of its SVG as another colour."
        repair = "Let `painted.of_figure` find the colour on the mark that draws it."
        raise FigureError(what, where=picture.name, repair=repair)
