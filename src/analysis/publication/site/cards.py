"""Pictures as small as the cards of the first page show them."""

import io
from collections.abc import Collection

from PIL import Image

from analysis.charts.drawing.pixels import Raster

WIDTH, COLOURS = 640, 128  # sharp on a card at twice the density, half the bytes of the page's own picture


def card_picture(figure: str) -> str:
    """Name of a figure's small picture among the site's images."""
    return f"{figure}-card"


def smaller(png: bytes, declared: Collection[int], width: int = WIDTH, colours: int = COLOURS) -> bytes:
    """The picture `width` pixels wide in so many colours, declared ones kept; as it is where it is no wider.

    Pillow resizes in whole numbers: the same picture gives the same bytes on every machine.
    """
    with Image.open(io.BytesIO(png)) as found:
        if found.width <= width:
            return png
        size = (width, round(found.height * width / found.width))
        resized = found.convert("RGB").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    return Raster(resized.tobytes(), *size).png(colours, declared)
