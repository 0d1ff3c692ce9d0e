"""Width and height of texts, from pairs of letters each measured once by matplotlib (pure)."""

from functools import cache
from typing import Any, Final

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font

from analysis.charts.drawing import style

DPI: Final = 100.0
POINTS_PER_INCH: Final = 72
LINE_PITCH: Final = 1.12  # from one line to the next, of the font's size
BAR: Final = "|"  # stands around the letters that are measured, so that spaces and side bearings count


def measure(text: str, size: float, weight: str) -> tuple[float, float]:
    """Width and height, in points, of a text of one or more lines in the house's font."""
    lines = text.split("\n")
    above, below = _above(lines[0], size, weight), _below(lines[-1], size, weight)
    height = above + below + LINE_PITCH * size * (len(lines) - 1)
    return max(_width(line, size, weight) for line in lines), height


def baselines(text: str, size: float, weight: str) -> list[float]:
    """How far above a text's middle each of its lines stands, in points: as far apart whatever their letters."""
    lines = text.split("\n")
    first = measure(text, size, weight)[1] / 2 - _above(lines[0], size, weight)
    return [first - LINE_PITCH * size * number for number in range(len(lines))]


def _width(line: str, size: float, weight: str) -> float:
    return sum(_advance(one, after, size, weight) for one, after in zip(line, f"{line[1:]}{BAR}", strict=False))


def _above(line: str, size: float, weight: str) -> float:
    """Of a line as high as the font says, or higher where an accent reaches above."""
    return max(_line(size, weight)[0], *(_reach(letter, size, weight)[0] for letter in line or " "))


def _below(line: str, size: float, weight: str) -> float:
    return max(_line(size, weight)[1], *(_reach(letter, size, weight)[1] for letter in line or " "))


@cache
def _advance(letter: str, after: str, size: float, weight: str) -> float:
    """From the beginning of a letter to that of the next one, kerning included."""
    pair, alone = (_extent(f"{BAR}{text}{BAR}", size, weight)[0] for text in (letter + after, after))
    return pair - alone


@cache
def _reach(letter: str, size: float, weight: str) -> tuple[float, float]:
    """How far a letter reaches above and below the line it stands on."""
    _, height, descent = _extent(letter, size, weight)
    return height - descent, descent


@cache
def _extent(text: str, size: float, weight: str) -> tuple[float, ...]:
    found = _renderer().get_text_width_height_descent(text, _font(size, weight), ismath=False)  # type: ignore[no-untyped-call]
    return tuple(length * POINTS_PER_INCH / DPI for length in found)


@cache
def _line(size: float, weight: str) -> tuple[float, float]:
    """Ascent and descent that the font asks for a line."""
    font: Any = get_font(findfont(_font(size, weight)))
    table, units = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")["unitsPerEm"]
    return table["sTypoAscender"] / units * size, -table["sTypoDescender"] / units * size


@cache
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(family=style.RC["font.family"], size=size, weight=weight)


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]
