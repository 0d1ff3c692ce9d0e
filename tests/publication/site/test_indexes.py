"""The pages that lead to the reports, and what each report says of its place."""

import re

import nbformat
import polars as pl
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from analysis.i18n.language import speaking
from analysis.publication.site import indexes
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Place, Places
from analysis.reports.origin_marks import counted

REGIONS = (Place("44", "Grand Est", "50_region_44"), Place("06", "Mayotte"))
TERRITORIES = (
    Place("44", "Épinal", "60_territory_2_ti-4401", 2, "ti-4401"),
    Place("06", "Mayotte", "60_territory_2_ti-0601", 2, "ti-0601"),
    Place("44", "Nord & Lorraine", "60_territory_1_ti-4407", 1, "ti-4407"),
    Place("44", "Nord & Lorraine", "60_territory_2_ti-4408", 2, "ti-4408"),
    Place("44", "Vosges", "", 1, "ti-4415"),
)


@pytest.fixture
def known() -> Places:
    return Places(REGIONS, TERRITORIES)


@pytest.fixture
def coverage() -> pl.DataFrame:
    rows = [(code, phase, 1 + phase, 45.54) for code in ("44", "06", "FR") for phase in (2, 1)]
    columns = ["region_code", "phase", "territory_count", "population_share_pct"]
    return pl.DataFrame(rows, schema=columns, orient="row")


def report(stem: str) -> SitePage:
    cells = [new_markdown_cell("# Titre"), new_markdown_cell("Texte"), new_markdown_cell("Téléchargement")]
    return SitePage(stem, "Titre", "", new_notebook(cells=cells))


def sources_of(page: SitePage) -> list[str]:
    nbformat.validate(page.notebook)
    return [cell["source"] for cell in page.notebook.cells]


# --- régions -----------------------------------------------------------------------------------------------


def test_region_page_gives_both_phases_and_leads_to_the_reports_that_are(known, coverage):
    page = indexes.regions(coverage, known)
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th>(.*?)</tr>", page, re.DOTALL)
    assert [name for name, _ in rows] == ['<a href="50_region_44.html">Grand Est</a>', "Mayotte", "France"]
    cells = [re.findall(r'<td class="number">([^<]*)</td>', row) for _, row in rows]
    assert cells == [["2", "45,5\u00a0%", "3", "45,5\u00a0%"]] * 3
    assert 'href="territoires.html#region-06" aria-label="Fiches des territoires : Mayotte"' in page
    assert page.endswith("```{toctree}\n:hidden:\n\n50_region_44\n```")


def test_region_page_without_reports_has_no_table_of_contents(coverage):
    assert "toctree" not in indexes.regions(coverage, Places((Place("44", "Grand Est"),), ()))


# --- territories -------------------------------------------------------------------------------------------


def test_territories_stand_by_region_with_both_phases_side_by_side(known):
    page = indexes.territories(known)
    section = page.split("(region-44)=")[1].split("(region-06)=")[0]
    first, second = section.split("<div>")[1:]
    count = counted("2\u00a0territoires", "core_territories", "territory_id", phase=1, region_code="44")
    assert f"Phase 1 (2019-2022) : {count}" in first
    assert "<li>Vosges</li>" in first  # it has no sheet
    assert (
        'href="60_territory_1_ti-4407.html" aria-label="Nord &amp; Lorraine (phase\u00a01)">Nord &amp; Lorraine<'
        in first
    )
    assert re.findall('href="(.*?)"', second) == ["60_territory_2_ti-4401.html", "60_territory_2_ti-4408.html"]
    assert 'href="50_region_44.html" aria-label="Rapport : Grand Est"' in section


def test_region_without_territories_in_a_phase_says_so(known):
    section = indexes.territories(known).split("(region-06)=")[1].split("## Par nom")[0]
    count = counted("0\u00a0territoire", "out_region_coverage", "territory_count", phase=1, region_code="06")
    assert f"Phase 1 (2019-2022) : {count}</p></div>" in section


def test_names_stand_under_letters_without_accents_once_for_both_phases(known):
    page = indexes.territories(known).split("## Par nom")[1]
    assert re.findall(r'<a href="#(lettre-\w)">(\w)</a>', page) == [
        ("lettre-e", "E"), ("lettre-m", "M"), ("lettre-n", "N"), ("lettre-v", "V"),
    ]  # fmt: skip
    assert re.findall(r'<h3 id="lettre-(\w)">', page) == ["e", "m", "n", "v"]
    entry = page.split("<li>Nord &amp; Lorraine")[1].split("</li>")[0]
    assert re.findall(">(phase [12])</a>", entry) == ["phase 1", "phase 2"]
    assert page.count("<li>Nord &amp; Lorraine") == 1


def test_sheet_of_a_region_without_report_still_has_a_place_in_the_contents(known):
    assert indexes.territories(known).endswith("```{toctree}\n:hidden:\n\n60_territory_2_ti-0601\n```")


def test_every_territory_of_the_lists_is_listed_in_both_orders(table):
    from analysis.publication.site import places

    every = places.places(table("core_territories"), table("out_region_coverage"), [])
    by_region, by_name = indexes.territories(every).split("## Par nom")
    assert by_region.count("<li>") == table("core_territories").height
    assert len(re.findall(r"phase [12](?=[,<])", by_name)) == table("core_territories").height


# --- on the reports ----------------------------------------------------------------------------------------


def test_sheet_leads_to_its_region_to_the_index_and_to_its_namesake(known):
    way = indexes.way(TERRITORIES[2], known)
    assert re.findall('href="(.*?)"', way) == [
        "50_region_44.html", "territoires.html#region-44", "60_territory_2_ti-4408.html",
    ]  # fmt: skip
    assert 'aria-label="Nord &amp; Lorraine (phase\u00a02)">phase 2<' in way


def test_sheet_of_a_region_without_report_names_it(known):
    assert "Région : Mayotte ·" in indexes.way(TERRITORIES[1], known)


def test_region_report_gets_its_way_its_data_and_its_sheets_before_the_download(known):
    page = indexes.placed(report("50_region_44"), REGIONS[0], known, ["44.xlsx", "communes.csv", "autre.csv"])
    title, way, text, end, download = sources_of(page)
    assert (title, text, download) == ("# Titre", "Texte", "Téléchargement")
    assert 'href="regions.html"' in way
    assert re.findall('href="fichiers/tables/regions/44/(.*?)" download', end) == [
        "44.xlsx",
        "communes.csv",
        "autre.csv",
    ]
    assert "60_territory_2_ti-4401\n60_territory_1_ti-4407\n60_territory_2_ti-4408" in end


def test_region_report_speaks_english_of_its_data(known):
    with speaking("en"):
        page = indexes.placed(report("50_region_44"), REGIONS[0], known, ["44.en.xlsx"])
    end = sources_of(page)[3]
    assert "Data of the region: " in end
    assert 'href="../fichiers/tables/regions/44/44.en.xlsx"' in end


def test_sheet_gets_its_way_only(known):
    page = indexes.placed(report("60_territory_2_ti-4401"), TERRITORIES[0], known, ["44.xlsx"])
    assert len(sources_of(page)) == 4
    assert "xlsx" not in "".join(sources_of(page))
