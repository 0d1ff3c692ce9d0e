"""A palette PNG from pixels: what it shows, for how many bytes."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from analysis.pixels import palette_png


def shown(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_up_to_256_colours_are_shown_as_they_are(width, height, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    assert (shown(palette_png(pixels.tobytes(), width, height)) == pixels).all()


def test_frequent_colours_stay_and_a_rare_blend_becomes_the_nearest():
    flat = np.repeat(np.arange(256, dtype=np.uint8), 4)
    pixels = np.full((1, flat.size + 1, 4), 255, np.uint8)
    pixels[0, :-1, :3] = flat[:, None]
    pixels[0, -1, :3] = (100, 101, 101)
    found = shown(palette_png(pixels.tobytes(), flat.size + 1, 1))
    assert (found[0, :-1] == pixels[0, :-1]).all()
    assert found[0, -1, :3].tolist() == [101, 101, 101]


def test_another_number_of_pixels_is_refused():
    with pytest.raises(ValueError, match="reshape"):
        palette_png(bytes(16), 3, 2)
