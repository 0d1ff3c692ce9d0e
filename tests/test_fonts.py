import io

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ft2font import FT2Font

from analysis import picture, style

PATH = findfont(FontProperties(family=style.RC["font.family"]))


def drawn(font, text):
    """Size in 64ths of a pixel, and pixels."""
    font.set_size(8.5, 110)
    font.set_text(text, 0.0)
    font.draw_glyphs_to_bitmap()
    return font.get_width_height(), np.asarray(font.get_image())


def test_fonts_of_pictures_are_read_from_memory():
    picture.new_figure(1, 1)
    assert isinstance(get_font(PATH).fname, io.BytesIO)


@pytest.mark.parametrize("text", ["Pays d’Ambert – Livradois", "ÉÇœ 1 234,5 %", "fi ffl AV To"])
def test_text_is_the_same_from_memory_as_from_the_file(text):
    size, pixels = drawn(get_font(PATH), text)
    size_of_file, pixels_of_file = drawn(FT2Font(PATH.path), text)
    assert size == size_of_file
    assert np.array_equal(pixels, pixels_of_file)


def test_sign_that_the_font_lacks_is_still_told():
    with pytest.warns(UserWarning, match="missing from font"):
        drawn(get_font(PATH), "城")
