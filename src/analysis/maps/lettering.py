"""Width and height of texts, from pairs of letters each measured once by matplotlib (pure)."""

from functools import cache
from typing import Any, Final

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties, findfont, get_font

from analysis import style

DPI: Final = 100.0
POINTS_PER_INCH: Final = 72
BAR: Final = "|"  # stands around the letters that are measured, so that spaces and side bearings count


def measure(text: str, size: float, weight: str) -> tuple[float, float]:
    """Width and height, in points, of a text of one or more lines in the house's font, as matplotlib sets it."""
    lines = text.split("\n")
    return max(_width(line, size, weight) for line in lines), _height(lines, size, weight)


def _width(line: str, size: float, weight: str) -> float:
    return sum(_advance(one, after, size, weight) for one, after in zip(line, f"{line[1:]}{BAR}", strict=True))


def _height(lines: list[str], size: float, weight: str) -> float:
    """Lines are at least as high as the font says, higher where an accent reaches above."""
    least_ascent, least_descent, gap = _line(size, weight)
    height = gap * len(lines) if len(lines) > 1 else 0.0
    for line in lines:
        ascents, descents = zip(*(_reach(letter, size, weight) for letter in line or " "), strict=True)
        height += max(least_ascent, *ascents) + max(least_descent, *descents)
    return height


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
def _line(size: float, weight: str) -> tuple[float, float, float]:
    """Ascent, descent and gap that the font asks for a line."""
    font: Any = get_font(findfont(_font(size, weight)))
    table, units = font.get_sfnt_table("OS/2"), font.get_sfnt_table("head")["unitsPerEm"]
    ascent, descent, gap = (table[key] / units * size for key in ("sTypoAscender", "sTypoDescender", "sTypoLineGap"))
    return ascent, -descent, gap


@cache
def _font(size: float, weight: str) -> FontProperties:
    return FontProperties(family=style.RC["font.family"], size=size, weight=weight)


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, DPI)  # type: ignore[no-untyped-call]
