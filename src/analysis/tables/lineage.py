"""What each processed table is made from, table by table: finer than the stages of dvc.yaml, and checked against them.

A name is that of a table, `NOTES` or `WHEEL`.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from analysis.errors import AtlasError
from analysis.tables import TABLES

NOTES: Final = "notes"  # the reading notes
WHEEL: Final = "wheel"  # the commune polygons
_LISTS = ("core_communes", "core_territories")
MADE_FROM: Final[Mapping[str, tuple[str, ...]]] = {
    "core_commune_boundaries": ("communes", WHEEL),
    "core_territories": ("territories", "regions"),
    "core_members": ("members", "communes", "intercommunalities", "commune_members", "ept_communes", "cog_changes"),
    "core_communes": ("communes", "members", "commune_members", "ept_communes"),
    "core_boundaries_detail": ("core_commune_boundaries", "core_communes"),
    "core_boundaries_overview": ("core_commune_boundaries", "core_communes"),
    "core_claims": (NOTES,),
    "core_unresolved": (NOTES,),
    "core_enumerations": (NOTES,),
    "out_territories": (*_LISTS, "core_members", "core_commune_boundaries", "core_boundaries_detail"),
    "out_region_coverage": (*_LISTS, "core_commune_boundaries", "regions"),
    "out_phase_change": _LISTS,
    "out_phase1_fate": _LISTS,
    "out_member_change": ("core_members", "core_communes", "cog_changes"),
    "out_region_change": ("core_communes", "regions"),
    "out_label_timeline": ("core_claims", "core_territories"),
    "out_envelopes": ("core_claims",),
    "out_hundred_millions": ("core_claims",),
    "out_plan": ("core_claims", "core_enumerations"),
    "out_enumerations": ("core_enumerations", "core_claims", "core_territories", "core_members"),
    "out_ledger": (
        "core_claims", "core_enumerations", *_LISTS, "core_members", "out_enumerations", "out_hundred_millions",
        "cog_changes", "intercommunalities",
    ),
}  # fmt: skip


def origins(table: str) -> list[str]:
    """What stands at the beginning of a processed table: raw tables, NOTES and WHEEL, in the order of the catalogue."""
    found = set(_origins(table))
    return [one for one in (*TABLES, WHEEL, NOTES) if one in found]


def _origins(table: str) -> Iterator[str]:
    if table not in MADE_FROM:
        raise AtlasError(f"nothing says what {table} is made from.", repair="Add it to src/analysis/tables/lineage.py.")
    for one in MADE_FROM[table]:
        if one.startswith(("core_", "out_")):
            yield from _origins(one)
        else:
            yield one
