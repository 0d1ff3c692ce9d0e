"""Signed contracts of phase one that sources name in a region (pure)."""

import polars as pl

from analysis.errors import ParameterError

PHASE = 1  # the phase whose contracts were signed
CONCEPT = "signed_contracts"


def signed_contracts(
    out_enumerations: pl.DataFrame, out_region_coverage: pl.DataFrame, region_code: str
) -> pl.DataFrame:
    """Rows of out_enumerations: the contracts that sources name in a region. ParameterError for an unknown region."""
    return out_enumerations.filter(concept=CONCEPT, place=region_name(out_region_coverage, region_code))


def region_name(out_region_coverage: pl.DataFrame, region_code: str) -> str:
    """Name of a region, by a row of out_region_coverage; ParameterError where none has its code."""
    rows = out_region_coverage.filter(region_code=region_code)
    if rows.is_empty():
        what = f"no row about region {region_code!r}."
        raise ParameterError(what, where="out_region_coverage", repair="Give a region's INSEE code and all its rows.")
    return str(rows.item(0, "region_name"))
