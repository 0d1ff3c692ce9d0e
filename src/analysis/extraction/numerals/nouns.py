"""The noun that a number counts: where it ends and its lemma (French, singular)."""

from .items import Unit
from .lexicon import CARDINALS, DURATIONS, MONTHS, WEEKDAYS, wordset
from .tokens import WORD, Tokens

# Adjectives that stand between a number and its noun.
_ADJECTIVES = wordset(
    "nouveau nouvel nouvelle nouveaux nouvelles grand grande grands grandes petit petite petits petites autre"
    " autres premier première premiers premières dernier dernière derniers dernières prochain prochaine"
    " prochains prochaines principal principale principaux principales même mêmes différents différentes bon"
    " bonne bons bonnes jeune jeunes ancien ancienne anciens anciennes gros grosse grosses haut haute hauts"
    " hautes beau belle beaux belles meilleur meilleure meilleurs meilleures seul seule seuls seules divers"
    " diverses vrai vraie vrais vraies véritable véritables futur future futurs futures simple simples"
    " importants importantes précédents précédentes longs longues courts courtes vaste vastes propres fameux"
    " fameuses présents vieux vieilles tout toute tous toutes demi demies"
)
# Words that follow a number without being what it counts.
_STOP = (
    wordset(
        # function words in -s, -x, -z
        "dans sous sans très plus moins après vers puis mais alors toujours jamais ailleurs depuis pas dès lors"
        " hors chez assez plusieurs leurs nos vos ses ces mes tes les des aux ceux celles eux elles ils nous"
        " vous tous toutes certains certaines près désormais parfois auparavant lequel lesquels lesquelles"
        " desquels desquelles auxquels auxquelles compris pris mis inclus exclus versus jadis longtemps exprès"
        " dedans dehors dessus dessous autrefois toutefois néanmoins certes quelques hormis suis es as sommes"
        " êtes avons avez allons allez voyons vos tes ors ainsi soit fut furent surplus sis dits dites mieux"
        # participles and adjectives that follow an elided noun
        " supplémentaires suivants suivantes restants restantes attendus attendues prévus prévues retenus"
        " retenues actuels actuelles existants existantes obtenus obtenues perdus perdues vendus vendues reçus"
        " reçues connus connues venus venues issus ouverts ouvertes soumis soumises"
        " admis admises réunis réunies choisis choisies remis remises nécessaires"
        " concernés sûrs disponibles différents environs min max minimum maximum celui celle"
        # function words and verbs that matter after a number below two
        " à de et ou en est sont a ont pour par sur avec au du que qui dont sera seront était étaient y il elle"
        " on se s ne n c ce cette cet le la un une leur son sa mon ma ton ta notre votre quand comme si donc or"
        " ni car entre contre selon jusque jusqu là ici où peut doit va vont fait font ayant étant avait avaient"
        " ait soient serait seraient aura auront chacun chacune chaque tout toute parmi via malgré durant"
        " pendant avant derrière devant afin outre sauf voire soit d l qu j m t"
    )
    | CARDINALS
    | frozenset(MONTHS)
    | WEEKDAYS
)
# Verbs that follow a rank or a number used as a pronoun: "la première vise à".
PRONOUN_VERBS = wordset(
    "est sera serait était fut a aura avait vise visait concerne consiste permet permettra prévoit préconise"
    " propose recommande doit devra peut reste repose comprend regroupe porte portera promulgue tient tiendra"
    " aura accueille abrite emploie produit fabrique dispose représente atteint ouvrira ferme fermera invite"
    " appelle suppose exige demande suggère relève constate note souligne figure date remonte va vient"
    " devrait pourrait entre implique suit débute commence s' n' ne se qui"
)
# Nouns in -é, -ée: other words so ending are participles after an elided noun ("58 validés").
_E_NOUNS = wordset(
    "salarié employé député retraité délégué diplômé réfugié associé assuré administré licencié invité marié"
    " blessé exilé abonné société communauté comté traité marché supermarché hypermarché degré café pré pavé"
    " fossé procédé musée lycée trophée année journée soirée matinée entrée idée donnée assemblée tournée"
    " vallée armée allée poignée difficulté faculté liberté nouveauté propriété variété santé clé pâté été"
    " arrivée rentrée montée avancée percée durée syndiqué émigré immigré handicapé expatrié"
    " initié accusé détenu côté comité cité unité arrêté relevé énoncé apogée fusée tranchée fumée rosée"
    " coulée levée pensée usagé rangée intéressé congé député"
    " nuitée veillée fée denrée marée cheminée chaussée portée épopée mêlée"
    " beauté loyauté quantité qualité randonnée traversée échappée corvée"
)
_COMPOUNDS = {
    ("mètre", "carré"),
    ("mètre", "cube"),
    ("kilomètre", "carré"),
    ("fiche", "action"),
    ("fiche", "projet"),
    ("contrat", "cadre"),
    ("équivalent", "temps"),
}
# Never change in the plural, or end in -s, -x, -z in the singular.
_INVARIABLE = wordset(
    "pays mois fois cours corps temps avis bus prix choix voix concours parcours secours discours succès accès"
    " procès progrès propos repas bras dos tapis permis colis devis campus virus bois fonds tiers processus"
    " consensus cas pas poids gaz relais palais marais frais os as virus radis abus refus jus plus moins"
    " rendez-vous airbus sous français anglais portugais japonais hollandais polonais irlandais écossais lyonnais"
    " marseillais bordelais nantais rennais béarnais châssis croix noix toux époux houx taux faux index silex"
    " legs mets puits remous talus terminus bonus malus cursus stylus lotus focus rébus hiatus surplus appentis"
    " logis compromis sursis colis maquis croquis débris semis taillis fouillis riz nez raz quiz héros encours"
    " dépens décès excès congrès cyprès grès vis souris brebis"
)
_AUX = {
    "eaux": "eau", "travaux": "travail", "baux": "bail", "émaux": "émail", "vitraux": "vitrail",
    "coraux": "corail", "soupiraux": "soupirail", "tuyaux": "tuyau", "noyaux": "noyau", "joyaux": "joyau",
    "boyaux": "boyau", "landaus": "landau", "yeux": "œil", "messieurs": "monsieur", "mesdames": "madame",
    "bijoux": "bijou", "cailloux": "caillou", "choux": "chou", "genoux": "genou", "ans": "an",
    "cheveux": "cheveu", "aïeux": "aïeul",
}  # fmt: skip
_OIS_NOUNS = wordset("emplois lois convois envois rois tournois renvois essais délais balais")
_KEPT_HEADS = wordset("sous vice ex non mi demi co éco micro mini semi avant arrière après auto")


