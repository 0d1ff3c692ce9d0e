"""The static site: its editions and what readers download, checked, and replaced whole."""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from analysis.i18n.language import FRENCH, speaking
from analysis.io import params
from analysis.io.paths import EXECUTED, FIGURES, SITE, TABLES
from analysis.io.swapping import replaced_folder
from analysis.publication.site import checks as site_checks
from analysis.publication.site import edition as editions
from analysis.publication.site.edition import Edition
from analysis.publication.site.files import link_tree
from analysis.publication.site.html import FILES
from analysis.publication.site.made_from import Inputs, inputs
from analysis.publication.site.page_facts import Facts
from analysis.publication.site.weight import Weights

DOWNLOADS: Mapping[str, Path] = {"figures": FIGURES, "tables": TABLES, "notebooks": EXECUTED}
CHECKED = (".html", ".css", ".js", ".svg")
# Left behind by the build and of no use to a reader: caches, source maps, parts of the theme that no page loads.
LEFT_OUT = (
    ".buildinfo", ".doctrees", "*.map", "webpack-macros.html", "_sources", "vendor", "theme.css",
    "bootstrap.js*", "fontawesome.js*",
)  # fmt: skip

# Bookkeeping of the runs beside the notebooks: no reader downloads it.
KEPT_BACK = ("manifest.json",)


def build(root: Path) -> None:
    """Replace outputs/site by the site of the executed notebooks, figures and tables; SiteError leaves the old one."""
    written = write_editions(root)
    with replaced_folder(root / SITE) as folder:
        for name in written:
            pages = editions.place_of(root, name) / editions.PAGES
            link_tree(pages, folder if name == FRENCH else folder / name, *LEFT_OUT)
        for name, origin in DOWNLOADS.items():
            link_tree(root / origin, folder / FILES / name, *KEPT_BACK)
        required = [page for one in written.values() for page in one.required]
        facts = {path: page for one in written.values() for path, page in one.facts.items()}
        weights = {path: size for one in written.values() for path, size in one.weights.items()}
        check(folder, required, facts, weights)


def write_editions(root: Path) -> dict[str, Edition]:
    """Every edition by language: as it is kept, or written anew, each in a process of its own."""
    names = editions.languages(params.read(root).reports)
    made_from = inputs(root, names)
    found = {name: editions.kept(root, name, made_from[name]) for name in names}
    due = [name for name, one in found.items() if one is None]
    if due:
        with ProcessPoolExecutor(max_workers=len(due), mp_context=get_context("spawn")) as pool:
            written = list(pool.map(write_edition, *zip(*((root, one, made_from[one]) for one in due), strict=True)))
        found |= dict(zip(due, written, strict=True))
    return {name: one for name, one in found.items() if one}


def write_edition(root: Path, name: str, made_from: Inputs) -> Edition:
    """Write the edition `name` where it is kept, in a process of its own: Sphinx keeps the language of its first build.

    What writes it is imported there alone: most builds write no edition, or one.
    """
    from analysis.publication.site.edition_pages import write_pages  # noqa: PLC0415

    with speaking(name):
        return write_pages(root, editions.place_of(root, name), made_from)


def check(
    folder: Path,
    required: list[str],
    known: Mapping[str, Facts] | None = None,
    weights: Mapping[str, int] | None = None,
) -> None:
    """Raise SiteError when the site in `folder` is heavy, loads from elsewhere, or lacks a page, a text, a target.

    `known` and `weights` are what the pages that are in it have been found to keep and to weigh.
    """
    paths = dict(sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file()))
    texts = site_checks.Texts({name: path for name, path in paths.items() if path.suffix in CHECKED})
    site_checks.check(texts, paths.keys(), required, Weights(paths, dict(weights or {})), known)
