"""Benchmark of the site: its build against plain Sphinx and Jupyter Book 1, then its pages in a slow browser.

Run by `make bench-site`. Prints tables; its last line is one JSON object. The peers get the pages as this project
writes them for Sphinx (notebooks, Markdown, pictures) and only turn them into HTML: reading the executed notebooks,
marks of numbers, the atlas and the index of communes, downloads, lighter style sheets and the checks of every page are
work that this project does besides. The editions, one a language, are built at the same time by everyone. Each is
measured from outside, imports included: wall and CPU seconds, and the peak of the memory of its processes. Pages are
opened on this machine in Chromium with its processor slowed down four times; sizes are those that came compressed.
"""

import ctypes
import gzip
import json
import re
import shutil
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

from analysis.io.paths import SITE, project_root

ROOT = project_root(Path(__file__))
sys.path[:0] = [str(ROOT / "tests/browser"), str(ROOT / "tests/plugins")]
JUPYTER_BOOK = ROOT / ".dvc/tmp/jupyter-book/bin/jupyter-book"
SLOWER, OPENINGS, SETTLED_MS = 4, 3, 700
TARGETS = {"paint_s": 1.0, "kb": 300, "shift": 0.1}
TOCTREE = re.compile(r"```\{toctree\}.*?```\n?", re.DOTALL)
SPHINX = """\
project = "Atlas"
extensions = ["myst_nb"]
language = {language!r}
exclude_patterns = ["_static"]
html_extra_path = [{extra!r}]
html_static_path = ["_static"]
html_theme = "pydata_sphinx_theme"
nb_execution_mode = "off"
nb_ipywidgets_js = {{}}
"""


# --- the same pages for all --------------------------------------------------------------------------------


def prepare(folder: Path) -> None:
    """Write what the peers build: the pages of each edition for Sphinx, and the same for Jupyter Book."""
    from analysis.i18n.language import speaking  # noqa: PLC0415 - the peers do without this project
    from analysis.publication.site import edition, read_inputs  # noqa: PLC0415

    for name in edition.languages(read_inputs.read_reports(ROOT)):
        with speaking(name):
            _prepare(folder / name, name)


def _prepare(folder: Path, name: str) -> None:
    from analysis.publication.site import files, html, read_inputs, sphinx_sources  # noqa: PLC0415

    known, made_by, found = (
        read_inputs.read_places(ROOT),
        read_inputs.read_origins(ROOT),
        read_inputs.read_figures(ROOT),
    )
    pages = read_inputs.read_pages(ROOT, known, made_by)
    source, book, extra = folder / "source", folder / "book", folder / "extra"
    sphinx_sources.write_sources(ROOT, pages, known, source, made_by, found)
    (extra / html.IMAGES).mkdir(parents=True)
    for picture, png in {picture: png for one in pages for picture, png in one.pictures.items()}.items():
        (extra / html.IMAGES / f"{picture}.png").write_bytes(png)
    files.link_tree(source, book)
    (source / "conf.py").write_text(SPHINX.format(language=name, extra=str(extra)), encoding="utf-8")
    without_contents(book)
    config = {"language": name, "html_extra_path": [str(extra)]}
    book_config = {"title": "Atlas", "execute": {"execute_notebooks": "off"}, "sphinx": {"config": config}}
    (book / "_config.yml").write_text(json.dumps(book_config), encoding="utf-8")
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


def sphinx(edition: Path) -> list[str]:
    """Plain sphinx-build, an edition in a process."""
    made, cache = str(edition / "sphinx"), str(edition / "cache")
    return [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", cache, str(edition / "source"), made]


def jupyter_book(edition: Path) -> list[str]:
    """Jupyter Book 1, an edition in a process."""
    made = str(edition / "jupyter_book")
    return [str(JUPYTER_BOOK), "build", "--quiet", "--path-output", made, str(edition / "book")]


PEERS = {one.__name__: one for one in (sphinx, jupyter_book)}


def contend(name: str, folder: Path) -> None:
    """Build every edition by one of the peers, at the same time, as this project does."""
    commands = [PEERS[name](one) for one in sorted(folder.iterdir()) if (one / "source").is_dir()]
    with tempfile.TemporaryFile() as said:
        running = [subprocess.Popen(command, stdout=said, stderr=said) for command in commands]
        failed = [one.args for one in running if one.wait()]
        if failed:
            said.seek(0)
            raise SystemExit(f"{failed[0]} failed:\n{said.read().decode(errors='replace')[-3000:]}")


def builds(folder: Path) -> dict[str, dict[str, Any]]:
    """Each contender's measures and how many pages it made, one after the other."""
    from analysis.publication.site import kept  # noqa: PLC0415

    subprocess.run([sys.executable, __file__, "--prepare", str(folder)], check=True)
    here = [sys.executable, "-m", "analysis", "site"]
    commands = {"here": ("this project, all of its work", here)}
    for name, peer in PEERS.items():
        commands[name] = (peer.__doc__ or name, [sys.executable, __file__, "--peer", name, str(folder)])
    if not JUPYTER_BOOK.is_file():
        del commands[jupyter_book.__name__]
    shutil.rmtree(ROOT / kept.FOLDER, ignore_errors=True)  # all from nothing
    found: dict[str, dict[str, Any]] = {}
    for name, (what, command) in commands.items():
        Console(stderr=True).print(f"measuring: {what}", highlight=False)
        measures = measure(command, ROOT)
        made = [ROOT / SITE] if name == "here" else list(folder.glob(f"*/{name}"))
        found[name] = {"what": what, **measures, "pages": sum(1 for one in made for _ in one.rglob("*.html"))}
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
    from browsers import FLAGS, chromium  # noqa: PLC0415
    from browsing import KINDS, page_of, served  # noqa: PLC0415
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
    table = Table("build", "pages", "wall s", "CPU s", "peak MB", "wall ÷ here")
    ratios = {name: one["wall_s"] / made["here"]["wall_s"] for name, one in made.items()}
    for name, one in made.items():
        row = (f"{one['pages']}", f"{one['wall_s']:.1f}", f"{one['cpu_s']:.1f}", f"{one['peak_mb']:.0f}")
        table.add_row(one["what"], *row, f"{ratios[name]:.2f}×")
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
    elif sys.argv[1:2] == ["--peer"]:
        contend(sys.argv[2], Path(sys.argv[3]))
    else:
        main(sys.argv[1:])
