"""Kinds of figures that real texts hold: each with its siblings, and the traps beside it."""

import itertools

import pytest

from analysis.extraction.numerals import read

PLAIN = {"count", "money", "percent", "ordinal"}


def figures(text):
    """The numbers of a text as (value, unit); an interval as its two ends."""
    found = [q for q in read(text) if q.kind in PLAIN]
    return [(q.value_low if q.value_low == q.value_high else (q.value_low, q.value_high), q.unit) for q in found]


def values(text):
    return [value for value, _ in figures(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Les relais se trouvent ainsi : Gers (14), Lot (9), Aveyron (21).", [14, 9, 21]),
        ("Les sièges par région : Bretagne (12), Grand Est (40), Hauts-de-France (7).", [12, 40, 7]),
        ("Les plus aidés sont la Moselle (57), les Vosges (43) et la Meuse (12).", [57, 43, 12]),
        ("Les PME dominent (38), suivies des ETI (11) et des laboratoires (5).", [38, 11, 5]),
        ("Les implantations : Lyon (12), Marseille (7), Nantes (3).", [12, 7, 3]),
        ("Née dans le Gers (32), elle vend en Haute-Garonne (31) et en Côte-d'Or (21).", []),
        ("L'usine de Vesoul (70), celles de Gray (70) et de Neuilly-sur-Marne (93).", []),
        ("Gorze (900) et Novéant (1 800) grandissent.", [900, 1800]),
        ("Femmes (45), hommes (38).", [45, 38]),
        ("Les élus de Metz (57) ont reçu des projets (12).", [12]),
        ("Vannes (56) et Brest (29) aussi.", []),
        ("L'étude (1) est contredite (2) par une autre (3).", []),
        ("Il vit à Bourg (01) et à Voiron (38).", []),
    ],
)
def test_counts_in_brackets(text, wanted):
    assert values(text) == wanted


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Emploi 2019 1 204 Emploi 2023 1 377", [2019, 2023]),
        ("Le plan France 2030 prolonge le plan France 2025.", []),
    ],
)
def test_years_after_a_repeated_heading(text, years):
    assert [figure.value_low for figure in read(text) if figure.kind == "year"] == years


