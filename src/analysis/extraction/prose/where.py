"""Where: the places that a document names in order, what stands in for one, and the place that a figure holds on."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.extraction.prose.passages import Figure, Mark, Passage, Told
from analysis.extraction.prose.places import Place, PlaceIndex
from analysis.extraction.prose.words import Words
from analysis.extraction.vocabulary import Span

WINDOW, SIGNS_WINDOW = 70, 40  # words on either side of a figure in which its sentence is looked at
_WEAK_REACH = 3  # words between "préfet" and the place that belongs to it
_WEAK_COST = 20
_AFTER = 1  # a place after the figure is a little further than one before it
_TIE = 1
_LISTED_REACH = 9
_ADJACENT = 2  # words: a place right beside a figure is its place, whatever it was named for
_COMPLEMENT_COST = 10
_OF = frozenset({"de", "du", "d"})
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


# --- what stands in for a place -------------------------------------------------------------------------------


def settle(passages: Iterable[Passage], index: PlaceIndex, titles: Iterable[Words], base: int | None) -> list[list[Told]]:
    """Give each passage the places that it names, stand-ins resolved; the places of each title.

    `base`: the phase of the document's date; a territory of that phase is meant before one of another.
    """
    each_title = [list(_title(title, index)) for title in titles]
    titled = [told for each in each_title for told in each]
    last: dict[str, Place] = {}
    for passage in passages:
        for mark in passage.marks.get("place", ()):
            stands_in = isinstance(mark.value, str)
            places = _stood_for(mark, passage, titled, last, index, base) if stands_in else mark.value
            if not places:
                continue
            is_weak = not stands_in and _is_weak(passage, mark)
            passage.told.append(Told(places, mark.words, mark.start, mark.end, is_weak, stands_in))
            if not is_weak:
                last |= _sure(places)
        passage.told = _without_lists(passage)
    return each_title


def _title(title: Words, index: PlaceIndex) -> Iterator[Told]:
    taken = 0
    for first, last, places in index.named(title.folded):
        start = title.spans[first][0]
        if first >= taken and (title.text[start].isupper() or first + 1 < last):
            taken = last
            if places:
                yield Told(places, (first, last), -1, -1, False, False)


def _stood_for(
    mark: Mark, passage: Passage, title: list[Told], last: dict[str, Place], index: PlaceIndex, base: int | None
) -> tuple[Place, ...]:
    """The place that "la région" or "le territoire" stands for: of its paragraph, heading, title, or the last named."""
    kind = str(mark.value)
    found = [of_kinds(told.places, {kind}) for told in [*reversed(passage.told[-WINDOW:]), *_headed(passage), *title]
             if not told.weak]  # fmt: skip
    found = [one for one in [*found, (last[kind],) if kind in last else ()] if one]
    current = [one for one in found if kind != "territory" or base is None or any(each.phase == base for each in one)]
    for one in [*current, *found]:
        return one
    if kind == "region":
        holders = [*reversed(passage.told[-WINDOW:]), *_headed(passage), *title]
        held = next((one.region for told in holders for one in told.places if one.region), None)
        held = held or next((one.region for one in last.values() if one.region), None)
        return (index.regions[held],) if held in index.regions else ()
    return ()


def _headed(passage: Passage) -> Iterator[Told]:
    """Places of the headings above a passage, nearest first."""
    for heading in passage.headings:
        yield from heading.told


def _is_weak(passage: Passage, mark: Mark) -> bool:
    """Whether a place is named as part of something else: préfet de la région, derrière la Bretagne."""
    before = passage.near("weak", (max(0, mark.words[0] - _WEAK_REACH - 4), mark.words[0]))
    if any(passage.words.gap(one.words, mark.words) <= _WEAK_REACH for one in before):
        return True
    return mark.value[0].kind == "intercommunality" and _is_listed(passage, mark)


def _is_listed(passage: Passage, mark: Mark) -> bool:
    """Whether an intercommunality is one of those that were just counted: il fédère deux EPCI, A et B."""
    counted = passage.near("noun", (max(0, mark.words[0] - WINDOW), mark.words[0]))
    figures = {one.words[1] for one in passage.figures if one.sentence[0] <= mark.words[0] < one.sentence[1]}
    return any(one.value == "intercommunality" and not figures.isdisjoint(range(*one.words) or ()) or
               one.value == "intercommunality" and one.words[1] in figures for one in counted)


def _sure(places: tuple[Place, ...]) -> dict[str, Place]:
    """Places by kind; a territory that is called like its département is not meant without a word that says so."""
    kinds = {one.kind: one for one in places}
    return {kind: one for kind, one in kinds.items() if kind != "territory" or "department" not in kinds}


def _without_lists(passage: Passage) -> list[Told]:
    """The places of a passage; territories and intercommunalities that are listed, three or more, are weakly named."""
    runs: list[list[int]] = [[]]
    for rank, told in enumerate(passage.told):
        before = passage.told[rank - 1] if rank else None
        joined = before is not None and passage.words.gap(before.words, told.words) <= _LISTED_REACH
        if not (joined and _listable(told)) or not runs[-1]:
            runs.append([])
        if _listable(told):
            runs[-1].append(rank)
    listed = {rank for run in runs if len(run) > 2 for rank in run}
    return [told._replace(weak=True) if rank in listed else told for rank, told in enumerate(passage.told)]


def _listable(told: Told) -> bool:
    return {one.kind for one in told.places} <= {"territory", "intercommunality", "commune"}


def of_kinds(places: Iterable[Place], kinds: Collection[str]) -> tuple[Place, ...]:
    """The places of these kinds."""
    return tuple(one for one in places if one.kind in kinds)


# --- the place of a figure ------------------------------------------------------------------------------------


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
            cost = passage.reach(figure, told.words)
            if told.weak and cost > _ADJACENT:
                cost += _WEAK_COST
            elif told.words[0] > figure.words[0]:
                cost += _AFTER
            if places[0].kind == "country" and _is_complement(passage, told):
                cost += _COMPLEMENT_COST
            yield cost, told, places


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


def _opens(passage: Passage, told: Told) -> bool:
    """Whether a place is among the first words of its sentence."""
    first = told.words[0]
    if first <= _OPENING:
        return True
    barriers = passage.words.barriers
    return barriers[first] - barriers[first - _OPENING - 1] >= _STOP
