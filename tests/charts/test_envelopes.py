import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts import envelopes

BASE = {
    "claim_id": "c0", "source_id": "a", "producer": "Journal", "step": "announced", "phase": 1, "as_of": "2018-11-22",
    "amount_eur": 1.3e9, "per_year": 0, "first_year": None, "last_year": None, "years": None, "total_eur": 1.3e9,
    "qualifier": "exact", "funder": None, "concept": "envelope", "sentence": "Une phrase.",
}  # fmt: skip
ANNUAL = {"claim_id": "c1", "amount_eur": 1e8, "per_year": 1, "as_of": "2019/2022", "first_year": 2019,
          "last_year": 2022, "years": 4, "total_eur": 4e8, "qualifier": "nearly", "funder": "Banque"}  # fmt: skip
PERIOD = {"source_id": "b", "as_of": "2018/2022"}
COMMITTED = PERIOD | {
    "claim_id": "c2",
    "step": "committed",
    "concept": "committed",
    "amount_eur": 1e9,
    "total_eur": 1e9,
}
PAID = PERIOD | {"claim_id": "c3", "step": "paid", "concept": "paid", "amount_eur": 2.5e8, "total_eur": 2.5e8}


def amounts(*rows):
    return pl.DataFrame([BASE | row for row in rows], infer_schema_length=None)


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({}, "1,3 Md€"),
        ({"qualifier": "more_than", "amount_eur": 2.6e8}, "plus de 260 M€"),
        (ANNUAL, "près de 100 M€ par an, soit près de 400 M€ en 4 ans"),
        (ANNUAL | {"years": 1, "total_eur": 1e8}, "près de 100 M€ par an"),
        (ANNUAL | {"years": None, "total_eur": None}, "près de 100 M€ par an"),
    ],
)
def test_amount_is_written_as_published_then_as_computed(row, text):
    assert plain(envelopes.amount(BASE | row)) == text


def test_funder_is_named_when_the_sentence_names_one():
    assert plain(envelopes.what(BASE | ANNUAL)) == "enveloppe (Banque), phase 1"
    assert plain(envelopes.what(BASE | PAID)) == "phase 1"


def test_annual_amount_is_drawn_as_one_hatched_box_a_year(credit):
    bars = envelopes.envelopes(amounts({}, ANNUAL), credit).figure.axes[0].patches
    hatched = [(bar.get_x(), bar.get_width()) for bar in bars if bar.get_hatch()]
    assert hatched == [(0, 1e8), (1e8, 1e8), (2e8, 1e8), (3e8, 1e8)]
    assert [bar.get_width() for bar in bars if not bar.get_hatch()] == [1.3e9]


def test_scale_is_linear_from_zero(credit):
    axes = envelopes.envelopes(amounts({}, ANNUAL), credit).figure.axes[0]
    assert (axes.get_xscale(), axes.get_xlim()[0]) == ("linear", 0)


def test_title_compares_what_one_source_says_of_one_period(credit):
    title = plain(envelopes.envelopes(amounts({}, COMMITTED, PAID), credit).title)
    assert title == "Phase 1, 2018-2022 : 1 Md€ engagés, 250 M€ payés, soit 25 %"


def test_title_compares_nothing_when_sources_differ(credit):
    title = envelopes.envelopes(amounts(COMMITTED, PAID | {"source_id": "c"}), credit).title
    assert "soit" not in title


@given(rows=st.permutations([{}, ANNUAL, COMMITTED, PAID]))
def test_order_of_rows_is_irrelevant(rows):
    assert envelopes.ordered(amounts(*rows)).equals(envelopes.ordered(amounts({}, ANNUAL, COMMITTED, PAID)))


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_envelopes(table, credit):
    return envelopes.envelopes(table("out_envelopes"), credit).figure


def test_real_envelopes_is_readable(table, credit, readable):
    readable(envelopes.envelopes(table("out_envelopes"), credit))
