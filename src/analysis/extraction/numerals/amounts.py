"""Amounts of money: currencies after or before the number, magnitudes, taxes, cents, rates."""

from .cardinals import cardinal
from .items import Number, Unit
from .lexicon import (
    AINES,
    AINES_PLURAL,
    BEFORE_SCALES,
    CARDINALS,
    CURRENCIES,
    MONEY_NOUNS,
    MONEY_PREFIXES,
    MONEY_WORDS,
    OF,
    RATE_ADJECTIVES,
    RATES,
    SCALES,
    VULGAR,
)
from .nouns import noun_unit
from .tokens import NUM, WORD, Tokens

_OTHER_YEARS = frozenset({"passé", "dernier", "prochain"})  # "l'an dernier" is no rate
_TAXES = frozenset({"ht", "ttc"})
_FRANCS = frozenset({"franc", "francs", "livres"})
_FOREIGN = frozenset({"dollars", "euros", "€", "£", "$"})  # beside them millions of "livres" are pounds
_SWISS = frozenset({"chf", "mio", "mios", "mia"})
_AFTER_NUMBER = SCALES.keys() | MONEY_PREFIXES.keys() | CARDINALS | AINES.keys() | AINES_PLURAL.keys() | VULGAR.keys()
# What may stand right before an amount: "€ 1 500", "EUR 250 000", "fr. 12.50".
BEFORE = frozenset({"€", "$", "£", "eur", "usd", "chf", "gbp", "fr", "frs", "."})
_HUNDREDTHS = 100


def amount(s: Tokens, j: int, number: Number) -> Unit:
    """A currency at token j, with what may follow it: euros HT par an, € milliards."""
    name, stop = CURRENCIES.get(s.low[j], ""), j + 1
    if not name:
        name = _francs(s, j, number)
        stop += s.low[j + 1] in {"suisses", "sterling"}
    unit = Unit("money", name, stop)
    if number.scale == 1 and s.low[stop] in SCALES:
        unit.scale, unit.stop, unit.num_end = SCALES[s.low[stop]], stop + 1, s.stop[stop]
    _taxes_and_rate(s, unit)
    return unit


def _francs(s: Tokens, j: int, number: Number) -> str:
    """Which francs or pounds: Swiss ones are written 500'000 or counted in "mio"."""
    if s.low[j] == "livres":
        return "GBP"
    swiss = s.low[j + 1] == "suisses" or "'" in s.low[number.first] or not _SWISS.isdisjoint(s.low[j - 2 : j])
    return "CHF" if swiss else "FRF"


def _taxes_and_rate(s: Tokens, unit: Unit) -> None:
    if s.low[unit.stop] in _TAXES:
        unit.stop += 1
    elif s.low[unit.stop] == "hors" and s.low[unit.stop + 1] in {"taxe", "taxes"}:
        unit.stop += 2
    rate = _rate(s, unit.stop)
    if rate is not None:
        unit.rate, unit.stop = rate


def _rate(s: Tokens, j: int) -> tuple[str, int] | None:
    """What the amount is counted by, and the token after: par an, annuels, /habitant, chaque année."""
    word, after = s.low[j], s.low[j + 1]
    if word in RATE_ADJECTIVES:
        return RATE_ADJECTIVES[word], j + 1
    if word == "chaque" and after in RATES:
        return RATES[after], j + 2
    if word == "l'" and after == "an" and s.low[j + 2] not in _OTHER_YEARS:
        return "year", j + 2
    if word not in {"par", "/"}:
        return None
    if after in {"mètre", "m"} and s.low[j + 2] in {"carré", "2"}:
        return "mètre carré", j + 3
    return (RATES[after], j + 2) if after in RATES else None


def francs(s: Tokens, j: int, number: Number) -> Unit | None:
    """Francs, francs suisses, livres sterling; livres alone are books or pounds of weight."""
    pounds = s.low[j + 1] == "sterling" or (
        number.scale >= 10**6 and not _FOREIGN.isdisjoint(s.low[max(0, j - 20) : j + 20])
    )
    return noun_unit(s, j, number.plural) if s.low[j] == "livres" and not pounds else amount(s, j, number)


def centimes(s: Tokens, j: int, number: Number) -> Unit:
    """50 centimes, alone."""
    unit = Unit("money", "EUR", j + 1, divisor=_HUNDREDTHS)
    _taxes_and_rate(s, unit)
    return unit


