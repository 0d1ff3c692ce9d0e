"""Drafted notes: the strict reader reads each sentence back to its claim; doubts are questions, nothing is copied."""

import calendar
import csv
import itertools
import json
import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ClaimError
from analysis.extraction import claims, vocabulary
from analysis.extraction.drafting import Header, draft, sentence_of
from analysis.extraction.drafting.questions import questions
from analysis.extraction.prose import COLUMNS
from analysis.extraction.prose.doubt_kinds import KINDS
from analysis.i18n.language import LANGUAGES, speaking
from analysis.sources import notes, provenance
from analysis.sources.notes import Note, Sentence

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
RULES = vocabulary.parse(provenance.load_vocabulary(RAW / "vocabulary.yaml"))
PUBLISHED = "2024-05-06"
PARTS = ("concept", "phase", "value_low", "value_high", "qualifier", "unit", "as_of")
HEDGES = ("exact", "approximately", "nearly", "more_than", "less_than", "at_least", "at_most", "between")
EXACT_UNITS = {"rank", "date"}  # nobody is nearly second
DATES = (
    "2019-11-19",
    "2019-03-01",
    "2019-11",
    "2023",
    "2019/2022",
    "2019-03/2020-06",
    "2019-03-03/2019-06-05",
    PUBLISHED,
)
VALUES = (0.0, 1.0, 1.5, 2.0, 146.0, 1416.0, 44700.0, 45.5, 33.333333333, 1.2e6, 7.5e6, 1.362e9, 5e8)
PLACES = (
    "France", "Grand Est", "Hauts-de-France", "La Réunion", "Provence-Alpes-Côte d'Azur", "Ain", "Côte-d'Or",
    "Deux-Sèvres", "MEL", "MEL (PSTET)", "MEL (G.A.M.E)", "SCOT Lille Métropole", "Nord Lorraine",
    "Nord Est 77 – Meaux", "Cergy - Ouest 95", "CC du Pays de Pontchâteau St-Gildas-des-Bois",
    "L'Abergement-de-Varey", "Le Mans", "Les Deux Alpes",
)  # fmt: skip


