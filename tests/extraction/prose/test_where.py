"""Where: names, other names and adjectives, what stands in for a place, what heads the sentence, and homonyms."""

import pytest

NAMED = [
    ("La Bretagne compte dix territoires labellisés.", "Bretagne"),
    ("Le Grand-Est compte dix territoires labellisés.", "Grand Est"),
    ("Les Hauts de France comptent dix territoires labellisés.", "Hauts-de-France"),
    ("PACA compte dix territoires labellisés.", "Provence-Alpes-Côte d'Azur"),
    ("La région Sud compte dix territoires labellisés.", "Provence-Alpes-Côte d'Azur"),
    ("Dix territoires bretons sont labellisés.", "Bretagne"),
    ("On compte dix territoires labellisés dans le département du Nord.", "Nord"),
    ("Au niveau national, on compte dix territoires labellisés.", "France"),
    ("Le programme compte dix territoires labellisés.", "France"),
    ("Le préfet de la région Normandie l'a dit : la Bretagne compte dix territoires labellisés.", "Bretagne"),
    ("Derrière la Bretagne, la Normandie compte dix territoires labellisés.", "Normandie"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place"), NAMED)
def test_a_place_is_known_by_its_names(read, text, place):
    (row,) = [row for row in read(text) if row["concept"] == "labelled_territories"]
    assert row["place"] == place


@pytest.mark.parametrize(
    "text",
    [
        "Selon Business France, dix territoires sont labellisés.",
        "Plus au nord, tout au nord, dix territoires sont labellisés.",
        "Il aura fallu du temps : dix territoires sont labellisés.",  # not AURA
    ],
)
def test_what_holds_a_place_s_name_or_its_letters_is_none(read, text):
    (row,) = [row for row in read(text) if row["concept"] == "labelled_territories"]
    assert row["place"] == "France"


def test_each_figure_of_a_list_has_its_own_place(read):
    rows = read("Les territoires labellisés sont 9 en Bretagne, 12 en Normandie, 2 en Corse.")
    assert [(row["value_low"], row["place"]) for row in rows] == [(9, "Bretagne"), (12, "Normandie"), (2, "Corse")]


@pytest.mark.parametrize(
    ("text", "piece", "place"),
    [
        ("La Bretagne est servie. La région compte dix territoires labellisés.", "dix", "Bretagne"),
        ("Le territoire Nord Lorraine est né. Il fédère dix intercommunalités.", "dix", "Nord Lorraine"),
        ("Le territoire Nord Lorraine est né. Le territoire couvre 218 communes.", "218", "Nord Lorraine"),
        ("Le territoire Nord Lorraine est né. La région compte dix territoires labellisés.", "dix", "Grand Est"),
        ("La Corse en a deux. Le pays en compte 183, des territoires labellisés.", "183", "France"),
    ],
)
def test_a_stand_in_is_the_place_told_before(one, text, piece, place):
    assert one(text, piece)["place"] == place


def test_what_heads_a_sentence_gives_its_place(one):
    text = "Bilan\n\nEn Bretagne\n\nDix territoires sont labellisés."
    row = one(text, "Dix")
    assert row["place"] == "Bretagne"
    assert row["confidence"] == "inferred"
    (span,) = row["spans"]["place"]
    assert text[span[0] : span[1]] == span[2] == "Bretagne"


def test_a_place_that_is_too_small_gives_way_to_the_country(one):
    text = "En Corse\n\nLe programme compte 183 territoires labellisés."
    assert one(text, "183")["place"] == "France"


@pytest.mark.parametrize(
    ("text", "concept", "place"),
    [
        ("Le territoire Vosges réunit cinq intercommunalités.", "member_intercommunalities", "Vosges"),
        ("Dans les Vosges, cinq territoires sont labellisés.", "labelled_territories", "Vosges"),
        ("La MEL regroupe cinq communes.", "communes", "MEL"),
        ("La communauté de communes Pévèle-Carembault regroupe cinq communes.", "communes", "CC Pévèle-Carembault"),
        ("L'agglomération de Nevers compte cinq communes.", "communes", "CA de Nevers"),
    ],
)
def test_a_name_of_several_places_is_the_one_that_can_hold_the_concept(read, text, concept, place):
    (row,) = [row for row in read(text) if row["concept"]]
    assert (row["concept"], row["place"]) == (concept, place)


def test_members_that_are_listed_are_not_where_the_next_figure_holds(one):
    text = (
        "Le territoire Vallée de l'Arve associe deux intercommunalités, CC Faucigny - Glières et CC Cluses-Arve et "
        "Montagnes, et couvre 17 communes."
    )
    assert one(text, "17")["place"] == "Vallée de l'Arve"
    assert one(text, "deux")["place"] == "Vallée de l'Arve"


def test_a_territory_has_the_name_of_its_phase(one):
    text = "Le territoire Alsace centrale associe {} intercommunalités en phase {}."
    assert one(text.format("cinq", 1), "cinq")["place"] == "Alsace centrale"
    assert one(text.format("cinq", 2), "cinq")["place"] == "Alsace Centrale"


def test_two_places_as_near_are_doubtful(one):
    row = one("En Bretagne comme ailleurs, en Corse, à égalité avec la Normandie : la Bretagne, la Corse : "
              "Normandie, 10 territoires labellisés, Corse.", "10")  # fmt: skip
    assert row["concept"] == "labelled_territories"
    assert row["place"] in {"Normandie", "Corse"}


def test_the_other_of_two_places_as_near_is_told_with_where_both_stand(one):
    row = one("En Normandie, 10 territoires labellisés en Corse.", "10")
    (doubt,) = row["doubts"]
    assert (doubt["code"], doubt["about"]) == ("two_places", "place")
    assert {row["place"], *doubt["others"]} == {"Normandie", "Corse"}
    assert {piece for *_, piece in doubt["spans"]} == {"Normandie", "Corse"}


@pytest.mark.parametrize(("text", "piece", "place"), [
    ("Le territoire Narbonne, devenu Grand Narbonne, couvre 37 communes.", "37", "Grand Narbonne"),
    ("Les Mayennais en ont quatre labellisés, alors que la Sarthe, plus peuplée, plafonne à trois territoires.",
     "trois", "Sarthe"),
    ("Dans le Grand Est, un territoire réunit en moyenne 4,4 intercommunalités, contre 6,5 ; pour la Bretagne, "
     "la moyenne est de 3,2.", "6,5", "Grand Est"),
    ("Le Grand Dole, avec leurs 78 communes, borde Grand Chalon.", "78", "Grand Dole"),
    ("Aix-Marseille-Provence, lequel recouvre 92 communes, jouxte Vaucluse.", "92", "Aix-Marseille-Provence"),
])  # fmt: skip
def test_the_place_is_that_of_the_clause(one, text, piece, place):
    assert one(text, piece)["place"] == place


def test_the_widest_of_a_list_is_a_territory_whose_members_are_counted(one):
    row = one("Le territoire Sud Alsace, le plus étendu de tous, fédère dix intercommunalités.", "dix")
    assert (row["concept"], row["place"]) == ("member_intercommunalities", "Sud Alsace")


def test_a_place_of_the_title_alone_is_doubtful(one):
    row = one("Le plan comporte douze fiches actions.", "douze", title="Le plan du territoire Sud Alsace")
    assert (row["place"], [doubt["code"] for doubt in row["doubts"]]) == ("Sud Alsace", ["far_place"])


def test_what_a_region_leaves_unsaid_is_sure(one):
    text = "Les territoires labellisés se répartissent ainsi. La Bretagne en a dix. {} en a cinq."
    assert not one(text.format("La Corse"), "dix")["doubtful"]


def test_chez_nous_is_not_the_country_for_sure(one):
    row = one("Chez nous, ce sont 372 communes labellisées.", "372")
    assert [doubt["code"] for doubt in row["doubts"]] == ["unnamed_subject"]


def test_a_word_of_a_name_is_not_counted(one):
    row = one("Finistère réunit onze intercommunalités. L'Axe Seine le talonne (dix).", "dix")
    assert row["concept"] != "action_axes"


def test_a_territory_has_no_hundred_members(one):
    row = one("Le programme rassemble 630 intercommunalités.", "630", producer="Agglomération de Montluçon")
    assert (row["concept"], row["place"]) == ("intercommunalities", "France")
