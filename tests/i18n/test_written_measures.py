"""Values of context layers, ranks, changes and beginnings in both languages."""

import pytest

from analysis.i18n import typography
from analysis.i18n.language import speaking
from analysis.i18n.measures import written
from analysis.i18n.periods import since


@pytest.mark.parametrize(
    ("kind", "value", "french", "english"),
    [
        ("count", 19088.0, "19\u202f088", "19,088"),
        ("change", 2.8476, "+2,8\u00a0%", "+2.8%"),
        ("change", -0.7981, "\u22120,8\u00a0%", "\u22120.8%"),
        ("change", -0.04, "0,0\u00a0%", "0.0%"),  # nothing is neither more nor less
        ("share", 11.0916, "11,1\u00a0%", "11.1%"),
        ("flag", 0.0, "0,0\u00a0%", "0.0%"),
    ],
)
def test_a_value_is_written_by_its_kind(kind, value, french, english):
    assert written(kind, value) == french
    with speaking("en"):
        assert written(kind, value) == english


@pytest.mark.parametrize(
    ("rank", "french", "english"),
    [(1, "1er", "1st"), (2, "2e", "2nd"), (3, "3e", "3rd"), (4, "4e", "4th"), (11, "11e", "11th"), (12, "12e", "12th"),
     (21, "21e", "21st"), (113, "113e", "113th"), (1001, "1\u202f001e", "1,001st")],
)  # fmt: skip
def test_ranks(rank, french, english):
    assert typography.ordinal(rank) == french
    with speaking("en"):
        assert typography.ordinal(rank) == english


def test_since_is_as_exact_as_what_is_known():
    assert since("2020-10-15") == "depuis le 15 octobre 2020"
    assert since("2024-09") == "depuis septembre 2024"
