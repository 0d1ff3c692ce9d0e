"""How far the places of its sentence are from a figure, by what each is named for (pure)."""

import re
from collections.abc import Collection, Iterator

from analysis.extraction.prose.document_passages import Figure, Passage, Told, of_kinds
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.place_roles import ASIDE, COMPLEMENT, LISTED, LOCATIVE, OBJECT, SUBJECT, is_apart
from analysis.extraction.prose.where import around, told_within
from analysis.extraction.vocabulary import Span

TOO_FAR = 20  # what no place costs that holds a figure
_ROLES = {ASIDE: TOO_FAR, LISTED: TOO_FAR, OBJECT: 4}  # what a place costs that is named for something else
_CARRIED = 4  # a subject is never much further than this
_NEXT_CLAUSE = 14  # of the subject that begins after the figure
_ENCLOSED = 10
_OF_ANOTHER = 8
_BOUND = 5  # words before a place in which the figure may stand that it belongs to
_AFTER = 1  # a place after the figure is a little further than one before it
_ADJACENT = 2  # words: a place right beside a figure is its place, whatever it was named for
_COMPLEMENT_COST = 10
_BACK = 60  # characters before a place in which it is told whose figure another is
_OF = frozenset({"de", "du", "d"})
_RELATIVE = frozenset(
    {"qui", "que", "qu", "dont", "ou", "auquel", "lequel", "laquelle", "lesquels", "ne", "nee", "issu", "issue"}
)
_THAT_COUNTS = re.compile(r"\bqu(?:e|['’])\s?(?:compt|abrit|dénombr)\w+\s+(?:la\s|le\s|les\s|l['’])?$", re.I)
_OF_IT = re.compile(r"\s*,?\s*(?:qui|dont|où)\s*,\s*(?:elle|lui|elles|eux)\s*,[^,;:.]*", re.I)  # X qui, elle, en a cinq
_ANNOUNCING = frozenset({"avec", "fort", "forte", "forts", "fortes", "riche", "riches"})
_OF_ANOTHER_CLAUSE = _RELATIVE | {"il", "elle", "ils", "elles", "on"}
_THEIRS = frozenset({("et", "ses"), ("et", "de", "ses"), ("avec", "ses"), ("et", "leurs"), ("avec", "leurs")})
_MOST = re.compile(r",\s+(?:le|la)\s+plus\s+[^,;:.()]{3,40}$", re.I)  # X, le plus étendu (148 communes)

Near = tuple[int, Told, tuple[Place, ...]]


def costs(figure: Figure, passage: Passage, kinds: Collection[str]) -> Iterator[Near]:
    """The places of a figure's sentence that are of some kinds, each with what it costs."""
    for told in told_within(passage, around(figure)):
        places = of_kinds(told.places, kinds)
        if places and not _is_of_whole(passage, told, figure):
            cost = _reach(figure, passage, told)
            if places[0].kind == "territory" and _is_rather_department(passage, told):
                cost += _COMPLEMENT_COST
            if places[0].kind == "country" and _is_complement(passage, told):
                cost += _COMPLEMENT_COST
            yield cost, told, places


