"""`analysis where`: over the real lists, each commune one of those whose territory changed or did not."""

import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import ParameterError

runner = CliRunner()


def said(*arguments, answer=None):
    found = runner.invoke(cli.app, ["where", *arguments], input=answer)
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return " ".join(found.output.split())


@pytest.mark.parametrize("commune", ["Morlaix", "29151", "morlaix"])
def test_a_commune_is_found_by_name_or_code_with_its_edition_and_source(commune):
    told = said(commune, "--on", "2020-10-15")
    assert "Morlaix (29151), on 2020-10-15:" in told
    assert "phase 1: ti-5307 Pays de Morlaix, since 2020-10-15 (the first list known) (edition 2020-10" in told
    assert "(cdc-list-2020)" in told
    assert "phase 2: no list yet: the first is of 2023-11-09" in told


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        ("2022-12-30", ["ti-5307 Pays de Morlaix"]),
        ("2022-12-31", ["ti-5313 Finistère, since 2022-12-31 (edition 2022-12"]),
        ("2023-11", ["ti-5313 Finistère", "edition 2023-11 of the list, in force since 2023-11-09"]),
        ("", ["in the lists in force", "ti-5313 Finistère, since 2022-12-31", "edition 2024-09"]),
    ],
)
def test_the_answer_is_that_of_the_day(day, parts):
    told = said("29151", *(["--on", day] if day else []))
    assert [one for one in parts if one not in told] == []


def test_who_entered_in_september_2024_was_in_no_territory_before():
    assert "phase 2: in no territory (edition 2023-11" in said("58046", "--on", "2023-12-01")
    assert "phase 2: ti-2707" in said("58046")


def test_a_commune_that_has_ended_is_found_by_its_code():
    assert "(01138)" in said("01039")  # merged in 2023


def test_of_several_communes_one_is_asked_for():
    told = said("Saint-Denis", answer="93066\n")
    assert "97411 Saint-Denis" in told
    assert "Saint-Denis (93066), in the lists in force:" in told
    assert "is none of" in said("Saint-Denis", answer="75056\n")


def test_a_code_that_is_a_postcode_too_is_taken_as_the_code():
    told = said("35360")
    assert "35027 Boisgervilly (Ille-et-Vilaine)" in told
    assert "35360 is an INSEE code and a postcode: taken as the code of Vitré." in told
    assert "Vitré (35360), in the lists in force:" in told


@pytest.mark.parametrize("postcode", ["29600"])
def test_a_postcode_gives_its_communes(postcode):
    assert "Morlaix (29151), on 2020-10-15" in said(postcode, "--on", "2020-10-15", answer="29151\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Morlaix", "--on", "2020-10-14"], "no list is known of 2020-10-14: the first is of 2020-10-15.*2022-12-31"),
        (["Morlaix", "--on", "hier"], "'hier' is no date.*YYYY-MM-DD"),
        (["Morlaix", "--on", "2021-02-30"], "'2021-02-30' is no date"),
        (["Saint-Denis"], "'Saint-Denis' is the name or the postcode of several.*analysis where 11339"),
        (["Morlaixx"], "no commune is called 'Morlaixx'.*Did you mean Morlaix"),
        (["99999"], "no commune is called '99999'"),
    ],
)
def test_what_cannot_be_answered_says_what_can(arguments, message):
    with pytest.raises(ParameterError, match=message):
        said(*arguments)
