"""Benchmark of the site: its build against plain Sphinx and Jupyter Book 1, then its pages in a slow browser.

Run by `make bench-site`. Prints tables; its last line is one JSON object. The peers get the pages as this project
writes them for Sphinx (notebooks, Markdown, pictures) and only turn them into HTML: reading the executed notebooks,
links between places, downloads, lighter style sheets and the checks of every page are work that this project does
besides. Each is measured from outside, imports included: wall and CPU seconds, and the peak of the memory of its
processes. Pages are opened on this machine in Chromium with its processor slowed down four times; sizes are those that
came compressed.
"""

import ctypes
import gzip
import json
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from reports import SUBREAPER, measure
from rich.console import Console
from rich.table import Table

from analysis.paths import SITE, project_root

ROOT = project_root(Path(__file__))
sys.path.insert(0, str(ROOT / "tests/browser"))
JUPYTER_BOOK = ROOT / ".dvc/tmp/jupyter-book/bin/jupyter-book"
SLOWER, OPENINGS, SETTLED_MS = 4, 3, 700
TARGETS = {"paint_s": 1.0, "kb": 300, "shift": 0.1}
TOCTREE = re.compile(r"```\{toctree\}.*?```\n?", re.DOTALL)
SPHINX = """\
project = "Atlas"
extensions = ["myst_nb"]
language = "fr"
exclude_patterns = ["_static"]
html_extra_path = [{extra!r}]
html_static_path = ["_static"]
html_theme = "pydata_sphinx_theme"
nb_execution_mode = "off"
nb_ipywidgets_js = {{}}
"""
BOOK = {
    "title": "Atlas",
    "execute": {"execute_notebooks": "off"},
    "only_build_toc_files": True,
    "sphinx": {"config": {"language": "fr"}},
}


# --- the same pages for all --------------------------------------------------------------------------------


def prepare(folder: Path) -> None:
    """Write what the peers build: the pages for Sphinx, and the same without Sphinx's tables of contents."""
    from analysis.site import build, files, html, reading  # noqa: PLC0415 - the peers do without it

    known = reading.read_places(ROOT)
    pages = reading.read_pages(ROOT, known)
    source, book, extra = folder / "source", folder / "book", folder / "extra"
    build.write_sources(ROOT, pages, known, source)
    (extra / html.IMAGES).mkdir(parents=True)
    for name, png in {name: png for one in pages for name, png in one.pictures.items()}.items():
        (extra / html.IMAGES / f"{name}.png").write_bytes(png)
    (source / "conf.py").write_text(SPHINX.format(extra=str(extra)), encoding="utf-8")
    files.link_tree(source, book, "conf.py")
    without_contents(book)
    config = {**BOOK, "sphinx": {"config": {**BOOK["sphinx"]["config"], "html_extra_path": [str(extra)]}}}
    (book / "_config.yml").write_text(json.dumps(config), encoding="utf-8")
    stems = sorted({path.stem for path in book.iterdir() if path.suffix in {".md", ".ipynb"}} - {"index"})
    contents = {"format": "jb-book", "root": "index", "chapters": [{"file": one} for one in stems]}
    (book / "_toc.yml").write_text(json.dumps(contents), encoding="utf-8")


def without_contents(book: Path) -> None:
    """Replace the pages by pages without tables of contents: Jupyter Book has its own file for them."""
    for path in [*book.glob("*.md"), *book.glob("*.ipynb")]:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            notebook = json.loads(text)
            for cell in notebook["cells"]:
                cell["source"] = TOCTREE.sub("", cell["source"])
            text = json.dumps(notebook)
        path.unlink()  # it has a second name, in the other folder
        path.write_text(TOCTREE.sub("", text) if path.suffix == ".md" else text, encoding="utf-8")


# --- the builds --------------------------------------------------------------------------------------------


def commands(folder: Path) -> dict[str, tuple[str, list[str], Path]]:
    """What each contender is, its command, and the folder its pages are in."""
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-b", "html"]
    found = {
        "here": ("this project, all of its work", [sys.executable, "-m", "analysis", "site"], ROOT / SITE),
        "sphinx": (
            "plain sphinx-build",
            [*sphinx, "-d", str(folder / "cache"), str(folder / "source"), str(folder / "plain")],
            folder / "plain",
        ),
        "sphinx_parallel": (
            "plain sphinx-build -j 2",
            [*sphinx, "-j", "2", "-d", str(folder / "cache2"), str(folder / "source"), str(folder / "plain2")],
            folder / "plain2",
        ),
    }
    if JUPYTER_BOOK.is_file():
        build = [str(JUPYTER_BOOK), "build", "--quiet", "--path-output", str(folder / "made"), str(folder / "book")]
        found["jupyter_book"] = ("Jupyter Book 1", build, folder / "made/_build/html")
    return found


