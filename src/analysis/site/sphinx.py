"""Sphinx with MyST-NB and the PyData theme, set for a French site that loads nothing from elsewhere."""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.search.fr import SearchFrench
from sphinx.util.docutils import docutils_namespace, patch_docutils

from analysis.errors import SiteError
from analysis.site.communes import ExtraPage
from analysis.site.html import folded
from analysis.site.pages import TITLE

ASSETS = Path(__file__).parent / "assets"
STATIC = "_static"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
ENGLISH_LABEL = ' aria-label="Toggle hidden content"'
THEME: Mapping[str, Any] = {
    "article_header_start": ["breadcrumbs"],
    "footer_start": ["atlas-footer"],
    "footer_end": [],
    "logo": {"text": "Territoires d’industrie"},
    "navbar_center": [],
    "navbar_end": ["theme-switcher"],
    "primary_sidebar_end": [],
    "pygments_dark_style": "a11y-high-contrast-dark",
    "pygments_light_style": "a11y-high-contrast-light",
    "search_bar_text": "Rechercher dans l’atlas…",
    "secondary_sidebar_items": ["page-toc"],
    "show_toc_level": 2,
}
SETTINGS: Mapping[str, Any] = {
    "extensions": ["myst_nb"],
    "exclude_patterns": [STATIC],
    "html_copy_source": False,
    "html_css_files": ["atlas.css"],
    "html_favicon": f"{STATIC}/favicon.svg",
    "html_last_updated_fmt": None,
    "html_permalinks_icon": "#",
    "html_show_copyright": False,
    "html_show_sourcelink": False,
    "html_show_sphinx": False,
    "html_sidebars": {"**": ["atlas-nav"]},
    "html_static_path": [STATIC],
    "html_theme": "pydata_sphinx_theme",
    "html_theme_options": dict(THEME),
    "html_title": TITLE,
    "html_use_index": False,
    "language": "fr",
    "myst_links_external_new_tab": False,
    "nb_code_prompt_hide": "Masquer le code",
    "nb_code_prompt_show": "Afficher le code",
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},  # the default names a remote host
    "project": TITLE,
    "smartquotes": False,
    "templates_path": [str(ASSETS / "_templates")],
}


PLAIN: Mapping[str, Any] = {"html_theme.sidebar_secondary.remove": True}  # no table of contents on the right


class AccentlessFrench(SearchFrench):
    """French search that finds "région" when a reader types "region"; search-atlas.js does the same to queries."""

    def __init__(self, options: dict[str, str]) -> None:
        super().__init__(options)
        self._known: dict[str, str] = {}  # pages repeat their words, and a stem takes longer than a look-up

    def stem(self, word: str) -> str:
        """The word's stem without accents."""
        if word not in self._known:
            self._known[word] = folded(super().stem(word))
        return self._known[word]


def _keep_code_out_of_search(app: Sphinx, doctree: nodes.document, name: str) -> None:
    for container in doctree.findall(nodes.container):
        if "cell_input" in container["classes"]:
            container["classes"].append("no-search")


def _speak_french(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Drop the English label that MyST-NB gives to toggles (their text is their name); parents by their short name."""
    if "body" in context:
        context["body"] = context["body"].replace(ENGLISH_LABEL, "")
    names = context.get("atlas_names", {})
    for parent in context.get("parents", ()):
        parent["title"] = names.get(parent["link"], parent["title"])


def _framed(app: Sphinx, extra: Iterable[ExtraPage]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Pages that are HTML already, as Sphinx collects them: neither parsed nor in the index of the search."""
    builder: Any = app.builder
    for one in extra:
        parents = [{"link": builder.get_relative_uri(one.name, name), "title": title} for name, title in one.above]
        yield one.name, {"title": one.title, "body": one.body, "parents": parents, "meta": PLAIN}, one.template


def render(
    source: Path,
    output: Path,
    cache: Path,
    context: Mapping[str, Any] | None = None,
    extra: Iterable[ExtraPage] = (),
) -> None:
    """Build the HTML of `source` (Markdown, notebooks, _static) into `output`; any warning is a SiteError.

    `context` holds what the templates show: `atlas_nav`, captions with their pages (stem, title), and
    `atlas_section`, the page of the navigation that stands for one that is not in it. `extra` are pages that
    Sphinx only puts into the site's frame.
    """
    settings = {**SETTINGS, "html_context": dict(context or {})}
    warnings = io.StringIO()
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, None, output, cache, "html", settings, None, warnings, freshenv=True)
            app.add_search_language(AccentlessFrench)
            app.connect("doctree-resolved", _keep_code_out_of_search)
            app.connect("html-page-context", _speak_french)
            app.connect("html-collect-pages", lambda app: _framed(app, extra))
            app.build(force_all=True)
    except (SphinxError, OSError, ValueError) as error:
        raise SiteError(f"Sphinx stopped: {error}", repair="Correct the page, then run `dvc repro`.") from error
    said = [line for line in COLOUR.sub("", warnings.getvalue()).splitlines() if line.strip()]
    if said:
        what = f"Sphinx warns: {said[0].replace(f'{source}/', '')}."
        raise SiteError(what, repair="Correct the page it names, then run `dvc repro`.")
