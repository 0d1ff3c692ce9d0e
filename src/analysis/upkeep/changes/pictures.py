"""Where two pictures differ: boxes around the places, outlined on either."""

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

CELL = 16  # pixels: places nearer than that are one
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
    cells = {(int(y) // CELL, int(x) // CELL) for y, x in zip(*np.nonzero(apart), strict=True)}
    found = []
    while cells:
        group, edge = set[tuple[int, int]](), [min(cells)]
        cells.discard(edge[0])
        while edge:
            y, x = edge.pop()
            group.add((y, x))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & cells
            cells -= near
            edge.extend(near)
        found.append(_around(apart, group))
    return sorted(found, key=lambda box: (box[1], box[0]))


def _around(apart: NDArray[np.bool_], group: set[tuple[int, int]]) -> Box:
    rows, columns = [y for y, _ in group], [x for _, x in group]
    top, left = min(rows) * CELL, min(columns) * CELL
    part = apart[top : (max(rows) + 1) * CELL, left : (max(columns) + 1) * CELL]
    down, across = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return left + int(across[0]), top + int(down[0]), left + int(across[-1]), top + int(down[-1])
