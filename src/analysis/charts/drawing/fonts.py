"""Fonts that matplotlib reads from memory: from a file it has FreeType ask Python for every few bytes of each glyph."""

import io
from functools import lru_cache
from pathlib import Path
from types import FunctionType, SimpleNamespace
from typing import Any, Final

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

KEPT: Final = 64  # fonts, as many as matplotlib keeps


def _in_memory(path: str, **settings: Any) -> FT2Font:
    return FT2Font(io.BytesIO(Path(path).read_bytes()), **settings)


def keep() -> None:
    """Have matplotlib open fonts so from now on; glyphs, and where they stand, remain the same."""
    opened: Any = font_manager._get_font  # type: ignore[attr-defined]
    names = vars(font_manager) | {"ft2font": SimpleNamespace(FT2Font=_in_memory)}
    font_manager._get_font = lru_cache(KEPT)(FunctionType(opened.__wrapped__.__code__, names))  # type: ignore[attr-defined]
