"""The colours of a drawing: those that its marks and texts declare, of an SVG, of a PNG's palette (pure)."""

import io
import re
from typing import Final

from matplotlib.colors import to_rgba_array
from matplotlib.figure import Figure
from PIL.PngImagePlugin import PngImageFile

GETTERS: Final = (
    "get_facecolor", "get_edgecolor", "get_color", "get_hatchcolor", "get_markerfacecolor", "get_markeredgecolor",
)  # fmt: skip
HEXADECIMAL: Final = re.compile(r"#([0-9a-fA-F]{6})\b")


def of_figure(figure: Figure) -> set[int]:
    """Opaque colours of a figure's marks and texts, whether they show or not; see `pixels` for the numbers."""
    getters = [getattr(artist, name, None) for artist in figure.findobj() for name in GETTERS]
    rows = [row for getter in getters if getter for row in to_rgba_array(getter())]
    return {int.from_bytes(bytes(round(255 * share) for share in row[:3])) for row in rows if row[3] == 1}


def of_svg(text: str) -> set[int]:
    """Colours that an SVG names."""
    return {int(one, 16) for one in HEXADECIMAL.findall(text)}


def of_palette(png: bytes) -> set[int] | None:
    """Colours of a PNG's palette; None where it has none, and shows every colour as it is."""
    with PngImageFile(io.BytesIO(png)) as found:
        palette = found.getpalette() if found.mode == "P" else None
    if palette is None:
        return None
    return {int.from_bytes(bytes(palette[at : at + 3])) for at in range(0, len(palette), 3)}
