"""What readers do: change the colours, search, download a table."""

import polars as pl
import pytest
from playwright.sync_api import expect


def test_reader_chooses_dark_and_keeps_it(visit):
    page = visit("home")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.locator("header .theme-switch-button").click()
    page.locator('header .theme-change-button[data-mode="dark"]').click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate(background) != light
    visit("notebook")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_theme_menu_opens_and_closes_by_keyboard(visit):
    page = visit("home")
    choice = page.locator('header .theme-change-button[data-mode="light"]')
    page.locator("header .theme-switch-button").focus()
    page.keyboard.press("Enter")
    expect(choice).to_be_visible()
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()


def test_search_finds_a_region_typed_without_accents(visit, home):
    page = visit("home")
    page.goto(f"{home}search.html?q=region+auvergne")
    results = page.locator("#search-results ul.search > li")
    expect(results.first).to_be_visible()
    assert any("Auvergne" in text for text in results.all_inner_texts())


def test_search_opens_by_its_shortcut_and_leads_to_results(visit):
    page = visit("notebook")
    page.keyboard.press("Control+k")
    field = page.locator("#pst-search-dialog input[name=q]")
    expect(field).to_be_focused()
    field.fill("metropole")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=metropole")
    expect(page.locator("#search-results ul.search > li").first).to_be_visible()


@pytest.mark.parametrize("name", ["out_region_coverage", "out_territories"])
def test_downloaded_csv_is_the_table(visit, table, tmp_path, name):
    page = visit("downloads")
    with page.expect_download() as download:
        page.locator(f'main a[href$="tables/{name}.csv"]').click()
    download.value.save_as(tmp_path / "a.csv")
    wanted = table(name)
    found = pl.read_csv(tmp_path / "a.csv", schema_overrides=wanted.schema)
    assert found.equals(wanted)


def test_figure_of_a_page_is_opened_large(visit):
    page = visit("notebook")
    page.locator(".atlas-figure figcaption a").first.click()
    page.wait_for_url("**/fichiers/figures/*.svg")


def test_narrow_screen_opens_the_pages_of_the_atlas(visit):
    page = visit("notebook")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".primary-toggle").click()
    expect(page.locator("dialog#pst-primary-sidebar-modal .bd-docs-nav")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#pst-primary-sidebar-modal")).to_be_hidden()
