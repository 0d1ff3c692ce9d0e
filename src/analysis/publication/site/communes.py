"""The index of communes: a page of départements, and a page for each with its communes in both phases (pure)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any, Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import alphabetical, tr
from analysis.i18n.typography import shown
from analysis.publication import webmap
from analysis.publication.site import counting
from analysis.publication.site.html import ExtraPage, scrollable
from analysis.publication.site.places import Place, Places
from analysis.publication.site.search_box import ATLAS_FOLDER, INDEX
from analysis.reports.origin_marks import ORIGIN
from analysis.reports.reader import head_row, html_table
from analysis.tables.codes import PHASES

TABLE: Final = "core_communes"


@dataclass(frozen=True)
class Gazetteer:
    """Built table core_communes, raw departments, intercommunalities and postcodes, and the site's places."""

    communes: pl.DataFrame
    departments: pl.DataFrame
    groups: pl.DataFrame
    postcodes: pl.DataFrame
    known: Places

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of EPCI and EPT by code."""
        return {code: shown(name) for code, name in self.groups.select("intercommunality_code", "name").iter_rows()}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Names of départements by code."""
        return {code: shown(name) for code, name in self.departments.select("department_code", "name").iter_rows()}

    @cached_property
    def postcodes_of(self) -> dict[str, list[str]]:
        """Postcodes of each commune by its code, in their order."""
        return webmap.postcodes_of(self.postcodes)

    @cached_property
    def territories(self) -> dict[tuple[int, str], Place]:
        """Territories by phase and number."""
        return {(one.phase, one.territory_id): one for one in self.known.territories}

    @cached_property
    def by_department(self) -> dict[str, list[dict[str, Any]]]:
        """Communes of each département in the alphabetical order of their names; départements in that of codes."""
        found: dict[str, list[dict[str, Any]]] = {code: [] for code in sorted(self.titles)}
        for row in self.communes.sort(*alphabetical("name"), "commune_code").iter_rows(named=True):
            found[row["department_code"]].append(row)
        return {code: rows for code, rows in found.items() if rows}


def page_name(department_code: str) -> str:
    """`communes-59`."""
    return f"{INDEX}-{department_code}"


def pages(found: Gazetteer) -> Iterator[ExtraPage]:
    """The page of départements, then one a département."""
    yield ExtraPage(INDEX, title(), _departments(found))
    for code, rows in found.by_department.items():
        name = found.titles[code]
        heading = tr("Communes : {department} ({code})").format(department=name, code=code)
        yield ExtraPage(
            page_name(code), typography.spaced(heading), _communes(heading, rows, found), ((INDEX, title()),)
        )


def title() -> str:
    """Title of the index, as the navigation says it."""
    return tr("Communes")


def _departments(found: Gazetteer) -> str:
    total = counted(found.communes)
    lead = tr(
        "Les {communes} du code officiel géographique 2024, par département : leur intercommunalité et leur "
        "territoire dans chaque phase."
    )
    heads = (tr("Code"), tr("Département"), tr("Communes"), *(_in_phase(phase) for phase in PHASES))
    head = head_row(heads, dict.fromkeys((2, 3, 4), "number"))
    rows = (_department(code, rows, found) for code, rows in found.by_department.items())
    caption = tr("Communes de chaque département, et combien sont dans un territoire")
    return _page(title(), typography.spaced(lead).format(communes=total), _table(caption, head, rows))


def _in_phase(phase: int) -> str:
    return tr("Dans un territoire, phase {phase}").format(phase=phase)


def _department(code: str, rows: list[dict[str, Any]], found: Gazetteer) -> str:
    counts = (len(rows), *(sum(row[f"territory_{phase}"] is not None for row in rows) for phase in PHASES))
    numbers = "".join(f'<td class="number">{typography.number(count)}</td>' for count in counts)
    link = f'<a href="{page_name(code)}.html">{escape(found.titles[code])}</a>'
    return f'<tr><td>{code}</td><th scope="row">{link}</th>{numbers}</tr>'


def _communes(heading: str, rows: list[dict[str, Any]], found: Gazetteer) -> str:
    counts = [sum(row[f"territory_{phase}"] is not None for row in rows) for phase in PHASES]
    lead = tr(
        "{communes}, dont {first} dans un territoire en phase 1 et {second} en phase 2. Le nom d’une commune mène à "
        "la carte, celui d’un territoire à sa fiche."
    )
    own = counting.rows(found.communes, TABLE, "commune_code", "commune", department_code=rows[0]["department_code"])
    first, second = (counting.derived(typography.number(count), TABLE) for count in counts)
    said = typography.spaced(lead).format(communes=own, first=first, second=second)
    codes = (tr("Code postal"), tr("Code Insee"))
    phases = (typography.phase_name(phase).capitalize() for phase in PHASES)
    heads = (tr("Commune"), *codes, tr("Intercommunalité"), *phases)
    return _page(
        heading, said, _table(typography.spaced(heading), head_row(heads), (_commune(row, found) for row in rows))
    )


def _commune(row: Mapping[str, Any], found: Gazetteer) -> str:
    code, group = row["commune_code"], found.names.get(row["epci_code"] or "", "–")
    name = f'<a href="{ATLAS_FOLDER}/index.html#lieu={code}">{escape(shown(row["name"]))}</a>'
    cells = "".join(f"<td>{_territory(row, phase, found)}</td>" for phase in PHASES)
    codes = f"<td>{', '.join(found.postcodes_of.get(code, ()))}</td><td>{code}</td>"
    return f'<tr><th scope="row">{name}</th>{codes}<td>{escape(group)}</td>{cells}</tr>'


def _territory(row: Mapping[str, Any], phase: int, found: Gazetteer) -> str:
    number = row[f"territory_{phase}"]
    if number is None:
        return "–"
    place = found.territories[phase, number]
    return f'<a href="{place.address}">{escape(place.name)}</a>' if place.stem else escape(place.name)


def _table(caption: str, head: str, rows: Iterable[str]) -> str:
    return scrollable(html_table(caption, head, rows, TABLE, "communes-table"))


def counted(communes: pl.DataFrame) -> str:
    """How many communes there are, marked with where the number comes from."""
    return counting.rows(communes, TABLE, "commune_code", "commune")


def _page(heading: str, lead: str, *parts: str) -> str:
    return "\n".join((f'<h1 {ORIGIN}="{TABLE}">{escape(typography.spaced(heading))}</h1>', f"<p>{lead}</p>", *parts))