def test_counts_in_brackets_take_the_noun_of_their_list():
    assert figures("Parmi les lauréats, les PME dominent (38), suivies des ETI (11).") == [
        (38, "lauréat"),
        (11, "lauréat"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Le programme 119, les programmes 112 et 162, le BOP 113.",
        "Effectifs par bassin (en milliers), par branche (en centaines).",
        "ARTICLE 12",
        "L'article L. 2334-40, le décret n° 2023-1322, la loi 3DS.",
        "Voir l'annexe 3, la figure 2, le tableau 4, le chapitre III, la page 12 et la ligne 4.",
        "La RD 922, l'A 75 et le TER 200.",
        "L'action 2, le lot 3, l'axe 1, la mesure 12, la salle 204, les mesures 4, 7 et 9.",
        "L'axe 2 Transports durables, la mesure 3 « Aides directes ».",
        "La norme ISO 9001, le Covid-19, la 5G, le G7, les A320.",
        "Le paquet Fit for 55, la norme Euro 7 et le build 20431.",
        "Appelez le 3919, poste 412.",
        "Un bac +5 et l'année N+2.",
        "1- Contexte",
        "IBAN FR76 3000 6000 0112 3456 7890 189.",
        "La TVA FR 40 303 265 045.",
        "Le forage est à 48° 51′ N, 2° 21′ E.",
        "Battus 2 à 0, puis 3 à 1, ils descendent.",
        "Couper les cheveux en quatre, se mettre en quatre, tiré à quatre épingles.",
        "Ni une ni deux, il a fait d'une pierre deux coups, mille fois merci.",
        "Se mettre sur son trente et un, à deux pas des Quatre-Vents.",
        "Les Trente Glorieuses, Trois-Rivières, les Deux-Sèvres et l'Europe des Vingt-Sept.",
        "Un quai neuf, un moulin remis à neuf.",
        "Il n'y va pas par quatre chemins, fait les trois-huit et coupe la poire en deux.",
        "Victoire par 3 buts à 1, puis 78 à 65.",
        "Carte n° 4973 1234 5678 9012, code 4578, matricule 20431.",
        "1.1 Contexte",
    ],
)
def test_numbers_that_name_are_no_figures(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("La chute est nette (-14 %).", [-14]),
        ("L'usine maigrit (-46 postes), la scierie grandit (+3).", [-46, 3]),
        ("Le résultat est de -320 000 €.", [-320000]),
        ("+ 0,8. - 2,1.", [0.8, -2.1]),
        ("Un recul (−3 points) et une hausse : + 5 %.", [-3, 5]),
        ("Emploi : – 5 %.", [-5]),
        ("La variation va de –2 à –4 %.", [(-4, -2)]),
        ("-5 % en un an", [-5]),
        ("-18 dans la Meuse", [18]),
        ("- 12 emplois", [12]),
        ("10-15 % des lots", [(10, 15)]),
        ("De - 1,5 à + 2 %", [(-1.5, 2)]),
    ],
)
def test_signs(text, wanted):
    assert values(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Recettes = 1 204 377.15 ; dépenses = 998 410.60.", [1204377.15, 998410.6]),
        ("Solde : 1.204.377,15 € et 1,204,377.15 $.", [1204377.15, 1204377.15]),
        ("Offre : 318 450, 75 € HT.", [318450.75]),
        ("Un taux de 0.8 %, 3.500 emplois, 1.5 M€, 2.500.000 clients.", [0.8, 3500, 1500000, 2500000]),
        ("Le ratio passe de 0.45 à 0.52.", [0.45, 0.52]),
        ("La forêt 4.0 et la version 2.1.", []),
        ("Un virgule quatre million, zéro virgule huit pour cent, 2 virgule 5 pour cent.", [1400000, 0.8, 2.5]),
        ("Deux virgule zéro cinq pour cent.", [2.05]),
        ("1 million 200 000 euros, 2 milliards 300 millions d'euros.", [1200000, 2300000000]),
        ("Trois millions et demi, deux millions trois cent mille.", [3500000, 2300000]),
        ("Elle frôle le million de clients, le milliard d'euros, un demi-million de tonnes.", [10**6, 10**9, 500000]),
        ("Le million et demi de nuitées et le demi-milliard d'euros.", [1500000, 500000000]),
        ("12½ km, 3 1/2 euros, 2 ¼ tours.", [12.5, 3.5, 2.25]),
        ("⅓ des sites, ¾ des élus, ½ poste.", [1 / 3, 0.75, 0.5]),
        ("Les ventes ont fait x3, puis × 2.", [3, 2]),
    ],
)
def test_decimals_magnitudes_and_fractions(text, wanted):
    assert values(text) == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("€ 1 500.", 1500, "EUR"),
        ("½ million d'euros", 500000, "EUR"),
        ("¾ de milliard d'euros", 750000000, "EUR"),
        ("EUR 250 000", 250000, "EUR"),
        ("M€ 12", 12000000, "EUR"),
        ("Md€ 1,5", 1500000000, "EUR"),
        ("$40m", 40000000, "USD"),
        ("US$ 3 bn", 3000000000, "USD"),
        ("£2m", 2000000, "GBP"),
        ("€5 millions", 5000000, "EUR"),
        ("2,3€ milliards", 2300000000, "EUR"),
        ("12 Meuros", 12000000, "EUR"),
        ("350 kEuros", 350000, "EUR"),
        ("35 KE", 35000, "EUR"),
        ("12 G€", 12000000000, "EUR"),
        ("12,4 MM€", 12400000, "EUR"),
        ("12 M.€", 12000000, "EUR"),
        ("3 mds €", 3000000000, "EUR"),
        ("2 Md d'€", 2000000000, "EUR"),
        ("3€20", 3.2, "EUR"),
        ("84 € 35 par foyer", 84.35, "EUR"),
        ("12 euros 50", 12.5, "EUR"),
        ("7 € 05 le kilo", 7.05, "EUR"),
        ("1200€00", 1200, "EUR"),
        ("douze euros cinquante", 12.5, "EUR"),
        ("3 euros et 20 centimes", 3.2, "EUR"),
        ("50 centimes", 0.5, "EUR"),
        ("CHF 480'000.-", 480000, "CHF"),
        ("fr. 12.50", 12.5, "CHF"),
        ("1,8 mio de francs", 1800000, "CHF"),
        ("500'000 francs", 500000, "CHF"),
        ("12 MF", 12000000, "FRF"),
        ("12 mia", 12000000000, "CHF"),
        ("99 cts", 0.99, "EUR"),
        ("12 €/an", 12, "EUR/year"),
        ("24 millions d'euros l'an passé", 24000000, "EUR"),
    ],
)
def test_money_in_other_spellings(text, value, unit):
    assert figures(f"Il a payé {text}") == [(pytest.approx(value), unit)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le budget s'élève à 111 millions.", [(111000000, "EUR")]),
        ("Elle a investi 3,2 milliards.", [(3200000000, "EUR")]),
        ("Elle a engagé 2,05 milliards et mandaté 1,3.", [(2050000000, "EUR"), (1300000000, "EUR")]),
        ("Le musée a reçu 25,8 millions de visiteurs.", [(25800000, "visiteur")]),
        ("Malgré son budget, la population atteint 3 millions.", [(3000000, None)]),
        ("Un plan en 12 axes touche 3 millions de personnes.", [(12, "axe"), (3000000, "personne")]),
    ],
)
def test_bare_magnitudes_are_money_where_the_sentence_says_so(text, wanted):
    assert figures(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le silo coûtera 10/12 M€.", [(10000000, 12000000)]),
        ("Il couvre 60/70 % du coût.", [(60, 70)]),
        ("Il manque 5/6 soudeurs.", [(5, 6)]),
        ("2/3 des communes.", [2 / 3]),
        ("Noté 19/20, ouvert 24/7, partagé 50/50.", []),
        ("3/4 d'heure.", []),
    ],
)
def test_alternatives_with_a_slash(text, wanted):
    assert values(text) == wanted


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("La soixante et onzième saison", 71),
        ("La deux cent quatrième séance", 204),
        ("La cent unième pièce", 101),
        ("La trois millionième pièce", 3000000),
        ("La dix millième voiture", 10000),
        ("La mille deux centième", 1200),
        ("Le 1 000e projet", 1000),
        ("Le 100 000ème client", 100000),
        ("Le 3è lot", 3),
    ],
)
def test_high_ranks(text, rank):
    assert [(q.kind, q.value_low) for q in read(text)] == [("ordinal", rank)]


