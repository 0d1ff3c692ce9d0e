"""The readers' edition: find a commune, switch phases, ask where a number comes from, read English."""

import re

import polars as pl
import pytest
from browsing import page_of
from playwright.sync_api import expect

from analysis.i18n.typography import shown


@pytest.fixture
def commune(site, table):
    """A commune whose name has an accent and no homonym, with the address of its territory's sheet."""
    sheet = page_of(site, "sheet")
    phase, territory = re.fullmatch(r"60_territory_(\d)_(ti-\d+)\.html", sheet).groups()
    every = table("core_communes")
    inside = every.filter(pl.col(f"territory_{phase}") == territory, pl.col("name").str.contains("[éèêâôï]"))
    alone = every.group_by("name").len().filter(len=1)
    return shown(inside.join(alone, on="name", how="semi").sort("name")["name"][0]), sheet


def plain(name):
    """A name as readers in a hurry type it."""
    return name.translate(str.maketrans("éèêëâàôöîïûùüç’-", "eeeeaaooiiuuuc  ")).lower()


def chosen(page, name):
    """Type a name without its accents and take the commune from the list, by keyboard."""
    field = page.locator(".find-input").first
    field.click()
    field.press_sequentially(plain(name), delay=5)
    option = page.locator(".find-options [role=option]", has=page.locator(".find-name", has_text=name)).first
    expect(option).to_be_visible()
    field.press("Enter")


def test_commune_typed_without_accents_leads_to_its_sheet(visit, commune):
    page = visit("home")
    if not page.locator(".find-input").count():
        pytest.skip("NOT TESTED: the first page has no search box.")
    name, sheet = commune
    chosen(page, name)
    page.locator(f'.find-answer a[href$="{sheet}"]').click()
    page.wait_for_url(f"**/{sheet}")
    assert name in page.locator("main").inner_text()


def test_commune_chosen_on_the_atlas_is_named_and_kept_in_the_address(visit, commune):
    page = visit("atlas")
    name, _ = commune
    chosen(page, name)
    expect(page.locator(".atlas-panel")).to_contain_text(name)
    page.wait_for_url(re.compile("lieu="))
    page.reload()
    expect(page.locator(".atlas-panel")).to_contain_text(name)


def test_edition_of_the_atlas_is_stepped_by_mouse_and_by_keyboard(visit):
    page = visit("atlas")
    drawn = "document.querySelectorAll('#atlas-map path.leaflet-interactive').length"
    page.locator("#atlas-map path.leaflet-interactive").first.wait_for(state="attached")
    newest = page.evaluate(drawn)
    page.locator(".atlas-ticks li span").first.click()  # what is written; its item is without width
    page.wait_for_url(re.compile("edition=2020-10"))
    assert page.evaluate(drawn) != newest
    page.locator("#atlas-step").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("edition=2022-12"))


def test_atlas_is_filled_with_a_layer_and_keeps_it_in_the_address(visit):
    page = visit("atlas")
    page.locator("#atlas[data-ready]").wait_for()
    page.select_option("#atlas-fill", "acv")
    page.wait_for_url(re.compile("fond=acv"))
    page.reload()
    expect(page.locator(".atlas-classes h2")).to_contain_text("Action cœur de ville")


@pytest.mark.parametrize("kind", ["home", "notebook", "English home"])
def test_number_tells_where_it_comes_from(visit, kind):
    page = visit(kind)
    number = page.locator("main a.told:visible").first
    if not number.count():
        pytest.skip("NOT TESTED: no number of this page carries a mark.")
    number.focus()
    number.press("Enter")
    card = page.locator(".told-card[role=dialog]")
    expect(card).to_be_visible()
    expect(card.locator("blockquote, dl").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(number).to_be_focused()
    more = number.get_attribute("href")
    number.click()
    card.locator(".told-more a").click()
    page.wait_for_url(f"**/{more.lstrip('./')}")
    assert page.evaluate("!!document.getElementById(decodeURIComponent(location.hash.slice(1)))")


def test_reader_changes_to_english_and_back_on_the_same_page(visit):
    page = visit("notebook")
    english = page.locator('header a[hreflang="en"]').first
    if not english.count():
        pytest.skip("NOT TESTED: the site has no English edition.")
    address = page.url
    english.click()
    page.wait_for_url("**/en/20_national_map.html")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator('header a[hreflang="fr"]').first.click()
    page.wait_for_url(address)
