"""The programme is data: what stands in programme.yaml is checked, and named where it is wrong."""

from pathlib import Path

import pytest

from analysis import programme
from analysis.errors import SourceError

ONE = """\
name: Villages d’eau
territory: {one: village, many: villages, of: du village, none: aucun village}
ids: ve-RRNNN
phases:
  1: {first: 2021, last: 2026, colour: "#33608C", marker: o, members: communes}
"""
TWO = ONE + '  2: {first: 2027, last: 2030, colour: "#B8433A", marker: D, members: communes}\n'


def parsed(text: str) -> programme.Programme:
    return programme.parse(Path("programme.yaml"), text)


@pytest.mark.parametrize(("text", "phases"), [(ONE, [1]), (TWO, [1, 2])])
def test_a_programme_has_one_phase_or_two(text, phases):
    found = parsed(text)
    assert found.name == "Villages d’eau"
    assert list(found.phases) == phases
    assert found.phases[1].first == 2021


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("name: Villages d’eau", "nom: Villages d’eau", 1, "name"),
        ("ids: ve-RRNNN", "ids: ve-NNN", 3, "ids"),
        ("first: 2021", "first: 2027", 5, "the last year, 2026, is before the first, 2027"),
        ("first: 2021", "first: soon", 5, "phases.1.first"),
        ('"#33608C"', "blue", 5, "phases.1.colour"),
        ("marker: o", "marker: star", 5, "phases.1.marker"),
        ("  2: {first: 2027", "  3: {first: 2027", 1, "numbered [1, 3]"),
        ("  2: {first: 2027", "  2: {first: 2026", 1, "begins before the one before it has ended"),
        (TWO, "- 1\n", 1, "does not describe a programme"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(before, after, line, reason):
    assert before in TWO
    with pytest.raises(SourceError) as caught:
        parsed(TWO.replace(before, after))
    assert f"line {line}: " in caught.value.what
    assert reason in caught.value.what
    assert caught.value.repair


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(SourceError, match=r"programme\.yaml"):
        programme.load(tmp_path)


def test_ids_of_territories_are_written_as_the_programme_says(root):
    assert programme.load(root) == programme.PROGRAMME
    assert programme.territory_id(4408) == "ti-4408"
    assert programme.territory_id("101") == "ti-0101"
