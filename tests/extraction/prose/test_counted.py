"""What is counted: nouns of the vocabulary and of free prose, nouns left out, lists, and what is no claim."""

import pytest

STATED = [
    ("Le programme compte 183 territoires labellisés.", "183", "labelled_territories", 183),
    ("Au total, 183 lauréats ont été désignés.", "183", "labelled_territories", 183),
    ("L'État a attribué 21 labels Territoires d'industrie.", "21", "labelled_territories", 21),
    ("29 territoires préfigurateurs ont ouvert la voie.", "29", "prefiguring_territories", 29),
    ("Parmi eux, 29 territoires sont entièrement nouveaux.", "29", "new_territories", 29),
    ("Soit 34 territoires supplémentaires.", "34", "net_new_territories", 34),
    ("Le programme concerne 630 établissements publics de coopération intercommunale.",
     "630", "intercommunalities", 630),
    ("Le territoire Nord Lorraine fédère dix communautés de communes.", "dix", "member_intercommunalities", 10),
    ("Quelque 18 700 communes sont couvertes par le programme.", "18 700", "communes", 18700),
    ("Le programme touche 40,8 millions d'habitants.", "40,8", "population", 40_800_000),
    ("Le territoire compte en moyenne 102 communes.", "102", "communes_per_territory", 102),
    ("53,6 % des communes françaises sont dans le programme.", "53,6", "share_of_communes", 53.6),
    ("Trois quarts de la population y habitent.", "Trois quarts", "share_of_population", 75),
    ("Six Français sur dix vivent dans un territoire d'industrie.", "Six Français", "share_of_population", 60),
    ("87 % des territoires se sont dotés d'une gouvernance.", "87", "governance_installed", 87),
    ("Le programme totalise 2 150 projets.", "2 150", "projects", 2150),
    ("Une enveloppe de 500 M€ est réservée au programme.", "500", "envelope", 500_000_000),
    ("Au titre du programme, 1,7 milliard d'euros a été engagé.", "1,7", "committed", 1_700_000_000),
    ("Du programme, 794 M€ ont été effectivement décaissés.", "794", "paid", 794_000_000),
    ("Les crédits d'ingénierie du programme atteignent 7,5 M€.", "7,5", "engineering_credits", 7_500_000),
    ("Le programme anime 153 chefs de projet.", "153", "project_managers", 153),
    ("La Bretagne est la deuxième région industrielle de France.", "deuxième", "industrial_rank", 2),
    ("209 relocalisations ont été soutenues.", "209", "relocations", 209),
    ("Le plan du territoire Nord Lorraine compte neuf fiches-actions.", "neuf", "action_sheets", 9),
]  # fmt: skip
LEFT_OUT = [
    ("Le programme retient 183 territoires, dont 29 nouveaux.", "29", "new_territories", 29),
    ("Dans la première phase, 149 ont été labellisés comme territoires.", "149", "labelled_territories", 149),
    ("Sur les 146 territoires labellisés que compte la France, le Grand Est en dispose 15.",
     "15", "labelled_territories", 15),
    ("Les territoires labellisés sont 9 en Bretagne, 12 en Normandie.", "12", "labelled_territories", 12),
    ("Territoires labellisés : 183", "183", "labelled_territories", 183),
    ("Le programme compte 183 territoires labellisés, contre 149 auparavant.", "149", "labelled_territories", 149),
    ("Le nombre de territoires labellisés est passé de 149 à 183.", "183", "labelled_territories", 183),
    ("Les intercommunalités du programme, elles, étaient 551.", "551", "intercommunalities", 551),
    ("La région Bretagne en conserve dix, de ces territoires labellisés.", "dix", "labelled_territories", 10),
    ("Trois n'ont pas été reconduits.", "Trois", "left_territories", 3),
    ("29 n'ont jamais été labellisés comme territoires.", "29", "new_territories", 29),
    ("Les chefs de projet du programme sont 120.", "120", "project_managers", 120),
    ("La Bretagne en a dix, des territoires, qui regroupent 640 communes. La France en compte 183.",
     "183", "labelled_territories", 183),
    ("Les territoires, tous labellisés, ont coûté cher : 1,7 milliard engagé par le programme.",
     "1,7", "committed", 1_700_000_000),
    ("58 de ces plans d'action ont été validés.", "58", "validated_action_plans", 58),
    ("58 plans d'action ont été validés et plus de 98 sont attendus.", "98", "expected_action_plans", 98),
]  # fmt: skip
NO_CLAIM = [
    ("Le plan France 2030 est doté de 54 milliards d'euros.", "54"),
    ("Le programme Action cœur de ville aide 222 villes.", "222"),
    ("L'usine emploie 540 salariés.", "540"),
    ("Il a été reçu au bureau 214.", "214"),
    ("La fonderie cherche 25 soudeurs.", "25"),
    ("La délibération est adoptée par 48 voix.", "48"),
    ("L'entrée de la piscine passe à 4,50 €.", "4,50"),
    ("La deuxième assemblée s'est tenue à Mulhouse.", "deuxième"),
    ("Le contrat du programme est adopté par 48 voix, 3 contre.", "3"),
    ("Sur 60 territoires que nous avons suivis, 38 ont un plan.", "60"),
    ("Le programme satisfait 38 territoires interrogés sur 40.", "38"),
    ("Le territoire Nord Lorraine perd cinq communes.", "cinq"),
    ("Le territoire Nord Lorraine recule de deux communes.", "deux"),
    ("Le territoire Nord Lorraine a un comité fort de 22 membres.", "22"),
    ("Elle est maire d'une commune de 412 habitants du territoire Nord Lorraine.", "412"),
    ("99 départements sur 101 ont au moins un territoire d'industrie.", "101"),
    ("Le budget de la médiathèque atteint 3 millions d'euros.", "3 millions"),
    ("La Cour n'en retrouve que 1,3 parmi les territoires labellisés.", "1,3"),
]