def _reach(figure: Figure, passage: Passage, told: Told) -> int:
    """How far a place is from a figure by what it is named for: a subject carries to the end of its clause."""
    cost = passage.reach(figure, told.words)
    crossed = told.role == SUBJECT and cost > told.words[0] - figure.words[1] >= 0
    if crossed and _is_announced(passage, told, figure):
        return min(cost, _CARRIED)
    others = told.role in {LOCATIVE, COMPLEMENT} and _is_of_another(passage, told, figure)
    beside = cost <= _ADJACENT and not crossed and not others and not _is_passed(passage, told, figure)
    if beside or _is_antecedent(passage, told, figure):
        return min(cost, _ADJACENT)
    if others:
        is_part = "dont" in passage.words.folded[figure.words[1] : told.words[0]]
        cost += TOO_FAR if is_part else _OF_ANOTHER
    if told.words[0] > figure.words[0]:
        if _is_of_next_part(passage, told, figure):
            cost += TOO_FAR
        return cost + _AFTER + (_NEXT_CLAUSE if crossed else 0) + _ROLES.get(told.role, 0)
    if _is_enclosed(passage, told, figure):
        return cost + _ENCLOSED + _ROLES.get(told.role, 0)
    return min(cost, _CARRIED + cost // 4) if told.role == SUBJECT else cost + _ROLES.get(told.role, 0)


def _is_announced(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether a sentence gives the figures of its subject before it: Avec ses 36 communes, X fournit …"""
    begun, between = figure.sentence[0], passage.words.written(figure.quantity.end, told.start)
    is_rank = figure.quantity.kind == "ordinal" and figure.words[0] == begun  # Deuxième par …, le Grand Est
    return (
        (is_rank or passage.words.folded[begun] in _ANNOUNCING)
        and between.count(",") == 1
        and not any(one.role == SUBJECT for one in told_within(passage, (begun, told.words[0])))
    )


def _is_of_next_part(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether a semicolon stands between a figure and a place after it."""
    return ";" in passage.words.written(figure.quantity.end, told.start)


def _is_rather_department(passage: Passage, told: Told) -> bool:
    """Whether the name is also that of a département, and nothing says that the territory is meant."""
    before = passage.words.folded[max(0, told.words[0] - 3) : told.words[0]]
    return bool(of_kinds(told.places, {"department"})) and not {"territoire", "industrie"} & set(before)


def _is_of_whole(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether a place only tells whose another figure is: deux sur les dix que compte X, il couvre 139 communes."""
    return told.words[1] <= figure.words[0] and counts_whole(passage, told)


def counts_whole(passage: Passage, told: Told) -> bool:
    """Whether a place is named as that which holds what was counted: les neuf territoires que compte l'Occitanie."""
    at = told.start - passage.words.offset
    return _THAT_COUNTS.search(passage.words.text, max(0, at - _BACK), at) is not None


def _is_complement(passage: Passage, told: Told) -> bool:
    """Whether a place is told as what something is of: les régions de France."""
    first = told.words[0]
    return not _OF.isdisjoint(passage.words.folded[max(0, first - 1) : first + 1])


def _is_passed(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether a place beside a figure is named in passing, or before a verb that has another subject."""
    between = max(told.words[0] - figure.words[1], figure.words[0] - told.words[1])
    verb = passage.words.folded[told.words[1] : figure.words[0]][:1] == ("et",)
    if told.weak and ":" in passage.words.written(told.end, figure.quantity.start):
        return True  # devant le Grand Est : 24 territoires
    return between > 0 and (told.weak or (verb and told.role == OBJECT))


def _segment(passage: Passage, at: int, sentence: Span) -> int:
    """Where the words between two marks of punctuation begin that hold a word."""
    while at > sentence[0] and not is_apart(passage.words, at):
        at -= 1
    return at


def _is_antecedent(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether the figure stands in a clause about the place right before it: X, dans l'Orne, qui compte; X et ses."""
    folded, first = passage.words.folded, figure.words[0]
    if told.words[1] >= first:
        return False
    if folded[told.words[1] : first] in _THEIRS or is_bracketed(passage, told, figure):
        return True
    offset = passage.words.offset
    if _OF_IT.fullmatch(passage.words.text, told.end - offset, figure.quantity.start - offset):
        return True
    begun = _segment(passage, first, figure.sentence)
    if folded[begun] not in _RELATIVE or told.words[1] > begun:
        return False
    between = _segment(passage, begun - 1, figure.sentence)
    inserted = between == told.words[1] and folded[between] not in _OF_ANOTHER_CLAUSE
    return told.words[1] == begun or inserted


def is_bracketed(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether the figure is in the brackets that follow a place: X (36 communes, 700 habitants)."""
    between = passage.words.written(told.end, figure.quantity.start)
    before, bracket, inside = between.partition("(")
    return bool(bracket) and ")" not in inside and (not before.strip() or _MOST.match(before.rstrip()) is not None)


def _is_of_another(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether a place belongs to another figure right before it: trois en Gironde et deux dans la Dordogne."""
    first = told.words[0]
    before = passage.figures_within((max(0, first - _BOUND), first))
    owner = before[-1].words if before else figure.words
    return owner != figure.words and passage.words.gap(owner, told.words) <= first - owner[1]


def _is_enclosed(passage: Passage, told: Told, figure: Figure) -> bool:
    """Whether a place is only in what is inserted before the figure: X, qui jouxte Y, réunit; X, en Creuse, réunit."""
    words, begun = passage.words, told.words[0]
    if not any(is_apart(words, n) for n in range(told.words[1], figure.words[0] + 1)):
        return False
    begun = _segment(passage, begun, figure.sentence)
    if words.folded[begun] in _RELATIVE and begun > figure.sentence[0]:
        return True
    before = told_within(passage, (figure.sentence[0], begun))
    return told.role != SUBJECT and bool(before) and before[-1].role == SUBJECT and before[-1].words[1] == begun
