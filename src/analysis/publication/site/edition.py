"""An edition of the site as it was written: taken again as it is while nothing that it is made from changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import SiteError
from analysis.i18n.language import FRENCH, LANGUAGES
from analysis.io import sealed
from analysis.io.digests import folder_digest
from analysis.io.params import WHERE, Reports
from analysis.publication.site.kept import FOLDER
from analysis.publication.site.made_from import Inputs
from analysis.publication.site.page_facts import Facts

PAGES, RECORD = "edition", "edition.kept"  # its files, and what is known of them


@dataclass(frozen=True, slots=True)
class Edition:
    """Pages that must be there; of each page, by its path in the site, what it keeps and asks for, and its bytes."""

    required: list[str]
    facts: Mapping[str, Facts]
    weights: Mapping[str, int]


def languages(reports: Reports) -> list[str]:
    """The site's editions, French first; SiteError without it."""
    if FRENCH not in reports.languages:
        raise SiteError("the site needs its French edition.", where=WHERE, repair="Add fr to reports.languages.")
    return sorted(reports.languages, key=list(LANGUAGES).index)


def place_of(root: Path, name: str) -> Path:
    """Where the edition `name` is kept."""
    return root / FOLDER / name


def kept(root: Path, name: str, made_from: Inputs) -> Edition | None:
    """The edition `name` as the last build left it, if it was made from the same and its files are as they were."""
    place = place_of(root, name)
    edition, digest = sealed.load(place / RECORD, made_from.key) or (None, "")
    return edition if edition and digest == folder_digest(place / PAGES) else None


def keep(place: Path, made_from: Inputs, edition: Edition) -> None:
    """Note what is known of the edition whose files are in `place`."""
    sealed.save(place / RECORD, made_from.key, (edition, folder_digest(place / PAGES)))
