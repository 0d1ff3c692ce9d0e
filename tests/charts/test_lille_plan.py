import polars as pl
import pytest
from matplotlib.patches import Rectangle

from analysis.charts import lille_plan
from analysis.errors import FigureError

BASE = {
    "claim_id": "c0", "source_id": "a", "producer": "Métropole", "place": "MEL (PSTET)", "concept": "challenges",
    "value_low": 6.0, "value_high": 6.0, "qualifier": "exact", "unit": "challenge", "as_of": "2021-02-19",
    "listed_count": 6, "sentence": "Une phrase.",
}  # fmt: skip
ACTORS = {"claim_id": "c1", "concept": "governance_actors", "value_low": 12.0, "value_high": 12.0, "listed_count": 11}
AIDED = {"claim_id": "c2", "concept": "aided_companies", "value_low": 4500.0, "value_high": 4500.0,
         "qualifier": "nearly", "listed_count": None}  # fmt: skip
AID = {
    "claim_id": "c3",
    "concept": "aid_paid",
    "value_low": 1.3e7,
    "value_high": 1.3e7,
    "unit": "EUR",
    "listed_count": None,
}
HORIZON = {"claim_id": "c4", "concept": "evaluation_horizon", "value_low": 10.0, "value_high": 20.0,
           "qualifier": "between", "unit": "year", "listed_count": None}  # fmt: skip


def plan(*rows):
    return pl.DataFrame([BASE | row for row in rows], infer_schema_length=None)


def squares(picture):
    return [one for one in picture.figure.artists if isinstance(one, Rectangle)]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("row", "text"),
    [({}, "6"), (AIDED, "près de 4 500"), (AID, "13 M€"), (HORIZON, "de 10 à 20"),
     ({"qualifier": "more_than", "value_low": 4000.0, "value_high": None}, "plus de 4 000")],
)  # fmt: skip
def test_number_keeps_its_hedge_in_words(row, text):
    assert plain(lille_plan.said(BASE | row)) == text


def test_squares_are_hollow_when_the_source_does_not_list_what_it_counts(credit):
    faces = [tuple(one.get_facecolor()) for one in squares(lille_plan.lille_plan(plan(ACTORS), credit))]
    assert len(faces) == 12
    assert faces.count(faces[0]) == 11


@pytest.mark.parametrize("row", [AIDED, AID, HORIZON], ids=["many", "money", "interval"])
def test_no_square_is_drawn_when_units_cannot_be_counted(credit, row):
    assert not squares(lille_plan.lille_plan(plan(row), credit))


def test_title_says_what_is_announced_and_not_listed(credit):
    title = plain(lille_plan.lille_plan(plan({}, ACTORS), credit).title)
    assert title.endswith(": 12 acteurs de la gouvernance annoncés, 11 énumérés")


def test_title_counts_figures_when_every_list_is_complete(credit):
    assert lille_plan.lille_plan(plan({}, AIDED), credit).title.endswith("en 2 chiffres publiés")


def test_alt_tells_every_figure_with_its_hedge(credit):
    alt = plain(lille_plan.lille_plan(plan({}, ACTORS, AIDED), credit).alt)
    assert "12 acteurs de la gouvernance (la source en énumère 11)" in alt
    assert "près de 4 500 entreprises aidées" in alt


def test_concept_is_refused_when_it_has_no_tile(credit):
    with pytest.raises(FigureError, match="no tile for unheard_of"):
        lille_plan.lille_plan(plan({"concept": "unheard_of"}), credit)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_lille_plan(table, credit):
    return lille_plan.lille_plan(table("out_plan"), credit).figure


def test_real_lille_plan_is_readable(table, credit, readable):
    readable(lille_plan.lille_plan(table("out_plan"), credit))
