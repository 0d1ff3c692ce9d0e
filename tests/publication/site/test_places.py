"""Régions and territories: their reports, and links from the tables that name them."""

import polars as pl
import pytest

from analysis.publication.site import places as site_places
from analysis.publication.site.places import Places
from analysis.reports.notebooks import Job

TERRITORIES = pl.DataFrame(
    [
        (1, "ti-4407", "Nord Lorraine", "44"), (2, "ti-4408", "Nord Lorraine", "44"), (2, "ti-4401", "Épinal", "44"),
        (2, "ti-4402", "Ouest d'Épernay", "44"), (1, "ti-0601", "Mayotte", "06"),
    ],
    schema=["phase", "territory_id", "name", "region_code"],
    orient="row",
)  # fmt: skip
COVERAGE = pl.DataFrame(
    {"region_code": ["44", "06", "FR", "44"], "region_name": ["Grand Est", "Mayotte", "France", "Grand Est"]}
)
JOBS = [
    Job("20_national_map", "20_national_map"),
    Job("50_region", "50_region_44", {"region_code": "44"}),
    *(
        Job("60_territory", f"60_territory_{phase}_{one}", {"phase": phase, "territory_id": one})
        for phase, one in ((1, "ti-4407"), (2, "ti-4408"), (2, "ti-4402"), (1, "ti-0601"))
    ),
]


@pytest.fixture
def known() -> Places:
    return site_places.places(TERRITORIES, COVERAGE, JOBS)


def shown_table(headings: list[str], *rows: list[str], caption: str = "Tableau") -> str:
    heads = "".join(f'<th scope="col" class="wide">{one}</th>' for one in headings)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"


def test_places_are_in_alphabetical_order_without_accents_with_the_stems_of_their_reports(known):
    assert [one.name for one in known.regions] == ["Grand Est", "Mayotte"]
    assert [one.title for one in known.of_region("44")] == [
        "Épinal (phase\u00a02)", "Nord Lorraine (phase\u00a01)", "Nord Lorraine (phase\u00a02)",
        "Ouest d’Épernay (phase\u00a02)",
    ]  # fmt: skip
    assert [one.stem for one in known.of_region("44", 2)] == ["", "60_territory_2_ti-4408", "60_territory_2_ti-4402"]
    assert set(known.by_stem) == {job.stem for job in JOBS[1:]}


def test_namesake_is_the_territory_of_the_other_phase(known):
    first, second = known.of_region("44")[1:3]
    assert known.namesake(first) == second
    assert known.namesake(second) == first
    assert known.namesake(known.of_region("44")[0]) is None


@pytest.mark.parametrize(
    ("headings", "caption", "section", "address"),
    [
        (["Territoire"], "Territoires de la phase\u00a01 (2019-2022)", "", "60_territory_1_ti-4407.html"),
        (["Territoire"], "Territoires de la phase 2", "Contrats de la phase 1", "60_territory_2_ti-4408.html"),
        (["Territoire de la phase\u00a02"], "Devenir des territoires de la phase 1", "", "60_territory_2_ti-4408.html"),
        (["Nom dans la liste officielle"], "Contrats", "Contrats en phase\u00a01", "60_territory_1_ti-4407.html"),
    ],
)  # fmt: skip
def test_territory_leads_to_its_sheet_in_the_phase_that_is_said_nearest(known, headings, caption, section, address):
    html = site_places.linked(shown_table(headings, ["Nord Lorraine"], caption=caption), known, section)
    assert f'<td><a href="{address}">Nord Lorraine</a></td>' in html


@pytest.mark.parametrize(
    ("heading", "caption"),
    [
        ("Territoire de la phase 1 ou de la phase 2", "Phase 1"),
        ("Territoire", "De la phase 1 à la phase 2"),
        ("Territoire", "Territoires"),
        ("Membre", "Membres en phase 1"),
        ("Phrase de la note", "Phase 1"),
    ],
)
def test_name_stays_text_when_no_phase_is_said_or_the_column_names_something_else(known, heading, caption):
    given = shown_table([heading], ["Nord Lorraine"], caption=caption)
    section = "Phase 1" if "phase" in caption else ""
    assert site_places.linked(given, known, section) == given


def test_region_and_territory_of_one_name_are_told_apart_by_the_heading(known):
    given = shown_table(["Région", "Territoire"], ["Grand Est", "Mayotte"], ["Mayotte", "Épinal"], caption="Phase 1")
    html = site_places.linked(given, known)
    assert '<a href="50_region_44.html">Grand Est</a></td><td><a href="60_territory_1_ti-0601.html">Mayotte' in html
    assert "<td>Mayotte</td><td>Épinal</td>" in html  # neither has a report


def test_cells_keep_their_column_when_one_is_a_link_already(known):
    given = shown_table(["Note", "Territoire"], ['<a href="notes.html">x</a>', "Nord Lorraine"], caption="Phase 1")
    assert '<td><a href="60_territory_1_ti-4407.html">Nord Lorraine' in site_places.linked(given, known)


def test_every_territory_of_the_lists_has_a_place_of_its_own(table):
    real = site_places.places(table("core_territories"), table("out_region_coverage"), [])
    assert [one.name for one in real.regions][:3] == ["Auvergne-Rhône-Alpes", "Bourgogne-Franche-Comté", "Bretagne"]
    assert [one.name for one in real.regions].index("Île-de-France") == 9
    assert len(real.regions) == 18
    assert len({one.title for one in real.territories}) == table("core_territories").height
