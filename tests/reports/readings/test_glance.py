"""The picture of a document's verdicts, and what the document says of itself."""

import re

import pytest
from invented_readings import RIGHT, WRONG

from analysis.extraction.documents import Remark
from analysis.i18n.language import speaking
from analysis.reports.readings.glance import about, totals, verdicts_picture

TEXT = "En 2023, 183 territoires, 185 territoires, 21 communes et 19 pôles."
FOUND = (
    ("183 territoires", RIGHT),
    ("185 territoires", RIGHT | {"doubtful": True}),
    ("21 communes", WRONG),
    ("19 pôles", {}),
)
BAR = re.compile(
    r'<g class="(\w+)"><text[^>]*class="sign">(.)</text><text[^>]*>([^<]*)</text>'
    r'<rect[^>]*width="([\d.]+)"[^>]*/>(?:<rect class="doubtful"[^>]*width="([\d.]+)"[^>]*/>)?'
    r"<text[^>]*>(\d+)</text></g>"
)


def test_each_verdict_has_its_bar_its_sign_its_word_and_its_count(figures):
    bars = BAR.findall(verdicts_picture(figures(TEXT, *FOUND)).html)
    assert [(state, sign, word, count) for state, sign, word, _, _, count in bars] == [
        ("confirmed", "✓", "confirmé", "2"),
        ("consistent", "≈", "cohérent", "0"),
        ("superseded", "↷", "dépassé", "0"),
        ("contradicted", "✗", "contredit", "1"),
        ("not_checkable", "?", "invérifiable", "0"),
        ("unresolved", "·", "sans concept", "1"),
    ]
    lengths = [(float(sure), float(unsure or 0)) for *_, sure, unsure, _ in bars]
    assert lengths[1] == (0, 0)
    assert lengths[0][0] == lengths[0][1] == lengths[3][0] > 0
    assert lengths[3][1] == 0


@pytest.mark.parametrize(
    ("language", "alt"),
    [
        (
            "fr",
            "4\u00a0chiffres\u00a0: 2 confirmés, 1 contredit et 1 sans concept. "
            "En pointillé\u00a0: la lecture est à vérifier (1).",
        ),
        (
            "en",
            "4\u00a0figures: 2 confirmed, 1 contradicted and 1 without a concept. "
            "Dashed: the reading is to be checked (1).",
        ),
    ],
)
def test_the_picture_has_a_text_in_its_place(figures, language, alt):
    with speaking(language):
        shown = verdicts_picture(figures(TEXT, *FOUND))
    assert shown.plain == alt
    assert f'role="img" aria-label="{alt}"' in shown.html
    assert f"<figcaption>{alt}</figcaption>" in shown.html


def test_a_document_without_a_figure_has_a_picture_of_zeros(figures):
    shown = verdicts_picture(figures(TEXT))
    assert shown.plain == "0\u00a0chiffre"
    assert {float(length) for *_, length, _, _ in BAR.findall(shown.html)} == {0}


def test_a_figure_without_a_concept_is_in_no_verdict(figures):
    counts = totals(figures(TEXT, ("19 pôles", {"verdict": "not_checkable"}), ("21 communes", WRONG)))
    assert {state: count for state, count in counts.items() if count} == {"contradicted": 1, "unresolved": 1}


def test_what_the_document_says_of_itself_stays_text(reading):
    known = {
        "title": "<b>Bilan</b>",
        "published": "2023-11-09",
        "page_count": 12,
        "remarks": (Remark("encoding", ("x & y",)),),
    }
    shown = about(reading(TEXT, *FOUND, **known))
    pairs = re.findall("<dt>(.*?)</dt><dd>(.*?)</dd>", shown.html)
    assert pairs == [
        ("Document", "a.txt"),
        ("Titre", "&lt;b&gt;Bilan&lt;/b&gt;"),
        ("Producteur", "le document ne le dit pas"),
        ("Publié", "9 novembre 2023"),
        ("Pages", "12"),
        ("Chiffres lus", "4"),
        ("dont jugés", "3"),
        ("dont la lecture est douteuse", "1"),
        ("Remarque", "le fichier est codé en x &amp; y, pas en UTF-8"),
    ]
