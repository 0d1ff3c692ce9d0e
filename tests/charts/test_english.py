"""Every figure in English: it is drawn, it stays readable, and it keeps no French but names and titles of sources."""

import re

import polars as pl
import pytest
from figures import drawn, figures
from matplotlib.text import Text

from analysis.charts.maps.labels import LABEL_ID
from analysis.i18n import typography
from analysis.i18n.language import ENGLISH, speaking
from analysis.reports.atlas import Atlas

# What stays French in English: the programme, those who say what is quoted, and names that no table holds.
KEPT = ("Territoires d’industrie", "Territoire d’industrie", "Banque des Territoires", "Métropole Européenne de Lille")
FRENCH = re.compile(
    r"(?<![\w’-])(?:aux?|aucune?|avec|dans|des?|du|est|et|habitants?|hors|la|les?|membres?|n\. d\.|ou|par|qui|sans"
    r"|selon|sur|territoires?|une?)(?![\w’-])|\b[dlns]’",
    re.IGNORECASE,
)
FRENCH_NUMBER = re.compile("\u202f|\\d,\\d\\d?(?!\\d)|[ \u00a0][:;?!%»]|\\d[ \u00a0](?:M|Md)?€|«")


@pytest.fixture(scope="module")
def atlas(root):
    return Atlas(root)


@pytest.fixture(scope="module")
def names(atlas):
    """Names of places, programmes and sources, the longest first: what holds another one goes before it."""
    tables = [("core_territories", "name"), ("core_territories", "region_name"), ("core_members", "member_name")]
    found = {*KEPT, *pl.concat([atlas.table(table).get_column(column) for table, column in tables])}
    found |= set(atlas.table("out_programme_overlap").get_column("title"))
    found |= {one.producer for one in atlas.sources.values()} | set(atlas.table("core_communes").get_column("name"))
    return sorted(map(plain, found), key=len, reverse=True)


def plain(text):
    """Without hard spaces and line ends, apostrophes curly."""
    return " ".join(typography.typographic(text).replace("\u202f", " ").split())


def texts(picture):
    """Title, alternative text and what is drawn, without names on maps and the credit line."""
    drawn = [
        one.get_text()
        for one in picture.figure.findobj(Text)
        if one.get_visible() and not (one.get_gid() or "").startswith(LABEL_ID)
    ]
    return [picture.title, picture.alt, *(text for text in drawn if plain(text) != plain(picture.credit))]


def french_in(text, names):
    """French words of a text outside names, and numbers and signs written as in French."""
    found, rest = FRENCH_NUMBER.findall(text), plain(text)
    if FRENCH.search(rest):
        for name in (name for name in names if name in rest):
            rest = rest.replace(name, "…")
    return found + FRENCH.findall(rest)


@pytest.mark.parametrize(("figure", "place"), figures())
def test_figure_speaks_english(atlas, names, readable, figure, place):
    with speaking(ENGLISH):
        picture = drawn(atlas, figure, place)
        readable(picture)
    assert {text: found for text in texts(picture) if (found := french_in(text, names))} == {}
    assert picture.credit.startswith(("Source: ", "Sources: "))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Map of the region Pays de la Loire, phase 1", []),
        ("Carte de la région Bretagne", ["de", "la"]),
        ("two members and 3 territoires", ["territoires"]),
        ("1,234.5 km², €1.36bn", []),
        ("45,5\u00a0% of the population", ["5,5", "\u00a0%"]),
        ("Phase 1\u00a0: 12 communes", ["\u00a0:"]),
    ],
)
def test_french_is_found(text, found):
    assert french_in(text, ["Pays de la Loire"]) == found
