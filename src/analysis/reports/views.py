"""What reports read beside the tables: parts of a slice by name, the country's shares as they are written (pure)."""

from collections.abc import Callable, Mapping
from typing import Final

import polars as pl

from analysis.i18n import typography
from analysis.reports import layer_views
from analysis.tables import codes

JUDGED, SOURCES, FRANCE, REGIONS = "judged", "sources", "france_shares", "regions_detail"
EDITIONS: Final = "edition_days"
LAYERS: Final[Mapping[str, Callable[..., pl.DataFrame]]] = {  # views of out_context and of the layers' declarations
    "layer_values": layer_views.values,
    "layer_indices": layer_views.indices,
    "layer_spread": layer_views.spread,
}
SHARES: Final = ("commune_share_pct", "population_share_pct", "area_share_pct")


def france_shares(out_region_coverage: pl.DataFrame) -> pl.DataFrame:
    """Shares of the country in both phases, as precise as the reports of regions write them."""
    country = out_region_coverage.filter(region_code=codes.FRANCE).sort("phase")
    return country.select("phase", pl.col(SHARES).round(typography.SHARE_DECIMALS))


def edition_days(out_editions: pl.DataFrame) -> pl.DataFrame:
    """Which editions of the lists there are, and since when each holds; not what it counts."""
    columns = ("id", "phase", "title", "as_of", "valid_from", pl.col("source").alias("source_id"))
    return out_editions.select(columns).sort("valid_from")


# Views of tables alone.
MADE: Final[Mapping[str, Callable[..., pl.DataFrame]]] = {FRANCE: france_shares, EDITIONS: edition_days}
