"""The page of the atlas: its HTML in both languages; in Chromium, from a disk, editions, colours, keyboard, address."""

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from analysis.i18n.language import speaking
from analysis.io.paths import LAYERS
from analysis.publication.site import map_choices, map_page
from analysis.publication.site.sphinx import ASSETS
from analysis.publication.webmap import TABLES, Steps, script
from analysis.sources import context, provenance

ALT = 'Deux cartes "côte à côte"'
SCRIPTS = ("leaflet/leaflet.js", "atlas/steps.js", "atlas/fills.js", "atlas/map.js")
STYLES = ("leaflet/leaflet.css", "atlas/map.css")


@pytest.fixture(scope="module")
def known(root):
    return provenance.load_sources(root / "data/raw/sources.yaml")


@pytest.fixture(scope="module")
def steps(table) -> Steps:
    return Steps(*(table(name) for name in TABLES))


@pytest.fixture(scope="module")
def written(root, known, steps):
    """The body of the page in the language in force, with these editions."""

    def write(of: Steps = steps) -> str:
        columns = map_choices.columns(context.load(root / LAYERS), known)
        return map_page.page(known, "34\u00a0935 communes", "national_map", ALT, map_choices.editions(of), columns).body

    return write


def config(body: str) -> dict:
    return json.loads(re.search(r'id="atlas-config">(.*?)</script>', body)[1])


def test_page_holds_a_still_map_for_readers_without_javascript(written):
    still = re.search(r"<noscript>.*?</noscript>", written(), re.DOTALL)[0]
    assert 'src="../images/national_map.png" alt="Deux cartes &#34;côte à côte&#34;"' in still
    assert 'href="../communes.html"' in still


def test_page_has_no_code_in_it_and_dates_its_sources(written):
    body = written()
    assert not re.search(r"\son\w+=|javascript:|style=", body)
    assert all("src=" in one or "application/json" in one for one in re.findall(r"<script[^>]*>", body))
    assert "novembre 2023" in body
    assert "15 octobre 2020" in body
    assert body.count('type="range"') == 1
    assert 'max="3"' in body


def test_slider_says_the_name_and_the_date_of_the_newest_edition_before_any_script(written):
    assert 'aria-valuetext="Liste de septembre 2024\u00a0: état de septembre 2024, phase\u00a02' in written()


def test_page_speaks_english(written):
    with speaking("en"):
        body = written()
    assert config(body)["language"] == "en"
    assert "Interactive map" in body
    # What is said to be French: titles of sources.
    french = r'<noscript>.*?</noscript>|<p class="atlas-note">.*?</p>|"source": "[^"]*"'
    text = re.sub(french, "", body)
    assert not re.search(r"\b(?:Carte|territoire|Édition|Chercher|Salariés|habitants|communes entrées)\b", text)


# --- in Chromium -------------------------------------------------------------------------------------------


@pytest.fixture
def opened(tmp_path, page, root, steps, written):
    """The page of the atlas opened from a disk, at an address's fragment, with these editions."""
    data = root / "data/processed/webmap"
    if not data.is_dir():
        pytest.fail("data/processed/webmap is not built: run `make`.")
    (tmp_path / "_static").symlink_to(ASSETS / "_static")
    (tmp_path / "atlas/data").mkdir(parents=True)
    for path in data.iterdir():
        (tmp_path / "atlas/data" / path.name).symlink_to(path)
    sheets = script("sheets", {"2:ti-8401": "60_territory_2_ti-8401.html"})
    (tmp_path / "atlas/data/sheets.js").write_text(sheets, encoding="utf-8")
    links = "".join(f'<link rel="stylesheet" href="../_static/{one}">' for one in STYLES)
    codes = "".join(f'<script defer src="../_static/{one}"></script>' for one in SCRIPTS)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>a</title>'

    def open_at(fragment: str = "", of: Steps = steps):
        html = f'<!doctype html><html lang="fr">{head}{links}{codes}<article class="bd-article">{written(of)}</article>'
        (tmp_path / "atlas/index.html").write_text(html, encoding="utf-8")
        page.goto(f"{(tmp_path / 'atlas/index.html').as_uri()}{fragment}")
        page.locator("#atlas[data-ready]").wait_for()
        return page

    return open_at


