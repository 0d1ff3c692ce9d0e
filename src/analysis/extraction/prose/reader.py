"""The reading of a document's figures, one after the other: what was told before is there for those that follow."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from analysis.extraction.documents import Document
from analysis.extraction.figures import bounds_of, hedge_of, is_calendar
from analysis.extraction.prose.counted import ELSEWHERE, Candidate, Prior, candidates, is_others, named_unit, nouns_of
from analysis.extraction.prose.lexicon import Lexicon
from analysis.extraction.prose.moments import ends_of
from analysis.extraction.prose.passages import Figure, Passage
from analysis.extraction.prose.phasing import Phase, Timed, When, by_day, compared, phase_of, timed, when
from analysis.extraction.prose.places import Place, PlaceIndex
from analysis.extraction.prose.speech import Speech, Speeches, within
from analysis.extraction.prose.where import Location, Scene, locate, settle
from analysis.extraction.prose.words import Words, fold
from analysis.extraction.vocabulary import Span

ENOUGH, SURE, MARGIN, WEAK_NOUN = 0.16, 0.35, 0.12, 0.35
NAMED_TOO_SMALL = 2  # how many times what there is in a place that the sentence names is surely not of it
RECALLED = 12  # figures of a passage that are remembered
_LEVELS = {"passage": 0.15, "lead": 0.12, "heading": 0.12, "title": 0.08, "default": 0.0}
_UNPHASED = frozenset({"intercommunality", "plan", "commune"})
_DATED = "date"
_MONEY = frozenset({"EUR", "EUR/year"})


class Row(NamedTuple):
    """A figure as it is read: its passage, the columns of the claim, what is doubtful, the spans of each part."""

    figure: Figure
    passage: Passage
    parts: dict[str, Any]
    confidence: str
    doubts: tuple[str, ...]
    spans: dict[str, list[Span]]


class Choice(NamedTuple):
    """A concept with the place that it holds on."""

    candidate: Candidate
    location: Location
    score: float


@dataclass
class _State:
    """One passage being read."""

    passage: Passage
    moments: list[Timed]
    speeches: list[Speech]
    peers: dict[str, list[Span]]
    is_relevant: bool
    priors: list[Prior] = field(default_factory=list)
    phase: int | None = None  # of the last figure that nothing is compared with


class Reader:
    """Reads the figures of one document in the order of its text."""

    def __init__(self, document: Document, lexicon: Lexicon, places: PlaceIndex, published: str | None) -> None:
        self._lexicon, self._places, self._published = lexicon, places, published
        self._prose = lexicon.rules.prose
        self._speeches = Speeches()
        self._moments: dict[int, list[Timed]] = {}
        self._base = by_day(published, self._prose)
        self._title, self._producer = Words(document.title or ""), Words(document.producer or "")
        signs = {sign for *_, (sign, _) in lexicon.signs.found(self._title.folded)}
        self._is_about_it = not signs.isdisjoint({"programme", "phase", "own"})

    def rows(self, passages: Iterable[Passage]) -> Iterator[Row]:
        """A row for each figure that is no date of context and no numeral of a name."""
        passages = list(passages)
        self._is_about_it |= any(one.marks.get("own") or one.marks.get("phase") for one in passages)
        scene = Scene(*settle(passages, self._places, (self._title, self._producer), self._base), self._places.country)
        before: list[Prior] = []
        for passage in passages:
            state = self._state(passage, before if passage.block.kind != "heading" else [])
            scene.claimed.clear()
            for figure in passage.figures:
                yield from self._read(figure, state, scene)
            scene.last |= {one.kind: one for told in passage.told if not told.weak for one in told.places}
            before = state.priors[-1:]

    def _state(self, passage: Passage, before: list[Prior]) -> _State:
        moments = self._timed(passage)
        elsewhere = [one._replace(sentence=ELSEWHERE) for one in before]
        speeches = self._speeches.of(passage)
        state = _State(passage, moments, speeches, {}, self._is_relevant(passage), elsewhere)
        units = [(one, named_unit(one, passage, self._lexicon)) for one in passage.figures
                 if not is_calendar(one.quantity) and not is_of_name(one, passage)]  # fmt: skip
        elided = [one.words for one, unit in units if unit is None]
        for unit in {unit for _, unit in units if unit} | {""}:
            state.peers[unit] = sorted([*elided, *(one.words for one, own in units if own == unit)])
        return state

    def _timed(self, passage: Passage) -> list[Timed]:
        """The dates of a passage, found once."""
        if passage.rank not in self._moments:
            self._moments[passage.rank] = timed(passage, self._published, self._prose.get("phase_years", {}))
        return self._moments[passage.rank]

    def _is_relevant(self, passage: Passage) -> bool:
        """Whether the programme is spoken of here."""
        around = [passage, *passage.headings, *passage.heads, *([passage.lead] if passage.lead else [])]
        return self._is_about_it or any(
            one.marks.get("programme") or one.marks.get("phase")
            or any(place.kind == "territory" for told in one.told for place in told.places)
            for one in around
        )  # fmt: skip

    # --- one figure ---

    def _read(self, figure: Figure, state: _State, scene: Scene) -> Iterator[Row]:
        if is_of_name(figure, state.passage):
            return
        ranked = self._choices(figure, state, scene)
        if ranked and ranked[0].candidate.score >= ENOUGH:
            yield self._claim(figure, ranked, state, scene)
        elif not is_calendar(figure.quantity):
            yield self._unresolved(figure, state, scene)

    def _choices(self, figure: Figure, state: _State, scene: Scene) -> list[Choice]:
        """Concepts that may take the figure, each with its place; that for which most speaks first."""
        passage = state.passage
        unit = named_unit(figure, passage, self._lexicon)
        if unit == "" or is_others(figure, passage) or (is_calendar(figure.quantity) and not _is_event(figure, state)):
            return []
        nouns = nouns_of(figure, passage, self._lexicon, unit, state.priors)
        peers = state.peers.get(unit or "", [])
        found = candidates(figure, passage, self._lexicon, nouns, state.priors, peers, state.is_relevant)
        choices = []
        for one in found[:8]:
            rule = self._lexicon.concepts[one.concept]
            location = self._large_enough(locate(figure, passage, rule.kinds, rule.also_on, scene), figure, one, scene)
            if location is not None and not self._is_of_commune(figure, passage, one, location):
                choices.append(Choice(one, location, one.score + _bonus(location)))
        return sorted(choices, key=lambda one: (-one.score, one.candidate.concept))

    def _large_enough(
        self, location: Location | None, figure: Figure, candidate: Candidate, scene: Scene
    ) -> Location | None:
        """The location, or the country where the place is too small for the figure; None where the country is."""
        rule = self._lexicon.concepts[candidate.concept]
        low = figure.quantity.value_low or figure.quantity.value_high or 0
        if low > self._places.totals.get(("", candidate.unit), low):
            return None
        if location is None or location.places[0].kind == "country" or "country" not in rule.kinds:
            return location
        total = self._places.totals.get((location.places[0].region or "", candidate.unit))
        if total is not None and location.level == "sentence":
            total *= NAMED_TOO_SMALL
        return Location((scene.country,), "default") if total is not None and low > total else location

    def _is_of_commune(self, figure: Figure, passage: Passage, candidate: Candidate, location: Location) -> bool:
        """Whether the inhabitants are those of a commune named right beside: Amnéville (10 000 habitants)."""
        if candidate.concept != "population" or (location.level == "sentence" and location.cost <= 2):
            return False
        near = locate(figure, passage, {"commune"}, (), Scene([], [], self._places.country))
        return near is not None and near.level == "sentence" and near.cost <= 3

    def _unresolved(self, figure: Figure, state: _State, scene: Scene) -> Row:
        unit = named_unit(figure, state.passage, self._lexicon) or None
        speech = self._said_by(figure, state)
        low, high = bounds_of(figure.quantity, unit, self._lexicon.rules)
        parts = {
            "concept": None, "place": None, "phase": None, "value_low": low, "value_high": high,
            "qualifier": hedge_of(figure.quantity), "unit": unit or figure.quantity.unit, "as_of": None,
            "said_by": speech.speaker if speech else None,
        }  # fmt: skip
        spans: dict[str, list[Span]] = {name: [] for name in ("concept", "place", "phase", "as_of", "said_by", "unit")}
        return Row(figure, state.passage, parts, "inferred", (), spans)

    def _claim(self, figure: Figure, ranked: list[Choice], state: _State, scene: Scene) -> Row:
        choice = ranked[0]
        candidate, location, passage = choice.candidate, choice.location, state.passage
        peers = state.peers.get(candidate.unit, state.peers.get("", []))
        date = self._when(figure, state, candidate, peers)
        dating = date._replace(moment=None) if candidate.concept in self._prose.get("census", ()) else date
        phase = self._phase(figure, state, location, dating, peers)
        if self._lexicon.concepts[candidate.concept].is_between and self._base == 2:
            phase = phase._replace(number=2, doubt="")
        place = _of_phase(location.places, phase.number, self._places)
        speech = self._said_by(figure, state)
        low, high = bounds_of(figure.quantity, candidate.unit, self._lexicon.rules)
        if candidate.unit == _DATED and date.iso:
            low = high = float(date.iso.replace("-", ""))
        parts = {
            "concept": candidate.concept, "place": place.name, "phase": phase.number, "value_low": low,
            "value_high": high, "qualifier": hedge_of(figure.quantity), "unit": candidate.unit, "as_of": date.iso,
            "said_by": speech.speaker if speech else None,
        }  # fmt: skip
        spans = {
            "concept": list(candidate.spans), "place": _span_of(location), "phase": list(phase.spans),
            "as_of": [(date.moment.start, date.moment.end)] if date.moment else [],
            "said_by": [speech.said_at] if speech else [], "unit": list(candidate.spans[:1]),
        }  # fmt: skip
        doubts = [*self._doubts(figure, ranked, state, scene), location.doubt, date.doubt, phase.doubt]
        doubts += [speech.doubt] if speech else []
        stated = candidate.in_sentence and location.level == "sentence" and phase.said and date.moment is not None
        self._remember(figure, candidate, place, phase, state, scene)
        return Row(figure, passage, parts, "stated" if stated else "inferred", tuple(filter(None, doubts)), spans)

    def _doubts(self, figure: Figure, ranked: list[Choice], state: _State, scene: Scene) -> Iterator[str]:
        choice = ranked[0]
        if len(ranked) > 1 and choice.score - ranked[1].score < MARGIN:
            yield f"the concept may be {ranked[1].candidate.concept}"
        if choice.location.level == "default" and (near := _narrower(figure, state, scene)) is not None:
            yield f"the figure may be of {near.name}"
        if choice.candidate.is_hinted:
            yield "no word says for certain what is counted"
        if choice.candidate.unit in _MONEY and not _speaks_of_it(state.passage):
            yield "the programme is not named beside the amount"
        if choice.candidate.score < SURE:
            yield "little says what is counted"
        elif choice.candidate.is_elided and choice.candidate.noun_weight < WEAK_NOUN:
            yield "the noun is only told elsewhere"

    def _remember(
        self, figure: Figure, candidate: Candidate, place: Place, phase: Phase, state: _State, scene: Scene
    ) -> None:
        start = figure.quantity.start
        scene.claimed.append((start, place))
        del state.priors[:-RECALLED]
        state.priors.append(
            Prior(figure.words, figure.sentence, candidate.unit, candidate.concept, (start, figure.quantity.end),
                  figure.quantity.value_low or figure.quantity.value_high or 1)
        )
        first = state.passage.words.spans[figure.words[0]][0]
        if phase.said and phase.spans[0][1] <= first and not compared(figure, state.passage):
            state.phase = phase.number

    def _said_by(self, figure: Figure, state: _State) -> Speech | None:
        return within(state.speeches, figure.quantity.start) or self._speeches.reported(state.passage, figure)

    # --- when and which phase ---

    def _when(self, figure: Figure, state: _State, candidate: Candidate, peers: list[Span]) -> When:
        if candidate.unit == _DATED:
            own = next((one for one in state.moments if one.words == figure.words), None)
            return When(own.moment.iso if own else figure.quantity.iso, own.moment if own else None, 0)
        flows = candidate.unit in self._prose.get("flows", ())
        for head in state.passage.heads:
            dated = [one for one in self._timed(head) if not one.phase]
            if dated:
                return When(dated[0].moment.iso, dated[0].moment, 0)
        return when(figure, state.passage, state.moments, self._published, flows=flows, peers=peers)

    def _phase(self, figure: Figure, state: _State, location: Location, date: When, peers: list[Span]) -> Phase:
        passage, base = state.passage, state.phase or self._base
        found = phase_of(figure, passage, state.moments, date, peers, self._prose, base)
        if found.said:
            return found
        if all(place.kind in _UNPHASED for place in location.places):
            return Phase(None)
        if found.number:
            return found
        if state.phase is not None:
            return Phase(state.phase)
        outer = [*passage.heads, *([passage.lead] if passage.lead else []), *passage.headings]
        for other in outer:
            named = [(mark.value, (mark.start, mark.end)) for mark in other.marks.get("phase", ())]
            dates = self._timed(other)
            named += [(one.phase, (one.moment.start, one.moment.end)) for one in dates if one.phase]
            if len({number for number, _ in named}) == 1:
                return Phase(named[0][0], (named[0][1],))
        return self._phase_of_date(date.iso if date.moment else self._published)

    def _phase_of_date(self, iso: str | None) -> Phase:
        """The phase of a date; between the two phases the first still stands, with a doubt."""
        number = by_day(iso, self._prose)
        launches = self._prose.get("phase_launch", {})
        if number is None and iso and launches.get(1, "9") <= iso and ends_of(iso)[1] < launches.get(2, "0"):
            return Phase(1, (), "the date lies between the two phases")
        return Phase(number)



# --- small questions ------------------------------------------------------------------------------------------


def is_of_name(figure: Figure, passage: Passage) -> bool:
    """Whether a numeral belongs to a name: a phase, a place, a programme, a word of several that calls for a concept."""
    start, end = figure.quantity.num_start, figure.quantity.num_end
    window = (max(0, figure.words[0] - 12), figure.words[1] + 12)
    for sign in ("phase", "place", "other", "call"):
        for mark in passage.near(sign, window):
            if mark.start <= start and end <= mark.end and (sign != "call" or mark.words[1] - mark.words[0] > 1):
                return True
    return False


def _is_event(figure: Figure, state: _State) -> bool:
    """Whether a date is of a day."""
    return figure.quantity.kind == "date"


def _bonus(location: Location) -> float:
    if location.level == "sentence":
        return 0.0 if location.told is not None and location.told.weak else 0.15 + 0.25 / (1 + location.cost / 10)
    return _LEVELS[location.level]


def _of_phase(places: tuple[Place, ...], phase: int | None, index: PlaceIndex) -> Place:
    """The place as its phase names it: a territory of the same name in the other phase where the phase is that one."""
    first = places[0]
    if first.kind != "territory" or first.phase == phase:
        return first
    key = tuple(fold(first.name).replace("'", " ").replace("’", " ").replace("-", " ").replace("–", " ").split())
    others = [*places, *index.names.get(key, ())]
    fitting = [one for one in others if one.kind == "territory" and one.phase == (phase or 2)]
    return fitting[0] if fitting else first


def _speaks_of_it(passage: Passage) -> bool:
    """Whether the programme or one of its phases or places is named in the passage or just above it."""
    near = [passage, *passage.headings[:1], *passage.heads, *([passage.lead] if passage.lead else [])]
    signs = ("own", "programme", "phase", "place")
    return any(one.marks.get(sign) for one in near for sign in signs)


def _narrower(figure: Figure, state: _State, scene: Scene) -> Place | None:
    """The place of a claim of the same sentence, where nothing says that the figure is of the whole country."""
    begun = state.passage.words.span(*figure.sentence)[0]
    same = [place for at, place in scene.claimed[-3:] if at >= begun and place.kind not in {"country", "territory"}]
    return same[-1] if same else None


def _span_of(location: Location) -> list[Span]:
    return [(location.told.start, location.told.end)] if location.told is not None else []
