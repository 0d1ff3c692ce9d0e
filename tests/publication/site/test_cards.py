"""Small pictures of the first page."""

import io

import numpy as np
from PIL import Image

from analysis.publication.site.cards import smaller


def picture(width: int, height: int) -> bytes:
    ramp = np.linspace(0, 255, width * height * 3).astype(np.uint8).reshape(height, width, 3)
    out = io.BytesIO()
    Image.fromarray(ramp).save(out, format="png")
    return out.getvalue()


def test_a_wide_picture_becomes_as_wide_as_a_card_in_few_colours_and_keeps_its_shape():
    small = Image.open(io.BytesIO(smaller(picture(400, 300), (), 100, 16)))
    assert small.size == (100, 75)
    assert len(small.convert("RGB").getcolors()) <= 16


def test_what_is_shown_stays_alike():
    before = Image.open(io.BytesIO(picture(400, 300))).convert("RGB").resize((100, 75))
    after = Image.open(io.BytesIO(smaller(picture(400, 300), (), 100, 128))).convert("RGB")
    apart = np.abs(np.asarray(before, int) - np.asarray(after, int))
    assert apart.mean() < 3


def test_a_picture_no_wider_than_a_card_stays_as_it_is():
    png = picture(100, 75)
    assert smaller(png, (), 100, 16) == png


def test_a_declared_colour_of_a_small_area_stays():
    pixels = np.asarray(Image.open(io.BytesIO(picture(400, 300)))).copy()
    pixels[100:124, 100:124] = (184, 67, 58)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, format="png")
    small = Image.open(io.BytesIO(smaller(out.getvalue(), {0xB8433A}, 100, 16))).convert("RGB")
    assert (184, 67, 58) in {colour for _, colour in small.getcolors()}
