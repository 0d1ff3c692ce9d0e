"""The first page: three messages, five questions, dates; on the project's tables, with pages and pictures made up."""

import re

import nbformat
import polars as pl
import pytest
from unmarked import unmarked

from analysis.i18n.language import speaking
from analysis.publication.site import front_page, own_pages, script_texts
from analysis.publication.site.downloads import PublishedFigure
from analysis.publication.site.notebooks import SitePage
from analysis.sources import provenance

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x04\x00\x00\x00\x03"
STEMS = {"label_timeline": "10_label_timeline", "national_map": "20_national_map", "envelopes": "30_envelopes"}
OTHERS = ("40_phase_change", "70_lille", "80_fact_check")


@pytest.fixture(scope="module")
def known(root):
    return provenance.load_sources(root / "data/raw/sources.yaml")


@pytest.fixture(scope="module")
def tables(table):
    return {name: table(name) for name in script_texts.NEEDED}


def site_page(stem: str, figure: str = "") -> SitePage:
    return SitePage(stem, f"Titre {stem} <i>", "", nbformat.v4.new_notebook(), {figure: PNG} if figure else {})


@pytest.fixture
def made():
    found = [site_page(stem, figure) for figure, stem in STEMS.items()]
    figures = [PublishedFigure(name, f"Figure {name}", "Ce qu’elle montre", {}) for name in STEMS]
    cards = list(zip(found, figures, strict=True))
    return [*found, *map(site_page, OTHERS)], cards


@pytest.fixture
def index(tables, made, known):
    return front_page.index(tables, *made, known)


def test_first_page_has_three_figures_each_with_a_message_a_date_and_its_page(index):
    cards = re.findall(r'<li class="card-figure">.*?</li>', index, re.DOTALL)
    assert [re.search(r'<h3><a href="([^"]+)\.html">', one)[1] for one in cards] == list(STEMS.values())
    for card in cards:
        assert len(re.findall(r'<p class="message">.*<data class="told"', card)) == 1
        assert re.search(r'<p class="card-source"><a href="sources\.html[^"]*">.*20\d\d', card)
        assert "alt=" in card


def test_messages_say_what_the_tables_hold(tables, known):
    said = {name: re.sub("<[^>]+>", "", one(tables, known).sentence) for name, one in script_texts.MESSAGES.items()}
    country = tables["out_region_coverage"].filter(region_code="FR").sort("phase")
    assert all(str(one) in said["label_timeline"] for one in country["territory_count"])
    assert re.findall(r"\d+,\d", said["national_map"]) == [
        f"{one:.1f}".replace(".", ",") for one in country["population_share_pct"]
    ]
    assert re.fullmatch(r"Sur les [\d,]+\sMd€ engagés pour la phase 1, \d+\sM€ ont été payés\.", said["envelopes"])


def test_figure_without_a_message_shows_its_title(tables, made, known):
    unpaid = tables["out_envelopes"].filter(pl.col("step") != "paid")
    shown = front_page.index({**tables, "out_envelopes": unpaid}, *made, known)
    assert '<p class="message">Figure envelopes</p>' in shown


def test_five_questions_lead_to_pages_and_are_answered_in_short(index):
    listed = index.split('<ol class="questions">')[1].split("</ol>")[0]
    led = re.findall(r'<li><a href="([^"]+)\.html">[^<]+ \?</a><p>.+</p></li>', listed)
    assert led == ["territoires", "30_envelopes", "80_fact_check", "40_phase_change", "regions"]
    assert 'class="others">Et aussi : <a href="70_lille.html">Titre 70_lille &lt;i&gt;</a></p>' in index


def test_question_whose_notebook_was_not_run_is_left_out(tables, made, known):
    national, cards = made
    shown = front_page.index(tables, [one for one in national if one.stem != "80_fact_check"], cards, known)
    assert "80_fact_check" not in shown
    assert shown.count(" ?</a><p>") == 4


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_number_of_the_first_page_is_marked(tables, made, known, language):
    with speaking(language):
        shown = front_page.index(tables, *made, known)
    written = re.sub(r"Titre \d\d_\w+|```\{toctree\}.*?```", "", shown, flags=re.DOTALL)  # names made up, of files
    assert unmarked(written) == []


def test_first_page_speaks_english(tables, made, known):
    with speaking("en"):
        shown = front_page.index(tables, *made, known)
        reference = front_page.navigation(made[0])
    assert "Of the <data" in shown
    assert "Where do the figures disagree?" in shown
    assert next(iter(reference)) == "Questions"
    assert "Glossary" in [title for group in reference.values() for title in group.values()]


def test_search_box_and_atlas_stand_at_the_top_when_there_are_any(tables, made, known):
    entrance = front_page.Entrance('<form class="find"></form>', "atlas/index.html")
    shown = front_page.index(tables, *made, known, entrance)
    top = shown.split("## En trois figures")[0]
    assert '<form class="find"></form>\n<p class="ways">' in top
    assert '<a class="way-atlas" href="atlas/index.html">Ouvrir l’atlas interactif</a>' in top


def test_ways_in_work_without_search_box_and_atlas(index):
    ways = index.split('<p class="ways">')[1].split("</p>")[0]
    assert re.findall(r'href="([^"]+)"', ways) == ["territoires.html", "regions.html"]
    assert "atlas" not in ways


def test_dates_name_every_dataset_and_the_span_of_the_documents(tables, known):
    shown = front_page.dates(known, tables["core_claims"])
    datasets = [one for one in known.values() if one.kind == "dataset"]
    assert shown.count("<li>") == len(datasets) + 1
    assert all(f"#source-{one.id}" in shown for one in datasets)
    assert "publiés du 22 novembre 2018 au" in shown


def test_cards_of_the_first_page_are_those_that_have_messages():
    assert set(own_pages.CARDS) == set(script_texts.MESSAGES)
