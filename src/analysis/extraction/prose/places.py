"""Places that a text may name (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analysis.extraction.vocabulary import Vocabulary


@dataclass(frozen=True)
class PlaceIndex:
    """Places by the words of their names."""

    @classmethod
    def of(cls, raw: Mapping[str, pl.DataFrame], rules: Vocabulary) -> "PlaceIndex":
        """Index of the raw tables `communes`, `intercommunalities`, `departments`, `regions`, `territories`, `members`."""
        return cls()
