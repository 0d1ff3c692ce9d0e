"""Figures to test, taken from the register: a new chart is among them without another line."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from analysis.charts.catalogue import charts
from analysis.charts.drawing.picture import Picture
from analysis.charts.register import Chart, place_of
from analysis.reports.atlas import Atlas

Places = Mapping[tuple[str, ...], list[tuple[Any, ...]]]
# Places by what a chart takes; of each something is special.
PLACES: Places = {
    (): [()],
    ("region_code",): [
        ("06",),
        ("24",),  # with a territory of another region
    ],
    ("region_code", "phase"): [
        ("06", 1),  # without a territory
        ("44", 1),  # with signed contracts
    ],
    ("phase", "territory_id"): [
        (1, "ti-1101"),  # of an établissement public territorial
        (2, "ti-8401"),
        (1, "ti-2808"),  # without a link
        (2, "ti-5309"),
    ],
}


def figures(places: Places = PLACES, of: Callable[[Chart], bool] = lambda one: True) -> list[Any]:
    """Names of charts with a place each, as parameters of a test; those charts that `of` lets through."""
    return [
        pytest.param(name, place, id="-".join(map(str, (name, *place))))
        for name, one in charts().items()
        if of(one)
        for place in places.get(tuple(place_of(one.draw)), [])
    ]


def drawn(atlas: Atlas, name: str, place: tuple[Any, ...]) -> Picture:
    """The picture that the atlas shows."""
    draw = charts()[name].draw
    return atlas.show(draw, **dict(zip(place_of(draw), place, strict=True)))
