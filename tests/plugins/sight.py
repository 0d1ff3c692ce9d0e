"""How well colours are told from one another and from what they stand on: WCAG's contrast, CIE76 as seen by all."""

import colorsys
from collections.abc import Iterable
from itertools import combinations, product

import numpy as np

# Linear red, green and blue as seen without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def channels(colour: str) -> np.ndarray:
    """Red, green and blue, from 0 to 1, of `#rgb`, `#rrggbb` or these with an opacity, which is left out."""
    digits = colour.lstrip("#")
    whole = digits if len(digits) >= 6 else "".join(2 * one for one in digits)
    return np.array([int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)])


def linear(colour: str) -> np.ndarray:
    given = channels(colour)
    return np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, from 1 to 21."""
    low, high = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, eyes: str) -> np.ndarray:
    seen = XYZ @ np.clip(EYES[eyes] @ linear(colour), 0, 1) / XYZ.sum(axis=1)
    bent = np.where(seen > (6 / 29) ** 3, np.cbrt(seen), seen / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def least_distance(colours: Iterable[str]) -> tuple[float, str, str, str]:
    """The smallest CIE76 distance between two of the colours, for which eyes, and which two."""
    pairs = product(EYES, combinations(colours, 2))
    return min(
        (float(np.linalg.norm(lab(one, eyes) - lab(other, eyes))), eyes, one, other) for eyes, (one, other) in pairs
    )


def is_red(colour: str) -> bool:
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(colour))
    return (hue >= 340 / 360 or hue < 15 / 360) and saturation >= 0.25 and 0.1 < lightness < 0.95


def same_hue(one: str, other: str) -> bool:
    """Within ten degrees of each other."""
    first, second = (colorsys.rgb_to_hls(*channels(colour))[0] for colour in (one, other))
    return abs((first - second + 0.5) % 1 - 0.5) <= 10 / 360
