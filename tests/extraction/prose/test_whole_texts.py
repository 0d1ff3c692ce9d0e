"""Short texts of several styles, written before the reader saw them: every figure with what a careful reader takes.

A figure is written `piece: concept value`, with what else is told of it; `-` where the programme has nothing to do
with it. A part that is left out is not asked.
"""

import re

import pytest

TEXTS = {
    "press": ("2024-02-10", """
Il n'y en avait que neuf la fois d'avant : la Normandie compte désormais onze territoires d'industrie. Trois d'entre \
eux sont entièrement nouveaux. Le budget de la chambre de commerce, lui, atteint 14 millions d'euros.
""", [
        ("neuf", "labelled_territories", 9, {"phase": 1}),
        ("onze", "labelled_territories", 11, {"phase": 2}),
        ("Trois", "new_territories", 3, {"phase": 2}),
        ("14 millions", None, None, {}),
    ]),
    "minutes": ("2021-03-04", """
Mme Orsini rappelle que le territoire Nord Lorraine compte dix intercommunalités. Le plan comporte trente-deux fiches \
actions réparties en quatre axes. La délibération est adoptée par 31 voix contre 4.

M. Vasseur souligne que 46 contrats ont été paraphés dans le Grand Est.
""", [
        ("dix", "member_intercommunalities", 10, {"phase": 1, "said_by": "Mme Orsini"}),
        ("trente-deux", "action_sheets", 32, {"phase": 1}),
        ("quatre", "action_axes", 4, {"phase": 1}),
        ("31", None, None, {}),
        ("4", None, None, {}),
        ("46", "signed_contracts", 46, {"phase": 1, "said_by": "M. Vasseur"}),
    ]),
    "report": ("2024-06-15", """
En première phase, 149 territoires avaient été retenus ; la suivante en a distingué 183. Les 630 EPCI concernés \
représentent la moitié des intercommunalités du pays. L'enveloppe du programme est ramenée de 300 à 100 millions \
d'euros par an. Sur les 60 chefs de projet que nous avons interrogés, 22 sont à temps partiel.
""", [
        ("149", "labelled_territories", 149, {"phase": 1}),
        ("183", "labelled_territories", 183, {"phase": 2}),
        ("630", "intercommunalities", 630, {"phase": 2}),
        ("la moitié", "share_of_intercommunalities", 50, {"phase": 2}),
        ("300", "envelope", 300e6, {"unit": "EUR/year", "qualifier": "exact"}),
        ("100 millions", "envelope", 100e6, {"unit": "EUR/year", "qualifier": "exact"}),
        ("60", None, None, {}),
        ("22", None, None, {}),
    ]),
    "questions": ("2024-01-20", """
# Territoires d'industrie

## Combien de territoires ?

La Bretagne en compte dix, contre huit en phase 1.

## Quel est le budget ?

L'État mobilise 100 millions d'euros par an.

## Et les emplois ?

La première phase a permis de créer 9 200 emplois ; 1 800 projets y avaient été recensés.
""", [
        ("dix", "labelled_territories", 10, {"phase": 2}),
        ("huit", "labelled_territories", 8, {"phase": 1}),
        ("100 millions", "envelope", 100e6, {"unit": "EUR/year", "phase": 2}),
        ("9 200", "jobs_created", 9200, {"phase": 1}),
        ("1 800", "projects", 1800, {"phase": 1}),
    ]),
    "list": ("2023-11-20", """
Les territoires labellisés par région :

- Bretagne : 10
- Grand Est (17)
- Normandie, 11

Au total, 183 territoires, soit 34 de plus qu'en 2018, et 29 jamais labellisés jusqu'ici.
""", [
        ("10", "labelled_territories", 10, {"phase": 2}),
        ("17", "labelled_territories", 17, {"phase": 2}),
        ("11", "labelled_territories", 11, {"phase": 2}),
        ("183", "labelled_territories", 183, {"phase": 2, "as_of": "2023-11-20"}),
        ("34", "net_new_territories", 34, {"phase": 2, "as_of": "2023-11-20"}),
        ("29", "new_territories", 29, {"phase": 2, "as_of": "2023-11-20"}),
    ]),
    "dates": ("2022-05-10", """
Au 31 décembre 2021, le programme Territoires d'industrie recensait 1 450 projets. En mars 2022, on en dénombrait \
1 800. Les chefs de projet sont 120 ; ils n'étaient que 90 un an plus tôt.
""", [
        ("1 450", "projects", 1450, {"phase": 1, "as_of": "2021-12-31"}),
        ("1 800", "projects", 1800, {"phase": 1, "as_of": "2022-03"}),
        ("120", "project_managers", 120, {"phase": 1, "as_of": "2022-05-10"}),
        ("90", "project_managers", 90, {"phase": 1, "as_of": "2021"}),
    ]),
    "quotations": ("2019-06-03", """
« Nous avons retenu 141 territoires », a expliqué Mme Delorme, ministre déléguée. « L'enveloppe de 1,3 milliard \
d'euros est réservée au programme », a ajouté le préfet, M. Quentin.
""", [
        ("141", "labelled_territories", 141, {"phase": 1, "said_by": "Mme Delorme"}),
        ("1,3 milliard", "envelope", 1.3e9, {"unit": "EUR", "phase": 1, "said_by": "M. Quentin"}),
    ]),
    "turns": ("2024-09-12", """
M. Lambert : « Le Grand Est compte 15 territoires d'industrie. »

Mme Roche : « Ils étaient 11 lors de la période précédente. Le Fonds vert, lui, c'est 2 milliards d'euros. »

M. Lambert : « Et trois n'ont pas été reconduits. »
""", [
        ("15", "labelled_territories", 15, {"phase": 2, "said_by": "M. Lambert"}),
        ("11", "labelled_territories", 11, {"phase": 1, "said_by": "Mme Roche"}),
        ("2 milliards", None, None, {"said_by": "Mme Roche"}),
        ("trois", "left_territories", 3, {"phase": 2, "said_by": "M. Lambert"}),
    ]),
    "growth": ("2024-04-01", """
En Corse, le nombre de territoires d'industrie a doublé : un seul en 2018, deux en 2024.
""", [
        ("doublé", "territory_growth", 2, {"phase": 2}),
        ("un seul", "labelled_territories", 1, {"phase": 1, "as_of": "2018"}),
        ("deux", "labelled_territories", 2, {"phase": 2, "as_of": "2024"}),
    ]),
    "members": ("2024-05-05", """
Le territoire d'industrie Cotentin, labellisé dès 2018, réunit un seul EPCI et 129 communes. Celui de Lisieux, \
retenu en novembre 2023, en rassemble 53.
""", [
        ("un seul", "member_intercommunalities", 1, {"phase": 2, "as_of": "2024-05-05"}),
        ("129", "communes", 129, {"phase": 2, "as_of": "2024-05-05"}),
        ("53", "communes", 53, {"phase": 2, "as_of": "2024-05-05"}),
    ]),
    "sample": ("2024-05-05", """
Sur 100 entreprises interrogées par nos soins, 38 connaissent Territoires d'industrie. Le programme, lui, a \
accompagné 1 500 entreprises.
""", [
        ("100", None, None, {}),
        ("38", None, None, {}),
        ("1 500", None, None, {}),  # the vocabulary counts them for a plan alone
    ]),
    "ahead": ("2022-09-01", """
La phase suivante du programme Territoires d'industrie devrait retenir entre 150 et 160 territoires. Elle sera dotée \
de 100 millions d'euros par an. L'actuelle en a distingué 149.
""", [
        ("entre 150 et 160", "labelled_territories", 150, {"phase": 2, "qualifier": "between"}),
        ("100 millions", "envelope", 100e6, {"unit": "EUR/year", "phase": 2}),
        ("149", "labelled_territories", 149, {"phase": 1}),
    ]),
    "ranking": ("2024-01-15", """
Avec 24 territoires labellisés, Auvergne-Rhône-Alpes arrive en tête, devant le Grand Est (21) et les Hauts-de-France \
(15). La Corse ferme la marche : elle n'en a que deux, et n'en avait qu'un la première fois. La région Normandie, à \
l'inverse, perd un label.
""", [
        ("24", "labelled_territories", 24, {"phase": 2}),
        ("21", "labelled_territories", 21, {"phase": 2}),
        ("15", "labelled_territories", 15, {"phase": 2}),
        ("deux", "labelled_territories", 2, {"phase": 2}),
        ("un", "labelled_territories", 1, {"phase": 1}),
    ]),
    "successor": ("2024-10-03", """
Le Bassin d'Alès regroupait trois intercommunalités et 72 communes. Le territoire d'industrie Alès, qui lui a succédé, \
fédère quatre intercommunalités et 93 communes. Son plan d'action tient en dix-huit fiches, dont six ont déjà été \
financées par le Fonds vert, pour 2 millions d'euros.
""", [
        ("trois", "member_intercommunalities", 3, {"phase": 1}),
        ("72", "communes", 72, {"phase": 1}),
        ("quatre", "member_intercommunalities", 4, {"phase": 2}),
        ("93", "communes", 93, {"phase": 2}),
        ("dix-huit", "action_sheets", 18, {"phase": 2}),
        ("2 millions", None, None, {}),
    ]),
    "averages": ("2025-02-11", """
Un territoire réunit en moyenne 3,4 intercommunalités et 102 communes ; la moyenne était de 3,7 intercommunalités en \
première phase. Le plus étendu en fédère dix-sept. Un sur trois compte moins de 100 000 habitants.
""", [
        ("3,4", "members_per_territory", 3.4, {"phase": 2}),
        ("102", "communes_per_territory", 102, {"phase": 2}),
        ("3,7", "members_per_territory", 3.7, {"phase": 1}),
        ("dix-sept", "largest_territory_members", 17, {"phase": 2}),
    ]),
    "shares": ("2024-03-30", """
La part des habitants couverts par le programme passe de 35,9 % à 81,4 % en Provence-Alpes-Côte d'Azur. En Bretagne, \
six communes sur dix sont désormais dans un territoire d'industrie, contre une sur deux auparavant. 87 % des \
territoires ont installé leur gouvernance ; 12 % des candidats avaient été écartés.
""", [
        ("35,9", "share_of_population", 35.9, {"phase": 1}),
        ("81,4", "share_of_population", 81.4, {"phase": 2}),
        ("six", "share_of_communes", 60, {"phase": 2}),
        ("une", "share_of_communes", 50, {"phase": 1}),
        ("87", "governance_installed", 87, {"phase": 2}),
    ]),
    "interview": ("2024-04-18", """
Interrogée sur le bilan, la préfète, Mme Aubry, ne cache pas sa satisfaction. « 22 contrats ont été signés dans la \
région, et 140 projets sont financés », dit-elle. Elle ajoute que les Vosges comptent deux territoires labellisés. « \
Il y a cinq ans, il n'y en avait pas », tempère M. Colin, maire.
""", [
        ("140", "projects", 140, {"phase": 2, "said_by": "Mme Aubry"}),
        ("deux", "labelled_territories", 2, {"phase": 2, "said_by": "Mme Aubry"}),
    ]),
    "bill": ("2023-12-05", """
Entre 2018 et 2022, l'État a engagé 1,7 milliard d'euros au titre de Territoires d'industrie, dont 800 millions \
ont été payés. Il y a dix mois, la Cour des comptes n'en avait retrouvé que 1,3. Désormais, 100 millions d'euros \
par an sont réservés au programme. La commune de Saint-Dié, elle, investira 3 millions d'euros dans sa piscine.
""", [
        ("1,7", "committed", 1.7e9, {"phase": 1, "as_of": "2018/2022"}),
        ("800", "paid", 800e6, {"phase": 1}),
        ("100 millions", "envelope", 100e6, {"phase": 2, "unit": "EUR/year", "as_of": "2023-12-05"}),
        ("3 millions", None, None, {}),
    ]),
    "vote": ("2021-06-22", """
Conseil communautaire du 22 juin 2021

Le contrat du territoire d'industrie Nord Lorraine est approuvé par 54 voix pour, 3 contre et 2 abstentions. Il lie \
onze intercommunalités. 7 entreprises y sont associées. Le premier comité de pilotage s'est réuni le 12 mai ; \
sept fiches actions y ont été arrêtées.
""", [
        ("54", None, None, {}),
        ("3", None, None, {}),
        ("2", None, None, {}),
        ("onze", "member_intercommunalities", 11, {"phase": 1, "as_of": "2021-06-22"}),
        ("sept", "action_sheets", 7, {"phase": 1}),
    ]),
    "slides": ("2024-09-20", """
# Territoires d'industrie : où en est-on ?

## En chiffres

- 183 territoires (149 en phase 1)
- 630 EPCI, soit une intercommunalité sur deux
- De 18 000 à 18 700 communes couvertes
- 29 nouveaux lauréats, 10 sortants

## Et chez nous

- Occitanie : de 9 à 14 territoires
- Gard : trois territoires, dont un nouveau
""", [
        ("183", "labelled_territories", 183, {"phase": 2}),
        ("149", "labelled_territories", 149, {"phase": 1}),
        ("630", "intercommunalities", 630, {"phase": 2}),
        ("une", "share_of_intercommunalities", 50, {"phase": 2}),
        ("18 000", "communes", 18000, {"phase": 1}),
        ("18 700", "communes", 18700, {"phase": 2}),
        ("29", "new_territories", 29, {"phase": 2}),
        ("10", "left_territories", 10, {"phase": 2}),
        ("9", "labelled_territories", 9, {"phase": 1}),
        ("14", "labelled_territories", 14, {"phase": 2}),
        ("trois", "labelled_territories", 3, {"phase": 2}),
    ]),
}  # fmt: skip
FIGURES = [(name, rank) for name, (*_, figures) in TEXTS.items() for rank in range(len(figures))]


@pytest.mark.parametrize(("name", "rank"), FIGURES)
def test_a_figure_of_a_text_is_read_whole(read, name, rank):
    published, text, figures = TEXTS[name]
    piece, concept, value, more = figures[rank]
    begins = re.compile(rf"{re.escape(piece)}(?!\d)")
    found = (row for row in read(text.strip(), published) if begins.match(row["text"]))
    row = next(found, dict.fromkeys(("concept", "value_low", *more)))
    assert row["concept"] == concept
    if concept is not None:
        assert row["value_low"] == value
        assert {name: row[name] for name in more} == more
