"""JSON lines of figures: the fields and their order are what programs rely on."""

import json

from invented_readings import WRONG

from analysis.i18n.language import speaking
from analysis.reports.readings.json_lines import lines

TEXT = "La phase 2 en compte 185 territoires, et 19 pôles."
EVIDENCE = '{"confidence": "stated", "doubts": [], "place": [[0, 2, "La"]]}'


def test_an_object_a_figure_in_the_fields_and_the_order_agreed(figures):
    found = figures(TEXT, ("185 territoires", WRONG | {"evidence": EVIDENCE, "page": 3, "said_by": "Camille Exemple"}))
    (line,) = lines(found)
    assert list(json.loads(line).items()) == [
        ("doc", "a.txt"),
        ("page", 3),
        ("start", 21),
        ("end", 36),
        ("text", "185 territoires"),
        ("concept", "labelled_territories"),
        ("place", "France"),
        ("phase", 2),
        ("value_low", 185.0),
        ("value_high", 185.0),
        ("qualifier", "exact"),
        ("unit", "territory"),
        ("as_of", "2024-03-14"),
        ("said_by", "Camille Exemple"),
        ("doubtful", False),
        ("evidence", json.loads(EVIDENCE)),
        ("verdict", "contradicted"),
        ("rule", "territoires-liste"),
        ("registry_value", 183.0),
        ("reason", "La liste compte 183 territoires."),
        ("sentence", TEXT),
    ]
    assert line.endswith("}\n")
    assert line.count("\n") == 1
    assert "La liste compte" in line


def test_a_figure_that_no_concept_takes_has_none(figures):
    (line,) = lines(figures(TEXT, ("19 pôles", {})))
    told = json.loads(line)
    assert (told["concept"], told["evidence"], told["text"]) == (None, {}, "19 pôles")


def test_the_reason_is_in_the_language_asked_for_or_in_french_where_it_has_none(figures):
    found = figures(TEXT, ("185 territoires", WRONG), ("19 pôles", WRONG | {"reason_en": None}))
    with speaking("en"):
        told = [json.loads(line)["reason"] for line in lines(found)]
    assert told == ["The list counts 183 territories.", "La liste compte 183 territoires."]
