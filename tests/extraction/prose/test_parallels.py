"""A figure of a series answers to the one before it in the same order."""

import pytest

NORTH = "Le territoire Nord Lorraine"


@pytest.mark.parametrize(("text", "expected"), [
    (f"{NORTH} réunissait six intercommunalités et 207 communes ; on en est à quatre et 111.",
     [("member_intercommunalities", 6), ("communes", 207), ("member_intercommunalities", 4), ("communes", 111)]),
    ("En première phase, 46 % des communes et 45 % des habitants étaient couverts ; en phase 2, ces parts atteignent "
     "respectivement 54 % et 60 %.",
     [("share_of_communes", 46), ("share_of_population", 45), ("share_of_communes", 54), ("share_of_population", 60)]),
    ("Six communes sur dix sont dans un territoire d'industrie, contre une sur deux auparavant.",
     [("share_of_communes", 60), ("share_of_communes", 50)]),
])  # fmt: skip
def test_a_series_answers_to_the_one_before(read, text, expected):
    assert [(row["concept"], row["value_low"]) for row in read(text) if row["concept"]] == expected


def test_a_change_is_no_series(read):
    text = "Le Grand Est avait 17 labels, une hausse de 41 % du nombre de territoires. La Bretagne passe de huit à dix."
    concepts = [row["concept"] for row in read(text)]
    assert concepts[-1] != "territory_growth"
