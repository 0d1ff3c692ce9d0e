import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_verdicts import real_ledger

from analysis.charts import contradictions

BASE = {
    "claim_id": "c0", "source_id": "a", "producer": "Journal", "published": "2018-11-22", "place": "France", "phase": 1,
    "concept_label": "Territoires labellisés", "verdict": "superseded", "value_low": 124.0, "value_high": 124.0,
    "said": "124", "registry_value": 149.0, "computed": "149", "reason": "Une raison.",
}  # fmt: skip
FOUR = {"claim_id": "c1", "published": "2023-11", "verdict": "contradicted", "value_low": None, "value_high": 4.0,
        "said": "au plus 4", "registry_value": 17.0, "computed": "17", "phase": 2}  # fmt: skip
ACTORS = {"claim_id": "c2", "published": "2021-02-19", "verdict": "contradicted", "value_low": 12.0, "value_high": 12.0,
          "said": "12", "registry_value": 11.0, "computed": "11", "phase": None, "place": "MEL"}  # fmt: skip
SPEECHLESS = {"claim_id": "c3", "registry_value": None, "computed": None}
CONFIRMED = {"claim_id": "c4", "verdict": "confirmed"}


def judged(*rows):
    return pl.DataFrame([BASE | row for row in rows], infer_schema_length=None)


@pytest.fixture(scope="module")
def real(root):
    return real_ledger(root)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def texts(picture):
    return [plain(one.get_text()) for one in picture.figure.axes[0].texts]


def test_gap_is_the_published_figure_against_the_confronted_value():
    rows = contradictions.departures(judged({}, FOUR, ACTORS, SPEECHLESS, CONFIRMED))
    gaps = dict(rows.select("claim_id", "gap_pct").iter_rows())
    assert gaps == {"c0": -16.7785, "c1": -76.4706, "c2": 9.0909, "c3": None}


def test_rows_stand_by_date_under_their_year(credit):
    shown = texts(contradictions.contradictions(judged(FOUR, {}, ACTORS), credit))
    order = [shown.index(one) for one in ("2018", "publié 124", "2021", "publié 12", "2023", "publié au plus 4")]
    assert order == sorted(order)
    assert {"Territoires labellisés, phase 1", "Territoires labellisés, MEL", "confronté à 17"} <= set(shown)


def test_figure_without_a_confronted_value_is_said_and_not_drawn(credit):
    picture = contradictions.contradictions(judged({}, SPEECHLESS), credit)
    assert "sans valeur à lui opposer" in texts(picture)
    assert len(picture.figure.axes[0].collections) == 1


def test_chart_of_figures_without_any_value_still_draws(credit):
    picture = contradictions.contradictions(judged(SPEECHLESS), credit)
    assert plain(picture.title) == "1 chiffre dépassé"


def test_title_counts_and_gives_the_widest_gap(credit):
    title = plain(contradictions.contradictions(judged({}, FOUR, ACTORS), credit).title)
    assert title == "2 chiffres contredits et 1 chiffre dépassé ; le plus grand écart : au plus 4 au lieu de 17"


def test_alt_tells_both_values_and_the_verdict(credit):
    alt = plain(contradictions.contradictions(judged(ACTORS), credit).alt)
    assert "19 février 2021, Journal, Territoires labellisés, MEL, publié 12, confronté à 11, contredit" in alt


@given(rows=st.permutations([{}, FOUR, ACTORS, SPEECHLESS, CONFIRMED]))
def test_order_of_rows_is_irrelevant(rows):
    assert contradictions.departures(judged(*rows)).equals(
        contradictions.departures(judged({}, FOUR, ACTORS, SPEECHLESS, CONFIRMED))
    )


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_contradictions(real, credit):
    return contradictions.contradictions(real, credit).figure


def test_real_contradictions_are_readable(real, credit, readable):
    readable(contradictions.contradictions(real, credit))
