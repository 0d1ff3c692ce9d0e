"""Where: the places that a document names in order, and the place that a figure holds on."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.extraction.prose.document_passages import Figure, Passage, Told, of_kinds
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.roles import ASIDE, COMPLEMENT, LISTED, LOCATIVE, OBJECT, SUBJECT, is_apart
from analysis.extraction.vocabulary import Span

WINDOW, SIGNS_WINDOW = 70, 40  # words on either side of a figure in which its sentence is looked at
_WEAK_COST = 20
_ROLES = {ASIDE: _WEAK_COST, LISTED: _WEAK_COST, OBJECT: 4}  # what a place costs that is named for something else
_CARRIED = 4  # a subject is never much further than this
_NEXT_CLAUSE = 6  # of the subject that begins after the figure
_ENCLOSED = 10
_OF_ANOTHER = 8
_BOUND = 5  # words before a place in which the figure may stand that it belongs to
_RELATIVE = frozenset({"qui", "que", "qu", "dont", "ou", "auquel", "laquelle", "ne", "nee", "issu", "issue"})
_AFTER = 1  # a place after the figure is a little further than one before it
_TIE = 1
_ADJACENT = 2  # words: a place right beside a figure is its place, whatever it was named for
_COMPLEMENT_COST = 10
_OF = frozenset({"de", "du", "d"})
_PARTS = frozenset({"dont", "contre"})  # of a part, or of what is compared: what follows is of the whole again
_OPENING = 3  # words before a place that may still open its sentence
_STOP = 9


class Location(NamedTuple):
    """The place of a figure: those of its name that can hold the concept, how it was found, and what is doubtful."""

    places: tuple[Place, ...]
    level: str  # sentence passage lead heading title default
    cost: int = 0
    told: Told | None = None
    doubt: str = ""


@dataclass
class Scene:
    """What has been told so far: places by kind, and the places of the passage's claims."""

    title: list[Told]
    producer: list[Told]
    country: Place
    last: dict[str, Place] = field(default_factory=dict)
    claimed: list[tuple[int, Place]] = field(default_factory=list)  # in this passage: offset of the figure, its place


def locate(
    figure: Figure, passage: Passage, kinds: Collection[str], also_on: Collection[str], scene: Scene
) -> Location | None:
    """The nearest place that can hold the figure: in its sentence, its passage, what heads it; else the country."""
    for found in _searched(figure, passage, kinds, also_on, scene):
        if found is not None:
            return found
    if "country" in kinds:
        return Location((scene.country,), "default")
    held = [scene.last[kind] for kind in sorted(kinds) if kind in scene.last]
    return Location((held[0],), "default", doubt="the place is only told far from the figure") if held else None


def _searched(
    figure: Figure, passage: Passage, kinds: Collection[str], also_on: Collection[str], scene: Scene
) -> Iterator[Location | None]:
    for head in passage.heads:
        level = "lead" if head.block.kind == "caption" else "sentence"
        yield _first(head.told, {*kinds, *also_on}, level)
    if not passage.heads:
        yield _in_sentence(figure, passage, {*kinds, *also_on})
        if "country" in kinds and passage.near("national", figure.sentence):
            yield Location((scene.country,), "passage")
        continued = opens_with_pronoun(figure, passage)
        yield _in_passage(figure, passage, {*kinds, *also_on} if continued else kinds, scene)
        if passage.lead is not None:
            yield _first(reversed(passage.lead.told), kinds, "lead")
    for heading in passage.headings:
        yield _first(heading.told, kinds, "heading")
    yield _first(scene.title, kinds, "title")
    if "country" not in kinds:
        yield _first(scene.producer, kinds, "title")


def _first(told: Iterable[Told], kinds: Collection[str], level: str) -> Location | None:
    for one in told:
        if not one.weak and (places := of_kinds(one.places, kinds)):
            return Location(places, level, told=one)
    return None


def _in_sentence(figure: Figure, passage: Passage, kinds: Collection[str]) -> Location | None:
    """The nearest place of the sentence; a doubt when another is as near."""
    ranked = sorted(_costs(figure, passage, kinds), key=lambda one: one[0])
    if not ranked:
        return None
    (cost, told, places), *others = ranked
    rival = next((one for one in others if not set(one[2]) & set(places)), None)
    close = rival is not None and rival[0] - cost <= _TIE and rival[0] < _WEAK_COST
    doubt = f"two places are as near: {places[0].name}, {rival[2][0].name}" if close and rival else ""
    if cost >= _WEAK_COST and told.weak:
        return None
    return Location(places, "sentence", cost, told, doubt)


