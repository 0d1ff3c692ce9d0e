"""Checks that every drawn figure must pass."""

from collections.abc import Callable
from itertools import combinations

import pytest
from matplotlib.text import Text

from analysis.charts.drawing.picture import Picture
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, language

CREDIT = "Source : liste d’essai (novembre 2023)"
SMALLEST = 6.5  # points
ASCII_SPACED = (" :", " ;", " %", " €", " M€", "« ", " »")


@pytest.fixture(scope="session")
def credit() -> str:
    return CREDIT


@pytest.fixture(scope="session")
def readable() -> Callable[[Picture], None]:
    """Fails when a text of the picture is cut, tiny, over another one, or breaks the typography of its language."""
    return _require_readable


def _require_readable(picture: Picture) -> None:
    picture.figure.canvas.draw()
    texts = [one for one in picture.figure.findobj(Text) if one.get_text().strip() and one.get_visible()]
    boxes = [(one.get_text(), one.get_window_extent().padded(-0.5)) for one in texts]
    frame = picture.figure.bbox
    for (one, box), text in zip(boxes, texts, strict=True):
        assert text.get_fontsize() >= SMALLEST, f"{one!r} is too small"
        assert frame.x0 <= box.x0 < box.x1 <= frame.x1, f"{one!r} is cut at the side"
        assert frame.y0 <= box.y0 < box.y1 <= frame.y1, f"{one!r} is cut at the top or bottom"
        assert "'" not in one, f"{one!r} has a straight apostrophe"
    for (one, box), (other, second) in combinations(boxes, 2):
        assert not box.overlaps(second), f"{one!r} and {other!r} overlap"
    for text in (picture.title, picture.alt):
        if language() == FRENCH:
            assert not [found for found in ASCII_SPACED if found in text], f"{text!r} can break before its punctuation"
        assert text == typography.spaced(text)
