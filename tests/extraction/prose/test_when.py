"""When and in which phase: dates written, dates that lean on the document's, phases said and phases by date."""

import pytest

from analysis.extraction.documents import Block
from analysis.extraction.prose.moments import ends_of, leaning

DATES = [
    ("Au 6 mars 2019, le programme comptait 136 territoires labellisés.", "2019-03-06"),
    ("En mars 2019, le programme comptait 136 territoires labellisés.", "2019-03"),
    ("En 2019, le programme comptait 136 territoires labellisés.", "2019"),
    ("Hier, on comptait 136 territoires labellisés.", "2019-11-19"),
    ("Ce mardi 19 novembre, on comptait 136 territoires labellisés.", "2019-11-19"),
    ("Mardi, on comptait 136 territoires labellisés.", "2019-11-19"),
    ("En octobre dernier, on comptait 136 territoires labellisés.", "2019-10"),
    ("L'an dernier, on comptait 136 territoires labellisés.", "2018"),
    ("D'ici la fin de l'année, on comptera 136 territoires labellisés.", "2019-12-31"),
    ("Au premier semestre 2019, on comptait 136 territoires labellisés.", "2019-01/2019-06"),
    ("Lancé le 22 novembre 2018, le programme compte 136 territoires labellisés.", "2019-11-20"),
    ("Ce programme, qui n'existait pas en 2017, compte 136 territoires labellisés.", "2019-11-20"),
    ("Le programme compte 136 territoires labellisés, de plus qu'en 2018.", "2019-11-20"),
    ("Le programme compte 136 territoires labellisés.", "2019-11-20"),
    ("Retenu en mars 2019, le programme breton compte 136 territoires labellisés.", "2019-11-20"),
    ("Le programme, né en 2018, compte 136 territoires labellisés.", "2019-11-20"),
    ("Le forum s'est tenu le 3 mai 2019 et le programme compte 136 territoires labellisés.", "2019-11-20"),
    ("Les 136 territoires labellisés d'hier sont ceux d'aujourd'hui.", "2019-11-20"),
    ("Deux en 2017, 136 territoires labellisés en 2018.", "2018"),
    ("On n'en comptait que 136, territoires labellisés, un an plus tôt.", "2018"),
]
LEANING = [
    ("hier", "2019-11-19"), ("avant-hier", "2019-11-18"), ("demain", "2019-11-21"), ("jeudi dernier", "2019-11-14"),
    ("en novembre dernier", "2018-11"), ("en mars prochain", "2020-03"), ("l'année prochaine", "2020"),
    ("cette année", "2019"), ("il y a deux ans", "2017"), ("d'ici à fin 2025", "2025-12-31"),
    ("au second semestre", "2019-07/2019-12"), ("le mois dernier", "2019-10"), ("aujourd'hui", "2019-11-20"),
]  # fmt: skip
PHASES = [
    ("Dans la première phase, 149 territoires ont été labellisés.", "149", 1),
    ("L'acte 2 du programme compte 183 territoires labellisés.", "183", 2),
    ("La nouvelle génération compte 183 territoires labellisés.", "183", 2),
    ("Entre 2019 et 2022, le programme comptait 149 territoires labellisés.", "149", 1),
    ("Pour 2023-2027, le programme compte 183 territoires labellisés.", "183", 2),
    ("Le 6 mars 2019, le programme comptait 136 territoires labellisés.", "136", 1),
    ("Le programme compte 183 territoires labellisés, contre 149 auparavant.", "149", 1),
    ("Le programme compte 183 territoires labellisés, contre 149 en phase 1.", "183", 2),
    ("Le nombre de territoires labellisés est passé de 149 à 183.", "149", 1),
    ("Le nombre de territoires labellisés est passé de 149 à 183.", "183", 2),
    ("Comme en phase 1, le programme compte 183 territoires labellisés.", "183", 2),
    ("Le programme compte 183 territoires labellisés.", "183", 2),
    ("La MEL compte 95 communes.", "95", None),
    ("En phase 2, le programme compte 183 territoires labellisés, au lieu de 149.", "149", 1),
    ("Le programme compte 183 territoires labellisés (149 → 183).", "149", 1),
    ("Le programme comptait 149 territoires labellisés.", "149", 1),
    ("Le programme compte 183 territoires labellisés, comme la fois précédente.", "183", 2),
    ("Il constate qu'en première phase le programme était mal connu et que 183 territoires sont labellisés.", "183", 2),
    ("À l'époque, le programme retenait 149 territoires labellisés.", "149", 1),
    ("En première phase, on parlait de 149 territoires labellisés ; on en est à 183.", "183", 2),
    ("La première phase retenait 149 territoires ; la suivante en a retenu 183.", "183", 2),
    ("La première phase est finie. Elle a retenu 149 territoires labellisés.", "149", 1),
    ("Le Bassin d'Alès comptait 72 communes.", "72", 1),
]


@pytest.mark.parametrize(("text", "as_of"), DATES)
def test_a_figure_has_its_date(one, text, as_of):
    assert one(text, "136", "2019-11-20")["as_of"] == as_of


