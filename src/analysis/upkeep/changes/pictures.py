"""Where two pictures differ: boxes around the places, outlined on either."""

import io
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

CELL = 16  # pixels: places nearer than that are one
TOUCH = 0.1  # of a cell: those that meet at a corner overlap
COLOUR, WIDTH = (214, 39, 40), 3
PAPER = (255, 255, 255)

Box = tuple[int, int, int, int]  # left, top, right, bottom, in pixels, right and bottom included


@dataclass(frozen=True, slots=True)
class PictureChange:
    """How many pixels differ (where one picture is larger, its surplus counts too), and the boxes around them."""

    pixels: int
    boxes: list[Box]


def compare(before: bytes, after: bytes) -> PictureChange:
    """Where two PNG differ, from top to bottom."""
    apart = np.any(np.not_equal(*_same_size(before, after)), axis=2)
    return PictureChange(int(apart.sum()), _boxes(apart))


def outlined(png: bytes, boxes: list[Box]) -> bytes:
    """The picture with every box drawn around its place."""
    with Image.open(io.BytesIO(png)) as found:
        drawn = found.convert("RGB")
    pen = ImageDraw.Draw(drawn)
    for left, top, right, bottom in boxes:
        pen.rectangle((left - WIDTH, top - WIDTH, right + WIDTH, bottom + WIDTH), outline=COLOUR, width=WIDTH)
    out = io.BytesIO()
    drawn.save(out, format="png")
    return out.getvalue()


def _same_size(*pngs: bytes) -> list[NDArray[np.uint8]]:
    """Pixels of pictures, each on a sheet as large as the largest of them."""
    opened = [Image.open(io.BytesIO(one)).convert("RGB") for one in pngs]
    sheets = []
    for one in opened:
        sheet = Image.new("RGB", (max(two.width for two in opened), max(two.height for two in opened)), PAPER)
        sheet.paste(one)
        sheets.append(np.asarray(sheet))
    return sheets


def _boxes(apart: NDArray[np.bool_]) -> list[Box]:
    """A box around each group of neighbouring cells that hold a pixel of the mask."""
    down, across = np.unique(np.argwhere(apart) // CELL, axis=0).T
    cells = shapely.box(across - TOUCH, down - TOUCH, across + 1 + TOUCH, down + 1 + TOUCH)
    groups = np.rint(shapely.bounds(shapely.get_parts(shapely.union_all(cells)))).astype(int) * CELL
    return sorted((_around(apart, *group) for group in groups.tolist()), key=lambda box: (box[1], box[0]))


def _around(apart: NDArray[np.bool_], left: int, top: int, right: int, bottom: int) -> Box:
    part = apart[top:bottom, left:right]
    down, across = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return left + int(across[0]), top + int(down[0]), left + int(across[-1]), top + int(down[-1])
