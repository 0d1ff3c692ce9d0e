"""Claims: the committed notes say what the documents say; the rules on small sentences; what is refused."""

import csv
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ClaimError
from analysis.extraction import claims, vocabulary
from analysis.extraction.numerals import Quantity, read
from analysis.sources import notes as notes_module
from analysis.sources import provenance

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw"
GOLDEN = Path(__file__).parents[1] / "golden" / "claims.csv"
PLACES = {name: name for name in ("Grand Est", "Hauts-de-France", "Île-de-France", "Nord Lorraine", "Vosges")}
cached = cache(read)  # a sentence that comes again is read once
KEY = ["source_id", "concept", "place", "phase", "as_of", "value_low", "value_high"]

RULES = {
    "units": {
        "territory": {"label": "territoires", "lemmas": ["territoire"]},
        "%": {"label": "%", "lemmas": ["%"], "scaled": {"fraction": 100}},
        "year": {"label": "ans", "lemmas": ["an"], "kinds": ["period"]},
        "date": {"label": "date", "kinds": ["date"]},
        "rank": {"label": "rang", "kinds": ["ordinal"]},
    },
    "phases": {
        1: {"label": "Phase 1", "mentions": ["phase 1", "phase 1 (2019-2022)", "première phase"]},
        2: {"label": "Phase 2", "mentions": ["phase 2"]},
    },
    "places": {"whole": "France", "aliases": {"France": ["France"]}, "not_places": ["France 2030"]},
    "concepts": {
        "labelled": {
            "label": "Territoires",
            "unit": "territory",
            "nouns": ["territoire"],
            "triggers": ["labellis*"],
            "never_with": ["nouveaux"],
            "measured_on": "la France",
        },
        "new": {"label": "Nouveaux", "unit": "territory", "triggers": ["tout nouveaux"], "measured_on": "la France"},
        "share": {"label": "Part", "unit": "%", "triggers": ["part"], "measured_on": "une région"},
        "span": {"label": "Période", "unit": "year", "triggers": ["période"], "measured_on": "la France"},
        "meeting": {"label": "Comité", "unit": "date", "triggers": ["premier comité"], "measured_on": "la France"},
    },
}


@pytest.fixture(scope="module")
def rules():
    return vocabulary.parse(RULES)


@pytest.fixture(scope="module")
def committed_rules():
    return vocabulary.parse(provenance.load_vocabulary(RAW / "vocabulary.yaml"))


@pytest.fixture(scope="module")
def notes():
    return notes_module.load_notes(RAW / "notes", provenance.load_sources(RAW / "sources.yaml"))


