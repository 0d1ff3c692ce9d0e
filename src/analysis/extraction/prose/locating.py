"""Where: the place that a figure holds on, in its sentence, before it, or in what heads it, and what is doubtful."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from analysis.extraction.prose.document_passages import Figure, Passage, Told, of_kinds
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.place_index import Place
from analysis.extraction.prose.place_reach import TOO_FAR, costs, counts_whole, is_bracketed
from analysis.extraction.prose.place_roles import OBJECT, SUBJECT
from analysis.extraction.prose.where import WINDOW, Location, Scene, told_within

_AND = re.compile(r"\s+et\s+(?:de\s+|d['’]|ses\s+|leurs\s+)?", re.I)
_TIE = 1
_PARTS = frozenset({"dont", "contre"})  # of a part, or of what is compared: what follows is of the whole again
_OPENING = 3  # words before a place that may still open its sentence
_STOP = 9
_PART_REACH = 6  # words before the whole in which its part stands
_BESIDE = 2


def locate(
    figure: Figure, passage: Passage, kinds: Collection[str], also_on: Collection[str], scene: Scene
) -> Location | None:
    """The nearest place that can hold the figure: in its sentence, its passage, what heads it; else the country."""
    found = next(filter(None, _searched(figure, passage, kinds, also_on, scene)), None) or _default(kinds, scene)
    if found is None or found.doubt:
        return found
    return found._replace(doubt=next(_doubts(found, figure, passage, kinds), None))


def _default(kinds: Collection[str], scene: Scene) -> Location | None:
    """The country where it can hold the figure, else what was told last of a kind that can."""
    if "country" in kinds:
        return Location((scene.country,), "default")
    held = [scene.last[kind] for kind in sorted(kinds) if kind in scene.last]
    return Location((held[0],), "default", doubt=Doubt("far_place")) if held else None


def _searched(
    figure: Figure, passage: Passage, kinds: Collection[str], also_on: Collection[str], scene: Scene
) -> Iterator[Location | None]:
    for head in passage.heads:
        level = "lead" if head.block.kind == "caption" else "sentence"
        yield _first(head.told, {*kinds, *also_on}, level)
    for corner in (one for head in passage.heads for one in head.heads):
        yield _first(corner.told, {*kinds, *also_on}, "lead")
    if not passage.heads:
        nearest = _in_sentence(figure, passage, {*kinds, *also_on})
        yield _joined_to_before(figure, passage, kinds, scene, nearest)
        yield nearest
        if "country" in kinds and passage.near("national", figure.sentence):
            yield Location((scene.country,), "passage")
        continued = _opens_with_pronoun(figure, passage)
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


def _joined_to_before(
    figure: Figure, passage: Passage, kinds: Collection[str], scene: Scene, nearest: Location | None
) -> Location | None:
    """The place of the figure that "et" joins to this one, where another seems nearer: fort de 254 communes et de 6."""
    rank = bisect_left(passage.figures, figure.words[0], key=lambda one: one.words[0])
    before = passage.figures[rank - 1] if rank else None
    if before is None or before.sentence != figure.sentence or not scene.claimed:
        return None
    at, place, _ = scene.claimed[-1]
    between = passage.words.written(before.quantity.end, figure.quantity.start)
    follows = told_within(passage, (figure.words[1], figure.words[1] + _OPENING))
    if at != before.quantity.start or place.kind not in kinds or follows or not _AND.fullmatch(between):
        return None
    if nearest is None or place in nearest.places:
        return None
    return Location((place,), "sentence", doubt=Doubt("not_the_subject"))


def _in_sentence(figure: Figure, passage: Passage, kinds: Collection[str]) -> Location | None:
    """The nearest place of the sentence; a doubt when another is as near."""
    ranked = sorted(costs(figure, passage, kinds), key=lambda one: one[0])
    if not ranked:
        return None
    (cost, told, places), *others = ranked
    rival = next((one for one in others if not set(one[2]) & set(places)), None)
    close = rival is not None and rival[0] - cost <= _TIE and rival[0] < TOO_FAR
    doubt = None
    if close and rival:
        doubt = Doubt("two_places", (rival[2][0].name,), ((rival[1].start, rival[1].end),))
    if cost >= TOO_FAR and (told.weak or told.words[0] > figure.words[0]):
        return None
    return Location(places, "sentence", cost, told, doubt)


def _in_passage(figure: Figure, passage: Passage, kinds: Collection[str], scene: Scene) -> Location | None:
    """The place told last before the sentence: what opens a sentence, else a claim's, else any other."""
    stop = bisect_left(passage.told, figure.sentence[0], key=lambda told: told.words[0])
    recent = passage.told[max(0, stop - WINDOW) : stop]
    before = [one for one in recent if not one.weak and of_kinds(one.places, kinds)]
    claims = [one for one in scene.claimed[-WINDOW:] if one[1].kind in kinds]
    since = claims[-1][0] if claims else -1
    opening = next((one for one in reversed(before) if one.start > since and _opens(passage, one)), None)
    if opening is not None:
        places = of_kinds(opening.places, kinds)
        return Location(places, "passage", told=opening, doubt=_named_since(opening.start, places[0], before))
    if claims:
        at, place, doubt = claims[-1]
        return Location((place,), "passage", doubt=doubt or _named_since(at, place, before))
    found = _first(reversed(before), kinds, "passage")
    passing = found is not None and found.told is not None and found.told.role == OBJECT
    return found._replace(doubt=Doubt("far_place")) if found is not None and passing else found