def test_vague_ranks_are_none():
    assert figures("Le énième plan, la n-ième fois.") == []


@pytest.mark.parametrize(
    ("text", "qualifier", "approx", "bound"),
    [
        ("au moins 300 €", "at_least", False, "at_least"),
        ("min. 300 €", "at_least", False, "at_least"),
        ("≥ 300 €", "at_least", False, "at_least"),
        ("(>300 €)", "more_than", False, "at_least"),
        ("dépasse les 300 €", "more_than", False, "at_least"),
        ("max. 300 €", "at_most", False, "at_most"),
        ("maximum 300 €", "at_most", False, "at_most"),
        ("jusqu'à 300 €", "at_most", False, "at_most"),
        ("sous la barre des 300 €", "less_than", False, "at_most"),
        ("sous les 300 €", "less_than", False, "at_most"),
        ("frôle les 300 €", "nearly", True, None),
        ("approche les 300 €", "nearly", True, None),
        ("300 € tout au plus", "at_most", False, "at_most"),
        ("300 € au bas mot", "at_least", False, "at_least"),
        ("flirte avec les 300 €", "nearly", True, None),
        ("près de 300 €", "nearly", True, None),
        ("autour de 300 €", "approximately", True, None),
        ("≈ 300 €", "approximately", True, None),
        ("quelque 300 €", "approximately", True, None),
    ],
)
def test_bounds_and_approximations(text, qualifier, approx, bound):
    (found,) = read(f"Le tarif {text} ici.")
    assert (found.qualifier, found.approx, found.bound) == (qualifier, approx, bound)


def test_a_place_before_a_few_things_is_no_bound():
    assert [q.qualifier for q in read("Un plan autour de 5 enjeux, sous les 3 arches.")] == ["exact", "exact"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Le zoning est rempli à 92 pc.", [(92, "%")]),
        ("La hausse est de 0,4 pp et de 0,3 pt.", [(0.4, "point"), (0.3, "point")]),
        ("3 pour mille.", [(0.3, "%")]),
        ("5,5 p.c., 6 pour-cent.", [(5.5, "%"), (6, "%")]),
        ("LA FONDERIE PERD VINGT EMPLOIS", [(20, "emploi")]),
        ("Il a 12 PC de bureau.", [(12, "PC")]),
    ],
)
def test_other_units(text, wanted):
    assert figures(text) == wanted


def test_durations_in_capitals():
    assert [q.iso for q in read("LE PORT FÊTE SES 40 ANS")] == ["P40Y"]


@pytest.mark.parametrize("text", ["deux€ quatre-vingt-dix-neuf", "Quatre-vingt-un soixantaine"])
def test_figures_never_share_a_word(text):
    found = read(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
