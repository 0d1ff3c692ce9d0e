"""The closed word classes of French quantities: numerals, magnitudes, months, durations, units."""

import re


def wordset(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


# --- numerals: French, Belgian and Swiss ---------------------------------------------------------------
SMALL = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8,
    "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
HUNDRED = frozenset({"cent", "cents"})
THOUSAND = frozenset({"mille", "mil"})
CARDINALS = frozenset(SMALL) | HUNDRED | THOUSAND

SCALES = {
    "million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9,
    "billion": 10**12, "billions": 10**12, "trillion": 10**18, "trillions": 10**18,
}  # fmt: skip

AINES = {
    "huitaine": 8, "dizaine": 10, "douzaine": 12, "treizaine": 13, "quinzaine": 15, "seizaine": 16,
    "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60,
    "septantaine": 70, "huitantaine": 80, "nonantaine": 90, "centaine": 100, "millier": 1000,
}  # fmt: skip
AINES_PLURAL = {word + "s": value for word, value in AINES.items()}

ORDINALS = {
    "deuxième": 2, "troisième": 3, "quatrième": 4, "cinquième": 5, "sixième": 6, "septième": 7,
    "huitième": 8, "neuvième": 9, "dixième": 10, "onzième": 11, "douzième": 12, "treizième": 13,
    "quatorzième": 14, "quinzième": 15, "seizième": 16, "vingtième": 20, "trentième": 30,
    "quarantième": 40, "cinquantième": 50, "soixantième": 60, "centième": 100, "millième": 1000, "millionième": 10**6,
    "milliardième": 10**9,
}  # fmt: skip
ORDINALS |= {word + "s": value for word, value in ORDINALS.items()}
ORDINALS |= {word.replace("è", "e"): value for word, value in ORDINALS.items()}
FIRST = {
    "premier": 1, "première": 1, "premiers": 1, "premières": 1, "premiere": 1, "premieres": 1,
    "second": 2, "seconde": 2, "seconds": 2, "secondes": 2,
}  # fmt: skip
# What is glued to a digit to make a rank: 1er, 2nde, 3e, 12ème, 21ᵉ.
ORDINAL_ENDINGS = wordset(
    "er ers re res ère ères ere eres e es è ès ème èmes eme emes ième ièmes ieme iemes nd nde nds ndes d de ds des"
    " ᵉ ᵉʳ ʳᵉ ᵉˢ"
)
ROMAN_ENDINGS = ("ièmes", "ième", "èmes", "ème", "es", "e", "ᵉ")


def roman_numerals(limit: int) -> dict[str, int]:
    """Roman numerals from 1 to the limit (below 40), upper case -> value."""
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return {"X" * (value // 10) + ones[value % 10]: value for value in range(1, limit + 1)}


ROMAN = roman_numerals(39)
ROMAN_RANKS = {(numeral + ending).lower(): value for numeral, value in ROMAN.items() for ending in ROMAN_ENDINGS}

# --- fractions and multiples ---------------------------------------------------------------------------
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip
PARTS = {"demi": 2, "demis": 2, "tiers": 3, "quart": 4, "quarts": 4}
MULTIPLE_NOUNS = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "décuple": 10}
_VERB_STEMS = {
    "doubl": 2, "tripl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6, "décupl": 10, "centupl": 100,
}  # fmt: skip
_VERB_ENDINGS = wordset("er é ée és ées ent era eront erait eraient ait aient ant èrent")
MULTIPLE_VERBS = {stem + ending: value for stem, value in _VERB_STEMS.items() for ending in _VERB_ENDINGS}
MULTIPLE_VERBS |= {stem + "ement": value for stem, value in _VERB_STEMS.items()}

# --- calendar ------------------------------------------------------------------------------------------
MONTHS = {
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7,
    "août": 8, "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "decembre": 12,
}  # fmt: skip
MONTHS_SHORT = {
    "janv": 1, "jan": 1, "févr": 2, "fév": 2, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "juill": 7, "sept": 9, "sep": 9,
    "oct": 10, "nov": 11, "déc": 12, "dec": 12,
}  # fmt: skip
WEEKDAYS = wordset("lundi mardi mercredi jeudi vendredi samedi dimanche")
MONTH_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Words after which four digits are a year whatever follows.
YEAR_AFTER = wordset(
    "en depuis ici fin début courant mi an année horizon exercice rentrée hiver printemps été automne dès"
    " millésime avant après jusqu'en"
) | frozenset(MONTHS)

# lemma -> (ISO 8601 letter, how many of it); hours and less come after a T
DURATIONS = {
    "an": ("Y", 1), "année": ("Y", 1), "mois": ("M", 1), "semaine": ("W", 1), "jour": ("D", 1),
    "heure": ("TH", 1), "minute": ("TM", 1), "seconde": ("TS", 1), "trimestre": ("M", 3),
    "semestre": ("M", 6), "décennie": ("Y", 10), "siècle": ("Y", 100),
}  # fmt: skip

# --- units ---------------------------------------------------------------------------------------------
CURRENCIES = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR", "$": "USD", "dollar": "USD",
    "dollars": "USD", "usd": "USD", "£": "GBP", "gbp": "GBP", "chf": "CHF", "yuan": "CNY", "yuans": "CNY",
    "yen": "JPY", "yens": "JPY",
}  # fmt: skip
CURRENCY_WORDS = frozenset(CURRENCIES)
MONEY_PREFIXES = {
    "k": 10**3, "m": 10**6, "mm": 10**6, "mio": 10**6, "mios": 10**6, "md": 10**9, "mds": 10**9,
    "mrd": 10**9, "mrds": 10**9, "mia": 10**9, "mld": 10**9, "mlds": 10**9, "g": 10**9,
}  # fmt: skip
# Magnitude and currency in one word: its value, the letters that are the magnitude, the currency.
MONEY_WORDS = {
    prefix + word: (scale, len(prefix), "EUR")
    for prefix, scale in (("k", 10**3), ("m", 10**6), ("md", 10**9), ("mds", 10**9), ("mrd", 10**9))
    for word in ("eur", "euro", "euros")
}
MONEY_WORDS |= {
    "ke": (10**3, 1, "EUR"), "me": (10**6, 1, "EUR"), "kf": (10**3, 1, "FRF"), "mf": (10**6, 1, "FRF"),
    "mdf": (10**9, 2, "FRF"),
    "kchf": (10**3, 1, "CHF"), "mchf": (10**6, 1, "CHF"),
}  # fmt: skip
# Magnitudes after a number that has its currency before it: $40m, US$ 3 bn, € 5 millions.
BEFORE_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "md": 10**9, "mds": 10**9, "bn": 10**9, "b": 10**9}
# Nouns that make "3 milliards de ..." an amount of money.
MONEY_NOUNS = wordset(
    "chiffre investissement investissements aide aides subvention subventions crédits budget dette dettes"
    " financement financements recettes dépense dépenses déficit pertes bénéfice bénéfices excédent fonds"
    " dotation dotations économies prêts capital trésorerie dividendes"
)
SYMBOLS = {
    "km": "kilomètre", "m": "mètre", "cm": "centimètre", "mm": "millimètre", "ha": "hectare", "t": "tonne",
    "kg": "kilogramme", "m²": "mètre carré", "m³": "mètre cube", "km²": "kilomètre carré", "kt": "kilotonne",
    "Mt": "mégatonne", "kW": "kilowatt", "MW": "mégawatt", "GW": "gigawatt", "TW": "térawatt",
    "kWh": "kilowattheure", "MWh": "mégawattheure", "GWh": "gigawattheure", "TWh": "térawattheure",
    "kWc": "kilowatt-crête", "MWc": "mégawatt-crête", "GWc": "gigawatt-crête", "Mo": "mégaoctet",
    "Go": "gigaoctet", "To": "téraoctet", "hab": "habitant", "pers": "personne", "ETP": "ETP", "dB": "décibel",
    "kV": "kilovolt", "l": "litre", "L": "litre", "hl": "hectolitre", "min": "minute", "h": "heure", "j": "jour",
}  # fmt: skip
# What money is counted by: after "par" or "/".
RATES = {
    "an": "year", "ans": "year", "année": "year", "mois": "month", "jour": "day", "heure": "hour",
    "semaine": "week", "trimestre": "quarter", "semestre": "semester", "habitant": "habitant",
    "hab": "habitant", "m²": "mètre carré", "mètre": "mètre", "hectare": "hectare", "ha": "hectare",
    "tonne": "tonne", "t": "tonne", "salarié": "salarié", "emploi": "emploi", "personne": "personne",
    "projet": "projet", "entreprise": "entreprise", "commune": "commune", "territoire": "territoire",
    "kwh": "kilowattheure", "mwh": "mégawattheure", "logement": "logement", "élève": "élève",
    "foyer": "foyer", "km": "kilomètre", "kilomètre": "kilomètre", "agent": "agent", "dossier": "dossier",
    "tête": "tête", "poste": "poste", "bénéficiaire": "bénéficiaire", "véhicule": "véhicule", "place": "place",
    "actif": "actif", "action": "action", "unité": "unité", "client": "client", "usager": "usager",
    "kilo": "kilogramme", "kg": "kilogramme", "mètres": "mètre", "nuit": "nuit", "repas": "repas",
    "bouteille": "bouteille", "pièce": "pièce", "appartement": "appartement", "adhérent": "adhérent",
    "site": "site", "lauréat": "lauréat", "exploitation": "exploitation", "famille": "famille",
    "ménage": "ménage", "étudiant": "étudiant", "apprenti": "apprenti", "litre": "litre",
    "h": "hour",
}  # fmt: skip
RATE_ADJECTIVES = {
    "annuel": "year", "annuels": "year", "annuelle": "year", "annuelles": "year",
    "mensuel": "month", "mensuels": "month", "mensuelle": "month", "mensuelles": "month",
}  # fmt: skip
OF = frozenset({"de", "d'"})

