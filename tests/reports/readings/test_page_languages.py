"""What is shown of a document with doubts: no English in French, no French in English but its own words."""

import json
import re

import pytest

from analysis.extraction.prose.doubt_kinds import KINDS
from analysis.i18n.language import LANGUAGES, speaking
from analysis.reports.readings.document_reading import Given, of_bytes
from analysis.reports.readings.figure_lists import figures_list
from analysis.reports.readings.glance import about, verdicts_picture
from analysis.reports.readings.marked_text import marked_text
from analysis.reports.readings.outlined import outlined_pages

TEXT = """Territoires d’industrie, le point

En Normandie, 10 territoires labellisés en Corse.

Le lundi 19 novembre, on comptait 136 territoires labellisés.

La Bretagne compte 10 territoires labellisés et 3 nouveaux, contre 4 en mars 2023 ou en avril 2023.

« On compte bien 12 territoires dans la région », dit-on.

Au budget, 45 millions d’euros. La moitié d’entre eux, 8, sont aidés.
"""
ENGLISH = re.compile(r"\b(?:the|of|is|are|and|which|was|to|it|not|only|near|said|with|by|for|read)\b", re.I)
FRENCH = re.compile(
    r"\b(?:le|la|les|des|du|est|sont|et|dans|un|une|qui|ce|ou|pas|figures? lues)\b| [:;?!]", re.IGNORECASE
)


@pytest.fixture(scope="module")
def found(root):
    return of_bytes(TEXT.encode(), "point.txt", "point", Given("2019-11-20"), root)


def shown(found, language: str) -> str:
    with speaking(language):
        parts = (about, marked_text, outlined_pages)
        htmls = [
            *(part(found).html for part in parts),
            *(part(found.figures).html for part in (verdicts_picture, figures_list)),
        ]
    return "\n".join(htmls)


def words(html: str) -> str:
    spoken = " ".join(re.findall(r'(?:title|aria-label)="([^"]*)"', html))
    return re.sub(r"<[^>]*>", " ", html) + spoken


def test_the_document_raises_doubts_of_several_parts(found):
    codes = {one["code"] for text in found.figures["evidence"] for one in json.loads(text)["doubts"]}
    assert len({KINDS[code].about for code in codes}) > 1


def test_the_french_page_holds_no_english(found):
    assert ENGLISH.findall(words(shown(found, "fr"))) == []


def test_the_english_page_holds_no_french_but_what_it_quotes(found):
    html = shown(found, "en")
    assert "[fr:" not in html
    doubts = re.findall(r'<p class="doubt">(.*?)</p>', html)
    assert doubts
    assert [one for one in doubts if FRENCH.search(one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_doubtful_figure_says_why(found, language):
    doubtful = int(found.figures["doubtful"].sum())
    assert shown(found, language).count('<p class="doubt">') == doubtful > 0
