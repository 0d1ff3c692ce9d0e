"""Every figure in English: it is drawn, it stays readable, and it keeps no French but names and titles of sources."""

import re

import polars as pl
import pytest
from matplotlib.text import Text

from analysis.charts.maps.labels import LABEL_ID
from analysis.i18n import typography
from analysis.i18n.language import ENGLISH, speaking
from analysis.reports.atlas import Atlas

NATIONAL = [
    "label_timeline", "national_map", "coverage", "region_balance", "phase_flow", "phase_status_map", "region_change",
    "envelopes", "hundred_millions", "lille_map", "lille_plan", "verdicts", "contradictions",
]  # fmt: skip
REPORTS = [
    ("region_map", ("06", 1)),  # without a territory
    ("region_map", ("44", 1)),  # with signed contracts
    ("region_flow", ("06",)),
    ("region_flow", ("24",)),  # with a territory of another region
    ("territory_map", (1, "ti-1101")),  # of an établissement public territorial
    ("territory_map", (2, "ti-8401")),
    ("territory_change", (1, "ti-2808")),  # without a link
    ("territory_change", (2, "ti-5309")),
]
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
    """Names of places and of sources, the longest first: what holds another one goes before it."""
    tables = [("core_territories", "name"), ("core_territories", "region_name"), ("core_members", "member_name")]
    found = {*KEPT, *pl.concat([atlas.table(table).get_column(column) for table, column in tables])}
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


@pytest.mark.parametrize(
    ("figure", "arguments"),
    [*((name, ()) for name in NATIONAL), *REPORTS],
    ids=lambda one: "-".join(map(str, one)) if isinstance(one, tuple) else one,
)
def test_figure_speaks_english(atlas, names, readable, figure, arguments):
    with speaking(ENGLISH):
        picture = getattr(atlas, figure)(*arguments)
        readable(picture)
    assert {text: found for text in texts(picture) if (found := french_in(text, names))} == {}
    assert picture.credit.startswith(("Source: ", "Sources: "))


def test_every_figure_of_the_atlas_is_drawn_in_english(root):
    modules = {path.stem for path in (root / "src/analysis/charts").glob("[a-z]*.py")} - {"figure_sources"}
    assert {*NATIONAL, *(name for name, _ in REPORTS)} == modules


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