@pytest.mark.parametrize(("text", "piece", "concept", "value"), [*STATED, *LEFT_OUT])
def test_a_figure_has_its_concept_and_value(one, text, piece, concept, value):
    row = one(text, piece)
    assert (row["concept"], row["value_low"] or row["value_high"]) == (concept, value)


@pytest.mark.parametrize(("text", "piece"), NO_CLAIM)
def test_a_figure_that_no_concept_takes_is_kept_without_one(one, text, piece):
    row = one(text, piece)
    assert row["concept"] is None
    assert row["place"] is None
    assert not row["doubtful"]


@pytest.mark.parametrize(
    ("text", "unit", "low", "high", "qualifier"),
    [
        ("Plus de 260 M€ ont été engagés par le programme.", "EUR", 260e6, None, "more_than"),
        ("Une enveloppe de 100 M€ par an est promise au programme.", "EUR/year", 100e6, 100e6, "exact"),
        ("L'enveloppe du programme sera de 100 millions par an.", "EUR/year", 100e6, 100e6, "exact"),
        ("Le programme compte entre 1 200 et 1 300 projets.", "project", 1200, 1300, "between"),
        ("Près d'un quart des communes sont dans le programme.", "%", 25, 25, "nearly"),
    ],
)
def test_unit_bounds_and_hedge_are_those_of_the_numerals(read, text, unit, low, high, qualifier):
    (row,) = [row for row in read(text) if row["concept"]]
    assert (row["unit"], row["value_low"], row["value_high"], row["qualifier"]) == (unit, low, high, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "La direction régionale consacre 3 M€ à la rénovation de ses locaux.",  # no word says for certain
        "Ils étaient 27 la dernière fois.",  # no noun
        "Le budget de la médiathèque s'élève à 3,2 M€.",  # the programme is not named beside it
    ],
)
def test_weak_evidence_is_never_asserted(read, text):
    assert all(row["doubtful"] or row["concept"] is None for row in read(text))


def test_a_part_of_what_was_told_is_doubtful(one):
    row = one("Sur les 14 territoires labellisés de l'Occitanie, onze ont signé leur contrat.", "onze")
    assert "part_of_before" in {doubt["code"] for doubt in row["doubts"]}


def test_cells_are_read_with_their_heads(read):
    cells = ["Tableau 1, phase 2", "Région", "Territoires labellisés", "Communes", "Bretagne", "10", "750"]
    text, blocks = "\n\n".join(cells), []
    from analysis.extraction.documents import Block

    start = 0
    for rank, cell in enumerate(cells):
        heads = {5: (2, 4, 0), 6: (3, 4, 0)}.get(rank, ())
        blocks.append(Block("caption" if not rank else "cell", start, start + len(cell), None, 0, heads))
        start += len(cell) + 2
    rows = read(text, blocks=tuple(blocks))
    found = [(row["concept"], row["place"], row["phase"], row["value_low"]) for row in rows]
    assert found == [("labelled_territories", "Bretagne", 2, 10.0), ("communes", "Bretagne", 2, 750.0)]
    assert not any(row["doubtful"] for row in rows)


def test_a_difference_is_that_of_what_was_counted_just_before(one, read):
    text = "Le territoire Sud Alsace fédère dix EPCI, un de mieux."
    assert one(text, "dix")["concept"] == "member_intercommunalities"
    assert not [row for row in read(text) if row["concept"] == "net_new_territories"]
    assert one("La Corse compte trois territoires labellisés, un de plus.", "un")["concept"] == "net_new_territories"


def test_others_are_a_part_and_doubtful(one):
    row = one("Le territoire Sud Alsace réunit Mulhouse et trois autres intercommunalités.", "trois")
    assert "part_of_before" in {doubt["code"] for doubt in row["doubts"]}


@pytest.mark.parametrize("verb", ["naître", "voir le jour"])
def test_jobs_that_are_born_are_created(one, verb):
    row = one(f"Le programme Territoires d'industrie a permis de faire {verb} 300 emplois.", "300")
    assert row["concept"] == "jobs_created"


def test_territories_that_never_had_the_label_are_new(one):
    row = one("Le programme compte 63 territoires qui n'avaient jamais porté le label.", "63")
    assert row["concept"] == "new_territories"
