"""The built site on a local server, and a watched page for each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import BROKEN, MEASURES, Watch, page_of, served
from playwright.sync_api import Browser, BrowserContext, Page


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    """The built site, or the copy of it that ATLAS_SITE names."""
    folder = Path(os.environ.get("ATLAS_SITE") or root / "outputs/site")
    if not (folder / "index.html").is_file():
        pytest.fail("outputs/site is not built: run `make`.")
    return folder


@pytest.fixture(scope="session")
def home(site: Path) -> Iterator[str]:
    """Address of the served site."""
    with served(site) as address:
        yield address


BLANK = "about:blank"
SCREEN = {"width": 1280, "height": 900}


def reader(browser: Browser) -> BrowserContext:
    """A reader without a past, who likes a light screen and French."""
    context = browser.new_context(viewport=SCREEN, color_scheme="light", locale="fr-FR", accept_downloads=True)
    context.set_default_timeout(15_000)
    context.add_init_script(MEASURES)
    return context


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of one test alone."""
    context = reader(browser)
    yield context
    context.close()


@pytest.fixture(scope="module")
def window(browser: Browser, home: str) -> Iterator[tuple[Page, Watch]]:
    """A page for all that is only looked at, since a new window takes longer than most pages; it keeps no cache."""
    context = reader(browser)
    context.add_init_script(BROKEN)
    page, watch = context.new_page(), Watch(home)
    watch.over(page)
    context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield page, watch
    context.close()


@pytest.fixture
def shared_page(window: tuple[Page, Watch]) -> Iterator[Page]:
    """The page for all, as it was at first: of its size, light, without a past."""
    page, watch = window
    page.set_viewport_size(SCREEN)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    watch.wrong.clear()
    yield page
    if page.url != BLANK:
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.context.clear_cookies()
        page.goto(BLANK)


@pytest.fixture
def page(context: BrowserContext, home: str) -> Iterator[Page]:
    """A page under watch: an error, a missing file or a request to another host fails the test at its end."""
    page, watch = context.new_page(), Watch(home)
    watch.over(page)
    yield page
    assert not watch.wrong, watch.wrong


def existing(site: Path, kind: str) -> str:
    """Address in the site of a page of this kind; the test is skipped where it has none."""
    return page_of(site, kind) or pytest.skip(f"NOT TESTED: the built site has no page of the kind {kind!r}.")


@pytest.fixture
def visit(site: Path, request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Open a page of a kind; the test is skipped, before a browser starts, when the built site has none."""

    def open_page(kind: str) -> Page:
        address = existing(site, kind)
        page: Page = request.getfixturevalue("page")
        page.goto(request.getfixturevalue("home") + address, wait_until="load")
        return page

    return open_page


@pytest.fixture
def look(
    site: Path, home: str, window: tuple[Page, Watch], request: pytest.FixtureRequest
) -> Iterator[Callable[[str], Page]]:
    """Open a page of a kind in the page for all, under the same watch; skipped like `visit`."""

    def open_page(kind: str) -> Page:
        page: Page = request.getfixturevalue("shared_page")
        page.goto(home + existing(site, kind), wait_until="load")
        return page

    yield open_page
    assert not window[1].wrong, window[1].wrong
