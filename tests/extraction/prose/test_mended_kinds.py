"""Kinds of sentences that were once read wrong: each with its right reading, or with the doubt that it needs."""

import pytest

from analysis.extraction.documents.document import Composer
from analysis.extraction.prose.folded_words import Words

# A text, a figure in it, and parts of its claim.
RIGHT = [
    ("Lancé en novembre 2018, le programme a d'abord retenu 124 territoires.",
     "124", {"concept": "labelled_territories", "phase": 1, "as_of": "2018-11"}),
    ("Lancé en 2018, le programme comptait initialement 124 territoires.",
     "124", {"concept": "labelled_territories", "phase": 1, "as_of": "2018"}),
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
    ("Le territoire Béziers – Sète est l'un des dix que compte l'Occitanie. De Sète à Vias, il aligne 59 communes.",
     "59", {"place": "Béziers – Sète", "concept": "communes"}),
    ("Lancé en 2018 avec 124 territoires, le programme a grandi.", "124", {"phase": 1, "as_of": "2018"}),
    ("Lancé en 2018, le programme réunit 183 territoires labellisés.", "183", {"phase": 2, "as_of": "2024-03-01"}),
    ("En Bretagne, le nombre de territoires labellisés est passé de 8 en 2019 à 10 en 2023.",
     "10", {"phase": 2, "as_of": "2023", "concept": "labelled_territories"}),
    ("En Bretagne, le nombre de territoires labellisés est passé de 8 en 2019 à 10 en 2023.",
     "8", {"phase": 1, "as_of": "2019"}),
    ("En Bretagne, la part des communes du programme a progressé de 59,1 % à 62,2 %.",
     "59,1", {"concept": "share_of_communes", "phase": 1}),
    ("Le programme couvre 53 % des communes et 60 % de la population, contre 46 % et 45 % auparavant.",
     "46", {"concept": "share_of_communes", "phase": 1}),
    ("Le programme couvre 53 % des communes et 60 % de la population, contre 46 % et 45 % auparavant.",
     "45", {"concept": "share_of_population", "phase": 1}),
    ("Le Haut-Rhin en a trois, dont Sud Alsace, le plus étendu (292 communes).", "292", {"place": "Sud Alsace"}),
    ("L'arrivée de Dijon Métropole et de ses 258 630 habitants compte.", "258", {"place": "Dijon Métropole"}),
    ("Il a été scindé : d'un côté l'Ouest Champenois, avec quatre EPCI ; de l'autre le Pays Vitryat, avec trois EPCI.",
     "quatre", {"place": "Ouest Champenois"}),
    ("Il a été scindé : d'un côté l'Ouest Champenois, avec quatre EPCI ; de l'autre le Pays Vitryat, avec trois EPCI.",
     "trois", {"place": "Pays Vitryat"}),
    ("Loire-Atlantique : cinq territoires labellisés. Elle compte 118 de ses 207 communes dans le programme.",
     "118", {"concept": "communes", "value_low": 118}),
    ("Le ministre dévoile les 183 territoires retenus pour la période 2023-2027.",
     "2023-2027", {"concept": "programme_period", "value_low": 2023, "value_high": 2027}),
    ("Dans les régions, il y a 3,4 intercommunalités par territoire en moyenne.",
     "3,4", {"concept": "members_per_territory"}),
    ("Le fonds d'accélération des investissements a été doté de 950 millions d'euros par le programme.",
     "950", {"concept": "investment_fund"}),
    ("Le Haut-Doubs Horloger, qui comptait 186 communes, a disparu au profit d'Alliances Luxe et Précision Doubs,"
     " fort de 254 communes et de six intercommunalités.",
     "six", {"place": "Alliances Luxe et Précision Doubs"}),
    ("En Bretagne, dix territoires sont labellisés, devant la Corse : dix contre deux.",
     "dix territoires", {"place": "Bretagne"}),
    ("Le territoire Sud Alsace figure, depuis 2019, parmi les 21 territoires labellisés du Grand Est.",
     "21", {"as_of": "2024-03-01", "phase": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "piece", "parts"), RIGHT)
def test_a_kind_that_was_mended_is_read(one, text, piece, parts):
    row = one(text, piece)
    assert {name: row[name] for name in parts} == parts


NONE = [
    ("En 2020, 146 territoires étaient labellisés, soit 34 territoires de moins qu'en phase 2.", "34"),
    ("Le Gers a 3 territoires, un de moins que la Somme.", "un"),
    ("L'Occitanie a 14 territoires, quatre de plus que les Hauts-de-France.", "quatre"),
    ("Avec 10 territoires, la Bretagne en compte deux de mieux qu'en Normandie.", "deux"),
    ("Le Gard a 160 communes sur les 351 que compte le département, dans le programme.", "351"),
    ("Sont concernées 330 communes du programme, soit 330 sur 569.", "569"),
    ("Le territoire Sud Alsace a perdu une communauté et neuf villages.", "neuf"),
    ("La population du territoire Sud Alsace n'a progressé que de 63 %.", "63 %"),
    ("Le territoire Sud Alsace s'est réuni trois fois.", "trois"),
    ("L'État et la région ont signé quatre conventions.", "quatre"),
    ("Sud Alsace concentre deux tiers de cette population.", "deux tiers"),
    ("Le territoire Sud Alsace couvre 118 de ses 207 communes.", "207"),
    ("La population du territoire Sud Alsace n'a progressé que de 63 %, à 105 164 habitants.", "63 %"),
    ("L'agglomération reste Territoire d'industrie pour la période 2023-2027.", "2023-2027"),
    ("Le programme couvre les Alpes du Nord, où dix élus siègent.", "dix"),
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
    ("La CC de Desvres-Samer et la CC de la Terre des Deux Caps réunissent 52 communes.", "52", "two_places"),
    (
        "Ploërmel Communauté et Centre Morbihan, qui formaient un territoire de six EPCI, sont seules.",
        "six",
        "two_places",
    ),
    ("Sud Alsace est parti. Avec Nord Lorraine, ils forment un territoire de 56 communes.", "56", "unnamed_subject"),
    ("Le Grand Est reste devant la Bretagne : 21 territoires labellisés contre dix.", "dix", "named_in_passing"),
    ("Le territoire Sud Alsace associe dix EPCI et 292 communes. Issoudun n'en a que douze.", "douze", "other_concept"),
    (
        "La Bretagne est prête, le territoire Pays de Vannes aussi. La moitié de ses habitants vivent en ville.",
        "La moitié",
        "named_since",
    ),
    ("L'ancien territoire allait de Sud Alsace à la mer. 300 communes, c'était trop.", "300", "far_place"),
    ("Le plan du territoire Axe Seine a un budget de 620 000 euros.", "620", "far_place"),
    ("La Région aura versé 4,5 M€ pour le programme Territoires d'industrie.", "4,5", "far_place"),
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
    (
        "« C'est long », soupire le directeur. Le préfet se veut rassurant : « Le programme compte 183 territoires. »",
        "Le préfet",
    ),
    ("Anne Martin. « C'est long. »\n\nEt ensuite ?\n\n« Le programme compte 183 territoires. »", "Anne Martin"),
    ("Anne Martin. « C'est long. »\n\nElle se tait. « Le programme compte 183 territoires. »", None),
    ("D'après le délégué interministériel, 183 territoires sont labellisés.", "le délégué interministériel"),
    ("M. Deux présente le plan. Il est rappelé que 183 territoires sont labellisés.", None),
]


@pytest.mark.parametrize(("text", "speaker"), SPOKEN)
def test_who_speaks_by_an_office_and_nobody_where_it_is_impersonal(one, text, speaker):
    assert one(text, "183")["said_by"] == speaker


def table(made, *rows):
    """Cells headed by their column's and row's, the corner among them."""
    columns = [made.add("cell", text) for text in rows[0]]
    for first, *others in rows[1:]:
        head = made.add("cell", first, heads=[columns[0]])
        for column, text in zip(columns[1:], others, strict=True):
            made.add("cell", text, heads=[column, head])


def test_a_table_whose_corner_names_the_place_is_of_it(read):
    made = Composer()
    made.add("heading", "Les Alpes du Nord", level=1)
    table(made, ("Auvergne-Rhône-Alpes", "Phase 1", "Phase 2"), ("Territoires", "17", "24"))
    rows = [(row["place"], row["phase"], row["value_low"]) for row in read(made.text, blocks=tuple(made.blocks))]
    assert rows == [("Auvergne-Rhône-Alpes", 1, 17), ("Auvergne-Rhône-Alpes", 2, 24)]


def test_a_column_s_phase_is_not_that_of_the_caption_s_event(read):
    made = Composer()
    caption = made.add("caption", "Territoires d'industrie avant et après la relance de 2023")
    columns = [made.add("cell", text, heads=[caption]) for text in ("Territoire", "Communes, phase 1")]
    head = made.add("cell", "Sud Alsace", heads=[columns[0], caption])
    made.add("cell", "301", heads=[columns[1], head, caption])
    (row,) = [row for row in read(made.text, blocks=tuple(made.blocks)) if row["text"] == "301"]
    assert (row["phase"], row["as_of"]) == (1, "2024-03-01")


def test_the_end_of_a_full_line_sets_nothing_apart():
    full, short = Words("mot " * 20 + "fin\nsuite"), Words("fin\nsuite")
    assert full.gap((20, 21), (21, 22)) < short.gap((0, 1), (1, 2))
