"""The labelled sentences: the targets are met on the half that the grammar was not worked on."""

import importlib.util
import json
from pathlib import Path

import pytest
from test_numerals_words import rows

from analysis.extraction.numerals import read

BENCH = Path(__file__).parents[2] / "bench" / "extraction.py"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_extraction", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_set_is_large_and_its_labels_stand_in_their_text():
    found = rows()
    assert len(found) >= 300
    assert len({row["id"] for row in found}) == len(found)
    for row in found:
        for label in row["figures"]:
            assert row["text"].startswith(label["text"], label["start"]), row["id"]


def test_set_has_traps_in_both_halves():
    for half in ("tune", "held"):
        assert sum(not row["figures"] for row in rows(half)) >= 30


@pytest.fixture(scope="module")
def measured(bench):
    """Scores of both halves, read once."""
    return bench.measure(bench.ours)


@pytest.mark.parametrize("half", ["tune", "held"])
@pytest.mark.parametrize("family", ["numbers", "dates", "spans"])
def test_value_f1_reaches_the_target(measured, half, family):
    rates = measured[half]
    assert rates[family]["f1"] >= 0.97, rates[family]


def test_units_and_qualifiers_are_those_of_the_labels():
    wanted = read_right = 0
    for row in rows("held"):
        found = {(q.start, q.end): (q.unit, q.qualifier, q.iso) for q in read(row["text"])}
        for label in row["figures"]:
            wanted += 1
            place = (label["start"], label["start"] + len(label["text"]))
            read_right += found.get(place) == (label["unit"], label["qualifier"], label["iso"])
    assert read_right / wanted >= 0.95


def test_bench_scores_a_reader_that_finds_nothing(bench):
    rates = bench.measure(lambda text: [])["held"]
    assert rates["values"]["f1"] == 0
    assert json.dumps(rates)
