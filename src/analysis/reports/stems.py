"""Names of reports, and so of their slices, notebooks and pages (pure)."""

from typing import Final

REGION, TERRITORY = "50_region", "60_territory"
SHARED: Final = "shared"  # the slice that every report reads


def region_stem(region_code: str) -> str:
    """`50_region_44`."""
    return f"{REGION}_{region_code}"


def territory_stem(phase: int, territory_id: str) -> str:
    """`60_territory_2_ti-4408`."""
    return f"{TERRITORY}_{phase}_{territory_id}"