def _named_since(at: int, place: Place, before: list[Told]) -> Doubt | None:
    """The doubt about a place that is carried on across another of its kind."""
    others = [one for told in before if told.start > at for one in told.places if one.kind == place.kind]
    other = next((one for one in others if one.name != place.name), None)
    return Doubt("named_since", (other.name,)) if other else None


def is_whole(figure: Figure, passage: Passage) -> bool:
    """Whether the figure is what another is a part of: 21 labels sur les 183, 22 % des 183."""
    first = figure.words[0]
    before = passage.words.folded[max(figure.sentence[0], first - 2) : first]
    parts = passage.figures_within((max(figure.sentence[0], first - _PART_REACH), first))
    if not parts:
        return False
    is_share = parts[-1].quantity.kind == "percent" and parts[-1].words[1] >= first - 1
    return "sur" in before or (is_share and before[-1:] == ("des",))


def _doubts(found: Location, figure: Figure, passage: Passage, kinds: Collection[str]) -> Iterator[Doubt]:
    """What makes a place doubtful that does not stand beside its figure."""
    if passage.heads or (found.level == "sentence" and found.cost <= _BESIDE):
        return
    is_told = found.told is not None and found.level == "sentence" and found.told.words[0] < figure.words[0]
    begun = found.told.words[1] if found.told and is_told else figure.sentence[0]
    ended = figure.words[1] + _PART_REACH if found.level == "default" else figure.words[0]  # dans la région, unnamed
    unnamed = passage.near("unnamed", (begun, min(ended, figure.sentence[1])))
    if unnamed and (found.places[0].kind != "country" or found.level == "default"):
        yield Doubt("unnamed_subject", (), ((unnamed[-1].start, unnamed[-1].end),))
    passing = [one for one in told_within(passage, figure.sentence) if one.weak and of_kinds(one.places, kinds)]
    if found.level == "default" and passing:
        yield Doubt("named_in_passing", (passing[0].places[0].name,), ((passing[0].start, passing[0].end),))


def is_topic(figure: Figure, passage: Passage, location: Location) -> bool:
    """Whether what follows is still about a figure's place: not after one named in passing, or of a part."""
    told, first = location.told, figure.sentence[0]
    subjects = [one for one in told_within(passage, figure.sentence) if one.role == SUBJECT]
    if told is not None and counts_whole(passage, told) and subjects and subjects[0].words < told.words:
        return False
    if is_whole(figure, passage) or (told is not None and (told.weak or is_bracketed(passage, told, figure))):
        return False
    if not _PARTS.isdisjoint(passage.words.folded[first : figure.words[0]]):
        return False
    return location.level != "default" or not subjects


def _opens(passage: Passage, told: Told) -> bool:
    """Whether a place is among the first words of its sentence."""
    first = told.words[0]
    if first <= _OPENING:
        return True
    barriers = passage.words.barriers
    return barriers[first] - barriers[first - _OPENING - 1] >= _STOP


def _opens_with_pronoun(figure: Figure, passage: Passage) -> bool:
    """Whether the sentence goes on about what was told: il, elle, ils."""
    first = figure.sentence[0]
    return bool(passage.near("pronoun", (first, first + _OPENING)))
