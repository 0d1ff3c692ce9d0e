"""What the figures draw, from the lists and from the published figures."""

from pathlib import Path

import geopandas as gpd
import polars as pl

from analysis.indicators import measures, published
from analysis.io import store
from analysis.io.paths import RAW
from analysis.sources import provenance


def run(root: Path) -> None:
    """What the figures draw, from the lists and from the published figures."""
    store.write_tables(registry_indicators(root) | published_indicators(root), root)


def registry_indicators(root: Path) -> dict[str, pl.DataFrame | gpd.GeoDataFrame]:
    """Territories and regional coverage, measured on the official lists."""
    areas = store.read_table("core_commune_boundaries", root)
    communes = store.read_table("core_communes", root)
    territories = store.read_table("core_territories", root)
    members = store.read_table("core_members", root)
    covered = measures.phase_communes(communes, areas)
    outlines = store.read_geo("core_boundaries_detail", root)
    regions = store.read_raw("regions", root)
    return {
        "out_territories": measures.territories(territories, members, covered, outlines),
        "out_region_coverage": measures.region_coverage(communes, areas, covered, territories, regions),
    }


def published_indicators(root: Path) -> dict[str, pl.DataFrame | gpd.GeoDataFrame]:
    """Published figures arranged for the charts: the label over time, money, the plan of Lille, lists of names."""
    found = store.read_table("core_claims", root)
    listed = store.read_table("core_enumerations", root)
    territories = store.read_table("core_territories", root)
    members = store.read_table("core_members", root)
    known = provenance.load_sources(root / RAW / "sources.yaml")
    amounts = published.envelopes(found, known)
    return {
        "out_label_timeline": published.label_timeline(found, territories, known),
        "out_envelopes": amounts,
        "out_hundred_millions": published.hundred_millions(amounts),
        "out_plan": published.plan(found, listed, known),
        "out_enumerations": published.enumerations(listed, found, territories, members),
    }
