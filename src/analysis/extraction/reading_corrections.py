"""Corrections of what was read in a document: guarded lines of YAML, applied whenever it is read again (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from analysis.extraction.vocabulary import Vocabulary

Correction = Any


def parse(entries: Any, where: str, rules: Vocabulary, gazetteer: Mapping[str, str]) -> list[Correction]:
    """Corrections from the YAML of `where` (outputs/readings/<id>.yaml, beside the reading's folder)."""
    raise NotImplementedError


def corrected(claims: pl.DataFrame, corrections: Sequence[Correction]) -> pl.DataFrame:
    """The claims with every correction made; a corrected claim is not doubtful, its evidence says `corrected`."""
    raise NotImplementedError
