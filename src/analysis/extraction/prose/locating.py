"""Where: the place that a figure holds on, in its sentence, before it, or in what heads it, and what is doubtful."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator

from analysis.extraction.prose.document_passages import Figure, Passage, Told, of_kinds
from analysis.extraction.prose.nearness import TOO_FAR, costs
from analysis.extraction.prose.roles import SUBJECT
from analysis.extraction.prose.where import WINDOW, Location, Scene, told_within

_TIE = 1
_PARTS = frozenset({"dont", "contre"})  # of a part, or of what is compared: what follows is of the whole again
_OPENING = 3  # words before a place that may still open its sentence
_STOP = 9


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


def _in_sentence(figure: Figure, passage: Passage, kinds: Collection[str]) -> Location | None:
    """The nearest place of the sentence; a doubt when another is as near."""
    ranked = sorted(costs(figure, passage, kinds), key=lambda one: one[0])
    if not ranked:
        return None
    (cost, told, places), *others = ranked
    rival = next((one for one in others if not set(one[2]) & set(places)), None)
    close = rival is not None and rival[0] - cost <= _TIE and rival[0] < TOO_FAR
    doubt = f"two places are as near: {places[0].name}, {rival[2][0].name}" if close and rival else ""
    if cost >= TOO_FAR and told.weak:
        return None
    return Location(places, "sentence", cost, told, doubt)


def _in_passage(figure: Figure, passage: Passage, kinds: Collection[str], scene: Scene) -> Location | None:
    """The place told last before the sentence: what opens a sentence, else a claim's, else any other."""
    stop = bisect_left(passage.told, figure.sentence[0], key=lambda told: told.words[0])
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


def _opens_with_pronoun(figure: Figure, passage: Passage) -> bool:
    """Whether the sentence goes on about what was told: il, elle, ils."""
    first = figure.sentence[0]
    return bool(passage.near("pronoun", (first, first + _OPENING)))
