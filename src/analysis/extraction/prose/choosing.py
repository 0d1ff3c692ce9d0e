"""Which concept takes a figure, and on which place: the two are chosen together (pure)."""

from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.extraction.figure_units import is_calendar
from analysis.extraction.prose.counted import AVERAGE, Candidate, candidates
from analysis.extraction.prose.dating import Timed
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.elided_nouns import named_unit, nouns_of
from analysis.extraction.prose.locating import is_whole, locate
from analysis.extraction.prose.none_of_ours import is_none_of_ours
from analysis.extraction.prose.parallels import Prior
from analysis.extraction.prose.place_index import PlaceIndex
from analysis.extraction.prose.prose_lexicon import UNCOUNTED, ConceptRule, Lexicon
from analysis.extraction.prose.speech import Speech
from analysis.extraction.prose.where import Location, Scene
from analysis.extraction.vocabulary import Span

DIFFERENCE = "net_new_territories"
ENOUGH = 0.16  # what must speak for a concept that takes a figure
_CONSIDERED = 8
_BESIDE = 8  # words within which a place is surely the figure's
NAMED_TOO_SMALL = 2  # how many times what there is in a place that the sentence names is surely not of it
_FURTHER = 0.3
_LEAST_PART = 0.01  # of what there is in the country
_MOST = {"member_intercommunalities": 40}  # more than twice those of the widest
_LEAST = {"inhabitant": 500, "commune": 2}
_LEVELS = {"passage": 0.15, "lead": 0.12, "heading": 0.12, "title": 0.08, "default": 0.0}
_NAME_WORDS = 12  # of the longest name that holds a numeral


class Choice(NamedTuple):
    """A concept with the place that it holds on, and how much speaks for both."""

    candidate: Candidate
    location: Location
    score: float


@dataclass
class Setting:
    """A passage being read: its dates and speech, the figures of each unit, and those that were read before."""

    passage: Passage
    moments: list[Timed]
    speeches: list[Speech]
    peers: dict[str, list[Span]]
    is_relevant: bool
    priors: list[Prior] = field(default_factory=list)
    phase: int | None = None  # of the last figure that nothing is compared with
    last_phase: int | None = None  # of the last figure
    date: str | None = None  # of the figure beside whose words the call of this note stands, where it has its own

    def peers_of(self, unit: str | None) -> list[Span]:
        """The words of the figures of a unit, and of those without one."""
        return self.peers.get(unit or "", self.peers.get("", []))


def choices(figure: Figure, setting: Setting, scene: Scene, lexicon: Lexicon, index: PlaceIndex) -> list[Choice]:
    """Concepts that may take a figure, each with its place; that for which most speaks first."""
    passage, unit = setting.passage, named_unit(figure, setting.passage, lexicon)
    no_day = is_calendar(figure.quantity) and figure.quantity.kind != "date" and not _names_period(figure, passage)
    if unit == "" or no_day or is_none_of_ours(figure, passage, unit):
        return []
    nouns = nouns_of(figure, passage, lexicon, unit, setting.priors)
    found = []
    ranked = candidates(figure, passage, lexicon, nouns, setting.priors, setting.peers_of, setting.is_relevant)
    for one in ranked[:_CONSIDERED]:
        location = _located(figure, passage, one, scene, lexicon, index)
        if location is not None and not _is_delta_of_another(figure, one, setting.priors):
            found.append(Choice(one, location, one.score + _bonus(location)))
    own = {one.candidate.unit for one in found if one.location.is_of_subject and one.location.cost <= _BESIDE}
    found = [_after_subject(one) if one.candidate.unit in own else one for one in found]
    return sorted(found, key=lambda one: (-one.score, one.candidate.concept))


def _names_period(figure: Figure, passage: Passage) -> bool:
    """Whether what is told is a period, and not merely when: retenus pour la période 2023-2027."""
    before = passage.words.folded[max(figure.sentence[0], figure.words[0] - 3) : figure.words[0]]
    return figure.quantity.kind == "period" and before == ("pour", "la", "periode")


