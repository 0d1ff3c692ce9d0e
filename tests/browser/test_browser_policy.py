"""The policy of every kind of page: nothing of the site breaks it, and what is put into a page does not run."""

import pytest
from browsing import KINDS, page_of, scroll_through
from playwright.sync_api import expect

from analysis.publication.site.policy import POLICY

BROKEN = """
window.atlasBroken = [];
document.addEventListener("securitypolicyviolation", (one) =>
  window.atlasBroken.push(`${one.effectiveDirective} ${one.blockedURI} ${one.sourceFile}:${one.lineNumber}`));
"""
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


@pytest.fixture
def watched(context):
    """A page that counts what breaks its policy."""
    page = context.new_page()
    page.add_init_script(BROKEN)
    return page


def addresses(site, home, kind):
    """A page of this kind on the server and on the disk."""
    name = page_of(site, kind)
    if not name:
        pytest.skip(f"NOT TESTED: the built site has no page of the kind {kind!r}.")
    return {"http": home + name, "file": (site / name).resolve().as_uri()}


@pytest.mark.parametrize("way", ["http", "file"])
@pytest.mark.parametrize("kind", KINDS)
def test_page_keeps_its_policy(watched, site, home, kind, way):
    watched.goto(addresses(site, home, kind)[way])
    scroll_through(watched)
    assert watched.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") == POLICY
    assert watched.evaluate("getComputedStyle(document.querySelector('.bd-main')).display") == "flex"
    assert watched.evaluate("document.documentElement.dataset.theme") == "light"
    assert watched.evaluate("window.atlasBroken") == []


@pytest.mark.parametrize("way", ["http", "file"])
def test_search_finds_pages_within_its_policy(watched, site, home, way):
    watched.goto(addresses(site, home, "search")[way] + "?q=territoires")
    watched.locator("#search-results li").first.wait_for()
    expect(watched.locator(".search-summary .dots, #search-progress:not(:empty)")).to_have_count(0)
    assert watched.evaluate("window.atlasBroken.filter((one) => !one.startsWith('connect-src'))") == []
    if way == "http":
        assert watched.evaluate("window.atlasBroken") == []


@pytest.mark.parametrize("way", ["http", "file"])
def test_code_put_into_a_page_does_not_run(watched, site, home, way):
    watched.goto(addresses(site, home, "home")[way])
    watched.evaluate(INJECTED)
    watched.locator("img[src='nothing.png']").wait_for(state="attached")
    watched.wait_for_timeout(200)
    assert len(watched.evaluate("window.atlasBroken")) >= 3
    assert watched.evaluate("window.atlasRan") is None
    assert {one.split()[1] for one in watched.evaluate("window.atlasBroken")} == {"inline"}
