"""Every kind of page in a browser: nothing fails, nothing is fetched elsewhere, nothing moves, everything fits."""

import re

import pytest
from browsing import KINDS, scroll_through
from playwright.sync_api import expect

SHIFT = 0.1  # above it readers lose their place
WIDTHS = (360, 1600)


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_quiet_stays_in_place_and_fits_the_screen(look, kind):
    page = look(kind)
    scroll_through(page)
    for image in page.locator("img").all():
        expect(image).to_have_js_property("complete", True)
    measures = page.evaluate("window.atlasMeasures")
    assert measures["shift"] < SHIFT, measures["moved"][:5]
    broken = page.evaluate("[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)")
    assert not broken
    language = "en" if kind.startswith("English") else "fr"
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("main").count() == 1
    assert page.locator("h1").count() == 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{wide} px on a screen of {width} px"


def test_reader_without_scripts_reads_the_first_page(browser, home):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(home)
    assert re.search(
        r"\d chiffres publiés", page.locator("main").inner_text().replace("\u202f", "").replace("\u00a0", " ")
    )
    assert page.locator(".bd-article a:not(.headerlink)").first.is_visible()
    context.close()


def test_site_opened_as_files_works(page_of_files):
    page = page_of_files("index.html")
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.fonts.status") == "loaded"


@pytest.fixture
def page_of_files(context, site):
    page = context.new_page()
    wrong = []
    page.on("pageerror", lambda error: wrong.append(error.message))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)

    def open_page(name):
        page.goto((site / name).resolve().as_uri())
        return page

    yield open_page
    assert not wrong