def shown(page) -> int:
    return page.locator("path.area").count()


def tones(page, what: str) -> list[str]:
    return page.locator(what).evaluate_all("(all) => all.map((one) => one.dataset.tone)")


def address(page) -> dict[str, str]:
    return dict(one.split("=") for one in page.evaluate("location.hash.slice(1)").split("&"))


def at(page, edition: str):
    page.locator(f'#atlas[data-edition="{edition}"]').wait_for()


def test_reader_steps_through_the_editions_by_arrow_keys(opened, steps):
    page = opened()
    counts = dict(steps.editions.select("id", "territory_count").iter_rows())
    slider = page.locator("#atlas-step")
    slider.focus()
    for edition, told in (
        ("2023-11", "Liste de novembre 2023 : état du 9 novembre 2023, phase 2 (2023-2027), 183 territoires"),
        ("2022-12", "Liste du 31 décembre 2022 : état du 31 décembre 2022, phase 1 (2019-2022), 149 territoires"),
        ("2020-10", "Liste du 15 octobre 2020 : état du 15 octobre 2020, phase 1 (2019-2022), 148 territoires"),
    ):
        page.keyboard.press("ArrowLeft")
        at(page, edition)
        assert slider.get_attribute("aria-valuetext").replace("\u00a0", " ") == told
        assert shown(page) == counts[edition]
        assert address(page)["edition"] == edition
    page.keyboard.press("End")
    at(page, "2024-09")
    assert shown(page) == 183
    page.keyboard.press("Home")
    at(page, "2020-10")
    assert shown(page) == 148


def test_step_draws_what_changed_and_says_it(opened):
    page = opened()
    page.locator("#atlas-step").focus()
    page.keyboard.press("ArrowLeft")
    at(page, "2023-11")
    assert tones(page, "path.change") == ["entered", "left"]
    assert page.locator('path.area:not([data-tone="stayed"])').count() == 0
    page.keyboard.press("ArrowLeft")
    at(page, "2022-12")
    assert page.locator("path.change").count() == 3
    said = page.locator(".atlas-change").inner_text().replace("\u00a0", " ")
    assert said == (
        "Depuis l’édition précédente (liste du 15 octobre 2020) : 502 communes entrées, 8 communes sorties, "
        "153 communes passées d’un territoire à un autre, 4 territoires entrés et 3 territoires sortis."
    )
    page.keyboard.press("ArrowLeft")
    at(page, "2020-10")
    assert page.locator("path.change").count() == 0
    assert "plus ancienne liste connue" in page.locator(".atlas-told").inner_text()


def test_territory_that_ended_is_drawn_in_its_edition_alone(opened):
    page = opened("#edition=2020-10&lieu=1:ti-5305")
    assert page.locator(".atlas-facts h2").inner_text() == "Pays de Brest"
    assert "nomme des communes" in page.locator(".atlas-facts").inner_text()
    page.locator(".atlas-facts summary", has_text="Communes (40)").click()
    assert page.locator(".atlas-communes li").count() == 40
    page.locator("#atlas-step").focus()
    page.keyboard.press("ArrowRight")
    at(page, "2022-12")
    assert page.locator('path[data-place="1:ti-5305"]').count() == 0
    assert page.locator(".atlas-facts h2").count() == 0


