"""Figures of a document that cannot hold beside one of an earlier source."""

import polars as pl
import pytest
from invented_readings import RIGHT

from analysis.extraction.claims import COLUMNS
from analysis.reports.readings.earlier import against
from analysis.reports.readings.figure_lists import against_list

TEXT = "En tout 136 territoires."
CLAIM = {
    "claim_id": "b:1", "source_id": "b", "concept": "labelled_territories", "place": "France", "phase": 2,
    "value_low": 183.0, "value_high": 183.0, "qualifier": "exact", "unit": "territory", "as_of": "2024-03-14",
    "sentence": "La France compte 183 territoires.", "start": 17, "end": 32,
}  # fmt: skip


def claims(*changes: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(
        [CLAIM | {"claim_id": f"b:{rank}"} | one for rank, one in enumerate(changes, 1)], schema=COLUMNS
    )


@pytest.mark.parametrize(
    ("change", "clashes"),
    [
        ({}, True),
        ({"as_of": "2023-11-09"}, True),  # a count that goes down
        ({"as_of": "2024-06-01"}, False),  # one that grows
        ({"value_low": 136.0, "value_high": 136.0}, False),
        ({"place": "Corse"}, False),
        ({"phase": 1}, False),
        ({"concept": "new_territories"}, False),
        ({"unit": "commune"}, False),
        ({"value_low": 130.0, "value_high": None, "qualifier": "more_than"}, False),
    ],
    ids=["same date", "earlier", "later", "same value", "place", "phase", "concept", "unit", "bound that holds"],
)
def test_a_figure_is_against_one_of_the_same_thing_that_excludes_it(figures, change, clashes):
    found = against(figures(TEXT, ("136 territoires", RIGHT)), claims(change))
    assert found.select("number", "claim_id").rows() == ([(1, "b:1")] if clashes else [])


def test_claims_that_exclude_each_other_are_not_the_documents(figures):
    two = claims({"source_id": "b"}, {"source_id": "c", "value_low": 150.0, "value_high": 150.0})
    found = against(figures(TEXT, ("136 territoires", RIGHT | {"value_low": 150.0, "value_high": 150.0})), two)
    assert found.select("number", "claim_id").rows() == [(1, "b:1")]


def test_a_phase_that_neither_names_is_the_same(figures):
    found = against(figures(TEXT, ("136 territoires", RIGHT | {"phase": None})), claims({"phase": None}))
    assert found.height == 1


@pytest.mark.parametrize("lack", [{"as_of": None}, {"concept": None}, {"value_low": None, "value_high": None}])
def test_a_figure_without_date_concept_or_value_is_against_nothing(figures, lack):
    assert against(figures(TEXT, ("136 territoires", RIGHT | lack)), claims({})).is_empty()


def test_no_figure_and_no_claim_are_no_failure(figures):
    assert against(figures(TEXT), claims({})).is_empty()
    assert against(figures(TEXT, ("136 territoires", RIGHT)), claims()).is_empty()


def test_the_list_names_the_other_source_its_value_and_its_sentence(figures):
    html = against_list(against(figures(TEXT, ("136 territoires", RIGHT)), claims({}))).html
    assert "Contre 183 (14 mars 2024), note de lecture b" in html
    assert '<blockquote lang="fr">La France compte 183 territoires.</blockquote>' in html


def test_a_figure_repeated_a_thousand_times_is_compared_once(figures):
    many = pl.concat([figures(TEXT, ("136 territoires", RIGHT))] * 1000).with_row_index("rank")
    same = many.with_columns(number=pl.col("rank").cast(pl.Int64) + 1).drop("rank")
    assert against(same, claims({})).select("number").rows() == [(1,)]
