"""Régions and territories of the site, and the report of each; names in tables lead to them (pure)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import alphabetical, tr
from analysis.i18n.typography import shown
from analysis.publication.site.html import CAPTION, TAG
from analysis.reports.notebooks import Job
from analysis.tables.codes import FRANCE, PHASES

HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
ROW = re.compile(r"<tr>\s*<td.*?</tr>", re.DOTALL)
CELL = re.compile(r"(<td\b[^>]*>)(.*?)(</td>)", re.DOTALL)
PHASE = re.compile(r"phase\s([12])\b", re.IGNORECASE)
# Headings of columns that name territories of one phase, or régions.
OF_TERRITORIES = re.compile(r"territoire|territor(y|ies)|liste officielle|official list|phase\s[12]", re.IGNORECASE)
OF_REGIONS = re.compile(r"r[ée]gions?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A région, or a territory of one phase (0 for a région), with the stem of its report if there is one."""

    region_code: str
    name: str
    stem: str = ""
    phase: int = 0
    territory_id: str = ""

    @property
    def title(self) -> str:
        """Name that tells apart the homonyms of both phases."""
        if not self.phase:
            return self.name
        return typography.spaced(tr("{name} (phase {phase})").format(name=self.name, phase=self.phase))

    @property
    def address(self) -> str:
        """Address of the report in the site, empty without one."""
        return f"{self.stem}.html" if self.stem else ""


@dataclass(frozen=True)
class Places:
    """Régions and territories, in the alphabetical order of their names."""

    regions: tuple[Place, ...]
    territories: tuple[Place, ...]

    @cached_property
    def by_stem(self) -> dict[str, Place]:
        """Places that have a report, by its stem."""
        return {one.stem: one for one in (*self.regions, *self.territories) if one.stem}

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """Régions by code."""
        return {one.region_code: one for one in self.regions}

    def of_region(self, region_code: str, *phases: int) -> list[Place]:
        """Territories of a région, of these phases or of both."""
        wanted = phases or PHASES
        return [one for one in self.territories if one.region_code == region_code and one.phase in wanted]

    def namesake(self, place: Place) -> Place | None:
        """The territory of the same name and région in the other phase."""
        same = (one for one in self.of_region(place.region_code, 3 - place.phase) if one.name == place.name)
        return next(same, None)

    @cached_property
    def region_links(self) -> dict[str, str]:
        """Address of each région's report by name."""
        return {one.name: one.address for one in self.regions if one.stem}

    @cached_property
    def territory_links(self) -> dict[int, dict[str, str]]:
        """Address of each sheet by name, a phase: the same name stands in both."""
        with_sheet = [one for one in self.territories if one.stem]
        return {phase: {one.name: one.address for one in with_sheet if one.phase == phase} for phase in PHASES}


def places(territories: pl.DataFrame, coverage: pl.DataFrame, jobs: Iterable[Job]) -> Places:
    """Every région of out_region_coverage and every row of core_territories, with the stems of these jobs."""
    stems = {_key(one.parameters): one.stem for one in jobs if one.parameters}
    listed = coverage.filter(pl.col("region_code") != FRANCE).select("region_code", "region_name").unique()
    named = listed.sort(*alphabetical("region_name"))
    regions = tuple(Place(code, shown(name), stems.get((code,), "")) for code, name in named.iter_rows())
    found = tuple(
        Place(
            row["region_code"],
            shown(row["name"]),
            stems.get(_key(row), ""),
            row["phase"],
            row["territory_id"],
        )
        for row in territories.sort(*alphabetical("name"), "phase", "territory_id").iter_rows(named=True)
    )
    return Places(regions, found)


def _key(of: Mapping[str, object]) -> tuple[object, ...]:
    return (of["phase"], of["territory_id"]) if "territory_id" in of else (of["region_code"],)


# --- links in tables ---------------------------------------------------------------------------------------


def linked(table: str, known: Places, section: str = "") -> str:
    """A table whose cells that name a région or a territory lead to its report.

    The phase is the one that the column's heading names, or else the caption, or else the title of the section: a
    column of which nobody says the phase is left as it is, for a name may stand for another territory in each.
    """
    caption = CAPTION.search(table)
    around = (TAG.sub("", caption[1]) if caption else "", section)
    columns = [_targets(unescape(TAG.sub("", one)), around, known) for one in HEADING.findall(table)]
    return ROW.sub(lambda row: _row(row[0], columns), table) if any(columns) else table


def _targets(heading: str, around: Iterable[str], known: Places) -> Mapping[str, str]:
    if OF_REGIONS.match(heading):
        return known.region_links
    if not OF_TERRITORIES.search(heading):
        return {}
    said = next((found for text in (heading, *around) if (found := set(PHASE.findall(text)))), set())
    return known.territory_links[int(said.pop())] if len(said) == 1 else {}


def _row(row: str, columns: list[Mapping[str, str]]) -> str:
    targets = iter(columns)

    def link(cell: re.Match[str]) -> str:
        address = next(targets, {}).get(unescape(cell[2]))
        return f'{cell[1]}<a href="{escape(address)}">{cell[2]}</a>{cell[3]}' if address else cell[0]

    return CELL.sub(link, row)
