"""Kinds of sentences that were once read wrong: each with its right reading, or with the doubt that it needs."""

import pytest

from analysis.extraction.documents.document import Composer

# A text, a figure in it, and parts of its claim.
RIGHT = [
    ("En Normandie, on compte dix territoires labellisés en seconde phase, deux de plus qu'en première.",
     "deux", {"concept": "net_new_territories", "value_low": 2}),
    ("La Creuse en est. Un tiers des intercommunalités du programme y entrent pour la première fois.",
     "Un tiers", {"concept": "share_of_new_intercommunalities", "phase": 2}),
    ("La Bretagne a 750 communes dans le programme, soit 62 % de celles de la région.",
     "62 %", {"concept": "share_of_communes", "place": "Bretagne"}),
    ("En Bretagne, 750 communes sont couvertes par le programme (62 %).",
     "62 %", {"concept": "share_of_communes", "place": "Bretagne"}),
    ("La moyenne varie. Dans le Grand Est, elle s'élève à 4,7 intercommunalités par territoire.",
     "4,7", {"concept": "members_per_territory", "place": "Grand Est"}),
    ("Le programme retient 183 territoires, contre 149 en première phase, et intéresse 630 intercommunalités.",
     "630", {"concept": "intercommunalities", "phase": 2}),
    ("Le territoire Sud Alsace réunissait onze EPCI en 2019, il n'en a plus que dix.",
     "dix", {"phase": 2, "as_of": "2024-03-01", "place": "Sud Alsace"}),
    ("Le Grand Est affiche 21 territoires labellisés (15 avant).", "15", {"phase": 1, "place": "Grand Est"}),
    ("Né de deux territoires de la première phase, le territoire Sud Alsace réunit dix EPCI.",
     "dix EPCI", {"phase": 2, "place": "Sud Alsace"}),
    ("Le territoire Sud Alsace n'a pas bougé depuis 2018 : dix intercommunalités.",
     "dix", {"phase": 2, "as_of": "2024-03-01"}),
    ("Avec ses 292 communes, Sud Alsace est le plus vaste.", "292", {"place": "Sud Alsace", "concept": "communes"}),
    ("Deuxième par le nombre de territoires labellisés, le Grand Est progresse.",
     "Deuxième", {"concept": "territory_rank", "place": "Grand Est"}),
    ("L'Isère obtient quatre labels, devant la Haute-Savoie qui, elle, en obtient cinq.",
     "cinq", {"place": "Haute-Savoie", "concept": "labelled_territories"}),
    ("La Meuse en a un. Quant à la Marne, elle passe de trois à six territoires labellisés.",
     "six", {"place": "Marne", "phase": 2}),
    ("L'Yonne est servie. Avec deux territoires labellisés sur les dix que compte la Bretagne, elle a 139 communes.",
     "139", {"place": "Yonne", "concept": "communes"}),
    ("Dans la Creuse, un territoire seulement a été labellisé.", "un", {"value_low": 1, "place": "Creuse"}),
    ("Neuf ont été labellisés dans la région Occitanie.", "Neuf", {"value_low": 9, "place": "Occitanie"}),
    ("22 % des 183 territoires labellisés sont en Bretagne.", "183", {"place": "France"}),
    ("Aucun territoire ne va au-delà de 19 intercommunalités.", "19", {"qualifier": "at_most", "value_high": 19}),
    ("L'Ain abrite quatre territoires labellisés au moins en partie.", "quatre", {"qualifier": "exact"}),
    ("L'État promet 100 millions d'euros par an au programme jusqu'en 2027.",
     "100", {"concept": "envelope", "unit": "EUR/year", "as_of": "2024-03-01"}),
    ("Le territoire Grand Châtellerault n'en compte qu'une, d'intercommunalité.", "une", {"value_low": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "piece", "parts"), RIGHT)
def test_a_kind_that_was_mended_is_read(one, text, piece, parts):
    row = one(text, piece)
    assert {name: row[name] for name in parts} == parts


NONE = [
    ("Le Gard a 160 communes sur les 351 que compte le département, dans le programme.", "351"),
    ("Sont concernées 330 communes du programme, soit 330 sur 569.", "569"),
    ("Le territoire Sud Alsace a perdu une communauté et neuf villages.", "neuf"),
    ("La population du territoire Sud Alsace n'a progressé que de 63 %.", "63 %"),
    ("Le territoire Sud Alsace s'est réuni trois fois.", "trois"),
    ("L'État et la région ont signé quatre conventions.", "quatre"),
    ("Sud Alsace concentre deux tiers de cette population.", "deux tiers"),
]


@pytest.mark.parametrize(("text", "piece"), NONE)
def test_what_is_none_of_the_programme_s_is_left(read, text, piece):
    assert not [row for row in read(text) if row["concept"] and piece in row["text"]]


DOUBTFUL = [
    ("Nos 22 communes sont prêtes pour le programme.", "22", "unnamed_subject"),
    ("La chambre a vu trois territoires labellisés de l'Aube et de la Haute-Marne.", "trois", "two_places"),
    ("Alliée à la Beauce Loirétaine, elle réunit 45 communes.", "45", "not_the_subject"),
    ("L'agglomération et Estuaire et Sillon réunissent 21 communes.", "21", "unnamed_subject"),
    ("Le plan d'action initial du territoire Sud Champagne comptait 34 fiches.", "34", "phase_of_place"),
    ("En Bretagne, nous sommes prêts. Chez nous, dix territoires sont labellisés.", "dix", "unnamed_subject"),
]


@pytest.mark.parametrize(("text", "piece", "code"), DOUBTFUL)
def test_what_a_reader_could_not_swear_to_is_doubtful(one, text, piece, code):
    row = one(text, piece)
    assert row["doubtful"]
    assert code in {doubt["code"] for doubt in row["doubts"]}


@pytest.mark.parametrize(
    "text", ["Le territoire Sud Alsace compte {} communes.", "La France compte {} communes couvertes."]
)
def test_a_small_figure_of_a_place_that_is_named_is_asserted(one, text):
    assert not one(text.format(292), "292")["doubtful"]


def test_a_date_between_the_phases_is_of_the_first_where_the_next_is_told_apart(one):
    text = "Le programme compte 149 territoires labellisés. La phase suivante comptera 180 territoires labellisés."
    row = one(text, "149", "2023-06-01")
    assert (row["phase"], row["doubtful"]) == (1, False)
    assert one(text, "180", "2023-06-01")["phase"] == 2


def test_columns_in_thousands_are_counted_in_ones(read):
    made = Composer()
    heads = [made.add("cell", text) for text in ("Territoire", "Communes", "Population (en milliers)")]
    first = made.add("cell", "Sud Alsace", heads=[heads[0]])
    for rank, text in ((1, "292"), (2, "577,5")):
        made.add("cell", text, heads=[heads[rank], first])
    rows = {row["concept"]: row["value_low"] for row in read(made.text, blocks=tuple(made.blocks))}
    assert rows == {"communes": 292, "population": 577_500}


def test_a_note_has_the_date_of_the_figure_that_calls_it(read):
    text = "En 2019, le programme comptait 141 territoires1 labellisés.\n\n1 Dont treize territoires dans le Grand Est."
    made = Composer()
    body, note = text.split("\n\n")
    made.add("paragraph", body)
    made.add("footnote", note)
    (row,) = [row for row in read(made.text, blocks=tuple(made.blocks)) if "treize" in row["text"]]
    assert (row["phase"], row["as_of"]) == (1, "2019")


def test_durations_keep_the_unit_that_they_are_told_in(read):
    units = [row["unit"] for row in read("Le programme dure six mois. Puis 15 jours. Puis trois ans.")]
    assert units == ["mois", "jour", "year"]


SPOKEN = [
    (
        "Mme Un demande combien. M. le Président : « Le programme compte 183 territoires labellisés. »",
        "M. le Président",
    ),
    ("D'après le délégué interministériel, 183 territoires sont labellisés.", "le délégué interministériel"),
    ("M. Deux présente le plan. Il est rappelé que 183 territoires sont labellisés.", None),
]


@pytest.mark.parametrize(("text", "speaker"), SPOKEN)
def test_who_speaks_by_an_office_and_nobody_where_it_is_impersonal(one, text, speaker):
    assert one(text, "183")["said_by"] == speaker
