"""Figures of documents: the ledger's own verdicts, bad input, a source read again, what other sources said."""

import math
import time

import polars as pl
import pytest

from analysis import ledger
from analysis.ledger import document_figures
from analysis.ledger.claim_dates import day_number
from analysis.ledger.recognition import as_known

LAUNCH = {"concept": "envelope", "unit": "EUR", "phase": 1, "as_of": "2018-11-22"}
TERRITORIES = {"concept": "labelled_territories", "unit": "territory"}


def read_again(table, source_id, doc):
    """The ledger's figures of a source, as those of a document."""
    return table("core_claims").filter(source_id=source_id).drop("source_id").with_columns(doc=pl.lit(doc))


@pytest.mark.parametrize("doc", ["an article", "its source"])
def test_a_source_read_again_gets_the_verdicts_of_the_ledger(table, facts, checks, doc):
    judged = table("out_ledger")
    apart = []
    for source_id in judged.get_column("source_id").unique().sort():
        claims = read_again(table, source_id, source_id if doc == "its source" else doc)
        known = claims.join(judged.select("claim_id", "verdict"), on="claim_id", maintain_order="left")
        found = ledger.judge(claims, facts, checks)
        differ = known.get_column("verdict") != found.get_column("verdict")
        apart += known.filter(differ).get_column("claim_id").to_list()
    # An article that says the one figure of a source of one figure is a second witness, unless it is that source.
    # So is one that a rule of that source alone judges.
    others = ["senate-2024:engineering_credits:france:1", "superposeur-2026:labelled_territories:france:1"]
    assert apart == ([] if doc == "its source" else others)


def test_the_ledger_is_judged_fast_enough_for_a_document(table, facts, checks):
    claims = read_again(table, "grand-est-2019", "article")
    ledger.judge(claims, facts, checks)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        ledger.judge(claims, facts, checks)
        times.append((time.perf_counter() - start) / claims.height)
    assert min(times) < 0.02  # 2 ms where nothing else runs


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"concept": None}, document_figures.NO_CONCEPT),
        ({"place": None}, document_figures.NO_PLACE),
        ({"value": None}, document_figures.NO_VALUE),
        ({"value": math.inf}, document_figures.NO_VALUE),
        ({"value": math.nan}, document_figures.NO_VALUE),
        ({"value": 1e300}, document_figures.NO_VALUE),
        ({"value": 3.0, "value_high": None}, document_figures.NO_VALUE),
        ({"value": 3.0, "qualifier": "perhaps"}, document_figures.NO_VALUE),
        ({"concept": "first_steering_committee", "unit": "date", "value": 20240230}, document_figures.NO_VALUE),
        ({"concept": "first_steering_committee", "unit": "date", "value": 12}, document_figures.NO_VALUE),
    ],
)
def test_a_figure_that_no_rule_can_be_asked_of_says_why(facts, checks, figures, wrong, reason):
    good = TERRITORIES | {"value": 183}
    first, second = ledger.judge(figures(good | wrong, good), facts, checks).to_dicts()
    assert (first["verdict"], first["rule"], first["reason"]) == ("not_checkable", "none", reason)
    assert first["reason_en"]
    assert second["verdict"] == "confirmed"  # the others go on


@pytest.mark.parametrize("as_of", [None, "hier", "2024-02-30", "2019-13", "2019/", "2023/abc", "0000"])
def test_a_date_that_is_none_is_no_date(facts, checks, figures, as_of):
    old = figures(TERRITORIES | {"phase": 1, "value": 124, "as_of": as_of})
    assert ledger.judge(old, facts, checks).item(0, "rule") == "territoires-sans-date"


def test_documents_without_a_figure_have_no_verdict(facts, checks, figures):
    assert ledger.judge(figures(), facts, checks).is_empty()
    assert ledger.comparisons(figures(), facts).is_empty()


def test_the_figures_of_a_document_are_what_it_says_and_not_what_another_says(facts, checks, figures):
    rate = {"concept": "governance_installed", "unit": "%", "phase": 1, "value": 87, "as_of": "2019-11-19"}
    whole = TERRITORIES | {"phase": 1, "value": 146, "as_of": "2019-11-19"}
    rules = [
        ledger.judge(figures(rate, other), facts, checks).item(0, "rule")
        for other in (whole, whole | {"doc": "another"}, whole | {"doubtful": True})
    ]
    assert rules == ["gouvernance-en-nombre", "deja-publie", "deja-publie"]


def test_a_doubtful_figure_contradicts_no_other(facts, checks, figures):
    early = TERRITORIES | {"phase": 1, "value": 900, "as_of": "2019-01"}
    final = TERRITORIES | {"phase": 1, "value": 149, "as_of": "2020-03"}
    verdicts = [
        ledger.judge(figures(early | {"doubtful": doubtful}, final), facts, checks).item(1, "rule")
        for doubtful in (True, False)
    ]
    assert verdicts == ["territoires-avant-les-listes", "territoires-recul-avant-les-listes"]


