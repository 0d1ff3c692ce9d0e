"""The pages that lead to the reports, régions and territories, and what reports say of their place (pure)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.publication.site.html import address, folded, plain, raw, scrollable
from analysis.publication.site.marks import origin_line
from analysis.publication.site.notebooks import SitePage, markdown_cell
from analysis.publication.site.places import Place, Places
from analysis.reports.origin_marks import counted
from analysis.reports.reader import head_row, html_table
from analysis.tables.codes import FRANCE, PHASES

LISTS, COVERAGE = "core_territories", "out_region_coverage"  # tables that the numbers of these pages come from
REGIONS, TERRITORIES, FILES_PAGE = "regions", "territoires", "fichiers-rapports"
# Pages of the navigation that lead to the reports: title, and what they answer.
INDEXES: Mapping[str, tuple[str, str]] = {
    REGIONS: (N_("Régions"), N_("Combien de territoires dans chaque région, et quelle part de sa population ?")),
    TERRITORIES: (N_("Territoires"), N_("Où sont les territoires de chaque phase, et qui les compose ?")),
}
# Sheets of a région's workbook as links say them; one that is not here is said by its name.
SHEETS: Mapping[str, str] = {
    "territories": N_("territoires"),
    "members": N_("membres"),
    "communes": N_("communes"),
    "coverage": N_("couverture"),
    "ledger": N_("chiffres publiés"),
    "phase_change": N_("origine des territoires"),
    "phase1_fate": N_("devenir des territoires"),
    "member_change": N_("changements des membres"),
    "region_change": N_("changements de la région"),
    "sources": N_("sources"),
}


def toctree(stems: Iterable[str], caption: str = "") -> str:
    """A hidden table of contents: it gives pages their place without showing them."""
    head = f":caption: {caption}\n" if caption else ""
    return f"```{{toctree}}\n:hidden:\n{head}\n" + "\n".join(stems) + "\n```"


def anchor(region_code: str) -> str:
    """Anchor of a région on the pages that group by région."""
    return f"region-{region_code}"


def index_of(place: Place) -> str:
    """The index that a place's report belongs to."""
    return TERRITORIES if place.phase else REGIONS


def link(place: Place, text: str, label: str = "") -> str:
    """Text that leads to a place's report, or the text alone when there is none."""
    spoken = f' aria-label="{escape(label)}"' if label else ""
    return f'<a href="{place.address}"{spoken}>{escape(text)}</a>' if place.stem else escape(text)


# --- régions -----------------------------------------------------------------------------------------------


def regions(coverage: pl.DataFrame, known: Places) -> str:
    """Every région with its territories and the share of its population in both phases, and France."""
    found = {(row["region_code"], row["phase"]): row for row in coverage.iter_rows(named=True)}
    listed = [*known.regions, Place(FRANCE, "France")]
    rows = (_region_row(one, [found[one.region_code, phase] for phase in PHASES]) for one in listed)
    both = (tr("Territoires, phase {phase}"), tr("Population, phase {phase}"))
    heads = (tr("Région"), *(what.format(phase=phase) for phase in PHASES for what in both), tr("Fiches"))
    head = head_row(heads, dict.fromkeys(range(1, len(heads)), "number"))
    table = html_table(tr("Territoires d’industrie et part de la population de chaque région"), head, rows, COVERAGE)
    more = tr("Le nom d’une région mène à ses cartes, à ses territoires et à ses données.")
    lead = f"{tr(INDEXES[REGIONS][1])} {more}"
    stems = [one.stem for one in known.regions if one.stem]
    shown = raw(f'{scrollable(table)}\n<p class="table-origin">{origin_line([COVERAGE])}</p>')
    return "\n\n".join((f"# {tr(INDEXES[REGIONS][0])}", lead, shown, *([toctree(stems)] if stems else [])))


def _region_row(place: Place, phases: Sequence[Mapping[str, Any]]) -> str:
    numbers = (
        text
        for row in phases
        for text in (typography.number(row["territory_count"]), typography.percent(row["population_share_pct"]))
    )
    cells = "".join(f'<td class="number">{text}</td>' for text in numbers)
    target = f"#{anchor(place.region_code)}" if place.region_code != FRANCE else ""
    label = tr("Fiches des territoires : {place}").format(place=place.name)
    sheets = f'<a href="{TERRITORIES}.html{target}" aria-label="{escape(label)}">{tr("Fiches")}</a>'
    return f'<tr><th scope="row">{link(place, place.name)}</th>{cells}<td class="number">{sheets}</td></tr>'


# --- territories -------------------------------------------------------------------------------------------


def territories(known: Places) -> str:
    """Every territory by région, both phases side by side, then by name."""
    counts = [
        counted(
            typography.counted(sum(one.phase == phase for one in known.territories), "territoire"),
            LISTS,
            "territory_id",
            phase=phase,
        )
        for phase in PHASES
    ]
    lead = tr(
        "Les {first} de la {phase1} et les {second} de la {phase2} : [par région](#par-region), puis "
        "[par nom](#par-nom). Un même nom peut désigner un autre ensemble de communes dans l’autre phase : chaque "
        "phase a sa fiche."
    ).format(first=counts[0], second=counts[1], phase1=typography.phase_name(1), phase2=typography.phase_name(2))
    jumps = " · ".join(f'<a href="#{anchor(one.region_code)}">{escape(one.name)}</a>' for one in known.regions)
    orphans = [one.stem for one in known.territories if one.stem and not known.by_code[one.region_code].stem]
    return "\n\n".join(
        (
            f"# {tr(INDEXES[TERRITORIES][0])}",
            lead,
            f"(par-region)=\n## {tr('Par région')}",
            raw(f'<p class="jumps">{jumps}</p>'),
            *(part for one in known.regions for part in _of_region(one, known)),
            f"(par-nom)=\n## {tr('Par nom')}",
            raw(_by_name(known.territories, known)),
            *([toctree(orphans)] if orphans else []),
        )
    )