@cache
def gazetteer() -> dict[str, str]:
    """Names of the official lists, as the pipeline gives them."""
    found: dict[str, str] = {}
    for table in ("communes", "intercommunalities", "departments", "regions", "territories"):
        with (RAW / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            found |= {row["name"]: row["name"] for row in csv.DictReader(file)}
    return found


@cache
def known() -> dict:
    return claims.known_places(RULES, gazetteer())


@cache
def all_places() -> list[str]:
    return sorted({one for one in known().values() if one})


def bounds(hedge: str, value: float, other: float) -> dict:
    low, high = {
        "more_than": (value, None), "at_least": (value, None), "less_than": (None, value), "at_most": (None, value),
        "between": (value, other),
    }.get(hedge, (value, value))  # fmt: skip
    return {"value_low": low, "value_high": high, "qualifier": hedge}


def claim(concept: str, unit: str, hedge: str, value: float, **more) -> dict:
    """A claim of the vocabulary, with a value that its unit can have."""
    if unit == "date":
        value, hedge, more["as_of"] = 20240130.0, "exact", "2024-01-30"
    elif unit == "rank":
        value, hedge = float(int(value) % 18 + 1), "exact"
    made = {"concept": concept, "unit": unit, "place": "France", "phase": None, "as_of": PUBLISHED}
    return {**made, **bounds(hedge, value, 2 * value + 1), **more}


def read_back(said: dict, published: str = PUBLISHED) -> tuple[str, dict]:
    """The sentence of a claim, and the claim that the strict reader makes of it."""
    sentence = sentence_of(said, RULES, published)
    (row,) = claims.figures_of(Note("x", "x.md", published), Sentence(sentence, 1), RULES, known())
    return sentence, row


def assert_same(said: dict, published: str = PUBLISHED) -> None:
    sentence, row = read_back(said, published)
    assert {part: row[part] for part in PARTS} == {part: said[part] for part in PARTS}, sentence
    assert vocabulary.words_of(row["place"]) == vocabulary.words_of(said["place"]), sentence
    assert not re.search(r" {2}| ,|\{|\}|'", sentence), sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper()


@pytest.mark.parametrize("concept", RULES.concepts)
def test_note_of_a_claim_gives_the_claim_for_every_concept_unit_and_hedge(concept):
    cycles = map(itertools.cycle, (PLACES[:10], (None, 1, 2), DATES, VALUES))
    turns = zip(*cycles, strict=False)
    for unit in sorted(RULES.concepts[concept].units):
        for hedge, _ in itertools.product(("exact",) if unit in EXACT_UNITS else HEDGES, range(3)):
            place, phase, as_of, value = next(turns)
            as_of = "2024-01-30" if unit == "date" else as_of
            assert_same(claim(concept, unit, hedge, value, place=place, phase=phase, as_of=as_of))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("concept", ["labelled_territories", "member_intercommunalities"])
def test_note_of_a_claim_gives_the_claim_for_every_kind_of_place(place, concept):
    (unit,) = RULES.concepts[concept].units
    for as_of in DATES[::3]:
        assert_same(claim(concept, unit, "exact", 15.0, place=place, phase=2, as_of=as_of))


def days(year: int, month: int) -> st.SearchStrategy[str]:
    return st.integers(1, calendar.monthrange(year, month)[1]).map(lambda day: f"{year}-{month:02d}-{day:02d}")


points = st.tuples(st.integers(2015, 2030), st.integers(1, 12)).flatmap(
    lambda one: st.one_of(st.just(str(one[0])), st.just(f"{one[0]}-{one[1]:02d}"), days(*one))
)
periods = st.tuples(points, points).filter(lambda two: len(two[0]) == len(two[1]) and two[0] < two[1]).map("/".join)
numbers = st.one_of(
    st.integers(0, 99_999_999).map(float),
    st.integers(0, 99_999).map(lambda one: one / 10),
    st.integers(1, 9_999).map(lambda one: one * 1e6),
)


@given(st.data())
@pytest.mark.no_cover  # of all data
def test_note_of_a_claim_gives_the_claim(data):
    concept = data.draw(st.sampled_from(sorted(RULES.concepts)))
    unit = data.draw(st.sampled_from(sorted(RULES.concepts[concept].units)))
    large = unit.startswith("EUR")
    value = data.draw(numbers.filter(lambda one: large or one < 1e8))
    more = {
        "place": data.draw(st.sampled_from(all_places())),
        "phase": data.draw(st.sampled_from([None, 1, 2])),
        "as_of": data.draw(st.one_of(points, periods, st.just(PUBLISHED))),
    }
    said = claim(concept, unit, data.draw(st.sampled_from(HEDGES)), value, **more)
    assert_same(said | ({"as_of": "2024-01-30"} if unit == "date" else {}))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (claim("labelled_territories", "territory", "exact", 146.0, phase=1, as_of="2019-11-19"),
         "Au 19 novembre 2019, on compte 146 territoires labellisés en France, en phase 1."),
        (claim("labelled_territories", "territory", "more_than", 1.0, place="Hauts-de-France"),
         "On compte plus de 1 territoire labellisé dans les Hauts-de-France."),
        (claim("population", "inhabitant", "approximately", 1.2e6, place="MEL", as_of="2021"),
         "En 2021, on compte environ 1 200 000 habitants pour la MEL."),
        (claim("envelope", "EUR/year", "exact", 1e8, phase=2, as_of="2023/2027"),
         "De 2023 à 2027, l’enveloppe représente 100 M€ par an en France, en phase 2."),
        (claim("envelope", "EUR", "between", 9e8) | {"value_high": 1.4e9},
         "L’enveloppe représente entre 900 M€ et 1,4 Md€ en France."),
        (claim("challenges", "challenge", "exact", 6.0, place="MEL (PSTET)"),
         "On compte 6 défis pour le PSTET de la MEL."),
        (claim("industrial_rank", "rank", "exact", 1.0, place="Grand Est"),
         "Dans le Grand Est, on occupe le 2e rang industriel des régions."),
        (claim("share_of_communes", "%", "nearly", 33.333333333),
         "La part des communes dans le programme représente près d’un tiers en France."),
        (claim("first_steering_committee", "date", "exact", 0.0, place="Nord Lorraine", phase=2),
         "Le premier comité de pilotage se tient le 30 janvier 2024 pour Nord Lorraine, en phase 2."),
        (claim("members_per_territory", "intercommunality", "exact", 4.25, place="Ain", as_of="2019-03-03/2019-06-05"),
         "Du 3 mars 2019 au 5 juin 2019, un territoire regroupe en moyenne 4,25 intercommunalités dans l’Ain."),
    ],
)  # fmt: skip
def test_sentences_are_french(said, sentence):
    with speaking("en"):  # notes are French in every edition
        written = sentence_of(said, RULES, PUBLISHED)
    assert re.sub(r"[\u00a0\u202f]", " ", written) == sentence