# --- places: départements with their codes, regions without one ----------------------------------------
_DEPARTMENTS = """
01 ain;02 aisne;03 allier;04 alpes-de-haute-provence;05 hautes-alpes;06 alpes-maritimes;07 ardèche;08 ardennes
09 ariège;10 aube;11 aude;12 aveyron;13 bouches-du-rhône;14 calvados;15 cantal;16 charente;17 charente-maritime
18 cher;19 corrèze;2a corse-du-sud;2b haute-corse;21 côte-d'or;22 côtes-d'armor;23 creuse;24 dordogne;25 doubs
26 drôme;27 eure;28 eure-et-loir;29 finistère;30 gard;31 haute-garonne;32 gers;33 gironde;34 hérault
35 ille-et-vilaine;36 indre;37 indre-et-loire;38 isère;39 jura;40 landes;41 loir-et-cher;42 loire;43 haute-loire
44 loire-atlantique;45 loiret;46 lot;47 lot-et-garonne;48 lozère;49 maine-et-loire;50 manche;51 marne
52 haute-marne;53 mayenne;54 meurthe-et-moselle;55 meuse;56 morbihan;57 moselle;58 nièvre;59 nord;60 oise;61 orne
62 pas-de-calais;63 puy-de-dôme;64 pyrénées-atlantiques;65 hautes-pyrénées;66 pyrénées-orientales;67 bas-rhin
68 haut-rhin;69 rhône;70 haute-saône;71 saône-et-loire;72 sarthe;73 savoie;74 haute-savoie;75 paris
76 seine-maritime;77 seine-et-marne;78 yvelines;79 deux-sèvres;80 somme;81 tarn;82 tarn-et-garonne;83 var
84 vaucluse;85 vendée;86 vienne;87 haute-vienne;88 vosges;89 yonne;90 territoire-de-belfort;91 essonne
92 hauts-de-seine;93 seine-saint-denis;94 val-de-marne;95 val-d'oise;971 guadeloupe;972 martinique;973 guyane
974 réunion;976 mayotte
"""
_REGIONS = (
    "bretagne normandie occitanie corse grand-est hauts-de-france île-de-france nouvelle-aquitaine auvergne-rhône-alpes"
    " pays-de-la-loire centre-val-de-loire bourgogne-franche-comté provence-alpes-côte-d'azur wallonie flandre"
    " aquitaine alsace lorraine champagne-ardenne picardie bourgogne franche-comté auvergne limousin"
)
PLACES = {name: frozenset[str]() for name in _REGIONS.split()}
PLACES |= {
    line[line.index(" ") + 1 :]: frozenset({line.split()[0]})
    for line in _DEPARTMENTS.strip().replace("\n", ";").split(";")
}