@cache
def official_names() -> dict[str, str]:
    """Names of the official lists as the pipeline gives them: communes up to régions, territories of both phases."""
    names: dict[str, str] = {}
    for table in ("communes", "intercommunalities", "departments", "regions", "territories"):
        with (RAW / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            names |= {row["name"]: row["name"] for row in csv.DictReader(file)}
    return names


def figure(text: str, piece: str, kind: str = "count", value: float = 1, unit: str | None = None, **more) -> Quantity:
    """A hand-made figure: `piece` of `text`."""
    start = text.index(piece)
    end = start + len(piece)
    number = start + len(piece.split(" ", maxsplit=1)[0])
    low, high = more.get("low", value), more.get("high", value)
    return Quantity(
        start, end, start, number if kind == "count" else end, kind, low, high, more.get("iso"), False, None,
        more.get("qualifier", "exact"), unit, 0, len(text),
    )  # fmt: skip


def note(*texts: str, source_id: str = "press-2024") -> notes_module.Note:
    lines = [notes_module.Sentence(text, rank) for rank, text in enumerate(texts, start=9)]
    return notes_module.Note(source_id, f"data/raw/notes/{source_id}.md", "2024-01", lines)


def read_one(rules, text, *figures):
    return claims.claims_from_notes([note(text)], rules, PLACES, lambda _: list(figures))


# --- the committed notes -----------------------------------------------------------------------------------


def test_claims_of_the_committed_notes_equal_the_published_figures(notes, committed_rules):
    found = claims.claims_from_notes(notes, committed_rules, official_names())
    golden = pl.read_csv(GOLDEN, schema_overrides={**claims.COLUMNS, "as_of": pl.String})
    assert found.unresolved.is_empty()
    assert found.claims.height == golden.height > 0, "read the new figures, then `analysis golden` adds them"
    assert found.claims.select(golden.columns).sort(KEY).rows() == golden.sort(KEY).rows()


def test_claims_of_the_committed_notes_have_ids_and_offsets(notes, committed_rules):
    table = claims.claims_from_notes(notes, committed_rules, official_names()).claims
    assert dict(table.schema) == dict(claims.COLUMNS)
    assert table["claim_id"].is_unique().all()
    assert table["sentence"].is_unique().all()
    for row in table.iter_rows(named=True):
        piece = row["sentence"][row["start"] : row["end"]]
        assert piece == piece.strip() != ""


def test_lists_are_about_concepts_and_places_of_the_vocabulary(notes, committed_rules):
    places = {*official_names().values(), *committed_rules.places.values()}
    for one in (one for each in notes for one in each.enumerations):
        assert one.concept in committed_rules.concepts
        assert one.place in places


def test_enumerations_hold_names_or_only_ranks(notes):
    lists = claims.enumerations(notes)
    contracts = lists.filter(source_id="grand-est-2019", concept="signed_contracts")
    actors = lists.filter(concept="governance_actors")
    assert contracts["rank"].to_list() == actors["rank"].to_list() == list(range(1, 12))
    assert contracts["item"].null_count() == 0
    assert actors["item"].null_count() == 11
    assert claims.enumerations([]).schema == lists.schema


@given(st.data())
@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_order_of_notes_does_not_matter(notes, committed_rules, data):
    some = data.draw(st.lists(st.sampled_from(notes), unique_by=lambda one: one.source_id, max_size=4))
    shuffled = data.draw(st.permutations(some))
    names = official_names()
    first, second = (claims.claims_from_notes(each, committed_rules, names, cached) for each in (some, shuffled))
    assert first.claims.equals(second.claims)


@given(count=st.integers(2, 999_999), hedge=st.sampled_from(["", "près de ", "plus de ", "environ "]))
def test_offsets_slice_to_the_figure(rules, count, hedge):
    text = f"En France, on compte {hedge}{count} territoires labellisés pour la phase 1."
    (row,) = claims.claims_from_notes([note(text)], rules, {}).claims.rows(named=True)
    assert row["sentence"][row["start"] : row["end"]] == f"{count} territoires"
    assert row["value_low"] == count
    assert row["phase"] == 1


# --- the rules, on hand-made figures -----------------------------------------------------------------------


def test_a_figure_gets_concept_unit_place_phase_and_the_source_s_date(rules):
    text = "Le Grand Est compte près de 15 territoires labellisés en phase 2."
    found = read_one(rules, text, figure(text, "15 territoires", value=15, unit="territoire", qualifier="nearly"))
    assert found.claims.rows(named=True) == [
        {
            "claim_id": "press-2024:labelled:grand-est:1",
            "source_id": "press-2024",
            "concept": "labelled",
            "place": "Grand Est",
            "phase": 2,
            "value_low": 15.0,
            "value_high": 15.0,
            "qualifier": "nearly",
            "unit": "territory",
            "as_of": "2024-01",
            "sentence": text,
            "start": 28,
            "end": 42,
        }
    ]


def test_a_phase_s_name_is_neither_a_figure_nor_a_date(rules):
    text = "La phase 1 (2019-2022) a labellisé 149 territoires en France."
    found = read_one(
        rules, text,
        figure(text, "1", value=1),
        figure(text, "2019-2022", "period", iso="2019/2022"),
        figure(text, "149 territoires", value=149, unit="territoire"),
    )  # fmt: skip
    assert found.claims.select("value_low", "phase", "as_of").rows() == [(149.0, 1, "2024-01")]


@pytest.mark.parametrize(
    ("written", "kind", "iso"),
    [("le 6 mars 2019", "date", "2019-03-06"), ("en 2018", "year", "2018"), ("de 2019 à 2022", "period", "2019/2022")],
)
def test_a_written_date_wins_over_the_source_s(rules, written, kind, iso):
    text = f"La France compte, {written}, 136 territoires labellisés."
    piece = written.removeprefix("le ").removeprefix("en ")
    found = read_one(
        rules, text,
        figure(text, piece, kind, iso=iso),
        figure(text, "136 territoires", value=136, unit="territoire"),
    )  # fmt: skip
    assert found.claims["as_of"].to_list() == [iso]


def test_an_open_side_stays_open(rules):
    text = "Au plus 4 territoires sont labellisés en France."
    (row,) = read_one(rules, text, figure(text, "4 territoires", low=None, high=4, unit="territoire")).claims.rows(
        named=True
    )
    assert (row["value_low"], row["value_high"]) == (None, 4.0)


def test_a_fraction_becomes_a_percentage(rules):
    text = "La part du Grand Est est d’un quart."
    found = read_one(rules, text, figure(text, "un quart", "percent", value=0.25, unit="fraction"))
    assert found.claims.select("value_low", "unit").rows() == [(25.0, "%")]


def test_a_date_is_the_figure_when_a_concept_takes_it(rules):
    text = "Le premier comité se réunit en France le 30 janvier 2024."
    found = read_one(
        rules, text,
        figure(text, "premier", "ordinal"),
        figure(text, "30 janvier 2024", "date", value=20240130, iso="2024-01-30"),
    )  # fmt: skip
    assert found.claims.select("concept", "value_low", "as_of").rows() == [("meeting", 20240130.0, "2024-01-30")]


def test_a_period_is_the_figure_and_the_year_beside_it_its_date(rules):
    text = "En 2023, la période annoncée en France est 2023-2027."
    found = read_one(
        rules, text,
        figure(text, "2023", "year", value=2023, iso="2023"),
        figure(text, "2023-2027", "period", low=2023, high=2027, iso="2023/2027", qualifier="between"),
    )  # fmt: skip
    columns = ["concept", "value_low", "value_high", "qualifier", "as_of"]
    assert found.claims.select(columns).rows() == [("span", 2023.0, 2027.0, "exact", "2023")]


def test_a_duration_is_a_figure_like_another(rules):
    text = "La période annoncée en 2023 pour la France dure dix ans."
    found = read_one(
        rules, text,
        figure(text, "2023", "year", value=2023, iso="2023"),
        figure(text, "dix ans", "period", value=10, iso="P10Y", unit="an"),
    )  # fmt: skip
    assert found.claims.select("concept", "value_low", "unit", "as_of").rows() == [("span", 10.0, "year", "2023")]


def test_a_part_of_the_country_wins_over_the_country(rules):
    text = "En France, le Grand Est compte 15 territoires labellisés."
    found = read_one(rules, text, figure(text, "15 territoires", value=15, unit="territoire"))
    assert found.claims["place"].to_list() == ["Grand Est"]


@pytest.mark.parametrize("name", ["Île-de-France", "Hauts-de-France"])
def test_the_longest_name_wins(rules, name):
    text = f"La région {name} compte 15 territoires labellisés dans le cadre de France 2030."
    found = read_one(rules, text, figure(text, "15 territoires", value=15, unit="territoire"))
    assert found.claims["place"].to_list() == [name]


def test_a_word_that_excludes_a_concept_leaves_the_other(rules):
    text = "En France, 29 territoires labellisés sont tout nouveaux."
    found = read_one(rules, text, figure(text, "29 territoires", value=29, unit="territoire"))
    assert found.claims["concept"].to_list() == ["new"]


@pytest.mark.parametrize(("counted", "unit"), [("territoires", "territory"), ("abeilles", "abeille")])
def test_a_figure_that_no_concept_takes_is_kept_as_unresolved(rules, counted, unit):
    text = f"La France compte 12 {counted}."
    found = read_one(rules, text, figure(text, f"12 {counted}", value=12, unit=counted.removesuffix("s")))
    assert found.claims.is_empty()
    assert found.unresolved.select("claim_id", "concept", "unit", "text").rows() == [
        ("press-2024:unresolved:france:1", None, unit, f"12 {counted}")
    ]


def test_ids_do_not_change_with_other_concepts_or_places(rules):
    texts = [f"Le {place} compte 15 territoires labellisés." for place in ("Grand Est", "Nord Lorraine", "Vosges")]

    def by_hand(text: str) -> list[Quantity]:
        return [figure(text, "15 territoires", value=15, unit="territoire")]

    few, all_ = (
        claims.claims_from_notes([note(*some)], rules, PLACES, by_hand).claims["claim_id"].to_list()
        for some in (texts[1:], texts)
    )
    assert all_[1:] == few


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("La France en compte 183.", [("183", "count", None, None)], r"the figure '183' has no unit"),
        ("On compte 3 territoires labellisés.", [("3 territoires", "count", "territoire", None)], "no known place"),
        ("Le Grand Est et les Vosges ont 3 territoires labellisés.", [("3 territoires", "count", "territoire", None)],
         "several places: Grand Est, Vosges"),
        ("La France a 3 territoires labellisés, phase 1 et phase 2.", [("3 territoires", "count", "territoire", None)],
         "two phases"),
        ("La France compte des territoires.", [], "no figure"),
        ("En 2018 ou 2019, la part de la France est de 3 %.",
         [("2018", "year", None, "2018"), ("2019", "year", None, "2019"), ("3 %", "percent", "%", None)],
         "several dates: 2018, 2019"),
        ("Au 6 mars, la France a 3 territoires labellisés.",
         [("6 mars", "date", None, "--03-06"), ("3 territoires", "count", "territoire", None)], "--03-06 has no year"),
    ],
)  # fmt: skip
def test_a_sentence_is_refused(rules, text, pieces, expected):
    figures = [figure(text, piece, kind, unit=unit, iso=iso) for piece, kind, unit, iso in pieces]
    with pytest.raises(ClaimError, match=expected) as caught:
        read_one(rules, text, *figures)
    assert "data/raw/notes/press-2024.md: line 9: " in str(caught.value)
    assert f"« {text} »" in str(caught.value)
    assert "dvc repro" in str(caught.value)


