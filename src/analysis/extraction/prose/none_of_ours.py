"""Figures that are none of the programme's: of another programme, a vote, a sample, a difference, a total (pure)."""

import re
from collections.abc import Iterable

from analysis.extraction.figure_units import lemma_of
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.marking import Mark
from analysis.extraction.prose.tenses import side_of_change
from analysis.extraction.prose.where import SIGNS_WINDOW, around

OTHER_REACH = 14  # words within which the name of another programme takes a figure
_OWN_REACH = 3  # words within which the label makes a figure of such a sentence the programme's
_BODY_REACH = 8
_JOINED_REACH = 9
_AND = re.compile(r"\s+\w+\s+[\w' ’]{3,40}?\s+et\s+", re.I)
_OUT_OF = re.compile(r"\b(?:\d+[ \u00a0][\w' ’-]{3,30}|\d{2,})\s+sur\s+$", re.I)  # 99 départements sur 101, 330 sur 569
_OUT_OF_ALL = re.compile(r"\bsur\s+(?:les|ses|leurs)\s+$", re.I)  # 71 communes sur les 226 que compte le département
_OF_WIDER = re.compile(r"\s+(?:que\s+compt(?:e|ent)|du\s+département|de\s+la\s+région|du\s+pays|de\s+l['’]île)\b", re.I)
_BUDGET_OF = re.compile(
    r"\b(?:budgets?|coûts?|recettes?|dépenses?|chiffre d['’]affaires)\s+(?:\w+\s+)?"
    r"(?:de la|de l['’]|du|des|de|d['’])\s*"
    r"(?!programme|dispositif|phase|premi|second|nouvel|territoires?\b|label|plan\b|fonds)\w+",
    re.I,
)
_OF_ITS = re.compile(r"\b\d+\s+(?:de|sur)\s+(?:ses|leurs|nos|vos)\s+$", re.I)  # 118 de ses 207 communes
_FEWER = re.compile(r"(?:[ \u00a0][\w'’-]+){0,3}?[ \u00a0](?:de|en)\s+moins\b(?!\s+d[e'’])", re.I)
_MORE_THAN_ANOTHER = re.compile(  # quatre de plus que la Normandie, deux de mieux qu'en Bretagne
    r"(?:[ \u00a0][\w'’-]+){0,3}?[ \u00a0](?:de\s+plus|de\s+mieux|en\s+plus)\s+qu(?:e\s+|['’])"
    r"(?:(?:dans|en|chez|pour)\s+)?(?:l[ae]s?\s+|l['’]|sa\s+voisine,?\s+)?[A-ZÉÈÎÔ]"
)
_SIZED = re.compile(r"\b(?:commune|ville|village|bourg|cité|localité|préfecture)s?\s+d['’e]\s?(?:\w+\s)?$", re.I)


def is_none_of_ours(figure: Figure, passage: Passage, unit: str | None) -> bool:
    """Whether a figure belongs to something else than the programme, its places or its claims."""
    return (
        is_others(figure, passage)
        or (unit != "councillor" and _is_aside(figure, passage))
        or _is_delta(figure, passage, unit)
        or _is_difference(figure, passage)
        or _is_of_body(figure, passage)
        or _is_described(figure, passage, unit)
        or _is_budget_of_another(figure, passage)
    )


def is_others(figure: Figure, passage: Passage) -> bool:
    """Whether the figure belongs to another programme, named nearer than this one."""

    def nearest(marks: Iterable[Mark]) -> int:
        return min((passage.reach(figure, one.words) for one in marks), default=1000)

    window = around(figure, SIGNS_WINDOW)
    other = nearest(passage.near("other", window))
    return other <= OTHER_REACH and other < nearest(passage.near("own", window))


def _is_aside(figure: Figure, passage: Passage) -> bool:
    """Whether the sentence or its heading is about a vote or a sample, and no label stands beside the figure."""
    told = passage.near("aside", figure.sentence) or any(one.marks.get("aside") for one in passage.headings[:1])
    return bool(told) and not passage.near("own", (figure.words[0], figure.words[1] + _OWN_REACH))


def _is_delta(figure: Figure, passage: Passage, unit: str | None) -> bool:
    """Whether the figure is a difference: perd cinq communes, recule de deux. That of territories has a concept."""
    first = figure.words[0]
    near = passage.near("delta", (max(0, first - _JOINED_REACH), first))
    beside = [one for one in near if one.words[1] == first or _is_joined(one, figure, passage)]
    if beside and figure.quantity.kind == "percent":  # of what grew; that of the number of territories has a concept
        return not _counts_territories(figure, passage) and side_of_change(figure, passage) is None
    asks = bool(beside) and figure.quantity.kind == "count" and side_of_change(figure, passage) is None
    return asks and unit != "territory" and (unit is not None or beside[-1].words[1] - beside[-1].words[0] > 1)


def _is_difference(figure: Figure, passage: Passage) -> bool:
    """Whether the figure is by how many there are fewer, or more than in another place."""
    text, end = passage.words.text, figure.quantity.end - passage.words.offset
    if figure.quantity.kind != "count":
        return False
    return (_FEWER.match(text, end) or _MORE_THAN_ANOTHER.match(text, end)) is not None


def _is_joined(delta: Mark, figure: Figure, passage: Passage) -> bool:
    """Whether another count stands between, joined by "et": a perdu une communauté et neuf villages."""
    offset = passage.words.offset
    return _AND.fullmatch(passage.words.text, delta.end - offset, figure.quantity.start - offset) is not None


def _counts_territories(figure: Figure, passage: Passage) -> bool:
    return any(mark.value == "territory_growth" for mark in passage.near("needs", figure.sentence))


def _is_of_body(figure: Figure, passage: Passage) -> bool:
    """Whether the members counted are people: un comité de 22 membres."""
    first = figure.words[0]
    return lemma_of(figure.quantity) == "membre" and bool(passage.near("body", (max(0, first - _BODY_REACH), first)))


def _is_budget_of_another(figure: Figure, passage: Passage) -> bool:
    """Whether an amount is the budget of a body or work: le budget de la médiathèque s'élève à 3 M€."""
    if figure.quantity.kind != "money" or passage.near("own", figure.sentence):
        return False
    begun, at = (
        passage.words.span(*figure.sentence)[0] - passage.words.offset,
        figure.quantity.start - passage.words.offset,
    )
    return _BUDGET_OF.search(passage.words.text, begun, at) is not None


def _is_described(figure: Figure, passage: Passage, unit: str | None) -> bool:
    """Whether the figure only describes a place in passing, or is all that a part is taken of."""
    text, offset = passage.words.text, passage.words.offset
    at = figure.quantity.start - offset
    before = text[max(0, at - 45) : at]
    if _OF_ITS.search(before):
        return True
    if unit == "inhabitant":
        return _SIZED.search(before) is not None
    if lemma_of(figure.quantity) or unit is not None:
        return False
    told = passage.near("noun", (figure.sentence[0], figure.words[0]))
    of_all = _OUT_OF_ALL.search(before) and _OF_WIDER.match(text, figure.quantity.end - offset)
    is_territory = bool(told) and told[-1].value == "territory"  # 15 sur les 146 que compte la France: those are ours
    return _OUT_OF.search(before) is not None or (bool(of_all) and not is_territory)
