"""Where, in whole texts: the subject against what is named in passing. `[[words|place]]` marks a figure."""

import re

from analysis.extraction.documents.document import Composer

MARK = re.compile(r"\[\[(.*?)\|(.*?)\]\]", re.S)

TEXTS = {
    "asides": """\
Le territoire Nord Ardennes, à deux pas de la Belgique, réunit [[cinq intercommunalités|Nord
Ardennes]]. À l'est de Rethel, ses [[208 communes|Nord Ardennes]] s'étirent jusqu'à la Meuse. Comme
le Grand Reims, il garde le label ; il pèse [[150 000 habitants|Nord Ardennes]]. Le préfet de la
Marne s'en réjouit : la région compte [[vingt territoires|Grand Est]] labellisés.""",
    "contrasts": """\
Le Grand Chalon aligne [[deux intercommunalités|Grand Chalon]], quand son voisin, le territoire
Bourgogne Industrie, en fédère [[neuf|Bourgogne Industrie]]. Le Grand Dole, lui, n'en compte que
[[trois|Grand Dole]]. La Saône-et-Loire abrite [[trois territoires|Saône-et-Loire]] labellisés,
contre [[deux|Jura]] dans le Jura. Toute la Bourgogne-Franche-Comté en a
[[onze|Bourgogne-Franche-Comté]].""",
    "ranking": """\
Derrière Auvergne-Rhône-Alpes ([[23 territoires|Auvergne-Rhône-Alpes]] labellisés), on trouve le
Grand Est ([[21|Grand Est]]), puis les Hauts-de-France ([[18|Hauts-de-France]]) et les Pays de la
Loire ([[17|Pays de la Loire]]). La Corse, avec [[deux|Corse]], ferme la marche. Au total, [[183
territoires|France]] sont labellisés.""",
    "national": """\
Le préfet de la région Normandie a réuni hier à Rouen les [[dix territoires|Normandie]] labellisés.
Le programme en compte [[183|France]] à ce jour. L'Agence nationale de la cohésion des territoires y
consacre une enveloppe de [[100 millions d'euros|France]].

Dans la Manche, le territoire Cotentin rassemble [[deux intercommunalités|Cotentin]] et [[152
communes|Cotentin]]. Ses [[200 000 habitants|Cotentin]], dont [[180 000|CA du Cotentin]] pour la
communauté d'agglomération du Cotentin, vivent à l'ouest du Calvados.""",
    "minutes": """\
Mme la présidente rappelle que le territoire Vallée de l'Arve réunit [[cinq intercommunalités|Vallée
de l'Arve]]. Elle salue le maire de Cluses. Le plan de notre territoire comporte [[douze fiches
actions|Vallée de l'Arve]].

M. Roc demande ce qu'il en est ailleurs en Savoie. La Vallée de la Maurienne, lui répond-elle,
associe [[trois intercommunalités|Vallée de la Maurienne]] et [[53 communes|Vallée de la
Maurienne]]. Revenant à la Vallée de l'Arve, elle indique que [[48 communes|Vallée de l'Arve]] sont
couvertes.""",
    "demonyms": """\
Les Vosgiens ont [[trois territoires|Vosges]] labellisés. Les Bretons, eux, en ont [[dix|Bretagne]].
Les Vendéens font mieux que leurs voisins des Deux-Sèvres, avec [[cinq territoires|Vendée]]. En
Moselle, ce sont [[trois territoires|Moselle]] qui portent le label, et les Ardennais se contentent
d'en avoir [[deux|Ardennes]].""",
    "successors": """\
Grand Narbonne, qui a succédé à Narbonne, regroupe [[37 communes|Grand Narbonne]]. Sud Alsace, qui
jouxte Colmar Centre Haut-Rhin et déborde sur le Territoire de Belfort, rassemble [[sept
intercommunalités|Sud Alsace]] ; son voisin du nord, Alsace Centrale, en compte [[cinq|Alsace
Centrale]]. À l'autre bout de la région, la Plaine des Vosges, née des cendres du territoire Vosges,
couvre [[250 communes|Plaine des Vosges]]. Le Pays du Lunévillois, entre Nancy et les Vosges, n'en a
que [[160|Pays du Lunévillois]].""",
    "report": """\
# Le programme en région

## Nouvelle-Aquitaine

La région compte [[16 territoires|Nouvelle-Aquitaine]] labellisés, dont [[trois|Gironde]] en Gironde
et [[deux|Dordogne]] dans la Dordogne. [[2 100 communes|Nouvelle-Aquitaine]] sont couvertes. De Lacq
– Pau – Tarbes au Grand Châtellerault, on y recense [[80 intercommunalités|Nouvelle-Aquitaine]]
engagées. Le Pays Basque couvre [[158 communes|Pays Basque]].

## Occitanie

[[Quatorze territoires|Occitanie]] sont labellisés. L'Ariège, frontalière de l'Espagne, comme la
Lozère, n'en a qu'[[un seul|Ariège]]. À l'échelle nationale, on en dénombre [[183|France]].""",
    "members": """\
Le Choletais-Mauges, à cheval sur le Maine-et-Loire et les Deux-Sèvres, associe [[deux
intercommunalités|Choletais-Mauges]] : Cholet Agglomération ([[26 communes|CA Cholet
Agglomération]]) et Mauges Communauté ([[six communes|CA Mauges Communauté]]). Le territoire
totalise ainsi [[32 communes|Choletais-Mauges]] et [[226 000 habitants|Choletais-Mauges]], loin
devant Anjou Bleu, qui plafonne à [[70 000|Anjou Bleu]].""",
    "inauguration": """\
L'usine pilote de Lacq – Pau – Tarbes a ouvert ses portes. À cheval sur les Pyrénées-Atlantiques et
les Hautes-Pyrénées, le territoire regroupe [[huit intercommunalités|Lacq – Pau – Tarbes]], parmi
lesquelles la communauté d'agglomération Pau Béarn Pyrénées et ses [[31 communes|CA Pau Béarn
Pyrénées]]. Il couvre [[500 communes|Lacq – Pau – Tarbes]]. Le maire de Tarbes et celui de Pau ont
signé ensemble.

Plus au nord, le Grand Libournais poursuit sa route : [[cinq EPCI|Grand Libournais]], [[134
communes|Grand Libournais]] et [[160 000 habitants|Grand Libournais]]. L'Agenais, de son côté, se
contente de [[44 communes|Agenais]].""",
    "question": """\
Le sénateur de l'Orne demande combien de territoires sont labellisés dans son département. Réponse
du ministère : l'Orne en compte [[trois|Orne]], la Sarthe [[trois|Sarthe]] et le Calvados
[[deux|Calvados]], quand la moyenne nationale s'établit plus bas. La Normandie, avec [[dix
territoires|Normandie]], se situe au neuvième rang. Le ministre rappelle que le programme est doté
d'une enveloppe de [[100 M€|France]] et qu'il couvre [[630 intercommunalités|France]].""",
    "history": """\
Né en 2018, le territoire Béziers-Sète a traversé les deux phases. Désormais appelé Béziers – Sète,
il associe [[six intercommunalités|Béziers – Sète]] et [[96 communes|Béziers – Sète]]. Alès, à
l'autre extrémité du Languedoc, a pris la suite du Bassin d'Alès ; le territoire gardois couvre [[93
communes|Alès]]. Par rapport au Gard Rhodanien – Pont du Gard, qui en réunit [[76|Gard Rhodanien –
Pont du Gard]], c'est davantage. Les Audois, quant à eux, misent sur Grand Narbonne et ses [[37
communes|Grand Narbonne]].""",
    "bulletin": """\
# Dinan Agglomération

Notre agglomération est aussi un territoire d'industrie. Il couvre [[65 communes|Dinan
Agglomération]] et [[100 000 habitants|Dinan Agglomération]].

## Autour de nous

Fougères – Vitré, à la frontière de la Mayenne et de la Normandie, fédère [[trois
intercommunalités|Fougères – Vitré]]. Ploërmel Communauté en représente une seule, comme chez nous.
Dans le Finistère, ce sont [[vingt et une intercommunalités|Finistère]] qui se sont unies. En tout,
[[dix territoires bretons|Bretagne]] portent le label, contre [[onze|Bretagne]] lors de la première
phase.""",
    "audit": """\
# Observations sur les territoires d'industrie du Centre-Val de Loire

La chambre a contrôlé trois d'entre eux. Issoudun, voisin de Châteauroux – Buzançais – Argenton, ne
compte qu'une petite vingtaine de communes ; [[20 000 habitants|Issoudun]] y vivent. Le Perche
Industrie s'étend de l'Eure-et-Loir à l'Orne et rassemble [[quatre communautés de communes|Perche
Industrie]]. Sologne Val de Cher, enfin, n'a validé que [[huit fiches actions|Sologne Val de Cher]].

À l'échelle de la région, [[900 communes|Centre-Val de Loire]] et [[1,5 million
d'habitants|Centre-Val de Loire]] sont couverts par [[douze territoires|Centre-Val de Loire]], dont
[[quatre|Loiret]] pour le seul Loiret.""",
    "speaker": """\
« Notre territoire rassemble [[six intercommunalités|Creuse Industrie]] », indique Mme Brume, élue
de la Creuse et présidente de Creuse Industrie. À Paris, le ministre de l'industrie a confirmé que
[[183 territoires|France]] étaient labellisés, et que le Limousin garderait sa place. Sur place,
[[220 communes|Creuse Industrie]] de Creuse Industrie sont concernées.""",
}


