"""Findings in words: every kind has a sentence in both languages, and says its numbers."""

import math
from dataclasses import replace

import pytest

from analysis.i18n.language import ENGLISH, FRENCH, speaking
from analysis.upkeep.changes import reasons
from analysis.upkeep.changes.ranking import Finding, Kind

ROWS = tuple((2, f"m{rank}") for rank in range(7))
BESIDE = {Kind.OUTSIDE: (("maximum", 100.0),), Kind.ELSEWHERE: (("region_code", "06"),), Kind.FACTOR: (("phase", 2),)}


def finding(kind, measure=1000.0, rows=ROWS):
    key = ("phase", "member_code")
    return Finding("essai", kind, 1.0, key, ("people",), rows, 1218, 45.5, 104.5, measure, BESIDE.get(kind, ()))


def said(one):
    with speaking(FRENCH):
        return reasons.reason(one).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_its_sentence_in_both_languages(kind):
    told = said(finding(kind))
    assert told.startswith("people : ")
    with speaking(ENGLISH):
        assert reasons.reason(finding(kind)).startswith("people: ")
        assert "[fr:" not in reasons.reason(finding(kind))
    assert set(reasons.SENTENCES) == set(Kind)
    assert "{" not in told


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1000.0, "×1 000 dans 7 lignes sur 1 218 (phase: 2), comme dans une autre unité"),
        (0.001, "÷1 000 dans 7 lignes sur 1 218 (phase: 2), comme dans une autre unité"),
        (1 / 2.589988, "÷2,59 dans 7 lignes sur 1 218 (phase: 2), comme dans une autre unité"),
        (-1.0, "autre signe dans 7 lignes sur 1 218 (phase: 2)"),
    ],
)
def test_a_factor_is_told_as_people_write_it(factor, words):
    assert said(finding(Kind.FACTOR, factor)) == f"people : {words}"


def test_rows_are_named_the_first_five_and_how_many_more():
    named = " ; ".join(f"phase: 2, member_code: m{rank}" for rank in range(5))
    assert said(finding(Kind.MOVED)) == (
        f"people : « 45,5 » devient « 104,5 » dans 7 lignes sur 1 218 ({named} et 2 de plus)"
    )


def test_a_number_says_how_many_usual_differences_it_moved_and_what_it_is_beyond():
    one = ROWS[:1]
    assert said(finding(Kind.NUMBER, 14.26, one)) == (
        "people : 45,5 devient 104,5 (×2,30), 14,3 fois l’écart habituel entre deux lignes (phase: 2, member_code: m0)"
    )
    assert said(finding(Kind.OUTSIDE, 10.0, one)) == (
        "people : 45,5 devient 104,5, au-dessus du maximum de 100 (phase: 2, member_code: m0)"
    )


def test_small_moves_say_how_much_at_most():
    assert "au plus 1,5 % dans 7 lignes" in said(finding(Kind.SMALL, 0.0149))
    assert "au plus moins de 0,1 %" not in said(finding(Kind.SMALL, 0.0000149))
    assert "moins de 0,1 % dans 7 lignes" in said(finding(Kind.SMALL, 0.0000149))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (-3378836, "−3 378 836"),
        (2019, "2019"),
        (45.25, "45,25"),
        (1e-9, "1e-09"),
        ("01001", "01001"),
        (None, "–"),
        (math.nan, "nan"),
        (math.inf, "inf"),
        (("a", "b"), "a; b"),
    ],
)
def test_large_and_broken_numbers_are_written_as_in_sentences_and_years_and_codes_as_they_are(value, words):
    one = replace(finding(Kind.NUMBER), before=value)
    assert said(one).startswith(f"people : {words} devient 104,5")


@pytest.mark.parametrize(("before", "times"), [("500", " (×2)"), (4000, " (÷4)"), (0, ""), (-5, "")])
def test_a_number_that_moved_says_how_many_times_it_is_what_it_was_where_that_has_a_meaning(before, times):
    assert f"devient 1000{times}, 14,3 fois" in said(replace(finding(Kind.NUMBER, 14.26), before=before, after=1000))
