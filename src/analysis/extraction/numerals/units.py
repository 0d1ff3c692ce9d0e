"""What a number measures: money, percent, points, times, physical units, durations, counted nouns."""

from collections.abc import Callable

from . import amounts
from .items import Item, Number, Unit, ratio
from .lexicon import CURRENCIES, DURATIONS, MONEY_PREFIXES, MONEY_WORDS, OF, RATES, SYMBOLS, wordset
from .model import Value
from .nouns import noun_unit
from .tokens import NUM, Tokens

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
    first = unit.first if unit.first >= 0 else number.first
    num_end = unit.num_end if unit.num_end >= 0 else s.stop[number.stop - 1]
    value = ratio(number.mantissa * number.scale * unit.scale, 10**number.decimals * unit.divisor)
    if unit.cents:
        value = ratio(number.mantissa * 100 + unit.cents, 100)
    if unit.inverse and value:
        value = 1 / value
    places = s.begin[first], s.stop[unit.stop - 1], s.begin[number.first], num_end
    item = Item(first, unit.stop, *places, unit.kind, value, value, unit.name)
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
    if s.low[number.first - 1] in amounts.BEFORE:
        unit = amounts.before(s, number)
        if unit is not None:
            return unit
    reader = _READERS.get(s.low[j])
    if reader is not None:
        unit = reader(s, j, number)
        if unit is not None and unit.kind == "money":
            _cents(s, unit, number)
        return unit
    if number.scale > 1 and number.scale != 1000:  # millions, dizaines: what is counted comes after "de"
        return None
    return noun_unit(s, j, number.plural)


def _cents(s: Tokens, unit: Unit, number: Number) -> None:
    """Take the cents after an amount into it: 3€20, 84 € 35, 3 euros et 20 centimes, douze euros cinquante."""
    found = amounts.cents(s, unit, number)
    if found is None:
        return
    said = s.low[found.stop] in {"centime", "centimes", "cents"}
    two_digits = s.kind[found.first] != NUM or len(s.low[found.first]) == 2
    if said or (two_digits and s.low[unit.stop] != "et" and not has_unit(s, found)):
        unit.cents, unit.stop = found.mantissa, found.stop + said
        unit.num_end = s.stop[found.stop - 1]


def _of(s: Tokens, j: int, number: Number) -> Unit | None:
    """What stands after "de": only magnitudes and -aine words take it (millions d'euros, dizaine de sites)."""
    if number.scale == 1 and not number.approx:
        return None
    k = j + 1
    unit = amounts.of_money(s, k, number)
    if unit is not None:
        return unit
    if s.written(k) in SYMBOLS:
        return _symbol(s, k, number)
    return noun_unit(s, k, True)


def _prefixed(s: Tokens, j: int, number: Number) -> Unit | None:
    """M€, k€, Md€; else M as a magnitude or the metre."""
    return amounts.prefixed(s, j, number) or _symbol(s, j, number)


def _in_one_word(s: Tokens, j: int, number: Number) -> Unit | None:
    return amounts.in_one_word(s, j, number) or noun_unit(s, j, number.plural)


def _percent(s: Tokens, j: int, number: Number) -> Unit | None:
    """%, ‰, and "pc" as Belgian texts have it; PC are computers, "pc" of something rooms."""
    if s.low[j] == "pc" and (s.written(j) != "pc" or number.article):
        return noun_unit(s, j, number.plural)
    return Unit("percent", "%", j + 1, divisor=10 if s.low[j] == "‰" else 1)


def _per_cent(s: Tokens, j: int, number: Number) -> Unit | None:
    """Pour cent, pour mille, p. 100."""
    if s.low[j + 1] == "mille" and noun_unit(s, j + 2, True) is None and s.low[j + 2] not in CURRENCIES:
        return Unit("percent", "%", j + 2, divisor=10)
    k = s.past_hyphen(j + 1)
    if s.low[k] == "cent":
        return Unit("percent", "%", k + 1)
    if s.low[j] == "p" and s.low[j + 1] == "." and s.low[j + 2] in {"100", "cent", "c"}:
        return Unit("percent", "%", j + 3 + (s.low[j + 2 : j + 4] == ["c", "."]))
    return None


def _point(s: Tokens, j: int, number: Number) -> Unit | None:
    """Percentage points, unless they are points of something else."""
    k = j + 1
    if s.low[k] in OF:
        if s.low[k + 1] in _POINT_OF:
            return Unit("percent", "point", k + 2 if s.low[k + 1] in {"pourcentage", "%"} else k)
        return noun_unit(s, j, number.plural)
    half = s.low[k] == "et" and s.low[k + 1] == "demi"
    if s.low[k] in _POINT_NOUN or (number.article and not half):
        return noun_unit(s, j, number.plural)
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
    name = SYMBOLS.get(raw) or (SYMBOLS.get(s.low[j]) if raw.isupper() and s.shouted() else None)
    if name is None:
        return None if raw.islower() else noun_unit(s, j, number.plural)
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
    | dict.fromkeys(CURRENCIES, amounts.amount)
    | dict.fromkeys(MONEY_PREFIXES, _prefixed)
    | dict.fromkeys(MONEY_WORDS, _in_one_word)
    | dict.fromkeys(("franc", "francs", "livres"), amounts.francs)
    | dict.fromkeys(("centime", "centimes", "ct", "cts"), amounts.centimes)
    | dict.fromkeys(("%", "‰", "pourcents", "pourcent", "pc", "pct"), _percent)
    | dict.fromkeys(("point", "points", "pt", "pts", "pp"), _point)
    | {"pour": _per_cent, "p": _per_cent, "fois": _times, "d'": _of, "de": _of, "°": _degree, ".": amounts.swiss_dash}
)
