"""Pixels of a drawing as a PNG with a palette of 256 colours: a third of the bytes, the same to the eye (pure)."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVEL = 7


def palette_png(rgba: bytes, width: int, height: int, most: int = COLOURS) -> bytes:
    """PNG of opaque pixels, eight bits each: the `most` frequent colours as they are, others as the nearest of them.

    A drawing is made of few flat colours and of their blends at the edges: only rare blends are replaced, by one that
    differs less than an eye can tell. The same pixels give the same bytes. ValueError for another number of pixels.
    """
    pixels = np.frombuffer(rgba, np.uint8).reshape(height, width, 4)
    packed = (pixels[..., :3].astype(np.uint32) @ np.array([65536, 256, 1], np.uint32)).ravel()
    starts = np.flatnonzero(np.r_[True, packed[1:] != packed[:-1]])
    lengths = np.diff(np.r_[starts, packed.size])
    colours, runs = np.unique(packed[starts], return_inverse=True)
    counts = np.bincount(runs, lengths)
    kept = np.sort(np.lexsort((colours, -counts))[:most])
    indices = np.repeat(_nearest(_channels(colours), _channels(colours[kept]))[runs], lengths)
    rows = np.zeros((height, width + 1), np.uint8)  # the first byte of a row says that it is not filtered
    rows[:, 1:] = indices.reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    table = _channels(colours[kept]).astype(np.uint8).tobytes()
    parts = ((b"IHDR", head), (b"PLTE", table), (b"IDAT", zlib.compress(rows.tobytes(), LEVEL)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(*part) for part in parts)


def _channels(packed: NDArray[np.uint32]) -> NDArray[np.float32]:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1).astype(np.float32)


def _nearest(colours: NDArray[np.float32], palette: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rank in the palette of the colour nearest to each; whole numbers below 2^24, hence exact in 32 bits."""
    distances = (palette**2).sum(1) - 2 * colours @ palette.T
    ranks: NDArray[np.uint8] = distances.argmin(1).astype(np.uint8)
    return ranks


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