def test_a_period_that_is_the_figure_keeps_its_two_ends():
    said = claim("programme_period", "year", "exact", 2023.0, phase=2, as_of="2023") | {"value_high": 2027.0}
    assert_same(said)


@pytest.mark.parametrize("more", [{"concept": "nothing"}, {"unit": "job"}, {"value_low": None, "value_high": None}])
def test_what_has_no_words_is_refused(more):
    with pytest.raises(ClaimError, match=r"vocabulary\.yaml"):
        sentence_of(claim("communes", "commune", "exact", 3.0) | more, RULES)


def test_every_concept_has_a_sentence_and_every_region_and_departement_its_preposition():
    assert [name for name, one in RULES.concepts.items() if not all(map(one.template, one.units))] == []
    for table in ("regions", "departments"):
        with (RAW / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert [
                row["name"] for row in csv.DictReader(file) if vocabulary.words_of(row["name"]) not in RULES.written
            ] == []


# --- a whole note -------------------------------------------------------------------------------------------

SECRET = "phrase confidentielle du document"


def figure(**more) -> dict:
    said = claim("labelled_territories", "territory", "exact", 183.0, phase=2, as_of="2023-11-09")
    own = {"page": 3, "paragraph": 7, "text": SECRET, "sentence": SECRET, "doubtful": False, "evidence": "{}"}
    return {**dict.fromkeys(COLUMNS), **said, **own, **more}


def doubtful(code: str, *others: str | int, given: str = "", **more) -> dict:
    about = KINDS[code].about if code in KINDS else "place"
    doubt = {"code": code, "about": about, "others": [*others], "spans": [[0, 3, SECRET]], "given": given}
    evidence = {"confidence": "doubtful", "doubts": [doubt], "place": [[0, 3, SECRET]]}
    return figure(doubtful=True, evidence=json.dumps(evidence), **more)


def drafted(*rows: dict, published: str | None = "2024-05-06") -> str:
    few = {name: name for name in ("Bretagne", "Corse", "Grand Est")}
    text = draft(pl.DataFrame(rows, schema=COLUMNS), Header("gazette-2024", published), RULES, few)
    return re.sub(r"[\u00a0\u202f]", " ", text)


def test_a_note_holds_sure_claims_once_doubtful_ones_as_questions_and_the_others_as_remarks(tmp_path):
    other = {"place": "Bretagne", "value_low": 8.0, "value_high": 8.0}
    text = drafted(
        figure(), figure(page=5, said_by="Une ministre"), doubtful("two_places", "Corse"),
        doubtful("two_places", "Grand Est", **other),
        figure(concept=None, unit="abeille", value_low=12.0, value_high=12.0),
        figure(concept=None, unit="EUR", value_low=1.2e6, value_high=None, qualifier="more_than", page=None),
    )  # fmt: skip
    assert text == (
        '---\nsource: gazette-2024\npublished: "2024-05-06"\nplace_in_document: pages 3 à 5\n---\n\n## Chiffres\n\n'
        "<!-- Page 3 ; page 5, selon Une ministre -->\n"
        "- Au 9 novembre 2023, on compte 183 territoires labellisés en France, en phase 2.\n"
        "<!-- Page 3 : Deux lieux sont aussi proches du chiffre : est-ce en Bretagne ou dans le Grand Est ? "
        "Si la ligne qui suit est juste, ôtez-en les marques. -->\n"
        "<!-- - Au 9 novembre 2023, on compte 8 territoires labellisés en Bretagne, en phase 2. -->\n"
        "\n## Remarques\n\n<!-- Page 3 : 12, sans concept. -->\n<!-- Paragraphe 7 : plus de 1,2 M€, sans concept. -->\n"
    )
    path = tmp_path / "note.md"
    path.write_text(text, encoding="utf-8")
    source = provenance.Source(
        id="gazette-2024", kind="article", producer="G", title="T", url=None, published="2024-05-06",
        accessed="2024-06", licence={"name": "x", "stated_at": "y"}, sha256=None,
    )  # fmt: skip
    read = notes.load_note(path, {"gazette-2024": source}, draft=True)
    assert [one.text for one in read.sentences] == [text.split("\n")[9].removeprefix("- ")]
    assert read.remarks == []


def test_a_third_that_is_not_rounded_is_the_same_third():
    third = {"value_low": 100 / 3, "value_high": 100 / 3, "concept": "share_of_communes", "unit": "%"}
    assert "\n- Au 9 novembre 2023, la part des communes dans le programme représente un tiers en" in drafted(
        figure(**third)
    )


def test_two_values_of_one_figure_are_both_asked_about():
    text = drafted(figure(), figure(value_low=180.0, value_high=180.0), figure(phase=1))
    question = "Le document donne pour cela 183 et 180 : laquelle de ces valeurs ?"
    assert text.count(question) == 2
    assert [line for line in text.split("\n") if line.startswith("- ")] == [
        "- Au 9 novembre 2023, on compte 183 territoires labellisés en France, en phase 1."
    ]


@pytest.mark.parametrize(
    ("doubt", "question"),
    [
        (("two_places", "Bretagne"), "Deux lieux sont aussi proches du chiffre : est-ce en France ou en Bretagne ?"),
        (("two_places", "France"), "Deux lieux sont aussi proches du chiffre : est-ce bien en France ?"),
        (("far_place",), "Le lieu n’est nommé que loin du chiffre : est-ce bien en France ?"),
        (
            ("two_dates", "2023"),
            "Deux dates sont aussi proches du chiffre : est-ce au 9 novembre 2023 ou en 2023 ?",
        ),
        (("two_dates", SECRET), "Deux dates sont aussi proches du chiffre : est-ce bien au 9 novembre 2023 ?"),
        (("wrong_weekday",), "Le jour de la semaine n’est pas celui de la date : est-ce bien au 9 novembre 2023 ?"),
        (("no_date",), "Le document n’est pas daté : de quand est ce chiffre ?"),
        (("two_phases", 1), "Deux phases sont aussi proches du chiffre : est-ce en phase 2 ou en phase 1 ?"),
        (
            ("other_concept", "new_territories"),
            "Le texte peut compter là deux choses : "
            "est-ce « Territoires labellisés » ou « Territoires entièrement nouveaux » ?",
        ),
        (("other_concept", SECRET), "Le texte peut compter là deux choses : est-ce bien « Territoires labellisés » ?"),
        (("little_said",), "Peu de mots disent ce qui est compté : est-ce bien « Territoires labellisés » ?"),
        (("nobody_named",), "Ces mots sont cités sans que l’on dise de qui : qui parle ?"),
        (("a_code_of_no_list",), "Est-ce bien ce que dit le document ?"),
    ],
)
def test_a_doubt_becomes_its_reason_and_a_question(doubt, question):
    assert f"<!-- Page 3 : {question} Si la ligne" in drafted(doubtful(*doubt))


@pytest.mark.parametrize("code", KINDS)
def test_every_doubt_is_worded_in_both_languages(code):
    row = doubtful(code, given="Vu à l’écran.")
    asked = {}
    for name in LANGUAGES:
        with speaking(name):
            (asked[name],) = questions(row, RULES)
    french = re.sub(r"[\u00a0\u202f]", " ", asked["fr"])
    assert french.startswith(KINDS[code].because.format(given="Vu à l’écran.") + " : ")
    assert french.endswith(" ?")
    assert asked["en"].endswith("?")
    assert not [one for one in (" :", "[fr:", SECRET) if one in asked["en"]]
    assert asked["en"] != asked["fr"]


def test_a_person_s_reason_for_setting_a_figure_apart_is_shown():
    assert "Une correction le met à part (vu à l’écran) : est-ce bien ce que dit le document ?" in drafted(
        doubtful("set_apart", given="vu à l’écran")
    )


@pytest.mark.parametrize(
    "evidence", [None, "", "x", "[]", "3", "{", '{"doubts": null}', '{"doubts": "x"}', '{"doubts": [3, {}]}']
)
def test_a_doubt_without_words_is_a_question_too(evidence):
    assert "<!-- Page 3 : Est-ce bien ce que dit le document ? Si" in drafted(figure(doubtful=True, evidence=evidence))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"as_of": "P10Y"}, "le vocabulaire ne sait pas l’écrire en une phrase"),
        ({"as_of": "2023-13"}, "le vocabulaire ne sait pas l’écrire en une phrase"),
        ({"value_low": None, "value_high": None}, "le vocabulaire ne sait pas l’écrire en une phrase"),
        (
            {"as_of": None},
            "sa date n’est pas connue : donnez celle du document, puis relisez-le",
        ),
        ({"place": "Atlantide"}, "la phrase ne peut pas être relue"),
        ({"place": "Business France"}, "la phrase ne peut pas être relue"),
        ({"value_low": 183.0, "value_high": 190.0}, "la relecture change la valeur"),
    ],
)
def test_what_cannot_be_read_back_is_a_comment_with_the_reason(more, reason):
    text = drafted(figure(**more), published=more.get("as_of", "2024-05-06"))
    assert f"non repris : {reason}. -->" in text
    assert "\n- " not in text