def test_communes_follow_the_edition(opened):
    """Brest was in Pays de Brest in October 2020, in Finistère in December 2022: moved ground, commune by commune."""
    page = opened("#edition=2022-12&fond=change&carte=140.0,6840.0,3.5&lieu=29019")
    page.locator("#atlas[data-drawn=true]").wait_for()
    assert page.locator('path.commune[data-tone="moved"]').count() > 30
    assert page.locator("path.edge-territory-1").count() >= 1
    page.locator("#atlas-step").focus()
    page.keyboard.press("ArrowRight")
    at(page, "2023-11")
    assert page.locator('path.commune[data-tone="moved"]').count() == 0
    assert page.locator('path.commune[data-tone="stayed"]').count() > 30


@pytest.mark.parametrize(
    ("fragment", "edition", "fill"),
    [
        ("", "2024-09", "phase"), ("#phase=1", "2022-12", "phase"), ("#phase=2", "2024-09", "phase"),
        ("#phase=both", "2023-11", "change"), ("#edition=2023-11", "2023-11", "phase"),
        ("#edition=1999-01&fond=nothing", "2024-09", "phase"), ("#phase=1&fond=acv", "2022-12", "layer"),
        ("#edition=2020-10&fond=change", "2020-10", "phase"), ("#lieu=1:ti-8408", "2022-12", "phase"),
    ],
)  # fmt: skip
def test_address_leads_to_an_edition_and_its_colours(opened, fragment, edition, fill):
    page = opened(fragment)
    assert page.locator("#atlas").get_attribute("data-edition") == edition
    assert page.locator("#atlas").get_attribute("data-fill") == fill
    assert address(page)["edition"] == edition


def test_one_edition_alone_needs_no_slider(opened, steps):
    newest = steps.editions.filter(id="2024-09")
    alone = Steps(newest, steps.memberships.filter(edition="2024-09"), steps.territories, steps.members)
    page = opened("#phase=1", alone)
    assert page.locator("#atlas-step").is_hidden()
    assert page.locator("#atlas").get_attribute("data-edition") == "2024-09"
    assert shown(page) == 183


# --- colours -----------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_reader_fills_the_territories_with_a_layer(opened, table):
    page = opened("#lieu=2:ti-8401")
    page.select_option("#atlas-fill", "employees_change_2018_2023")
    page.locator('#atlas[data-fill="layer"]').wait_for()
    assert address(page)["fond"] == "employees_change_2018_2023"
    found = tones(page, "path.area")
    assert {one: found.count(one) for one in ("absent", "stayed")} == {"absent": 1, "stayed": 0}
    assert [found.count(f"q{rank}") for rank in range(5)] == pytest.approx([36.4] * 5, abs=1)
    legend = plain(page.locator(".atlas-classes").inner_text())
    assert "Salariés du secteur privé : évolution 2018-2023" in legend
    assert re.search(r"^de −\d+,\d % à \+\d,\d %$", legend, re.MULTILINE)
    assert "pas de valeur" in legend
    assert "ODbL" in legend
    assert "Hors Mayotte" in legend
    card = plain(page.locator(".atlas-facts dl").first.inner_text())
    row = table("out_context").filter(level="territory", phase=2, code="ti-8401", column="employees_change_2018_2023")
    value, rank, among = row.select("value", "rank", "rank_of").row(0)
    assert f"+{value:.1f} %, {rank}e sur {among}".replace(".", ",") in card
    assert "évolution 2014-2018" in card  # the years before the label stand with those after


def test_values_that_do_not_add_up_fill_intercommunalities(opened):
    page = opened("#fond=industry_share&lieu=2:ti-8401")
    assert page.locator("path.tone").count() > 1200
    assert page.locator('path.tone[data-tone="absent"]').count() > 10
    assert set(tones(page, "path.area")) == {"clear"}
    text = plain(page.locator(".atlas-facts").inner_text())
    assert re.search(r"CA Arche Agglo : 22,8 %, \d+e sur 1 243 intercommunalités", text)
    page.select_option("#atlas-fill", "phase")
    page.locator('#atlas[data-fill="phase"]').wait_for()
    assert page.locator("path.tone").count() == 0
    assert page.locator(".atlas-classes").is_hidden()


