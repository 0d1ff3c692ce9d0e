"""What both phases cover of the country and of a region (pure)."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.reports import reader
from analysis.reports.origin_marks import counted
from analysis.reports.reader import Column, ReaderTable
from analysis.reports.sections.words import COMMUNE, TERRITORY, text, whole, with_noun
from analysis.tables.codes import FRANCE


def coverage_text(out_region_coverage: pl.DataFrame, region_code: str = FRANCE) -> str:
    """One sentence a phase: territories, communes, inhabitants and area covered, in number and share."""
    rows = out_region_coverage.filter(pl.col("region_code") == region_code).sort("phase").iter_rows(named=True)
    return "\n".join(_coverage_sentence(row) for row in rows)


def _coverage_sentence(row: Mapping[str, Any]) -> str:
    phase = typography.phase_name(row["phase"]).capitalize()
    if not row["commune_count"]:
        return tr("- {phase} : aucun territoire ne couvre la région {region}.").format(
            phase=phase, region=text(row["region_name"])
        )
    mark = partial(counted, table="out_region_coverage", phase=row["phase"], region_code=row["region_code"])
    shares = {
        name: mark(typography.percent(row[f"{name}_share_pct"]), column=f"{name}_share_pct")
        for name in ("commune", "population", "area")
    }
    numbers = {
        name: mark(typography.number(row[name]), column=name)
        for name in ("territory_count", "commune_count", "population_2022", "area_km2")
    }
    return tr(
        "- {phase} : **{territories}**, {communes} ({commune}), {people} habitants ({population}), {area_km2} km² "
        "({area})."
    ).format(
        phase=phase,
        territories=with_noun(numbers["territory_count"], row["territory_count"], *TERRITORY),
        communes=with_noun(numbers["commune_count"], row["commune_count"], *COMMUNE),
        people=numbers["population_2022"],
        area_km2=numbers["area_km2"],
        **shares,
    )


def france_text(france_shares: pl.DataFrame) -> str:
    """One sentence a phase: the country's shares in whole per cent (views.france_shares)."""
    told = tr(
        "- {phase} : {commune} des communes, {population} de la population et {area} de la superficie de la France."
    )
    return "\n".join(
        told.format(
            phase=typography.phase_name(row["phase"]).capitalize(),
            **{
                name: counted(
                    typography.percent(row[f"{name}_share_pct"]),
                    "out_region_coverage",
                    f"{name}_share_pct",
                    phase=row["phase"],
                    region_code=FRANCE,
                )
                for name in ("commune", "population", "area")
            },
        )
        for row in france_shares.sort("phase").iter_rows(named=True)
    )


def coverage_table(out_region_coverage: pl.DataFrame, phase: int) -> ReaderTable:
    """The regions and France in one phase."""
    columns = (
        Column("region_name", tr("Région")),
        Column("territory_count", tr("Territoires"), whole),
        Column("commune_share_pct", tr("Communes"), typography.percent),
        Column("population_share_pct", tr("Population"), typography.percent),
        Column("area_share_pct", tr("Superficie"), typography.percent),
    )
    rows = out_region_coverage.filter(phase=phase).sort("region_code")
    caption = tr("Couverture des régions, {phase}").format(phase=typography.phase_name(phase))
    return reader.table(rows, caption, columns, origin=["out_region_coverage"])
