"""How much a reader's browser fetches before a page stands: the page, its styles, its scripts, its first pictures."""

import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

# Bytes, compressed as servers do; the interactive map draws every commune and may weigh more.
LIMIT = 300_000
LIMITS = ((re.compile(r"(?:^|/)atlas/"), 1_500_000),)
PACKED = frozenset({".html", ".css", ".js", ".json", ".svg", ".txt", ".csv"})  # others hold compressed data already
LEVEL = 6


@dataclass(frozen=True)
class Weights(Mapping[str, int]):
    """Bytes that each file costs a reader by its path in the site, weighed when asked for unless it is known."""

    paths: Mapping[str, Path]
    known: dict[str, int] = field(default_factory=dict, repr=False)

    def __getitem__(self, path: str) -> int:
        """Bytes of one file, compressed if servers compress it."""
        if path not in self.known:
            file = self.paths[path]
            self.known[path] = packed(file.read_bytes()) if file.suffix in PACKED else file.stat().st_size
        return self.known[path]

    def __iter__(self) -> Iterator[str]:
        """Paths in the site."""
        return iter(self.paths)

    def __len__(self) -> int:
        """How many files."""
        return len(self.paths)


def packed(content: bytes) -> int:
    """How many bytes a content is, compressed as servers do."""
    return len(gzip.compress(content, LEVEL))


def limit(path: str) -> int:
    """Bytes that the page at this path may cost at first."""
    return next((most for pattern, most in LIMITS if pattern.search(path)), LIMIT)
