"""The atlas, the search box and the index of communes in the site: what they read, and their files."""

from collections.abc import Iterable
from pathlib import Path

from analysis.errors import MissingFileError
from analysis.io import store
from analysis.io.paths import FIGURES, LAYERS, RAW, WEBMAP
from analysis.publication import webmap
from analysis.publication.site import communes, map_choices, map_page, search_box
from analysis.publication.site.files import link_tree
from analysis.publication.site.html import ExtraPage, edition
from analysis.publication.site.places import Places
from analysis.sources import context, provenance

STILL = "national_map"  # the figure that stands in for the atlas without JavaScript
REPAIR = "Run `make` to build it."


def gazetteer(root: Path, known: Places) -> communes.Gazetteer:
    """What the index of communes is made of."""
    departments, groups, postcodes = (store.read_raw(name, root) for name in webmap.RAW)
    return communes.Gazetteer(store.read_table("core_communes", root), departments, groups, postcodes, known)


def pages(root: Path, known: Places) -> list[ExtraPage]:
    """The atlas and the index of communes."""
    found = gazetteer(root, known)
    read = provenance.load_sources(root / RAW / "sources.yaml")
    text = store.read_text(root / edition(FIGURES) / f"{STILL}.txt", edition(FIGURES) / f"{STILL}.txt", repair=REPAIR)
    steps = webmap.Steps(*(store.read_table(name, root) for name in webmap.TABLES))
    choices = (map_choices.editions(steps), map_choices.columns(context.load(root / LAYERS, read), read))
    atlas = map_page.page(read, communes.counted(found.communes), STILL, text.splitlines()[1], *choices)
    return [atlas, *communes.pages(found)]


def sections(extra: Iterable[ExtraPage]) -> dict[str, str]:
    """For each page that has one above it, the page of the navigation that stands for it."""
    return {one.name: one.above[0][0] for one in extra if one.above}


def write(root: Path, known: Places, folder: Path) -> None:
    """Put the data that the scripts read into the site, with the addresses of the sheets."""
    if not (root / WEBMAP).is_dir():
        raise MissingFileError("the folder is missing.", where=WEBMAP, repair=REPAIR)
    link_tree(root / WEBMAP, folder / search_box.DATA)
    text = webmap.script(search_box.SHEETS, search_box.sheets(known))
    (folder / search_box.DATA / f"{search_box.SHEETS}.js").write_text(text, encoding="utf-8")