def of_money(s: Tokens, k: int, number: Number) -> Unit | None:
    """The money at token k after "millions de": euros, francs, crédits."""
    if s.low[k] in _FRANCS:
        return francs(s, k, number)
    if s.low[k] in CURRENCIES:
        return amount(s, k, number)
    if number.scale < 10**6 or s.low[k] not in MONEY_NOUNS:
        return None
    stop = k + 1
    if s.low[k] == "chiffre" and s.low[k + 1] == "d'" and s.low[k + 2] == "affaires":
        stop = k + 3
    return Unit("money", "EUR", stop, num_end=s.stop[k - 2])


def prefixed(s: Tokens, j: int, number: Number) -> Unit | None:
    """M€, k€, Md€, M d'euros, M.€, mio de francs; M as a magnitude (2 M d'habitants); else nothing."""
    k = j + 1
    if s.low[k] in OF or (s.low[k] == "." and s.glued(k) and s.glued(k + 1)):
        k += 1
    unit: Unit | None = None
    if s.low[k] in CURRENCIES or (s.low[k] in _FRANCS and k > j + 1):
        unit = amount(s, k, number)
    elif k == j + 2 and s.written(j) in {"M", "Md", "Mds", "mio", "mia"}:
        unit = noun_unit(s, k, True)
    elif s.low[j] in _SWISS:
        unit = Unit("money", "CHF", j + 1)
    if unit is not None:
        unit.scale, unit.num_end = MONEY_PREFIXES[s.low[j]], s.stop[j]
    return unit


def in_one_word(s: Tokens, j: int, number: Number) -> Unit | None:
    """MEUR, kEuros, KE, MF: magnitude and currency in one word; "ke" and "mf" are none in lower case."""
    if len(s.low[j]) == 2 and not s.written(j)[-1].isupper():
        return None
    scale, letters, currency = MONEY_WORDS[s.low[j]]
    unit = Unit("money", currency, j + 1, scale=scale, num_end=s.begin[j] + letters)
    _taxes_and_rate(s, unit)
    return unit


def swiss_dash(s: Tokens, j: int, number: Number) -> Unit | None:
    """480'000.- with its dash glued."""
    return Unit("money", "CHF", j + 2) if _dashed(s, j) else None


def _dashed(s: Tokens, j: int) -> bool:
    return s.low[j] == "." and s.low[j + 1] in {"-", "–", "—"} and s.glued(j) and s.glued(j + 1)


def before(s: Tokens, number: Number) -> Unit | None:
    """The currency that stands before the number, as in "M€ 12", "US$ 3 bn", "CHF 480'000.-"."""
    k = number.first - 1
    if s.low[k] == "." and s.low[k - 1] in {"fr", "frs"}:
        k -= 1
    name = CURRENCIES.get(s.low[k]) or ("CHF" if s.low[k] in {"fr", "frs"} and s.written(k) != "FR" else "")
    first, scale = k, 1
    if s.kind[k] != WORD and s.low[k - 1] in MONEY_PREFIXES and s.glued(k):
        first, scale = k - 1, MONEY_PREFIXES[s.low[k - 1]]
    elif s.low[k] == "$" and s.low[k - 1] in {"us", "a", "c"} and s.glued(k):
        first = k - 1
    after_number = first - 1 - (s.low[first - 1] in OF)
    if not name or s.kind[after_number] == NUM or s.low[after_number] in _AFTER_NUMBER:  # 12 €, 5 millions d'€
        return None
    stop = number.stop
    if number.scale == 1 and s.low[stop] in BEFORE_SCALES:
        scale, stop = BEFORE_SCALES[s.low[stop]], stop + 1
    num_end = s.stop[stop - 1]
    if _dashed(s, stop):
        stop += 2
    unit = Unit("money", name, stop, scale=scale, num_end=num_end, first=first)
    _taxes_and_rate(s, unit)
    return unit


def cents(s: Tokens, unit: Unit, number: Number) -> Number | None:
    """The number after an amount that may say its cents: 3€20, 84 € 35, 3 euros et 20 centimes."""
    j = unit.stop
    if number.scale != 1 or number.decimals or unit.scale != 1 or unit.rate or unit.first >= 0:
        return None
    j += s.low[j] == "et"
    raw = s.low[j]
    two_digits = s.kind[j] == NUM and len(raw) == 2 and raw.isdigit()  # 7 € 05
    found = Number(j, j + 1, int(raw)) if two_digits else cardinal(s, j)
    if found is None or found.scale != 1 or found.decimals or not found.mantissa < _HUNDREDTHS:
        return None
    return found
