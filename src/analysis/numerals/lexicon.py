"""The closed word classes of French quantities: numerals, magnitudes, months, durations, units."""


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
    "quarantième": 40, "cinquantième": 50, "soixantième": 60, "centième": 100, "millième": 1000,
}  # fmt: skip
ORDINALS |= {word + "s": value for word, value in ORDINALS.items()}
ORDINALS |= {word.replace("è", "e"): value for word, value in ORDINALS.items()}
FIRST = {
    "premier": 1, "première": 1, "premiers": 1, "premières": 1, "premiere": 1, "premieres": 1,
    "second": 2, "seconde": 2, "seconds": 2, "secondes": 2,
}  # fmt: skip
# What is glued to a digit to make a rank: 1er, 2nde, 3e, 12ème, 21ᵉ.
ORDINAL_ENDINGS = wordset(
    "er ers re res ère ères ere eres e es ème èmes eme emes ième ièmes ieme iemes nd nde nds ndes d de ds des"
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
    "janv": 1, "jan": 1, "févr": 2, "fév": 2, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "juill": 7, "sept": 9, "sep": 9, "oct": 10,
    "nov": 11, "déc": 12, "dec": 12,
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
    "dollars": "USD", "usd": "USD", "£": "GBP", "chf": "CHF", "yuan": "CNY", "yuans": "CNY",
    "yen": "JPY", "yens": "JPY",
}  # fmt: skip
CURRENCY_WORDS = frozenset(CURRENCIES)
MONEY_PREFIXES = {
    "k": 10**3, "m": 10**6, "mio": 10**6, "mios": 10**6, "md": 10**9, "mds": 10**9, "mrd": 10**9,
    "mrds": 10**9, "mld": 10**9, "mlds": 10**9,
}  # fmt: skip
MONEY_WORDS = {"keur": (10**3, 1), "meur": (10**6, 1), "mdeur": (10**9, 2), "mdseur": (10**9, 3)}
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
    "Go": "gigaoctet", "To": "téraoctet", "hab": "habitant", "ETP": "ETP", "dB": "décibel", "kV": "kilovolt",
    "l": "litre", "L": "litre", "hl": "hectolitre", "min": "minute", "h": "heure", "j": "jour",
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
}  # fmt: skip
RATE_ADJECTIVES = {
    "annuel": "year", "annuels": "year", "annuelle": "year", "annuelles": "year",
    "mensuel": "month", "mensuels": "month", "mensuelle": "month", "mensuelles": "month",
}  # fmt: skip
OF = frozenset({"de", "d'"})
