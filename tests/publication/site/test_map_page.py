"""The page of the atlas: its HTML in both languages; in Chromium, from a disk, phases, keyboard, communes, address."""

import json
import re

import pytest

from analysis.i18n.language import speaking
from analysis.publication.site import map_page
from analysis.publication.site.sphinx import ASSETS
from analysis.publication.webmap import script
from analysis.sources import provenance

ALT = 'Deux cartes "côte à côte"'


@pytest.fixture(scope="module")
def known(root):
    return provenance.load_sources(root / "data/raw/sources.yaml")


def config(body: str) -> dict:
    return json.loads(re.search(r'id="atlas-config">(.*?)</script>', body)[1])


def test_page_holds_a_still_map_for_readers_without_javascript(known):
    body = map_page.page(known, "34\u00a0935 communes", "national_map", ALT).body
    still = re.search(r"<noscript>.*?</noscript>", body, re.DOTALL)[0]
    assert 'src="../images/national_map.png" alt="Deux cartes &#34;côte à côte&#34;"' in still
    assert 'href="../communes.html"' in still


def test_page_has_no_code_in_it_and_dates_its_sources(known):
    body = map_page.page(known, "34\u00a0935 communes", "national_map", ALT).body
    assert not re.search(r"\son\w+=|javascript:|style=", body)
    assert all("src=" in one or "application/json" in one for one in re.findall(r"<script[^>]*>", body))
    assert "novembre 2023" in body
    assert body.count('type="radio"') == 3


def test_page_speaks_english(known):
    with speaking("en"):
        body = map_page.page(known, "34\u00a0935 communes", "national_map", ALT).body
    assert config(body)["language"] == "en"
    assert "Interactive map" in body
    assert not re.search(
        r"\b(?:Carte|territoire|Phase montrée|Chercher)\b", re.sub(r"<noscript>.*?</noscript>", "", body)
    )


# --- in Chromium -------------------------------------------------------------------------------------------


@pytest.fixture
def opened(tmp_path, page, root, known):
    """The page of the atlas opened from a disk, at an address's fragment."""
    data = root / "data/processed/webmap"
    if not data.is_dir():
        pytest.fail("data/processed/webmap is not built: run `make`.")
    (tmp_path / "_static").symlink_to(ASSETS / "_static")
    (tmp_path / "atlas/data").mkdir(parents=True)
    for path in data.iterdir():
        (tmp_path / "atlas/data" / path.name).symlink_to(path)
    sheets = script("sheets", {"2:ti-8401": "60_territory_2_ti-8401.html"})
    (tmp_path / "atlas/data/sheets.js").write_text(sheets, encoding="utf-8")
    links = "".join(
        f'<link rel="stylesheet" href="../_static/{one}">' for one in ("leaflet/leaflet.css", "atlas/map.css")
    )
    codes = "".join(f'<script defer src="../_static/{one}"></script>' for one in ("leaflet/leaflet.js", "atlas/map.js"))
    body = map_page.page(known, "34\u00a0935 communes", "national_map", ALT).body
    html = f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>a</title>{links}{codes}{body}'
    (tmp_path / "atlas/index.html").write_text(html, encoding="utf-8")

    def open_at(fragment: str = ""):
        page.goto(f"{(tmp_path / 'atlas/index.html').as_uri()}{fragment}")
        page.locator("#atlas[data-ready]").wait_for()
        return page

    return open_at


def shown(page) -> int:
    return page.locator("path.area").count()


def test_reader_switches_phase_by_arrow_keys(opened, table):
    page = opened()
    counts = dict(table("core_territories").group_by("phase").len().iter_rows())
    assert shown(page) == counts[2]
    page.locator("input[name=atlas-phase]:checked").focus()
    page.keyboard.press("ArrowUp")
    assert shown(page) == counts[1]
    page.keyboard.press("ArrowUp")
    assert shown(page) == counts[1] + counts[2]
    assert "phase=both" in page.evaluate("location.hash")


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
    assert page.locator("path.commune.t2").count() > 50
    assert "SCOT Lille Métropole" in page.locator(".atlas-facts").inner_text()


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
