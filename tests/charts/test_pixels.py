"""A palette PNG from pixels: what it shows, for how many bytes."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from analysis.charts.drawing.pixels import Raster
from analysis.errors import FigureError


def shown(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


def opaque(rgb) -> np.ndarray:
    """One row of pixels of these colours."""
    rows = np.asarray(rgb, np.uint8).reshape(1, -1, 3)
    return np.concatenate([rows, np.full((1, rows.shape[1], 1), 255, np.uint8)], axis=2)


def palette_png(pixels: np.ndarray, *more, **some) -> bytes:
    return Raster(pixels.tobytes(), pixels.shape[1], pixels.shape[0]).png(*more, **some)


def noise(seed: int, width: int, height: int) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_up_to_256_colours_are_shown_as_they_are(width, height, seed):
    pixels = noise(seed, width, height)
    assert (shown(palette_png(pixels)) == pixels).all()


@given(st.integers(0, 2**32 - 1), st.sets(st.integers(0, 899), max_size=40))
def test_declared_colours_stay_however_rare_they_are(seed, places):
    pixels = noise(seed, 30, 30)
    declared = pixels.reshape(-1, 4)[sorted(places), :3]
    found = shown(palette_png(pixels, 64, declared={int.from_bytes(bytes(one)) for one in declared}))
    assert (found.reshape(-1, 4)[sorted(places), :3] == declared).all()
    assert len(np.unique(found.reshape(-1, 4), axis=0)) == 64


def test_one_pixel_of_another_hue_stays_without_being_declared():
    greys = np.repeat(np.arange(256), 4)
    pixels = opaque(np.vstack([np.stack([greys] * 3, axis=1), [(170, 51, 119)]]))
    found = shown(palette_png(pixels))
    assert found[0, -1, :3].tolist() == [170, 51, 119]
    assert np.abs(found.astype(int) - pixels).max() <= 3


def test_a_rare_blend_becomes_the_nearest_colour():
    flat = np.repeat(np.arange(256), 4)
    pixels = opaque(np.vstack([np.stack([flat] * 3, axis=1), [(100, 101, 101)]]))
    assert np.abs(shown(palette_png(pixels))[0, -1, :3].astype(int) - 101).max() <= 1


def test_colours_of_a_raster_are_each_once():
    assert sorted(Raster(opaque([(1, 2, 3), (255, 0, 0), (1, 2, 3)]).tobytes(), 3, 1).colours) == [0x010203, 0xFF0000]


def test_more_declared_colours_than_the_palette_takes_are_refused():
    pixels = opaque([(one, 0, 0) for one in range(5)])
    with pytest.raises(FigureError, match="5 declared colours are more than a palette of 4"):
        palette_png(pixels, 4, declared={one << 16 for one in range(5)})


def test_another_number_of_pixels_is_refused():
    with pytest.raises(ValueError, match="reshape"):
        Raster(bytes(16), 3, 2)
