"""Fonts that matplotlib reads from memory: from a file it has FreeType ask Python for every few bytes of each glyph."""

import io
from functools import cache
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font


def _in_memory(path: str, **settings: Any) -> FT2Font:
    return FT2Font(io.BytesIO(Path(path).read_bytes()), **settings)


def keep() -> None:
    """Have matplotlib open fonts so from now on; glyphs, and where they stand, remain the same."""
    module: Any = font_manager
    names = vars(module) | {"ft2font": SimpleNamespace(FT2Font=_in_memory)}
    module._get_font = cache(FunctionType(module._get_font.__wrapped__.__code__, names))
