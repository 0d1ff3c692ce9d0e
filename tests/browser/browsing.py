"""What the browser tests share: Chromium, a server of the built site, the kinds of pages, and a watch over a page.

Waiting is done by `expect` and locators: `wait_for_function` evaluates a string in the page, which its policy forbids.
"""

import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

# A page of each kind, the first that exists of the patterns; a kind that the built site lacks is skipped and named.
KINDS: Mapping[str, tuple[str, ...]] = {
    "home": ("index.html",),
    "notebook": ("20_national_map.html",),
    "wide notebook": ("40_phase_change.html",),
    "region": ("50_region_84.html", "50_region_*.html"),
    "sheet": ("60_territory_2_ti-7603.html", "60_territory_2_*.html"),
    "regions": ("regions.html",),
    "territories": ("territoires.html",),
    "downloads": ("donnees.html",),
    "report files": ("fichiers-rapports.html",),
    "sources": ("sources.html",),
    "notes": ("notes.html",),
    "search": ("search.html",),
    "atlas": ("atlas/index.html",),
    "communes": ("communes.html",),
    "communes of a département": ("communes-62.html", "communes-*.html"),
    "method": ("methode.html",),
    "glossary": ("glossaire.html",),
    "add a source": ("ajouter-une-source.html",),
    "ledger": ("chiffres.html",),
    "tables": ("calculs.html",),
    "English home": ("en/index.html",),
    "English notebook": ("en/20_national_map.html",),
    "English sheet": ("en/60_territory_2_ti-7603.html", "en/60_territory_2_*.html"),
    "English atlas": ("en/atlas/index.html",),
    "English downloads": ("en/donnees.html",),
    "English ledger": ("en/chiffres.html",),
}
ICON = "/favicon.ico"  # Chromium asks for it beside a bare picture, late or not at all
# Adds up layout shifts that no reader caused, and keeps the last largest paint, from before the page's own scripts.
MEASURES = """
window.atlasMeasures = {shift: 0, moved: [], paint: 0, painted: ""};
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (one.hadRecentInput) return;
  window.atlasMeasures.shift += one.value;
  window.atlasMeasures.moved.push(...one.sources.map((source) => (source.node?.outerHTML ?? "").slice(0, 120)));
})).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  window.atlasMeasures.paint = one.startTime;
  window.atlasMeasures.painted = (one.element?.outerHTML ?? "").slice(0, 120);
})).observe({type: "largest-contentful-paint", buffered: true});
"""
# Counts what breaks the policy of a page.
BROKEN = """
window.atlasBroken = [];
document.addEventListener("securitypolicyviolation", (one) =>
  window.atlasBroken.push(`${one.effectiveDirective} ${one.blockedURI} ${one.sourceFile}:${one.lineNumber}`));
"""


def page_of(site: Path, kind: str) -> str:
    """Address in the site of a page of this kind, empty where it has none."""
    for pattern in KINDS[kind]:
        found = sorted(path for path in site.glob(pattern) if path.is_file())
        if found:
            return found[0].relative_to(site).as_posix()
    return ""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, handler: type[http.server.SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    """The folder on an ephemeral port of this machine, as an address that ends with a slash."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Watch:
    """What went wrong on a page: errors of scripts and console, files that are missing, requests to other hosts."""

    home: str
    wrong: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen to the page."""
        page.on("console", self._said)
        page.on("pageerror", self._failed)
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.location["url"].endswith(ICON):
            self.wrong.append(f"console: {message.text}")

    def _failed(self, error: Error) -> None:
        self.wrong.append(f"script: {error.message}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and not request.url.startswith(self.home):
            self.wrong.append(f"request to another origin: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and not response.url.endswith(ICON):
            self.wrong.append(f"{response.status}: {response.url}")


def scroll_through(page: Page) -> None:
    """To the bottom and back, a screen at a time, so that what loads late does."""
    page.evaluate(
        """async () => {
          for (let at = 0; at < document.documentElement.scrollHeight && at < 20000; at += window.innerHeight) {
            window.scrollTo({top: at, behavior: "instant"});
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)));
          }
          window.scrollTo({top: 0, behavior: "instant"});
        }"""
    )