def builds(folder: Path) -> dict[str, dict[str, Any]]:
    """Each contender's measures and how many pages it made, one after the other."""
    subprocess.run([sys.executable, __file__, "--prepare", str(folder)], check=True)
    found: dict[str, dict[str, Any]] = {}
    for name, (what, command, made) in commands(folder).items():
        Console(stderr=True).print(f"measuring: {what}", highlight=False)
        found[name] = {"what": what, **measure(command, ROOT), "pages": len(list(made.rglob("*.html")))}
    return found


# --- the pages ---------------------------------------------------------------------------------------------


class Compressing(SimpleHTTPRequestHandler):
    """Sends texts compressed, as servers of sites do."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data, packed = path.read_bytes(), path.suffix in {".html", ".css", ".js", ".json", ".svg", ".csv", ".txt"}
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def slow_reader(browser: Any) -> Iterator[tuple[Any, list[float]]]:
    """A page on a slow machine, and the bytes of each answer it gets."""
    from browsing import MEASURES  # noqa: PLC0415

    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    context.add_init_script(MEASURES)
    page, sizes = context.new_page(), []
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    yield page, sizes
    context.close()


def opened(browser: Any, address: str) -> dict[str, float]:
    """Seconds to the largest paint, kilobytes and layout shift of one page: the medians of several openings."""
    found = []
    for _ in range(OPENINGS):
        with slow_reader(browser) as (page, sizes):
            page.goto(address, wait_until="load")
            page.wait_for_timeout(SETTLED_MS)
            told = page.evaluate("window.atlasMeasures")
            found.append({"paint_s": told["paint"] / 1000, "kb": sum(sizes) / 1000, "shift": told["shift"]})
    return {name: round(statistics.median(one[name] for one in found), 3) for name in TARGETS}


def pages() -> dict[str, dict[str, float]]:
    """The measures of a page of each kind; empty where there is no Chromium."""
    from browsing import FLAGS, KINDS, chromium, page_of, served  # noqa: PLC0415
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    site = ROOT / SITE
    if not chromium():
        Console(stderr=True).print("NO CHROMIUM: pages are not measured.")
        return {}
    kinds = {kind: page for kind in KINDS if (page := page_of(site, kind))}
    with served(site, Compressing) as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        opened(browser, home)  # the browser's own first steps
        found = {kind: opened(browser, home + page) for kind, page in kinds.items()}
        browser.close()
    return found


# --- telling -----------------------------------------------------------------------------------------------


def tell(made: Mapping[str, Mapping[str, Any]], shown: Mapping[str, Mapping[str, float]]) -> dict[str, object]:
    """Print the tables; the result as one object."""
    table = Table("build", "pages", "wall s", "CPU s", "peak MB", "ms a page", "÷ here")
    each_s = {name: one["wall_s"] / one["pages"] for name, one in made.items()}
    ratios = {name: each / each_s["here"] for name, each in each_s.items()}
    for name, one in made.items():
        row = (f"{one['pages']}", f"{one['wall_s']:.1f}", f"{one['cpu_s']:.1f}", f"{one['peak_mb']:.0f}")
        table.add_row(one["what"], *row, f"{each_s[name] * 1000:.0f}", f"{ratios[name]:.2f}×")
    console = Console(width=120)
    console.print(table)
    heads = (f"largest paint s (< {TARGETS['paint_s']:g})", f"kB (≤ {TARGETS['kb']})", f"shift (< {TARGETS['shift']})")
    table = Table(f"page, processor {SLOWER}× slower", *heads)
    for kind, measures in shown.items():
        table.add_row(kind, f"{measures['paint_s']:.2f}", f"{measures['kb']:.0f}", f"{measures['shift']:.3f}")
    console.print(table)
    rounded = {f"{name}_ratio": round(ratio, 2) for name, ratio in ratios.items() if name != "here"}
    return {"builds": made, **rounded, "pages": shown, "targets": TARGETS}


def main(arguments: Sequence[str]) -> None:
    """Measure everything, or only the pages (`--pages`); print the tables, then the JSON object."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as temporary:
        made = {} if "--pages" in arguments else builds(Path(temporary))
    print(json.dumps(tell(made, pages())))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--prepare"]:
        prepare(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
