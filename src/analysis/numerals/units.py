"""What a number measures: money, percent, points, times, physical units, durations, counted nouns."""

from collections.abc import Callable

from .items import Item, Number, Unit, ratio
from .lexicon import (
    CURRENCIES,
    CURRENCY_WORDS,
    DURATIONS,
    MONEY_NOUNS,
    MONEY_PREFIXES,
    MONEY_WORDS,
    OF,
    RATE_ADJECTIVES,
    RATES,
    SYMBOLS,
    wordset,
)
from .model import Value
from .nouns import noun_after
from .tokens import NUM, Tokens

_TAXES = frozenset({"ht", "ttc"})
_COMPARED = frozenset({"la", "le", "l'", "les", "celle", "celui"})
_MORE = wordset(
    "plus moins supérieur supérieure supérieurs supérieures inférieur inférieure inférieurs inférieures davantage mieux"
)
_FEWER = ("moins", "inférieur")
# "deux points de pourcentage", against "trois points de vente".
_POINT_OF = wordset("pourcentage pib croissance % base hausse baisse moins plus tva cotisation cotisations taux csg")
_POINT_NOUN = wordset("forts clés noirs faibles communs essentiels principaux importants chauds")


def measured(s: Tokens, number: Number) -> Item:
    """The figure made of a number and the unit or noun that follows it."""
    unit = unit_of(s, number) or Unit("count", None, number.stop)
    start, end = s.begin[number.first], s.stop[unit.stop - 1]
    num_end = unit.num_end if unit.num_end >= 0 else s.stop[number.stop - 1]
    value = ratio(number.mantissa * number.scale * unit.scale, 10**number.decimals * unit.divisor)
    if unit.inverse and value:
        value = 1 / value
    item = Item(number.first, unit.stop, start, end, start, num_end, unit.kind, value, value, unit.name)
    item.number, item.scale, item.rate = number, unit.scale, unit.rate
    item.approx, item.several = number.approx, number.several
    if item.unit != "EUR" and s.low[item.stop] == "et":
        _last_half(s, item)
    if item.kind == "period":
        item.iso = duration(item.low, item.unit)
    return item


def has_unit(s: Tokens, number: Number) -> bool:
    """Whether a unit or a counted noun follows the number."""
    return unit_of(s, number) is not None


def unit_of(s: Tokens, number: Number) -> Unit | None:
    """The unit or counted noun after the number, looked for once."""
    if not number.looked:
        number.unit, number.looked = _unit(s, number), True
    return number.unit


def duration(value: Value | None, unit: str | None) -> str:
    """An ISO 8601 duration: 10 ans -> P10Y, 48 heures -> PT48H, 10.5 ans -> P10Y6M."""
    letter, times = DURATIONS[unit or "an"]
    amount = (value or 0) * times
    whole = int(amount)
    if letter == "Y" and amount - whole == 0.5:
        return f"P{whole}Y6M" if whole else "P6M"
    if letter == "TH" and amount - whole == 0.5:
        return f"PT{whole}H30M" if whole else "PT30M"
    shown = whole if whole == amount else amount
    return f"PT{shown}{letter[1]}" if letter[0] == "T" else f"P{shown}{letter}"


def _last_half(s: Tokens, item: Item) -> None:
    """Take "et demi" after a unit into the value: dix ans et demi, un point et demi."""
    j = item.stop
    if s.low[j + 1] in {"demi", "demie"} and item.low is not None:
        item.low = item.high = item.low + 0.5
        item.stop, item.end = j + 2, s.stop[j + 1]


def _unit(s: Tokens, number: Number) -> Unit | None:
    j = number.stop
    reader = _READERS.get(s.low[j])
    if reader is not None:
        return reader(s, j, number)
    if number.scale > 1 and not s.low[j]:
        return None
    if number.scale > 1 and number.scale != 1000:  # millions, dizaines: what is counted comes after "de"
        return None
    return _noun(s, j, number.plural)


def _noun(s: Tokens, j: int, plural: bool) -> Unit | None:
    found = noun_after(s, j, plural)
    if found is None:
        return None
    stop, name = found
    return Unit("period" if name in DURATIONS else "count", name, stop)


def _of(s: Tokens, j: int, number: Number) -> Unit | None:
    """What stands after "de": only magnitudes and -aine words take it (millions d'euros, dizaine de sites)."""
    if number.scale == 1 and not number.approx:
        return None
    k, large = j + 1, number.scale >= 10**6
    if s.low[k] in CURRENCY_WORDS:
        return _money(s, k, number)
    if s.low[k] in {"livres", "francs"}:
        return _old_money(s, k, number)
    if large and s.low[k] in MONEY_NOUNS:
        return _money_noun(s, k)
    if s.written(k) in SYMBOLS:
        return _symbol(s, k, number)
    return _noun(s, k, True)


def _money_noun(s: Tokens, k: int) -> Unit:
    stop = k + 1
    if s.low[k] == "chiffre" and s.low[k + 1] == "d'" and s.low[k + 2] == "affaires":
        stop = k + 3
    return Unit("money", "EUR", stop, num_end=s.stop[k - 2])


def _money(s: Tokens, j: int, number: Number) -> Unit:
    """A currency at token j, then taxes and the rate: euros HT par an."""
    name, stop = CURRENCIES.get(s.low[j], ""), j + 1
    if not name:
        name = "GBP" if s.low[j] == "livres" else "CHF" if s.low[j + 1] == "suisses" else "FRF"
        stop += s.low[j + 1] in {"suisses", "sterling"}
    if s.low[stop] in _TAXES:
        stop += 1
    elif s.low[stop] == "hors" and s.low[stop + 1] in {"taxe", "taxes"}:
        stop += 2
    rate = _rate(s, stop)
    if rate is not None:
        stop = rate[1]
    return Unit("money", name, stop, rate=rate[0] if rate else None)