def _costs(figure: Figure, passage: Passage, kinds: Collection[str]) -> Iterator[tuple[int, Told, tuple[Place, ...]]]:
    for told in told_within(passage, around(figure)):
        if places := of_kinds(told.places, kinds):
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
    if cost <= _ADJACENT and not crossed or _is_antecedent(passage, told, figure):
        return min(cost, _ADJACENT)
    if told.role in {LOCATIVE, COMPLEMENT} and _is_of_another(passage, told, figure):
        cost += _OF_ANOTHER
    if told.words[0] > figure.words[0]:
        return cost + _AFTER + (_NEXT_CLAUSE if crossed else 0) + _ROLES.get(told.role, 0)
    if _is_enclosed(passage, told, figure):
        return cost + _ENCLOSED + _ROLES.get(told.role, 0)
    return min(cost, _CARRIED + cost // 4) if told.role == SUBJECT else cost + _ROLES.get(told.role, 0)


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
    if folded[told.words[1] : first] in (("et", "ses"), ("avec", "ses"), ("et", "leurs")):
        return True
    begun = _segment(passage, first, figure.sentence)
    if folded[begun] not in _RELATIVE or told.words[1] > begun:
        return False
    between = _segment(passage, begun - 1, figure.sentence)
    inserted = between == told.words[1] and folded[between] not in _RELATIVE
    return told.words[1] == begun or inserted


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


def _is_rather_department(passage: Passage, told: Told) -> bool:
    """Whether the name is also that of a département, and nothing says that the territory is meant."""
    before = passage.words.folded[max(0, told.words[0] - 3) : told.words[0]]
    return bool(of_kinds(told.places, {"department"})) and not {"territoire", "industrie"} & set(before)


def _is_complement(passage: Passage, told: Told) -> bool:
    """Whether a place is told as what something is of: les régions de France."""
    first = told.words[0]
    return not _OF.isdisjoint(passage.words.folded[max(0, first - 1) : first + 1])


def opens_with_pronoun(figure: Figure, passage: Passage) -> bool:
    """Whether the sentence goes on about what was told: il, elle, ils."""
    first = figure.sentence[0]
    return bool(passage.near("pronoun", (first, first + _OPENING)))


def around(figure: Figure, window: int = WINDOW) -> Span:
    """The words of a figure's sentence that are near enough to matter."""
    first, last = figure.sentence
    return max(first, figure.words[0] - window), min(last, figure.words[1] + window)


def told_within(passage: Passage, words: Span) -> list[Told]:
    """Places named inside a run of words."""
    first = bisect_left(passage.told, words[0], key=_first_word)
    return passage.told[first : bisect_left(passage.told, words[1], key=_first_word)]


def _first_word(told: Told) -> int:
    return told.words[0]


def _in_passage(figure: Figure, passage: Passage, kinds: Collection[str], scene: Scene) -> Location | None:
    """The place told last before the sentence: what opens a sentence, else a claim's, else any other."""
    stop = bisect_left(passage.told, figure.sentence[0], key=_first_word)
    recent = passage.told[max(0, stop - WINDOW) : stop]
    before = [one for one in recent if not one.weak and of_kinds(one.places, kinds)]
    claims = [(at, place) for at, place in scene.claimed[-WINDOW:] if place.kind in kinds]
    since = claims[-1][0] if claims else -1
    opening = next((one for one in reversed(before) if one.start > since and _opens(passage, one)), None)
    if opening is not None:
        return Location(of_kinds(opening.places, kinds), "passage", told=opening)
    if claims:
        return Location((claims[-1][1],), "passage")
    return _first(reversed(before), kinds, "passage")


def is_topic(figure: Figure, passage: Passage, location: Location) -> bool:
    """Whether what follows is still about a figure's place: not after one named in passing, or of a part."""
    told, first = location.told, figure.sentence[0]
    if told is not None and told.weak:
        return False
    if not _PARTS.isdisjoint(passage.words.folded[first : figure.words[0]]):
        return False
    return location.level != "default" or not any(one.role == SUBJECT for one in told_within(passage, figure.sentence))


def _opens(passage: Passage, told: Told) -> bool:
    """Whether a place is among the first words of its sentence."""
    first = told.words[0]
    if first <= _OPENING:
        return True
    barriers = passage.words.barriers
    return barriers[first] - barriers[first - _OPENING - 1] >= _STOP
