"""What Sphinx is given: the notebooks' pages and the site's own, scripts and style sheets, and what templates show."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.i18n import passages
from analysis.i18n.language import FRENCH, LANGUAGES, language
from analysis.io.file_names import file_name
from analysis.io.params import Reports
from analysis.publication.site import explore, mark_cards, search_box
from analysis.publication.site import front_page as site_pages
from analysis.publication.site import indexes as site_indexes
from analysis.publication.site.edition import languages
from analysis.publication.site.figures_page import Figure
from analysis.publication.site.html import STATIC, ExtraPage
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.own_pages import national, own_pages
from analysis.publication.site.places import Places
from analysis.publication.site.sphinx import ASSETS
from analysis.publication.site.tables_page import Origins


def write_sources(
    root: Path, pages: Sequence[SitePage], known: Places, folder: Path, made_by: Origins, found: Sequence[Figure]
) -> None:
    """What Sphinx reads: the notebooks' copies, the site's own pages, the style sheets and the scripts."""
    shutil.copytree(ASSETS / STATIC, folder / STATIC)
    (folder / STATIC / mark_cards.FILE).write_text(mark_cards.script(found, made_by), encoding="utf-8")
    for one in pages:
        written = json.dumps(one.notebook, ensure_ascii=False)  # MyST-NB checks it when it reads it
        (folder / f"{file_name(one.stem)}.ipynb").write_text(written, encoding="utf-8")
    for name, text in own_pages(root, pages, known, made_by, found).items():
        (folder / f"{file_name(name)}.md").write_text(passages.spaced(text) + "\n", encoding="utf-8")


def context(
    pages: Sequence[SitePage], known: Places, reports: Reports, extra: Sequence[ExtraPage] = ()
) -> dict[str, Any]:
    """What the templates show: the navigation, the index that stands for each report in it, and places' names."""
    listed = site_pages.navigation(national(pages, known))
    others = [name for name in languages(reports) if name != language()]
    return {
        "atlas_editions": [(name, LANGUAGES[name].name, _way(name)) for name in others],
        "atlas_nav": [(caption, list(entries.items())) for caption, entries in listed.items()],
        "atlas_section": {stem: site_indexes.index_of(one) for stem, one in known.by_stem.items()}
        | explore.sections(extra),
        "atlas_names": {one.address: one.name for one in known.by_stem.values()},
        "atlas_places": search_box.search_results(),
    }


def _way(name: str) -> str:
    """From the root of the edition in force to the root of another."""
    return f"{'' if language() == FRENCH else '../'}{'' if name == FRENCH else f'{name}/'}"