def composed(text: str) -> tuple[Composer, list[tuple[int, str]]]:
    """The blocks of a text without its marks, and where each marked figure begins, with its place."""
    made, wanted = Composer(), []
    for part in text.split("\n\n"):
        level = len(part) - len(part.lstrip("#"))
        words = part.lstrip("# ").replace("\n", " ")
        plain = MARK.sub(r"\1", words)
        made.add("heading" if level else "paragraph", plain, level=level)
        begun = made.blocks[-1].start
        for mark in MARK.finditer(words):
            wanted.append((begun + len(MARK.sub(r"\1", words[: mark.start()])), mark[2].replace("\n", " ")))
    return made, wanted


def found_in(text: str, read) -> list[tuple[str, str, str | None, bool]]:
    """Each marked figure with its place, the place that is read, and whether it is asserted without doubt."""
    made, wanted = composed(text)
    rows = read(made.text, blocks=tuple(made.blocks))
    found = []
    for at, place in wanted:
        row = next((row for row in rows if row["start"] <= at < row["end"] or at <= row["start"] < at + 5), {})
        sure = bool(row.get("concept")) and not row["doubtful"]
        found.append((made.text[at : at + 24], place, row.get("place"), sure))
    return found


def test_figures_have_the_place_of_their_subject(read):
    found = [one for text in TEXTS.values() for one in found_in(text, read)]
    wrong = [one for one in found if one[1] != one[2]]
    assert len(wrong) <= 0.08 * len(found), wrong


def test_places_that_are_asserted_are_right(read):
    sure = [one for text in TEXTS.values() for one in found_in(text, read) if one[3]]
    assert len(sure) >= 75
    assert len([one for one in sure if one[1] != one[2]]) <= 0.05 * len(sure)
