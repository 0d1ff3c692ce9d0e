"""In which language readers are told things, and the catalogue that translates French into the others.

Messages are written in French where they are used, as `tr("{count} communes").format(count=…)`. The catalogue
`locale/<language>.po` holds the translations; `analysis catalogue` brings it up to date with the messages in use.
"""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl
from babel.messages import pofile

from analysis.errors import TranslationError


class Language(NamedTuple):
    """A language of the editions: its name in itself, and its code in the EU's authority table of languages."""

    name: str
    authority: str


FRENCH, ENGLISH = "fr", "en"
# By ISO 639-1 code; the first is the one that messages are written in, the others have a catalogue each.
LANGUAGES: Final[Mapping[str, Language]] = {
    FRENCH: Language("Français", "FRA"),
    ENGLISH: Language("English", "ENG"),
}
VARIABLE: Final = "ATLAS_LANGUAGE"  # environment: the language of a run of notebooks
CATALOGUES: Final = Path(__file__).parent / "locale"
MARK: Final = f"[{FRENCH}: "
MARKED: Final = re.compile(rf"{re.escape(MARK)}(?:[^\[\]<>]|\[[^\[\]<>]*\])*\]")
BETWEEN_TAGS: Final = re.compile(r"(?:(?<=>)|^)[^<>]+(?=<|$)")
UPDATE: Final = "Translate it there, after `analysis catalogue`."
_chosen: ContextVar[str] = ContextVar("language", default="")
LOOKED_UP: Final[set[tuple[str, str]]] = set()  # language and message: what this process has asked the catalogues for


def language() -> str:
    """The language in force: that of `speaking`, else the environment's, else French."""
    return _chosen.get() or os.environ.get(VARIABLE) or FRENCH


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Use the language `name` until the block ends."""
    token = _chosen.set(name)
    try:
        yield
    finally:
        _chosen.reset(token)


def tr(message: str) -> str:
    """The French `message` in the language in force; itself, marked as French, when the catalogue does not have it."""
    found = translation(message)
    return marked(message) if found is None else found


def translation(message: str) -> str | None:
    """The French `message` in the language in force; None when the catalogue does not have it."""
    name = language()
    if name == FRENCH or not message:
        return message
    LOOKED_UP.add((name, message))
    return catalogue(name).get(message)


def marked(text: str) -> str:
    """French words among those of another language, as they are shown until somebody has translated them."""
    return f"{MARK}{text}]"


def marked_html(html: str) -> str:
    """The same in HTML: words that are marked get `lang="fr"`, those in attributes stay as they are."""
    return BETWEEN_TAGS.sub(lambda text: MARKED.sub(rf'<span lang="{FRENCH}">\g<0></span>', text[0]), html)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext gives it
    """The message as it is: a constant that `tr` translates where it is used, and the catalogue collects here."""
    return message


@cache
def catalogue(name: str) -> dict[str, str]:
    """Translations of a language by French message, without the doubtful ("fuzzy") ones."""
    path = CATALOGUES / f"{name}.po"
    if name not in LANGUAGES or not path.is_file():
        known = ", ".join(LANGUAGES)
        raise TranslationError(f"no catalogue for the language {name!r}.", where=shown(name), repair=f"Known: {known}.")
    with path.open("rb") as file:
        found = pofile.read_po(file, locale=name, abort_invalid=True)
    return {str(one.id): str(one.string) for one in found if one.id and one.string and not one.fuzzy}


def shown(name: str) -> str:
    """A language's catalogue as errors name it."""
    return f"src/analysis/i18n/locale/{name}.po"


def alphabetical(*columns: str) -> list[pl.Expr]:
    """What `sort` takes to put names word by word, without accents, signs and case; then as written."""
    keys = [
        pl.col(one)
        .str.normalize("NFKD")
        .str.replace_all(r"\p{Mn}", "")
        .str.to_lowercase()
        .str.replace_all("œ", "oe")
        .str.replace_all("[^a-z0-9]+", " ")
        for one in columns
    ]
    return [*keys, *map(pl.col, columns)]
