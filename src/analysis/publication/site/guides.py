"""Pages for analysts: Markdown that comes with the package, translated passage by passage, numbers filled in."""

from collections.abc import Mapping
from pathlib import Path

from analysis.i18n.language import N_
from analysis.i18n.passages import translated

FOLDER = Path(__file__).parent / "assets" / "pages"
METHOD, GLOSSARY, ADD_A_SOURCE = "methode", "glossaire", "ajouter-une-source"
# Stem of the page in the site and of its file here: its title in the navigation.
GUIDES: Mapping[str, str] = {
    METHOD: N_("Méthode"),
    GLOSSARY: N_("Glossaire"),
    ADD_A_SOURCE: N_("Ajouter une source"),
}


def text(name: str) -> str:
    """A page as it is written: French Markdown, with places `{name}` for the numbers of the method."""
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8").removesuffix("\n")


def guides(values: Mapping[str, str]) -> dict[str, str]:
    """Every page by its stem, in the language in force; `values` fill the places of the method.

    TranslationError when a passage is not translated or a place is not filled.
    """
    return {name: translated(text(name), values if name == METHOD else None) for name in GUIDES}
