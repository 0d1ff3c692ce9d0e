"""Every colour of a figure's SVG that its pixels show is in its PNG, light as pages have it and small as on cards."""

import io
import os

import matplotlib as mpl
import numpy as np
import pytest
from figures import PLACES, drawn, figures
from PIL import Image

from analysis.charts.drawing import painted, style
from analysis.charts.drawing.picture import NOTEBOOK_DPI
from analysis.publication.site.cards import smaller
from analysis.reports.atlas import Atlas

REGIONS = ["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]
MANY = {
    ("region_code",): [("44",), ("93",)],
    ("region_code", "phase"): [("93", 2)],
    ("phase", "territory_id"): [(1, "ti-4403")],
}
ALL = {
    ("region_code",): [(region,) for region in REGIONS],
    ("region_code", "phase"): [(region, phase) for region in REGIONS for phase in (1, 2)],
    ("phase", "territory_id"): MANY["phase", "territory_id"],
}
MORE = ALL if os.environ.get("ATLAS_ALL") else MANY
FIGURES = figures({taken: list(dict.fromkeys([*PLACES[taken], *MORE.get(taken, ())])) for taken in PLACES})
FARTHEST = 24  # of 255: no pixel's red, green or blue moves by more


@pytest.fixture(scope="module")
def atlas(root):
    return Atlas(root)


def pixels(png, width=None):
    found = Image.open(io.BytesIO(png)).convert("RGB")
    if width:
        found = found.resize((width, round(found.height * width / found.width)), Image.Resampling.LANCZOS)
    return np.asarray(found).astype(int)


def colours(found):
    return set((found @ (65536, 256, 1)).ravel().tolist())


def as_drawn(picture):
    """The same drawing in true colours."""
    out = io.BytesIO()
    with mpl.rc_context(style.RC):
        picture.figure.savefig(out, format="png", dpi=NOTEBOOK_DPI)
    return pixels(out.getvalue())


@pytest.mark.parametrize(("figure", "place"), FIGURES)
def test_png_shows_the_colours_of_its_svg(atlas, figure, place):
    picture = drawn(atlas, figure, place)
    png, declared, true = picture.png(NOTEBOOK_DPI), painted.of_svg(picture.svg().decode()), as_drawn(picture)
    assert declared <= colours(true), "a colour of the SVG that no pixel shows"
    assert declared <= colours(pixels(png))
    assert np.abs(pixels(png) - true).max() <= FARTHEST
    small = smaller(png, declared, width=640)
    assert declared & colours(pixels(png, 640)) <= colours(pixels(small))