@given(st.text(max_size=60), st.text(max_size=40))
def test_nothing_of_the_document_ends_a_comment_or_stands_in_the_note(said_by, unit):
    rows = [
        figure(said_by=said_by + "-->\n- x", concept=None, unit=unit or None),
        figure(said_by="--><!--\n## Chiffres"),
    ]
    text = drafted(*rows)
    assert SECRET not in text
    bodies = [line for line in text.split("\n")[6:] if line and not notes.COMMENT.fullmatch(line)]
    assert bodies == ["## Chiffres", bodies[1], "## Remarques"]
    assert bodies[1].startswith("- Au 9 novembre 2023")


@pytest.mark.parametrize(
    ("text", "told"), [("70 minutes", "70"), ("5 mois", "70"), ("70 ans", "70 ans"), ("70 années", "70 ans")]
)
def test_a_duration_that_no_concept_takes_is_told_in_years_only_where_it_is(text, told):
    row = figure(concept=None, unit="year", value_low=70.0, value_high=70.0, text=text)
    assert f"<!-- Page 3 : {told}, sans concept. -->" in drafted(row)


@pytest.mark.parametrize("published", [None, "2024", "mai 2024", "2024-05-06\nsource: x"])
def test_a_date_that_is_not_known_is_a_question_that_the_strict_reader_refuses(tmp_path, published):
    text = drafted(figure(), published=published)
    assert "\nsource: gazette-2024\n" in text
    path = tmp_path / "note.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(provenance.SourceError, match="published: Value error, to be answered: quand le document"):
        notes.load_header(path)


def test_a_document_without_pages_or_figures_gives_an_empty_note():
    assert drafted() == (
        '---\nsource: gazette-2024\npublished: "2024-05-06"\nplace_in_document: texte\n---\n\n## Chiffres\n'
    )
