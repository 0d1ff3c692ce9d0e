"""SVG text made small without changing what is seen (pure)."""

import re
from functools import cache
from typing import Final

import numpy as np

PATH: Final = re.compile(r'(?<=<path d=")[^"]*')
STRAIGHT: Final = re.compile(r"[-ML\d.\sz]*")
LONG_DECIMAL: Final = re.compile(r"(\d+\.\d{2})\d+")
SCALE: Final = re.compile(r"(scale\([^)]*\))")
INDENT: Final = re.compile(r"\n +(?=<)")
TENTHS: Final = 10


def compact(text: str) -> str:
    """The same drawing with numbers of two decimals, and paths of straight lines in tenths of a point.

    A tenth of a point is 0.035 mm. Paths that have an id are shapes for re-use at any scale (glyphs, markers):
    they keep two decimals. Factors of scale keep all theirs: they multiply.
    """
    drawn = PATH.sub(lambda path: straight(path[0]) if STRAIGHT.fullmatch(path[0]) else path[0], text)
    parts = SCALE.split(drawn)
    parts[::2] = [LONG_DECIMAL.sub(r"\1", part) for part in parts[::2]]
    return INDENT.sub("\n", "".join(parts))


def straight(path: str) -> str:
    """Data of a path of straight lines (M, L, z) in tenths, each point counted from the one before it.

    Points are rounded before they are subtracted: errors do not add up, and what met still meets. A line keeps
    its first and its last point.
    """
    return "".join(_part(part) for part in path.split("M") if part.strip())


def _part(part: str) -> str:
    closed = "z" if part.rstrip().endswith("z") else ""
    numbers = np.array(part.replace("L", " ").replace("z", " ").split(), dtype=float)
    points = np.rint(numbers.reshape(-1, 2) * TENTHS).astype(int)
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)] if len(steps) > 1 else steps
    moves = "l" + _joined(steps.ravel().tolist()) if len(steps) else "l0 0"
    return f"M{_joined(points[0].tolist())}{moves}{closed}"


def _joined(tenths: list[int]) -> str:
    return " ".join(map(_number, tenths)).replace(" -", "-")


@cache
def _number(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), TENTHS)
    digits = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{digits}" if tenths < 0 else digits
