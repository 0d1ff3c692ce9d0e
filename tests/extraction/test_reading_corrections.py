"""Corrections of a reading: each part can be corrected once, what does not fit is refused by its entry."""

import json

import polars as pl
import pytest

from analysis.errors import CorrectionError
from analysis.extraction import vocabulary
from analysis.extraction.prose import COLUMNS
from analysis.extraction.reading_corrections import corrected, parse

RULES = vocabulary.parse(
    {
        "units": {"territory": {"label": "territoires", "lemmas": ["territoire"]}, "%": {"label": "%"}},
        "phases": {1: {"label": "1", "mentions": ["phase 1"]}, 2: {"label": "2", "mentions": ["phase 2"]}},
        "places": {"whole": "France", "aliases": {"France": ["France"]}, "not_places": ["France 2030"]},
        "concepts": {
            "labelled": {"label": "Tous", "unit": "territory", "triggers": ["labellis*"], "measured_on": "la France"},
            "new": {"label": "Nouveaux", "unit": "territory", "triggers": ["nouveaux"], "measured_on": "la France"},
            "share": {"label": "Part", "unit": "%", "triggers": ["part"], "measured_on": "la France"},
        },
    }
)  # fmt: skip
PLACES = {name: name for name in ("Bretagne", "Grand Est")}
WHERE = "outputs/readings/gazette.yaml"
FAR = {"code": "far_place", "about": "place", "others": [], "spans": []}
REASON = "Le titre de la section le dit."
FIRST = {
    "page": 1, "start": 10, "text": "12\u202f000 territoires", "concept": "labelled", "place": "France", "phase": 2,
    "value_low": 12000.0, "value_high": 12000.0, "qualifier": "exact", "unit": "territory", "as_of": "2023-11",
    "doubtful": True,
    "evidence": json.dumps({"confidence": "doubtful", "doubts": [FAR], "place": [[1, 2, "x"]]}),
}  # fmt: skip


def figures(*more: dict) -> pl.DataFrame:
    rows = [{**dict.fromkeys(COLUMNS), **FIRST, **one} for one in ({}, *more)]
    return pl.DataFrame(rows, schema=COLUMNS)


def line(field: str, old, new, **more) -> dict:
    return {"page": 1, "text": "12 000 territoires", "field": field, "from": old, "to": new, "reason": REASON, **more}


def correct(claims: pl.DataFrame, *lines: dict) -> pl.DataFrame:
    return corrected(claims, parse(list(lines), WHERE, RULES, PLACES))


@pytest.mark.parametrize(
    ("field", "old", "new", "read"),
    [
        ("concept", "labelled", "new", "new"),
        ("concept", "labelled", None, None),
        ("place", "France", "Bretagne", "Bretagne"),
        ("phase", 2, 1, 1),
        ("phase", 2, None, None),
        ("as_of", "2023-11", "2019/2022", "2019/2022"),
        ("as_of", "2023-11", 2023, "2023"),
        ("said_by", None, "Une ministre", "Une ministre"),
        ("doubtful", True, False, False),
    ],
)
def test_a_part_is_corrected_and_the_claim_no_longer_doubtful(field, old, new, read):
    before = figures({"page": 2, "start": 90})
    after = correct(before, line(field, old, new))
    row, untouched = after.to_dicts()
    evidence = json.loads(row["evidence"])
    assert (row[field], row["doubtful"]) == (read, False)
    assert (evidence["confidence"], evidence["doubts"], evidence["corrected"]) == ("corrected", [], [field])
    assert evidence["place"] == [[1, 2, "x"]]
    assert untouched == before.to_dicts()[1]
    assert after.schema == before.schema
    same = [name for name in COLUMNS if name not in {field, "doubtful", "evidence"}]
    assert after.select(same).equals(before.select(same))


def test_corrections_follow_each_other_and_a_figure_is_found_by_its_start():
    lines = [line("place", "France", "Bretagne"), {**line("phase", 2, 1), "start": 10}]
    del lines[1]["text"], lines[1]["page"]
    (row,) = correct(figures(), *lines).to_dicts()
    assert (row["place"], row["phase"], json.loads(row["evidence"])["corrected"]) == ("Bretagne", 1, ["place", "phase"])


def test_a_claim_can_be_set_apart():
    sure = figures().with_columns(doubtful=pl.lit(False))
    (row,) = correct(sure, line("doubtful", False, True)).to_dicts()
    assert row["doubtful"]
    assert json.loads(row["evidence"])["doubts"] == [
        {"code": "set_apart", "about": "", "others": [], "spans": [], "given": REASON}
    ]


def test_nothing_to_correct_changes_nothing():
    assert parse(None, WHERE, RULES, PLACES) == []
    assert corrected(figures(), []).equals(figures())


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (line("place", "Bretagne", "France"), "place is read as 'France' now, the correction expects 'Bretagne'"),
        (line("place", "France", "Bretagn"), "unknown place 'Bretagn'. Did you mean 'Bretagne'?"),
        (line("concept", "labelled", "labeled"), "unknown concept 'labeled'. Did you mean 'labelled'?"),
        (line("concept", "labelled", "share"), "concept share is counted in %, the figure in territory"),
        (line("phase", 2, 3), "there is no phase 3"),
        (line("phase", 2, True), "there is no phase True"),
        (line("as_of", "2023-11", "novembre"), "'novembre' is no date"),
        (line("said_by", None, 3), "3 is nobody's name"),
        (line("doubtful", True, "non"), "'non' is neither true nor false"),
        (line("value_low", 12000, 13000), "field 'value_low' cannot be corrected"),
        (line("plaec", "France", "Bretagne"), "field 'plaec' cannot be corrected. Did you mean 'place'?"),
        (line("place", "France", "Bretagne", raison="x"), "unknown key 'raison'. Did you mean 'reason'?"),
        (line("place", "France", "Bretagne", reason="x"), "reason: String should have at least 10 characters"),
        (line("place", "France", "Bretagne", page=3), "0 figures are found by text '12 000 territoires', page 3"),
        (line("place", "France", "Bretagne", page=None), "2 figures are found by text '12 000 territoires', exactly"),
        ({**line("place", "France", "Bretagne"), "text": None}, "neither start nor text says which figure is meant"),
        ("place", "entry: Input should be a valid dictionary"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_its_entry(entry, told):
    with pytest.raises(CorrectionError) as caught:
        correct(figures({"page": 2, "start": 90}), line("phase", 2, 1), entry)
    assert str(caught.value).startswith(f"{WHERE}, entry 2: ")
    assert told in str(caught.value)
    assert "`analysis read`" in caught.value.repair


def test_the_same_correction_cannot_be_made_twice():
    with pytest.raises(CorrectionError, match="is read as 'Bretagne' now"):
        correct(figures(), *[line("place", "France", "Bretagne")] * 2)


def test_a_file_that_is_no_list_is_refused():
    with pytest.raises(CorrectionError, match="not a list"):
        parse({"place": "x"}, WHERE, RULES, PLACES)
