"""One plane for the whole country: the mainland in Lambert-93, each overseas région in a frame under it (pure).

Units of the plane are kilometres, x to the east and y to the north. The mainland keeps its Lambert-93 coordinates.
An overseas région keeps its shape and gets the scale that fills its frame, as in the printed maps. Frames are
constants, so that an address that names a place of the plane stays good.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from analysis.registry.geography import WGS84, Geometries, projection_of, reproject

# Frames in the plane: left, bottom, right, top. Clipperton and the high seas are far from all of them.
FRAMES: Final = {
    "01": (95.0, 5800.0, 315.0, 6000.0),
    "02": (327.0, 5800.0, 547.0, 6000.0),
    "03": (559.0, 5800.0, 779.0, 6000.0),
    "04": (791.0, 5800.0, 1011.0, 6000.0),
    "06": (1023.0, 5800.0, 1243.0, 6000.0),
}
FILLED: Final = 0.86  # of a frame, by what it shows
METRES: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Zone:
    """How a région's own projection (metres) becomes the plane: scaled, then moved."""

    factor: float = 1.0
    across: float = 0.0
    up: float = 0.0

    def place(self, metres: Geometries) -> Geometries:
        """Geometries in the plane."""
        scale, move = self.factor / METRES, np.array([self.across, self.up])
        moved: Geometries = shapely.transform(metres, lambda points: points * scale + move)
        return moved


def zone_of(region_code: str, metres: Geometries) -> Zone:
    """The zone of a région from its outlines in its own projection: the mainland's is the identity."""
    if region_code not in FRAMES:
        return Zone()
    left, bottom, right, top = FRAMES[region_code]
    xmin, ymin, xmax, ymax = (float(side) for side in shapely.total_bounds(metres))
    factor = round(METRES * FILLED * min((right - left) / (xmax - xmin), (top - bottom) / (ymax - ymin)), 3)
    scale = factor / METRES
    return Zone(factor, (left + right) / 2 - scale * (xmin + xmax) / 2, (bottom + top) / 2 - scale * (ymin + ymax) / 2)


def zones(region_codes: Geometries, outlines: Geometries) -> dict[str, Zone]:
    """The zone of every région from its outline in WGS 84."""
    return {
        str(code): zone_of(str(code), reproject(outlines[[rank]], WGS84, projection_of(str(code))))
        for rank, code in enumerate(region_codes)
    }


def placed(outlines: Geometries, region_codes: Geometries, known: dict[str, Zone]) -> Geometries:
    """Outlines in WGS 84, each of one région, in the plane."""
    moved = outlines.copy()
    for code, rows in _groups(region_codes):
        moved[rows] = known[code].place(reproject(outlines[rows], WGS84, projection_of(code)))
    return moved


def _groups(codes: Geometries) -> Iterator[tuple[str, np.ndarray]]:
    for code in sorted(set(codes)):
        yield str(code), np.flatnonzero(codes == code)
