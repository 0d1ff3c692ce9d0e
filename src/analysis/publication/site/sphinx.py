"""Sphinx with MyST-NB and the PyData theme, set for a site in one language that loads nothing from elsewhere."""

import io
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.search.fr import SearchFrench
from sphinx.util.docutils import docutils_namespace, patch_docutils

from analysis.errors import AtlasError, SiteError
from analysis.i18n.language import FRENCH, N_, language, tr
from analysis.io.file_names import relative
from analysis.io.memory import digest
from analysis.publication.site.due import Due
from analysis.publication.site.html import STATIC, TITLE, ExtraPage, folded
from analysis.publication.site.kept import TEMPLATES
from analysis.publication.site.policy import POLICY

ASSETS = Path(__file__).parent / "assets"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SAID = re.compile(r'\btr\("([^"]+)"\)')  # messages in templates
ENGLISH_LABEL = ' aria-label="Toggle hidden content"'
THEME: Mapping[str, Any] = {
    "article_header_start": ["breadcrumbs"],
    "footer_start": ["atlas-footer"],
    "footer_end": [],
    "logo": {"text": "Territoires d’industrie"},
    "navbar_center": [],
    "navbar_end": ["atlas-theme"],
    "navbar_persistent": ["search-button-field", "atlas-editions"],
    "primary_sidebar_end": [],
    "pygments_dark_style": "a11y-high-contrast-dark",
    "pygments_light_style": "a11y-high-contrast-light",
    "search_bar_text": N_("Rechercher dans l’atlas…"),
    "secondary_sidebar_items": ["page-toc"],
    "show_toc_level": 3,  # all of it: entries that open while one reads would move the others
}
SETTINGS: Mapping[str, Any] = {
    "extensions": ["myst_nb"],
    "exclude_patterns": [STATIC],
    "html_copy_source": False,
    "html_css_files": ["atlas.css", "pages.css", "told.css"],
    "html_js_files": [("plural.js", {"defer": "defer", "priority": 300}), ("told.js", {"defer": "defer"})],
    "html_favicon": f"{STATIC}/favicon.svg",
    "html_last_updated_fmt": None,
    "html_permalinks_icon": "#",
    "html_show_copyright": False,
    "html_show_sourcelink": False,
    "html_show_sphinx": False,
    "html_sidebars": {"**": ["atlas-nav"]},
    "html_static_path": [STATIC],
    "html_theme": "pydata_sphinx_theme",
    "html_use_index": False,
    "myst_links_external_new_tab": False,
    "nb_execution_mode": "off",
    "nb_ipywidgets_js": {},  # the default names a remote host
    "smartquotes": False,
    "templates_path": [str(TEMPLATES)],
}


PLAIN: Mapping[str, Any] = {"html_theme.sidebar_secondary.remove": True}  # no table of contents on the right


def settings() -> dict[str, Any]:
    """Sphinx's settings for the language in force."""
    return {
        **deepcopy(dict(SETTINGS)),  # the theme adds to its lists
        "html_theme_options": {**THEME, "search_bar_text": tr(THEME["search_bar_text"])},
        "html_title": tr(TITLE),
        "language": language(),
        "nb_code_prompt_hide": tr("Masquer le code"),
        "nb_code_prompt_show": tr("Afficher le code"),
        "project": tr(TITLE),
    }


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


def _speak(app: Sphinx, name: str, template: str, context: dict[str, Any], tree: object) -> None:
    """Drop the English label that MyST-NB gives to toggles (their text is their name); parents by their short name."""
    context["tr"] = tr
    if "body" in context:
        context["body"] = context["body"].replace(ENGLISH_LABEL, "")
    names = context.get("atlas_names", {})
    for parent in context.get("parents", ()):
        name = names.get(parent["link"])
        parent["title"] = escape(name) if name else parent["title"]  # the template writes it as it is


def _highlight_once(app: Sphinx) -> None:
    """Code that many pages share is coloured once."""
    bridge: Any = app.builder.highlighter  # type: ignore[attr-defined]
    colour, known = bridge.highlight_block, {}

    def remembered(source: str, lang: str, *options: Any, location: Any = None, **others: Any) -> str:
        key = (source, lang, repr(options), repr(sorted(others.items())))
        if key not in known:
            known[key] = colour(source, lang, *options, location=location, **others)
        return str(known[key])

    bridge.highlight_block = remembered


def _load_index(app: Sphinx) -> None:
    """Words that no page has any more leave the index of the search, which Sphinx takes up from the last build."""
    builder: Any = app.builder
    load = builder.load_indexer

    def without_empty(names: Iterable[str]) -> None:
        load(names)
        for words in (builder.indexer._mapping, builder.indexer._title_mapping):
            for word in [word for word, pages in words.items() if not pages]:
                del words[word]

    builder.load_indexer = without_empty


def _framed(app: Sphinx, extra: Iterable[ExtraPage], due: Due) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Pages that are HTML already, as Sphinx collects them: neither parsed nor in the index of the search."""
    builder: Any = app.builder
    for one in extra:
        parents = [{"link": builder.get_relative_uri(one.name, name), "title": title} for name, title in one.above]
        if due.is_due(relative(one.name), one.title, one.body, parents, one.template):
            context = {"title": one.title, "body": one.body, "parents": parents, "meta": PLAIN}
            yield relative(one.name), context, one.template


def _connect(app: Sphinx, extra: Iterable[ExtraPage], due: Due) -> None:
    builder: Any = app.builder
    if language() == FRENCH:
        app.add_search_language(AccentlessFrench)
    app.connect("env-before-read-docs", due.read)
    app.connect("env-updated", due.write)
    builder.get_outdated_docs = list  # by times: `due` knows
    app.connect("doctree-resolved", _keep_code_out_of_search)
    app.connect("html-page-context", _speak, priority=400)  # before the theme renders its own parts
    _highlight_once(app)
    _load_index(app)
    app.connect("html-collect-pages", lambda app: _framed(app, extra, due))


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
    Sphinx only puts into the site's frame. Where `cache` and `output` are those of an earlier build, only the pages
    that are due are made again.
    """
    shown = {"atlas_language": language(), "atlas_policy": POLICY, **(context or {})}
    chosen = {**settings(), "html_context": shown}
    said = [tr(one) for path in sorted(TEMPLATES.iterdir()) for one in SAID.findall(path.read_text(encoding="utf-8"))]
    due, warnings = Due(cache, output, digest(chosen, said)), io.StringIO()
    shutil.rmtree(output / STATIC, ignore_errors=True)
    try:
        with patch_docutils(), docutils_namespace():
            app = Sphinx(source, None, output, cache, "html", chosen, None, warnings)
            _connect(app, extra, due)
            app.build()
    except (SphinxError, OSError, ValueError) as error:
        cause = getattr(error, "orig_exc", None)
        if isinstance(cause, AtlasError):
            raise cause from error
        raise SiteError(f"Sphinx stopped: {error}", repair="Correct the page, then run `dvc repro`.") from error
    told = [line for line in COLOUR.sub("", warnings.getvalue()).splitlines() if line.strip()]
    if told:
        what = f"Sphinx warns: {told[0].replace(f'{source}/', '')}."
        raise SiteError(what, repair="Correct the page it names, then run `dvc repro`.")
    due.finish("search")
