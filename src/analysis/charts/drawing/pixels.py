"""Pixels of a drawing as a PNG with a palette of 256 colours: a third of the bytes, the same to the eye (pure).

A colour is a number: red, green and blue as the bytes of a hexadecimal colour, 0x33608C.
"""

import struct
import zlib
from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from analysis.errors import FigureError

COLOURS = 256
SPREAD = 4  # one in so many places of a palette goes to a colour far from all others, however rare it is
SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVEL = 7
Channels = NDArray[np.float32]
Ranks = NDArray[np.intp]


class Raster:
    """Opaque pixels and their `colours`, each once.

    `rgba` holds eight bits a channel. ValueError for another number of pixels.
    """

    def __init__(self, rgba: bytes, width: int, height: int) -> None:
        packed = np.frombuffer(rgba, "<u4").reshape(height, width).ravel()  # red is the lowest byte
        starts = np.flatnonzero(np.r_[True, packed[1:] != packed[:-1]])
        self.width, self.height = width, height
        self._lengths = np.diff(np.r_[starts, packed.size])  # of the runs of pixels of one colour
        found, self._runs = np.unique(packed[starts], return_inverse=True)
        self._channels = found.view(np.uint8).reshape(-1, 4)[:, :3].astype(np.float32)
        self.colours = [int.from_bytes(one) for one in self._channels.astype(np.uint8)]

    def png(self, most: int = COLOURS, declared: Collection[int] = ()) -> bytes:
        """PNG in at most so many colours, `declared` ones as they are; the same bytes for the same pixels.

        A drawing is made of few flat colours and of their blends at the edges. The palette takes those declared,
        the most frequent others, then those farthest from all taken before; the rest becomes the nearest of them.
        FigureError for more declared colours than the palette takes.
        """
        palette = self._channels[np.sort(self._kept(most, set(declared)))]
        indices = np.repeat(
            _distances(self._channels, palette).argmin(axis=1).astype(np.uint8)[self._runs], self._lengths
        )
        rows = np.zeros((self.height, self.width + 1), np.uint8)  # the first byte of a row says that it is not filtered
        rows[:, 1:] = indices.reshape(self.height, self.width)
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        data = zlib.compress(rows.tobytes(), LEVEL)
        parts = ((b"IHDR", head), (b"PLTE", palette.astype(np.uint8).tobytes()), (b"IDAT", data), (b"IEND", b""))
        return SIGNATURE + b"".join(_chunk(*part) for part in parts)

    def _kept(self, most: int, declared: set[int]) -> Ranks:
        """Numbers of the colours that the palette takes."""
        if len(self.colours) <= most:
            return np.arange(len(self.colours))
        first = np.array([one in declared for one in self.colours])
        if first.sum() > most:
            what = f"{first.sum()} declared colours are more than a palette of {most} takes."
            raise FigureError(what, repair="Draw in fewer colours.")
        order: Ranks = np.lexsort((-np.bincount(self._runs, self._lengths), ~first))
        frequent = order[: max(int(first.sum()), most - most // SPREAD)]
        return np.concatenate([frequent, _farthest(self._channels, frequent, most - len(frequent))])


def _farthest(channels: Channels, taken: Ranks, count: int) -> Ranks:
    """Numbers of so many colours, each as far as can be from those taken before it."""
    nearest = _distances(channels, channels[taken]).min(axis=1)
    found = []
    for _ in range(count):
        found.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, _distances(channels, channels[found[-1:]])[:, 0])
    return np.array(found, dtype=np.intp)


def _distances(channels: Channels, others: Channels) -> Channels:
    """Squares of the distances from each colour to each other one; whole numbers below 2^24, exact in 32 bits."""
    found: Channels = (channels**2).sum(1)[:, None] + (others**2).sum(1) - 2 * channels @ others.T
    return found


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