def _of_region(region: Place, known: Places) -> Iterator[str]:
    yield f"({anchor(region.region_code)})=\n### {plain(region.name)}"
    lists = "\n".join(_phase_list(region, phase, known) for phase in PHASES)
    label = tr("Rapport : {place}").format(place=region.name)
    report = f'<p class="place-links">{link(region, tr("Rapport de la région"), label)}</p>\n'
    yield raw(f'{report if region.stem else ""}<div class="phases">\n{lists}\n</div>')


def _phase_list(region: Place, phase: int, known: Places) -> str:
    found = known.of_region(region.region_code, phase)
    items = "\n".join(f"<li>{link(one, one.name, one.title)}</li>" for one in found)
    count = typography.counted(len(found), "territoire")
    if found:
        count = counted(count, LISTS, "territory_id", phase=phase, region_code=region.region_code)
    else:
        count = counted(count, COVERAGE, "territory_count", phase=phase, region_code=region.region_code)
    told = tr("{phase} : {count}").format(phase=typography.capitalised(typography.phase_name(phase)), count=count)
    heading = f"<p>{told}</p>"
    return f"<div>{heading}\n<ul>\n{items}\n</ul></div>" if found else f"<div>{heading}</div>"


def _by_name(found: Sequence[Place], known: Places) -> str:
    """Names under their first letter, which stand in a line of links; one entry for both phases of a name."""
    by_letter = {letter: list(group) for letter, group in groupby(found, key=lambda one: _letter(one.name))}
    jumps = " ".join(f'<a href="#lettre-{letter.lower()}">{letter}</a>' for letter in by_letter)
    lists = (
        f'<h3 id="lettre-{letter.lower()}">{letter}</h3>\n<ul class="names">\n{_names(group, known)}\n</ul>'
        for letter, group in by_letter.items()
    )
    return f'<p class="jumps letters">{jumps}</p>\n<div>\n' + "\n".join(lists) + "\n</div>"


def _letter(name: str) -> str:
    return next((one for one in folded(name).upper() if one.isalpha()), "#")


def _names(found: Iterable[Place], known: Places) -> str:
    entries: dict[tuple[str, str], list[Place]] = {}
    for one in found:
        entries.setdefault((one.name, one.region_code), []).append(one)
    return "\n".join(_name(name, known.by_code[code], group) for (name, code), group in entries.items())


def _name(name: str, region: Place, group: Iterable[Place]) -> str:
    phases = ", ".join(link(one, tr("phase {phase}").format(phase=one.phase), one.title) for one in group)
    told = tr("{name} ({region}) : {phases}")
    return f"<li>{told.format(name=escape(name), region=f'<small>{escape(region.name)}</small>', phases=phases)}</li>"


# --- on the reports ----------------------------------------------------------------------------------------


def way(place: Place, known: Places) -> str:
    """Line of links under a report's title: to the région, to the indexes and to the namesake of the other phase."""
    region = known.by_code[place.region_code]
    every = f'<a href="{TERRITORIES}.html#{anchor(place.region_code)}">'
    if not place.phase:
        sheets = f"{every}{tr('Fiches des territoires')}</a>"
        parts = [f'<a href="{REGIONS}.html">{tr("Toutes les régions")}</a>', sheets]
    else:
        twin = known.namesake(place)
        parts = [tr("Région : {region}").format(region=link(region, region.name))]
        parts += [f"{every}{tr('Tous les territoires')}</a>"]
        if twin and twin.stem:
            phase = link(twin, tr("phase {phase}").format(phase=twin.phase), twin.title)
            parts.append(tr("Même nom en {phase}").format(phase=phase))
    return raw(f'<p class="place-links">{" · ".join(parts)}</p>')


def region_files(region_code: str, names: Collection[str]) -> str:
    """Links to a région's workbook and to its sheets; `names` are the files of its folder."""
    folder = address("tables", f"regions/{region_code}")
    label = tr("classeur (XLSX)")
    books = [f'<a href="{folder}/{name}" download>{label}</a>' for name in names if name.endswith(".xlsx")]
    stems = {name.removesuffix(".csv") for name in names if name.endswith(".csv")}
    ordered = [one for one in SHEETS if one in stems] + sorted(stems.difference(SHEETS))
    sheets = [
        f'<a href="{folder}/{one}.csv" download>{tr(SHEETS[one]) if one in SHEETS else one}</a>' for one in ordered
    ]
    described = [f'<a href="{folder}/{name}" download>{name}</a>' for name in names if name.endswith(".json")]
    return " · ".join(
        (*books, *([tr("en CSV : {sheets}").format(sheets=", ".join(sheets))] if sheets else []), *described)
    )


def placed(page: SitePage, place: Place, known: Places, names: Collection[str]) -> SitePage:
    """The page of a report with the way to other places under its title; a région also leads to its data and sheets.

    `names` are the files of the région's folder. The page's notebook, which is its own copy, gets the cells.
    """
    cells = page.notebook.cells
    cells.insert(1, markdown_cell("place-way", way(place, known)))
    if not place.phase:
        data = region_files(place.region_code, names)
        sheets = [one.stem for one in known.of_region(place.region_code) if one.stem]
        last = (
            [raw(f'<p class="page-download">{tr("Données de la région : {files}").format(files=data)}</p>')]
            if data
            else []
        )
        last += [toctree(sheets)] if sheets else []
        cells[-1:-1] = [markdown_cell("place-end", "\n\n".join(last))] if last else []
    return page