def lemma(word: str) -> str:
    """The singular of a French noun in lower case."""
    if "-" in word:
        return "-".join(part if part in _KEPT_HEADS else lemma(part) for part in word.split("-"))
    if word in _AUX:
        return _AUX[word]
    if word in _INVARIABLE or len(word) < 3:
        return word
    if word.endswith("x"):
        return _singular_x(word)
    kept = word.endswith("ss") or (word.endswith(("ois", "ais")) and word not in _OIS_NOUNS)
    return word[:-1] if word[-1] == "s" and not kept else word


def _singular_x(word: str) -> str:
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word.endswith(("ieux", "jeux", "feux", "œux", "veux", "oeux")) else word


def noun_after(s: Tokens, j: int, plural: bool) -> tuple[int, str] | None:
    """The token after the noun that begins at token j (adjectives skipped), and its lemma.

    A plural number wants a word in -s, -x, -z or an acronym; a singular one any word that is not a
    function word.
    """
    k = j
    while k < j + 3 and s.low[k] in _ADJECTIVES and s.past_hyphen(k + 1) == k + 1:
        k += 1
    if k == j + 1 and s.low[j] == "jeunes" and (s.kind[k] != WORD or s.low[k] in _STOP):  # young people
        return k, "jeune"
    if plural and k == j and s.low[k] in {"«", '"'}:
        k += 1
    if s.kind[k] != WORD or s.low[k][-1] == "'" or (s.low[k] in _STOP and s.past_hyphen(k + 1) == k + 1):
        return None
    if not plural and s.low[k] in PRONOUN_VERBS:
        return None
    stop = k + 1
    while s.past_hyphen(stop) != stop and s.kind[stop + 1] == WORD and stop < k + 8:
        stop += 2
    if stop == k + 1:
        return _simple(s, k, plural)
    return _hyphened(s, k, stop, plural)


def noun_unit(s: Tokens, j: int, plural: bool) -> Unit | None:
    """The noun at token j as a unit: a duration or what is counted."""
    found = noun_after(s, j, plural)
    if found is None:
        return None
    stop, name = found
    return Unit("period" if name in DURATIONS else "count", name, stop)


def _hyphened(s: Tokens, k: int, stop: int, plural: bool) -> tuple[int, str] | None:
    """A compound noun: sous-traitants, hauts-fourneaux, fiches-actions."""
    parts = s.low[k:stop:2]
    marked = any(part[-1] in "sxz" for part in parts if part not in _KEPT_HEADS)
    if plural and not marked and parts[-1] != "up":  # start-up
        return None
    singular = tuple(part if part in _KEPT_HEADS else lemma(part) for part in parts)
    return stop, (" " if singular[:2] in _COMPOUNDS else "-").join(singular)


def _simple(s: Tokens, k: int, plural: bool) -> tuple[int, str] | None:
    word, raw = s.low[k], s.written(k)
    if len(raw) > 1 and raw.isupper() and lemma(word) not in DURATIONS and not (len(raw) > 3 and s.shouted()):
        return k + 1, raw
    if len(word) < 2 or (plural and word[-1] not in "sxz"):
        return None
    single = lemma(word)
    if word.endswith(("és", "ées", "é", "ée")) and not _is_e_noun(single):
        return None
    after = lemma(s.low[k + 1]) if s.kind[k + 1] == WORD else ""
    if (single, after) in _COMPOUNDS:
        return k + 2, f"{single} {after}"
    return k + 1, single


def _is_e_noun(single: str) -> bool:
    if single.endswith(("ité", "iété")):
        return True
    return single in _E_NOUNS or (single.endswith("ée") and single[:-1] in _E_NOUNS)
