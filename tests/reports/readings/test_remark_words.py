"""What has to be told of a document, as pages say it."""

import pytest

from analysis.extraction.documents import Remark
from analysis.extraction.documents.remarks import TOLD
from analysis.i18n.language import ENGLISH, FRENCH, speaking
from analysis.reports.readings.remark_words import WORDS, worded


def test_every_remark_has_words():
    assert set(WORDS) == set(TOLD)
    assert all(WORDS[code].count("{}") == told.count("{}") for code, told in TOLD.items())


@pytest.mark.parametrize(
    ("language", "told"),
    [(FRENCH, "pages lues\u00a0: les 3 premières sur 7"), (ENGLISH, "pages read: the first 3 of 7")],
)
def test_a_remark_is_told_in_the_language_of_the_page(language, told):
    with speaking(language):
        assert worded(Remark("pages_beyond", ("3", "7"))) == told
