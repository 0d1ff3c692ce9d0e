"""The English pages as readers read and hear them: no French outside names and what is marked as French."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from unmarked import VOID

from analysis.sources import provenance

# Pages that explain French words, and quote them.
OF_WORDS = frozenset({"glossaire.html", "methode.html", "ajouter-une-source.html"})
SPOKEN = ("aria-label", "title", "alt", "placeholder", "content", "data-label")
SILENT = frozenset({"script", "style", "code", "pre"})
NAMED = ("communes", "intercommunalities", "departments", "regions", "territories")  # raw tables of places
# French that stays in English: programmes, bodies and plans by their names.
PROGRAMME = (
    "Territoires d'industrie", "Territoire d'industrie", "Banque des Territoires", "Caisse des Dépôts",
    "Cour des comptes", "Métropole européenne de Lille", "SCOT Lille Métropole", "Action cœur de ville",
    "Petites villes de demain", "France ruralités revitalisation",
)  # fmt: skip
FRENCH = re.compile(
    r"(?<![\w'-])(?:aux?|aucune?s?|avec|dans|des|du|elles?|est|et|hors|ils|la|le|les|leurs?|membres?|ne|ou|par|pas|plus|pour"
    r"|publiés?|que|qui|sans|selon|ses|sont|sous|sur|territoires?|habitants?|une?|vers|données|chiffres?|régions?|de)(?![\w'-])"
    r"|\b[dlnsj]'|\d,\d+ ?%|\d[\u202f\u00a0]\d{3}\b|[«»]|\w [:;?!](?= |$)",
    re.IGNORECASE,
)


class _Texts(HTMLParser):
    """Texts and spoken attributes that stand in no element of another language."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = any(given.get(name) == "fr" for name in ("lang", "hreflang"))
        out = foreign or tag in SILENT or any(hidden for _, hidden in self._open)
        if not out:
            self.found += [given[name] for name in SPOKEN if given.get(name)]
        if tag not in VOID:
            self._open.append((tag, out))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not any(hidden for _, hidden in self._open):
            self.found.append(data)


def plain(text: str) -> str:
    return re.sub(r"[ \n]+", " ", text.replace("’", "'").replace("–", "-").replace("\u00a0-", " -")).strip()


def english_texts(html: str) -> Iterator[str]:
    reader = _Texts()
    reader.feed(html)
    yield from (plain(one) for one in reader.found)


@pytest.fixture(scope="module")
def names(root, raw, table) -> re.Pattern[str]:
    """Every name that a page may show in French: places, members, publishers."""
    tables = [*(raw[name] for name in NAMED), table("core_territories")]
    found = {plain(name) for frame in tables for name in frame.get_column("name")}
    found |= {plain(one.producer) for one in provenance.load_sources(root / "data/raw/sources.yaml").values()}
    found |= {plain(item) for item in table("core_enumerations").get_column("item").drop_nulls()}
    longest = sorted((*(one for one in found if len(one) > 2), *PROGRAMME), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


def french(pages: list[Path], names: re.Pattern[str]) -> dict[str, str]:
    """French texts with a page that has each."""
    where = {
        text: page.name for page in pages for text in english_texts(page.read_text("utf-8")) if FRENCH.search(text)
    }
    return {text: page for text, page in where.items() if FRENCH.search(names.sub("X", text))}


def test_english_pages_hold_no_french_that_is_not_marked(site, names):
    every = [path for path in sorted((site / "en").rglob("*.html")) if path.name not in OF_WORDS]
    sheets = [path for path in every if path.name.startswith("60_")]
    pages = [path for path in every if path not in sheets] + sheets[::8]  # sheets are of one template
    if not pages:
        pytest.skip("NOT TESTED: the site has no English edition.")
    assert french(pages, names) == {}


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Données de la région : files</p>", ["Données de la région : files"]),
        ('<img alt="Carte des territoires">', ["Carte des territoires"]),
        ("<p>45,5 % of them</p>", ["45,5 % of them"]),
        ("<p>1\u202f234 communes</p>", ["1\u202f234 communes"]),
        ('<p lang="fr">Où sont les territoires ?</p><p>Here.</p>', []),
        ("<p>Data of La Réunion: 45.5%</p>", []),
    ],
)
def test_french_on_an_english_page_is_found(tmp_path, html, found):
    page = tmp_path / "a.html"
    page.write_text(html, encoding="utf-8")
    assert list(french([page], re.compile("La Réunion"))) == found