def _after_subject(choice: Choice) -> Choice:
    """Less for a concept whose place is further away than the subject of the sentence, which another takes."""
    return choice if choice.location.level == "sentence" else choice._replace(score=choice.score - _FURTHER)


def _is_delta_of_another(figure: Figure, candidate: Candidate, priors: list[Prior]) -> bool:
    """Whether a difference is that of what was just counted, no territories: il fédère six EPCI, un de mieux."""
    last = priors[-1] if priors else None
    if last is None or candidate.concept != DIFFERENCE or not candidate.is_elided:
        return False
    return last.sentence == figure.sentence and last.unit not in {candidate.unit, *UNCOUNTED}


def _located(
    figure: Figure, passage: Passage, candidate: Candidate, scene: Scene, lexicon: Lexicon, index: PlaceIndex
) -> Location | None:
    """The place of a figure; the country where the place is too small for it; None where the country is too."""
    rule = lexicon.concepts[candidate.concept]
    low = figure.value
    if low > min(index.totals.get(("", candidate.unit), low), _MOST.get(candidate.concept, low)):
        return None
    location = locate(figure, passage, rule.kinds, rule.also_on, scene)
    if location is None or _is_of_commune(figure, passage, candidate, location):
        return None
    if candidate.is_elided and AVERAGE not in candidate.concept and low < _least(candidate.unit, location, index):
        return None
    if location.places[0].kind == "country" and location.level != "sentence" and low < rule.least:
        return _topic(rule, scene)
    named = location.level == "sentence" and not is_whole(figure, passage)
    beside = named and location.cost <= _BESIDE  # that is what the text says, right or wrong
    if location.places[0].kind == "country" or "country" not in rule.kinds or beside:
        return location
    total = index.totals.get((location.places[0].region or "", candidate.unit), low)
    total *= NAMED_TOO_SMALL if named else 1
    return Location((scene.country,), "default") if low > total else location


def _topic(rule: ConceptRule, scene: Scene) -> Location | None:
    """Where a figure holds that is too small for the country: the place told last, never without doubt."""
    kinds = {*rule.kinds, *rule.also_on}
    known = [scene.topic, *reversed(scene.last.values()), scene.country]
    place = next((one for one in known if one and one.kind in kinds), None)
    return Location((place,), "default", doubt=Doubt("far_place")) if place else None


def _least(unit: str, location: Location, index: PlaceIndex) -> float:
    """Less than this is not what a noun left out counts there: no 183 communes of France, no 38 inhabitants."""
    total = index.totals.get(("", unit), 0) if location.places[0].kind == "country" else 0
    return max(total * _LEAST_PART, _LEAST.get(unit, 0))


def _is_of_commune(figure: Figure, passage: Passage, candidate: Candidate, location: Location) -> bool:
    """Whether the inhabitants are those of a commune named right beside: Amnéville (10 000 habitants)."""
    if candidate.concept != "population" or (location.level == "sentence" and location.cost <= 2):
        return False
    near = locate(figure, passage, {"commune"}, (), Scene([], [], location.places[0]))
    return near is not None and near.level == "sentence" and near.cost <= 3


def _bonus(location: Location) -> float:
    """How much the place speaks for its concept."""
    if location.level == "sentence":
        return 0.0 if location.told is not None and location.told.weak else 0.15 + 0.25 / (1 + location.cost / 10)
    return _LEVELS[location.level]


def is_of_name(figure: Figure, passage: Passage) -> bool:
    """Whether a numeral belongs to a name: of a phase, a place, a programme, or what calls for a concept."""
    start, end = figure.quantity.num_start, figure.quantity.num_end
    window = (max(0, figure.words[0] - _NAME_WORDS), figure.words[1] + _NAME_WORDS)
    return any(
        mark.start <= start and end <= mark.end and (sign != "call" or mark.words[1] - mark.words[0] > 1)
        for sign in ("phase", "place", "other", "call")
        for mark in passage.near(sign, window)
    )
