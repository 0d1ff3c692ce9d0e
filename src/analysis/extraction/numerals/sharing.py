"""What figures of a sentence take from each other: units, magnitudes, and money for magnitudes that say none."""

from .items import Item, ratio
from .lexicon import OF
from .ranges import scaled_like
from .tokens import NUM, Tokens
from .units import duration

_COORDINATORS = frozenset({"et", "ou", "puis"})
_LARGE = 10**6
_OF_MONEY = frozenset({None, "EUR"})
_BEFORE, _AFTER = 30, 15  # how many tokens are looked at for what a magnitude is of
# Beginnings of the words that make magnitudes money, and of those that make them something else.
_MONEY_CUES = (
    "budget", "coût", "invest", "crédit", "subvention", "dépens", "recette", "dette", "financ", "enveloppe", "factur",
    "bénéfic", "emprunt", "dotation", "doté", "euro", "rallonge", "montant", "mandat", "engag", "décaiss", "débours",
    "déficit", "excédent", "débloqu", "chiffr", "prêt", "payé", "versé", "verse", "injecté", "injecte", "capital",
    "ardoise", "fonds", "loyer", "salaire", "trésorerie", "perte", "plan", "impôt", "tax", "€", "levé", "vendu",
    "rachet", "indemn",
)  # fmt: skip
_COUNT_CUES = (
    "visiteur", "habitant", "voyageur", "passager", "personne", "population", "fréquent", "entrée", "tonne", "client",
    "abonné", "spectateur", "touriste", "exemplaire", "emploi", "salarié", "électeur", "foyer", "véhicule", "nuit",
    "mètre", "hectare", "unité", "pièce", "produi", "livr", "consomm", "élèves", "français", "logement", "arbre", "âme",
    "plant", "planèt", "voix", "vote",
)  # fmt: skip


def share(s: Tokens, found: list[Item]) -> None:
    """Let the figures of a sentence, in order, take from each other what they leave unsaid."""
    if len(found) > 1:
        _units(s, found)
    large = [item for item in found if item.number is not None and item.number.scale * item.scale >= _LARGE]
    for item in large:
        if item.bare and _is_money(s, item):
            item.kind, item.unit = "money", "EUR"
    if large and large[0] is not found[-1]:
        _magnitudes(s, found)


def _is_money(s: Tokens, item: Item) -> bool:
    """Whether the nearest word that tells what a bare magnitude is of, before it or else after it, is about money."""
    for word in [*reversed(s.low[max(0, item.first - _BEFORE) : item.first]), *s.low[item.stop : item.stop + _AFTER]]:
        if word.startswith(_COUNT_CUES):
            return False
        if word.startswith(_MONEY_CUES):
            return True
    return False


def _magnitudes(s: Tokens, found: list[Item]) -> None:
    """Give decimals alone the magnitude of the amount before them: "engagé 2,05 milliards et mandaté 1,3"."""
    model, factor = found[0], 1
    for item in found:
        if item.number is None:
            continue
        if item.number.scale * item.scale >= _LARGE:
            model, factor = item, item.number.scale * item.scale
        elif factor > 1 and item.bare and item.number.decimals and model.unit in _OF_MONEY and s.kind[item.stop] != NUM:
            value = ratio(item.number.mantissa * item.number.scale * factor, 10**item.number.decimals)
            item.low = item.high = value
            item.kind, item.unit, item.rate = model.kind, model.unit, model.rate


def _units(s: Tokens, items: list[Item]) -> None:
    """Give a bare figure the unit of the next one it is coordinated with: "de 2 300 à 1 800 salariés"."""
    for first, second in zip(reversed(items[:-1]), reversed(items[1:]), strict=True):
        if first.kind == second.kind == "money" and first.rate is None and _coordinated(s, first, second):
            first.rate = second.rate
        if first.bare and not second.bare and second.number is not None and _coordinated(s, first, second):
            value = scaled_like(first, second) if second.low is not None else first.low
            if first.number is not None and first.number.scale == 1 and second.scale * second.number.scale > 1:
                factor = second.scale * second.number.scale
                value = ratio(first.number.mantissa * factor, 10**first.number.decimals)
            first.low = first.high = value
            first.kind, first.unit, first.rate, first.elided = second.kind, second.unit, second.rate, True
            if first.kind == "period":
                first.iso = duration(first.low, first.unit)


def _coordinated(s: Tokens, first: Item, second: Item) -> bool:
    """Whether only "et", "ou", "puis" (or "à" after "de") stands between two figures, both of one unit."""
    if second.first - first.stop != 1 or second.kind not in {"percent", "money", "period", "count"}:
        return False
    word = s.low[first.stop]
    if word == "à":
        return s.low[first.first - 1] in OF
    if second.kind == "count" or second.unit == "factor":
        return False
    return word in _COORDINATORS or (word == "," and second.elided and s.kind[first.first] == NUM)
