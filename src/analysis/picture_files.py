"""A picture as files: SVG, PNG, its data as CSV, and its title, alternative text and credit line as text."""

from pathlib import Path

from analysis import cells
from analysis.picture import Picture

ENDINGS = ("csv", "png", "svg", "txt")


def write(picture: Picture, folder: Path, dpi: int) -> None:
    """Write the four files of a picture into `folder`, named after it."""
    (folder / f"{picture.name}.svg").write_bytes(picture.svg())
    (folder / f"{picture.name}.png").write_bytes(picture.png(dpi))
    (folder / f"{picture.name}.txt").write_text(f"{picture.title}\n{picture.alt}\n{picture.credit}\n", encoding="utf-8")
    cells.defused(picture.data).write_csv(folder / f"{picture.name}.csv")