def _old_money(s: Tokens, j: int, number: Number) -> Unit | None:
    """Francs, francs suisses, livres sterling; livres alone are books or pounds of weight."""
    return _money(s, j, number) if s.low[j] != "livres" or s.low[j + 1] == "sterling" else _noun(s, j, number.plural)


def _rate(s: Tokens, j: int) -> tuple[str, int] | None:
    """What the amount is counted by, and the token after: par an, annuels, /habitant, chaque année."""
    word, after = s.low[j], s.low[j + 1]
    if word in RATE_ADJECTIVES:
        return RATE_ADJECTIVES[word], j + 1
    if word == "chaque" and after in RATES:
        return RATES[after], j + 2
    if word == "l'" and after == "an":
        return "year", j + 2
    if word not in {"par", "/"}:
        return None
    if after in {"mètre", "m"} and s.low[j + 2] in {"carré", "2"}:
        return "mètre carré", j + 3
    return (RATES[after], j + 2) if after in RATES else None


def _prefixed_money(s: Tokens, j: int, number: Number) -> Unit | None:
    """M€, k€, Md€, M d'euros; else M as a magnitude (2 M d'habitants) or the metre."""
    k = j + 2 if s.low[j + 1] == "d'" else j + 1
    if s.low[k] in CURRENCIES:
        unit = _money(s, k, number)
        unit.scale, unit.num_end = MONEY_PREFIXES[s.low[j]], s.stop[j]
        return unit
    if k == j + 2 and s.written(j) in {"M", "Md", "Mds"}:
        noun = _noun(s, k, True)
        if noun is not None:
            noun.scale, noun.num_end = MONEY_PREFIXES[s.low[j]], s.stop[j]
        return noun
    return _symbol(s, j, number)


def _money_word(s: Tokens, j: int, number: Number) -> Unit:
    """MEUR, kEUR: magnitude and currency in one word."""
    unit = _money(s, j, number)
    scale, letters = MONEY_WORDS[s.low[j]]
    unit.name, unit.scale, unit.num_end = "EUR", scale, s.begin[j] + letters
    return unit


def _percent(s: Tokens, j: int, number: Number) -> Unit:
    return Unit("percent", "%", j + 1, divisor=10 if s.low[j] == "‰" else 1)


def _per_cent(s: Tokens, j: int, number: Number) -> Unit | None:
    """Pour cent, p. 100."""
    if s.low[j + 1] == "cent":
        return Unit("percent", "%", j + 2)
    if s.low[j] == "p" and s.low[j + 1] == "." and s.low[j + 2] in {"100", "cent"}:
        return Unit("percent", "%", j + 3)
    return None


def _point(s: Tokens, j: int, number: Number) -> Unit | None:
    """Percentage points, unless they are points of something else."""
    k = j + 1
    if s.low[k] in OF:
        if s.low[k + 1] in _POINT_OF:
            return Unit("percent", "point", k + 2 if s.low[k + 1] in {"pourcentage", "%"} else k)
        return _noun(s, j, number.plural)
    half = s.low[k] == "et" and s.low[k + 1] == "demi"
    if s.low[k] in _POINT_NOUN or (number.article and not half):
        return _noun(s, j, number.plural)
    return Unit("percent", "point", k)


def _times(s: Tokens, j: int, number: Number) -> Unit:
    """Deux fois plus, deux fois la moyenne are factors, deux fois a count."""
    if s.low[j + 1] in _MORE:
        inverse = s.low[j + 1].startswith(_FEWER)
        return Unit("percent", "factor", j + 2, inverse=inverse)
    k = j + 3 if s.low[j + 1] == "et" and s.low[j + 2] == "demie" else j + 1
    if s.low[k] in _COMPARED and s.low[k + 1] not in RATES:  # trois fois la moyenne, not trois fois l'an
        return Unit("percent", "factor", j + 1)
    return Unit("count", "fois", j + 1)


def _symbol(s: Tokens, j: int, number: Number) -> Unit | None:
    """Km, ha, m², MW: case counts."""
    raw = s.written(j)
    name = SYMBOLS.get(raw)
    if name is None:
        return None if raw.islower() else _noun(s, j, number.plural)
    stop = j + 1
    if raw in {"m", "km"} and s.kind[stop] == NUM and s.glued(stop) and s.low[stop] in {"2", "3"}:
        name, stop = name + (" carré" if s.low[stop] == "2" else " cube"), stop + 1
    return Unit("period" if name in DURATIONS else "count", name, stop)


def _degree(s: Tokens, j: int, number: Number) -> Unit | None:
    return Unit("count", "degré", j + 2) if s.low[j + 1] == "c" else None


_Reader = Callable[[Tokens, int, Number], Unit | None]
_SYMBOL_READERS: dict[str, _Reader] = dict.fromkeys((symbol.lower() for symbol in SYMBOLS), _symbol)
_READERS: dict[str, _Reader] = (
    _SYMBOL_READERS
    | dict.fromkeys(CURRENCIES, _money)
    | dict.fromkeys(MONEY_PREFIXES, _prefixed_money)
    | dict.fromkeys(MONEY_WORDS, _money_word)
    | {"franc": _old_money, "francs": _old_money, "livres": _old_money}
    | {"%": _percent, "‰": _percent, "pourcents": _percent, "pourcent": _percent, "pour": _per_cent, "p": _per_cent}
    | {"point": _point, "points": _point, "fois": _times, "d'": _of, "de": _of, "°": _degree}
)
