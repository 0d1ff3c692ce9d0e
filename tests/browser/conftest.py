"""The built site on a local server, and a watched page for each test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import MEASURES, Watch, page_of, served
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


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader without a past, who likes a light screen and French."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, color_scheme="light", locale="fr-FR", accept_downloads=True
    )
    context.set_default_timeout(15_000)
    context.add_init_script(MEASURES)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, home: str) -> Iterator[Page]:
    """A page under watch: an error, a missing file or a request to another host fails the test at its end."""
    page, watch = context.new_page(), Watch(home)
    watch.over(page)
    yield page
    assert not watch.wrong, watch.wrong


@pytest.fixture
def visit(site: Path, request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Open a page of a kind; the test is skipped, before a browser starts, when the built site has none."""

    def open_page(kind: str) -> Page:
        address = page_of(site, kind)
        if not address:
            pytest.skip(f"NOT TESTED: the built site has no page of the kind {kind!r}.")
        page: Page = request.getfixturevalue("page")
        page.goto(request.getfixturevalue("home") + address, wait_until="load")
        return page

    return open_page