def test_verdicts_do_not_depend_on_the_order_of_figures_or_the_other_documents(table, facts, checks):
    claims = pl.concat(read_again(table, name, name) for name in ("grand-est-2019", "gazette-2023"))
    judged = ledger.judge(claims, facts, checks)
    backwards = ledger.judge(claims.reverse(), facts, checks)
    assert judged.equals(backwards.reverse())
    assert judged.head(11).equals(ledger.judge(claims.head(11), facts, checks))


def test_what_a_document_says_twice_is_judged_once_and_a_doubt_apart(facts, checks, figures, monkeypatch):
    right, wrong = TERRITORIES | {"value": 183}, TERRITORIES | {"value": 185}
    alone = [ledger.judge(figures(one), facts, checks).row(0) for one in (right, wrong)]
    asked = []
    verdict = document_figures.verdict_of
    monkeypatch.setattr(
        document_figures,
        "verdict_of",
        lambda row, *rest, **more: asked.append(row["row"]) or verdict(row, *rest, **more),
    )
    found = ledger.judge(
        figures(right, right, wrong | {"doubtful": True}, right, right | {"doubtful": True}), facts, checks
    )
    assert [found.row(rank) for rank in range(5)] == [alone[0], alone[0], alone[1], alone[0], alone[0]]
    assert asked == [0, 2, 4]


# --- a source read again -------------------------------------------------------------------------------------


def row(name, source_id="a", value=1.0):
    same = {"concept": name, "place": "France", "unit": "territory"} | dict.fromkeys(("value_low", "value_high"), value)
    return same | {"source_id": source_id, "claim_id": f"{source_id}:{name}"}


@pytest.mark.parametrize(
    ("said", "source_id"),
    [("wxyz", "a"), ("wxy", "a"), ("wx", "doc"), ("wwww", "doc"), ("uvt", "doc"), ("wxyuvt", "a")],
)
def test_a_document_is_the_source_most_of_whose_figures_it_gives(said, source_id):
    known = [row(name) for name in "wxyz"] + [row(name, "b") for name in "xu"]
    found = as_known([row(name, "doc") for name in said], known)
    assert {one["source_id"] for one in found} == {source_id}
    ids = [one["claim_id"] for one in found]
    assert ids == [f"{source_id if source_id == 'a' and name in 'wxyz' else 'doc'}:{name}" for name in said]


def test_a_source_that_is_named_is_believed():
    found = as_known([row("w", "b"), row("v", "b")], [row("w", "b"), *(row(name) for name in "wv")])
    assert [one["claim_id"] for one in found] == ["b:w", "b:v"]


# --- what other sources said ---------------------------------------------------------------------------------


def relations(facts, figures, *rows):
    found = ledger.comparisons(figures(*rows), facts)
    return {(one["row"], one["source_id"], one["value_low"]): one["relation"] for one in found.to_dicts()}


def test_amounts_are_compared_with_those_of_earlier_sources(facts, figures):
    found = relations(facts, figures, LAUNCH | {"value": 1.3e9}, LAUNCH | {"value": 1e8, "unit": "EUR/year"})
    assert found[0, "launch-2018", 1.3e9] == "agrees"
    assert found[0, "ccomptes-2024", 1.4e9] == "contradicts"
    assert found[0, "first-review-2019", 1.36e9] == "dated"
    assert found[0, "deployment-2019", 1e8] == "incomparable"  # a year against in all
    assert found[1, "deployment-2019", 1e8] == "agrees"


def test_a_count_that_only_grows_contradicts_what_goes_down(facts, figures):
    found = relations(facts, figures, TERRITORIES | {"phase": 1, "value": 146, "as_of": "2021-10-11"})
    assert found[0, "dataviz-2020", 148] == "contradicts"
    assert found[0, "launch-2018", 124] == "dated"
    assert found[0, "lemoniteur-2021", 146] == "agrees"


def test_a_figure_without_a_phase_is_compared_in_both(facts, figures):
    found = ledger.comparisons(figures(TERRITORIES | {"phase": None, "value": 183}), facts)
    assert set(found.get_column("phase")) == {1, 2}
    assert set(found.get_column("relation")) == {"incomparable"}  # nothing says which phase is meant


def test_comparisons_are_by_figure_then_by_date(facts, figures):
    found = ledger.comparisons(figures(TERRITORIES | {"phase": 1, "value": 149}, LAUNCH | {"value": 1.3e9}), facts)
    assert found.get_column("row").is_sorted()
    days = [day_number(as_of) for as_of in found.filter(row=0).get_column("as_of")]
    assert days == sorted(days)
    assert days[0] < days[-1]


def test_every_relation_has_its_words():
    assert set(document_figures.RELATIONS) == set(document_figures.COMPARED["relation"].categories)
