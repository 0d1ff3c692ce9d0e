"""Numbers that name: page 12, n° 55, L. 5211-1, programmes 112 et 162, axe 2, A 31, poste 412."""

from .cardinals import cardinal
from .items import Number
from .lexicon import ORDINAL_ENDINGS, wordset
from .tokens import NUM, Tokens
from .units import has_unit, unit_of

# Words that a number follows as a label whatever comes after it.
_STRONG = wordset(
    "page pages p pp tableau tableaux figure figures fig graphique graphiques carte cartes schéma schémas encadré"
    " encadrés annexe annexes article articles art alinéa alinéas chapitre chapitres numéro numéros nº no §"
    " paragraphe paragraphes section sections cedex bp cs tsa version build bop uo for délibération délibérations"
    " arrêté décret ordonnance directive règlement circulaire recommandation recommandations"
    " considérant amendement réf référence"
)
# Words that a bare number follows as a label.
_LABELS = _STRONG | wordset(
    "partie parties titre titres volume tome tomes vol lot lots axe axes phase phases étape étapes niveau ligne lignes"
    " bâtiment bâtiments route nationale départementale autoroute rn rd acte saison scope seveso classe catégorie"
    " groupe zone zones atelier point mesure mesures action fiche fiches objectif objectifs programme programmes"
    " orientation orientations priorité priorités scénario scénarios hypothèse variante variantes option options"
    " épisode volet volets pilier piliers terminal réacteur unité four tranche tranches règle règles question"
    " questions thème thèmes jalon palier type grade collège compartiment parcelle parcelles îlot îlots secteur"
    " secteurs canal top note notes chaîne formule modèle norme tram tramway bus porte salle salles hall stand"
    " offre offres quai chambre appartement département départements opération opérations enveloppe critère critères"
    " rubrique colonne case quartier item indicateur défi résolution réponse rang zac bloc étage escalier borne"
    " sortie échangeur circonscription euro fonction mission tâche livrable chap"
    " standard décision proposition disposition dossier poste feuillet diapositive planche photo image"
    " code matricule devis facture commande ticket box voie place indice échelon coefficient licence badge"
)
_DOTTED = wordset("l r d art p pp fig tab n chap vol al no réf ref")
_ROAD_LETTERS = frozenset({"a", "n", "d", "e", "rn", "rd", "cd", "rcea", "m"})
_CHAIN = frozenset({"à", "et", "sur", "-", "–", "/", "ou", ".", "au", ","})
_DATED = frozenset({"seveso", "norme", "ligne", "programme", "build", "code", "devis"})  # what is no year after these


def label(s: Tokens, i: int) -> int:
    """The token after the numbers that a label or a road names at token i, or 0."""
    word = s.low[i - 1]
    if word == "°" and s.low[i - 2] in {"n", "no", "nos", "n°s"}:
        return past_groups(s, _chain(s, i))
    if word == "." and s.low[i - 2] in _DOTTED and s.glued(i - 1):
        return _chain(s, i)
    if word in _STRONG:
        return _chain(s, i)
    if s.low[i + 1] in ORDINAL_ENDINGS and s.glued(i + 1):  # classée 12e
        return 0
    if word in _LABELS or (word in _ROAD_LETTERS and s.written(i - 1).isupper() and i - 1 != s.first_word):
        number = cardinal(s, i)
        year = s.kind[i] == NUM and len(s.low[i]) == 4 and word not in _DATED
        if number is not None and not year and (_titled(s, number) or not has_unit(s, number)):
            return _chain(s, i)
    return 0


def past_groups(s: Tokens, j: int) -> int:
    """Go past the groups of digits that continue an identifier: FR76 3000 4000 189, n° 4973 1234 5678."""
    while s.kind[j] == NUM and (len(s.low[j]) == 4 or (len(s.low[j]) <= 3 and len(s.low[j - 1]) == 4)):
        number = cardinal(s, j)
        if number is not None and has_unit(s, number):
            break
        j += 1
    return j


def _titled(s: Tokens, number: Number) -> bool:
    """Whether a title follows the number instead of what it counts: axe 2 Transports durables, mesure 3 « Aides »."""
    j = number.stop
    unit = unit_of(s, number)
    quoted = s.low[j] in {"«", "“", '"'}
    acronym = s.written(j).isupper() and len(s.low[j]) > 1
    return unit is not None and unit.kind == "count" and (quoted or (s.capitalised(j) and not acronym))


def _chain(s: Tokens, i: int) -> int:
    """Go past the numbers listed with a label: pages 12 à 15, axes 1 et 2, L. 5211-1."""
    j = i + 1
    while s.kind[j + 1] == NUM and s.low[j] in _CHAIN:
        following = cardinal(s, j + 1)
        if s.low[j] in {"et", ",", "à"} and following is not None and has_unit(s, following):
            break
        j += 2
    return j
