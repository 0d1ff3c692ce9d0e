"""What reports read beside the tables: parts of a slice by name, the country's shares as they are written (pure)."""

from typing import Final

import polars as pl

from analysis.i18n import typography
from analysis.tables import codes

JUDGED, SOURCES, FRANCE, REGIONS = "judged", "sources", "france_shares", "regions_detail"
SHARES: Final = ("commune_share_pct", "population_share_pct", "area_share_pct")


def france_shares(coverage: pl.DataFrame) -> pl.DataFrame:
    """Shares of the country in both phases (out_region_coverage), as precise as the reports of regions write them."""
    country = coverage.filter(region_code=codes.FRANCE).sort("phase")
    return country.select("phase", pl.col(SHARES).round(typography.SHARE_DECIMALS))