@pytest.mark.parametrize(("words", "iso"), LEANING)
def test_words_that_lean_on_the_document_s_date(words, iso):
    (moment,) = leaning(f"x {words} y", 10, "2019-11-20")
    assert (moment.iso, moment.start, moment.end) == (
        iso,
        12 + len(words) - (moment.end - moment.start),
        12 + len(words),
    )


@pytest.mark.parametrize(("text", "piece", "phase"), PHASES)
def test_a_figure_has_its_phase(one, text, piece, phase):
    row = one(text, piece)
    assert row["concept"] is not None
    assert row["phase"] == phase


@pytest.mark.parametrize(("text", "published", "phase"), [
    ("La prochaine génération du programme devrait retenir 160 territoires labellisés.", "2022-06-01", 2),
    ("La première phase retient 136 territoires labellisés.", "2020-06-01", 1),
])  # fmt: skip
def test_the_next_phase_follows_the_one_in_force(one, text, published, phase):
    assert one(text, "1", published)["phase"] == phase


def test_a_phase_that_the_tense_alone_tells_is_doubtful(one):
    row = one("Le programme comptait 149 territoires labellisés.", "149")
    assert (row["phase"], [doubt["code"] for doubt in row["doubts"]]) == (1, ["tense_alone"])
    reported = one("Mme Quidam a rappelé que le programme comptait 183 territoires labellisés.", "183")
    assert (reported["phase"], reported["doubtful"]) == (2, False)


def test_a_note_has_the_phase_of_its_call(one):
    body = "La première phase a créé 9 200 emplois1 dans le cadre du programme."
    note = "1 S'y ajoutent 209 relocalisations."
    blocks = (Block("paragraph", 0, len(body), None), Block("footnote", len(body) + 2, len(body) + 2 + len(note), None))
    assert one(f"{body}\n\n{note}", "209", blocks=blocks)["phase"] == 1


def test_a_date_that_is_a_claim_has_its_day_as_value(one):
    row = one(
        "Le premier comité de pilotage du territoire Nord Lorraine aura lieu le 30 janvier prochain.", "30", "2024-01"
    )
    assert (row["concept"], row["value_low"], row["as_of"]) == ("first_steering_committee", 20240130.0, "2024-01-30")


def test_a_weekday_that_is_not_the_date_s_is_doubtful(one):
    row = one("Le lundi 19 novembre, on comptait 136 territoires labellisés.", "136", "2019-11-20")
    assert row["as_of"].endswith("-11-19")
    assert (
        one("Le mardi 19 novembre, on comptait 136 territoires labellisés.", "136", "2019-11-20")["doubtful"] is False
    )


@pytest.mark.parametrize(("published", "phase", "doubtful"), [
    ("2020-05-01", 1, False), ("2023-06-01", 1, True), ("2023-11", None, False), ("2023-12", 2, False),
    ("2015", None, False),
])  # fmt: skip
def test_without_a_word_the_phase_is_that_of_the_document_s_date(one, published, phase, doubtful):
    row = one("Le programme compte 140 territoires labellisés.", "140", published)
    assert (row["phase"], row["doubtful"]) == (phase, doubtful)


def test_a_document_without_date_leaves_a_doubt(one):
    row = one("Le programme compte 140 territoires labellisés.", "140", None)
    assert (row["as_of"], row["phase"], row["doubtful"]) == (None, None, True)


@pytest.mark.parametrize(("iso", "ends"), [
    ("2019", ("2019-01-01", "2019-12-31")), ("2018/2022", ("2018-01-01", "2022-12-31")),
    ("2020-01-02", ("2020-01-02", "2020-01-02")),
])  # fmt: skip
def test_ends_of_a_date(iso, ends):
    assert ends_of(iso) == ends


@pytest.mark.parametrize(("text", "piece", "phase"), [
    ("En Vendée, six territoires sont labellisés depuis novembre 2023.", "six", 2),
    ("En Vendée, six territoires sont labellisés depuis novembre 2023, contre cinq avant.", "cinq", 1),
    ("En Vendée, six territoires étaient recensés en novembre 2023.", "six", None),
    ("Avant 2023, la Vendée figurait sur la liste avec cinq territoires labellisés.", "cinq", 1),
    ("Du temps où la carte était autre, la Vendée a eu cinq territoires labellisés.", "cinq", 1),
    ("La Marne compte désormais cinq territoires labellisés là où il n'y en avait que trois.", "cinq", 2),
])  # fmt: skip
def test_since_and_before_tell_the_phase(one, text, piece, phase):
    assert one(text, piece)["phase"] == phase


def test_a_date_before_which_something_held_is_not_its_date(one):
    row = one("Avant 2023, la Vendée figurait sur la liste avec cinq territoires labellisés.", "cinq")
    assert row["as_of"] == "2024-03-01"


@pytest.mark.parametrize(("text", "phase"), [
    ("L'Occitanie compte 14 territoires labellisés, contre 24 en Auvergne-Rhône-Alpes.", 2),
    ("L'Occitanie compte 34 territoires labellisés, contre 24 à ses débuts.", 1),
])  # fmt: skip
def test_a_comparison_is_with_another_place_or_with_the_phase_before(one, text, phase):
    assert one(text, "24")["phase"] == phase