def test_two_concepts_equally_good_are_refused():
    tied = {name: {**RULES["concepts"]["share"], "triggers": [name]} for name in ("part", "proportion")}
    text = "La part, ou proportion, du Grand Est est de 10 %."
    with pytest.raises(ClaimError, match="two concepts are equally good: part, proportion"):
        read_one(vocabulary.parse({**RULES, "concepts": tied}), text, figure(text, "10 %", "percent", unit="%"))


def test_a_bare_number_is_refused_as_read(rules):
    with pytest.raises(ClaimError, match=r"the figure '183' has no unit\. .* Write what is counted"):
        claims.claims_from_notes([note("Pour la France, c’est 183.")], rules, {})


def changed(section: str, name: str, **fields) -> dict:
    entry = {key: value for key, value in {**RULES[section][name], **fields}.items() if value is not None}
    return {**RULES, section: {**RULES[section], name: entry}}


def sayable(sentence) -> dict:
    return changed("concepts", "share", sentence=sentence)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (changed("concepts", "share", unit="percent"), "concept share: unknown unit percent"),
        (changed("concepts", "share", colour="red"), "concept share: .*unexpected keyword argument 'colour'"),
        (changed("concepts", "share", label=None), "concept share: .*missing 1 required .*'label'"),
        (changed("concepts", "share", triggers="part"), "concept share: triggers is not a list"),
        (changed("concepts", "share", unit=["%", "day"]), "concept share: unknown unit day"),
        (changed("units", "year", lemmas=["territoire"]), "unit year: 'territoire' already means territory"),
        (changed("places", "aliases", France=3), "wrong shape"),
        ({key: value for key, value in RULES.items() if key != "phases"}, "the entry 'phases' is missing"),
        (sayable("la part de {figure} {place}"), "concept share: .* fills other places"),
        (sayable("la part de {figure} {place}{phase}{day}"), "concept share: .* fills other places"),
        (sayable("le total de {figure} {place}{phase}"), "concept share: .* calls for no concept"),
        (sayable(3), "concept share: sentence is neither a text nor a text by unit"),
        (sayable({"km": "la part de {figure} {place}{phase}"}), "concept share: a sentence for km, no unit of it"),
        (sayable({"%": 3}), "concept share: 3 fills other places"),
        (changed("concepts", "labelled", sentence="{figure} tout nouveaux labellisés {place}{phase}"),
         "concept labelled: .* calls for new"),
        (changed("concepts", "labelled", sentence="{figure} territoire{s} {place}{phase}", triggers=["territoires"]),
         "concept labelled: .* calls for no concept"),
    ],
)  # fmt: skip
def test_a_vocabulary_is_refused(raw, expected):
    with pytest.raises(ClaimError, match=expected) as caught:
        vocabulary.parse(raw)
    assert str(caught.value).startswith("data/raw/vocabulary.yaml: ")


def test_the_reader_by_default_is_the_project_s(rules):
    text = "La France compte 183 territoires labellisés."
    assert claims.claims_from_notes([note(text)], rules, {}, read).claims.height == 1