# --- sayings that count nothing: the words before the number, a bar, the number and the words after it ---
_SAYINGS = """
cheveux en | quatre;mettre en | quatre;mettent en | quatre;met en | quatre;mis en | quatre;plier en | quatre
plié en | quatre;pliée en | quatre;pliés en | quatre;pliées en | quatre;| quatre épingles;comme | quatre
entre | quatre yeux;à | quatre pattes;ses | quatre vérités;leurs | quatre vérités;aux | quatre coins
aux | quatre vents;semaine des | quatre jeudis;entre | quatre murs
sur son | trente et un;sur leur | trente et un;sur son | trente-et-un;sur leur | trente-et-un
ni une ni | deux;jamais | deux sans trois;deux sans | trois;d'une pierre | deux coups
| deux poids;poids , | deux mesures
de | deux choses l'une;à | deux pas;à | deux doigts;en moins de | deux .;entre | deux eaux;entre | deux feux
entre | deux chaises;entre | deux portes;comme | deux gouttes;en | deux mots;en | deux temps;temps , | trois mouvements
temps | trois mouvements
les | cent pas;aux | cent coups;les | quatre cents coups;| mille fois merci;| mille mercis;| mille excuses
en | mille morceaux;| trente-six chandelles;| trente-six solutions;| six pieds sous;la | six - quatre
sur | sept lieues;bottes de | sept lieues;à | quatorze heures;haut comme | trois pommes
aux | mille visages;poire en | deux;| sept fois sa langue;| trente-six métiers;de perdu , | dix;par | quatre chemins
les | quatre fers en l'air;les | quatre volontés;moins | cinq .;| cinq à sept .;| trois-huit
| neuf-trois;un | cinq à sept;pour | deux sous;de | quatre sous;les | deux pieds dans
"""
# By two neighbouring words, so that most texts need one look: how many words stand before the number, all words.
IDIOMS: dict[tuple[str, str], list[tuple[int, list[str]]]] = {}
for _saying in _SAYINGS.strip().replace("\n", ";").split(";"):
    _left, _said = (re.findall(r"[^\W\d]+'?|\S", _side) for _side in _saying.split("|"))
    _pair = (_left[-1], _said[0]) if _left else (_said[0], _said[1])
    IDIOMS.setdefault(_pair, []).append((len(_left), [*_left, *_said]))