def test_value_of_the_newest_ground_is_not_told_of_another(opened):
    page = opened("#edition=2020-10&fond=employees&lieu=1:ti-5305")
    assert "son périmètre n’est pas celui" in page.locator(".atlas-facts").inner_text()
    assert page.locator('path[data-place="1:ti-5305"]').get_attribute("data-tone") == "absent"
    assert page.locator('path.area[data-tone^="q"]').count() > 100


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1400])
def test_nothing_is_wider_than_the_screen_and_tones_follow_the_mode(opened, page, width, theme):
    page.set_viewport_size({"width": width, "height": 800})
    opened("#fond=acv&lieu=2:ti-8401")
    page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = "(all) => all.map((one) => one.getBoundingClientRect().toJSON())"
    ticks = page.locator(".atlas-ticks span").evaluate_all(boxes)
    assert all(one["right"] < other["left"] for one, other in pairwise(ticks))
    fill = page.locator('.atlas-classes rect[data-tone="q4"]').evaluate("(one) => getComputedStyle(one).fill")
    assert fill == {"light": "rgb(67, 21, 102)", "dark": "rgb(226, 207, 243)"}[theme]


def test_data_that_cannot_be_read_leave_the_map_as_it_was(opened):
    page = opened()
    page.evaluate("() => { AtlasData.load = (folder, name) => Promise.reject(new Error(name)); }")
    page.locator("#atlas-step").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".atlas-live")).to_have_text(re.compile("n’ont pas pu être lues"))
    assert page.locator("#atlas").get_attribute("data-edition") == "2024-09"
    assert page.locator("#atlas-step").input_value() == "3"


def test_reader_goes_from_territory_to_neighbour_and_chooses_by_keyboard(opened):
    page = opened()
    page.locator("#atlas-map").focus()
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.dataset.place")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.place")
    assert first.startswith("2:")
    assert second.startswith("2:")
    assert first != second
    page.keyboard.press("Enter")
    assert f"lieu={second}" in page.evaluate("location.hash")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    assert "habitants" in page.locator(".atlas-live").inner_text()


def test_address_keeps_place_phase_and_view(opened, page):
    opened("#phase=1&carte=845.0,6518.0,2.5&lieu=2:ti-8401")
    assert page.locator(".atlas-facts h2").inner_text() == "Ardèche Drôme Nord"
    assert page.locator('.atlas-sheet a[href="../60_territory_2_ti-8401.html"]').count() == 1
    kept = page.evaluate("location.hash")
    assert "carte=845.0,6518.0,2.5" in kept
    page.reload()
    page.locator("#atlas[data-ready]").wait_for()
    assert page.evaluate("location.hash") == kept


def test_commune_of_the_address_is_drawn_with_its_neighbours(opened):
    page = opened("#lieu=59350")
    assert page.locator(".atlas-facts h2").inner_text() == "Lille"
    page.locator("#atlas[data-drawn=true]").wait_for()
    assert page.locator('path.commune[data-tone="phase-2"]').count() > 50
    assert "SCOT Lille Métropole" in page.locator(".atlas-facts").inner_text()
    expect(page.locator(".find-since p")).to_have_text(re.compile("«.SCOT Lille Métropole.» depuis le 9 novembre 2023"))
    assert (
        page.locator(".find-since dd").all_inner_texts() == ["dans aucun territoire"] * 2 + ["SCOT Lille Métropole"] * 2
    )


def test_found_commune_is_shown_on_the_map(opened):
    page = opened()
    page.fill("#find-input", "saint pierre 974")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("lieu=97416"))
    page.locator("#atlas[data-drawn=true]").wait_for()


def test_address_of_nowhere_shows_the_country(opened):
    page = opened("#phase=9&carte=a,b&lieu=<b>x</b>")
    assert shown(page) > 100
    assert page.locator(".atlas-facts h2").count() == 0
