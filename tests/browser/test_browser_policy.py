"""The policy of every kind of page: nothing of the site breaks it, and what is put into a page does not run."""

import pytest
from browsing import KINDS, page_of, scroll_through
from playwright.sync_api import expect

from analysis.publication.site.policy import POLICY

INJECTED = """
document.body.insertAdjacentHTML("beforeend", '<img src="nothing.png" alt="" onerror="window.atlasRan = 1">');
const script = document.createElement("script");
script.textContent = "window.atlasRan = 2";
document.body.append(script);
const link = document.createElement("a");
link.href = "javascript:window.atlasRan = 3";
document.body.append(link);
link.click();
"""


def addresses(site, home, kind):
    """A page of this kind on the server and on the disk."""
    name = page_of(site, kind)
    if not name:
        pytest.skip(f"NOT TESTED: the built site has no page of the kind {kind!r}.")
    return {"http": home + name, "file": (site / name).resolve().as_uri()}


@pytest.mark.parametrize("way", ["http", "file"])
@pytest.mark.parametrize("kind", KINDS)
def test_page_keeps_its_policy(shared_page, site, home, kind, way):
    shared_page.goto(addresses(site, home, kind)[way])
    scroll_through(shared_page)
    assert shared_page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") == POLICY
    assert shared_page.evaluate("getComputedStyle(document.querySelector('.bd-main')).display") == "flex"
    assert shared_page.evaluate("document.documentElement.dataset.theme") == "light"
    assert shared_page.evaluate("window.atlasBroken") == []


@pytest.mark.parametrize("way", ["http", "file"])
def test_search_finds_pages_within_its_policy(shared_page, site, home, way):
    shared_page.goto(addresses(site, home, "search")[way] + "?q=territoires")
    shared_page.locator("#search-results li").first.wait_for()
    expect(shared_page.locator(".search-summary .dots, #search-progress:not(:empty)")).to_have_count(0)
    assert shared_page.evaluate("window.atlasBroken.filter((one) => !one.startsWith('connect-src'))") == []
    if way == "http":
        assert shared_page.evaluate("window.atlasBroken") == []


@pytest.mark.parametrize("way", ["http", "file"])
def test_code_put_into_a_page_does_not_run(shared_page, site, home, way):
    shared_page.goto(addresses(site, home, "home")[way])
    shared_page.evaluate(INJECTED)
    shared_page.locator("img[src='nothing.png']").wait_for(state="attached")
    shared_page.wait_for_timeout(200)
    assert len(shared_page.evaluate("window.atlasBroken")) >= 3
    assert shared_page.evaluate("window.atlasRan") is None
    assert {one.split()[1] for one in shared_page.evaluate("window.atlasBroken")} == {"inline"}
