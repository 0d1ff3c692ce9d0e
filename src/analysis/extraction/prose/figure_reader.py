"""The reading of a document's figures, one after the other: what was told before is there for those that follow."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.extraction.documents import Document
from analysis.extraction.figure_units import bounds_of, hedge_of, is_calendar
from analysis.extraction.prose.choosing import ENOUGH, Choice, Setting, choices, is_of_name
from analysis.extraction.prose.counted import Candidate
from analysis.extraction.prose.dating import Timed, When, timed, when
from analysis.extraction.prose.document_passages import Figure, Passage, passages_of
from analysis.extraction.prose.doubts import doubts_of
from analysis.extraction.prose.elided_nouns import ELSEWHERE, Prior, named_unit
from analysis.extraction.prose.folded_words import Words
from analysis.extraction.prose.locating import is_topic, of_phase, own_phase
from analysis.extraction.prose.phasing import Phase, by_day, compared, phase_of, phase_of_day
from analysis.extraction.prose.place_index import Place, PlaceIndex
from analysis.extraction.prose.place_roles import Roles
from analysis.extraction.prose.prose_lexicon import Lexicon
from analysis.extraction.prose.speech import Speech, Speeches, within
from analysis.extraction.prose.stand_ins import settle
from analysis.extraction.prose.where import Location, Scene
from analysis.extraction.vocabulary import Span

RECALLED = 12  # figures of a passage that are remembered
_PARTS = ("concept", "place", "phase", "as_of", "said_by", "unit")
_UNPHASED = frozenset({"intercommunality", "plan", "commune"})
_DATED = "date"


class Row(NamedTuple):
    """A figure as it is read: its passage, the columns of the claim, what is doubtful, the spans of each part."""

    figure: Figure
    passage: Passage
    parts: dict[str, Any]
    confidence: str
    doubts: tuple[str, ...]
    spans: dict[str, list[Span]]


class Reader:
    """Reads the figures of one document in the order of its text."""

    def __init__(self, document: Document, lexicon: Lexicon, places: PlaceIndex, published: str | None) -> None:
        self._lexicon, self._places, self._published = lexicon, places, published
        self._prose = lexicon.rules.prose
        self._base = by_day(published, self._prose)
        self._passages = passages_of(document, lexicon, places)
        self._speeches = Speeches(self._prose.get("bodies", ()), self._prose.get("no_names", ()))
        self._moments: dict[int, list[Timed]] = {}
        title, producer = Words(document.title or ""), Words(document.producer or "")
        of_title, of_producer = settle(self._passages, places, (title, producer), self._base, Roles.of(self._prose))
        self._scene = Scene(of_title, of_producer, places.country)
        named = any(sign in {"programme", "own", "phase"} for *_, (sign, _) in lexicon.signs.found(title.folded))
        self._is_about_it = named or any(one.marks.get("own") or one.marks.get("phase") for one in self._passages)

    def rows(self) -> Iterator[Row]:
        """A row for each figure that is no date of context and no numeral of a name."""
        before: list[Prior] = []
        for passage in self._passages:
            setting = self._setting(passage, before if passage.block.kind != "heading" else [])
            self._scene.claimed.clear()
            for figure in passage.figures:
                if not is_of_name(figure, passage):
                    yield from self._read(figure, setting)
            named = [one for told in passage.told if not told.weak for one in told.places]
            self._scene.last |= {one.kind: one for one in named}
            before = setting.priors[-1:]

    def _setting(self, passage: Passage, before: list[Prior]) -> Setting:
        elsewhere = [one._replace(sentence=ELSEWHERE) for one in before]
        speeches = self._speeches.of(passage)
        measured = [one for one in passage.figures if not is_calendar(one.quantity) and not is_of_name(one, passage)]
        units = [(one.words, named_unit(one, passage, self._lexicon)) for one in measured]
        peers = {
            unit: [words for words, own in units if own is None or own == unit]
            for unit in {unit for _, unit in units if unit} | {""}
        }
        about = self._is_about_it or any(place.kind == "territory" for told in passage.told for place in told.places)
        return Setting(passage, self._timed(passage), speeches, peers, about, elsewhere)

    def _timed(self, passage: Passage) -> list[Timed]:
        """The dates of a passage, found once."""
        if passage.rank not in self._moments:
            self._moments[passage.rank] = timed(passage, self._published, self._prose.get("phase_years", {}))
        return self._moments[passage.rank]

    # --- one figure ---

    def _read(self, figure: Figure, setting: Setting) -> Iterator[Row]:
        ranked = choices(figure, setting, self._scene, self._lexicon, self._places)
        if ranked and ranked[0].candidate.score >= ENOUGH:
            yield self._claim(figure, ranked, setting)
        elif not is_calendar(figure.quantity):
            yield self._unresolved(figure, setting)

    def _unresolved(self, figure: Figure, setting: Setting) -> Row:
        unit = named_unit(figure, setting.passage, self._lexicon) or None
        speech = self._said_by(figure, setting)
        parts = self._parts(figure, unit) | {"said_by": speech.speaker if speech else None}
        return Row(figure, setting.passage, parts, "inferred", (), {name: [] for name in _PARTS})

    def _parts(self, figure: Figure, unit: str | None) -> dict[str, Any]:
        """The columns of a figure that no concept takes."""
        low, high = bounds_of(figure.quantity, unit, self._lexicon.rules)
        hedge, unit = hedge_of(figure.quantity), unit or figure.quantity.unit
        value = {"value_low": low, "value_high": high, "qualifier": hedge, "unit": unit}
        return {"concept": None, "place": None, "phase": None, **value, "as_of": None, "said_by": None}

    def _claim(self, figure: Figure, ranked: list[Choice], setting: Setting) -> Row:
        candidate, location, _ = ranked[0]
        doubts = list(doubts_of(figure, ranked, setting, self._scene))
        date = self._when(figure, setting, candidate)
        phase = self._phase(figure, setting, ranked[0], date)
        place = of_phase(location.places, phase.number, self._places)
        speech = self._said_by(figure, setting)
        parts = self._parts(figure, candidate.unit)
        if candidate.unit == _DATED and date.iso:
            parts |= dict.fromkeys(("value_low", "value_high"), float(date.iso.replace("-", "")))
        parts |= {"concept": candidate.concept, "place": place.name, "phase": phase.number, "as_of": date.iso,
                  "said_by": speech.speaker if speech else None}  # fmt: skip
        told = location.told
        spans = {
            "concept": list(candidate.spans), "place": [(told.start, told.end)] if told else [],
            "phase": list(phase.spans), "as_of": [(date.moment.start, date.moment.end)] if date.moment else [],
            "said_by": [speech.said_at] if speech else [], "unit": list(candidate.spans[:1]),
        }  # fmt: skip
        doubts += [date.doubt, phase.doubt, speech.doubt if speech else ""]
        stated = candidate.in_sentence and location.level == "sentence" and phase.said and date.moment is not None
        self._remember(figure, candidate, location, place, phase, setting)
        confidence = "stated" if stated else "inferred"
        return Row(figure, setting.passage, parts, confidence, tuple(filter(None, doubts)), spans)

    def _remember(
        self, figure: Figure, candidate: Candidate, location: Location, place: Place, phase: Phase, setting: Setting
    ) -> None:
        quantity = figure.quantity
        if is_topic(figure, setting.passage, location):
            self._scene.claimed.append((quantity.start, place, location.doubt))
        del setting.priors[:-RECALLED]
        value = quantity.value_low or quantity.value_high or 1
        span = (quantity.start, quantity.end)
        setting.priors.append(Prior(figure.words, figure.sentence, candidate.unit, candidate.concept, span, value))
        setting.last_phase = phase.number
        first = setting.passage.words.spans[figure.words[0]][0]
        if phase.said and phase.spans[0][1] <= first and not compared(figure, setting.passage):
            setting.phase = phase.number if phase.number == self._base else setting.phase

    def _said_by(self, figure: Figure, setting: Setting) -> Speech | None:
        return within(setting.speeches, figure.quantity.start) or self._speeches.reported(setting.passage, figure)

    # --- when and which phase ---

    def _when(self, figure: Figure, setting: Setting, candidate: Candidate) -> When:
        if candidate.unit == _DATED:
            own = next((one.moment for one in setting.moments if one.words == figure.words), None)
            return When(own.iso if own else figure.quantity.iso, own, 0, own.doubt if own else "")
        for head in setting.passage.heads:
            dated = [one for one in self._timed(head) if not one.phase]
            if dated:
                return When(dated[0].moment.iso, dated[0].moment, 0)
        flows, peers = candidate.unit in self._prose.get("flows", ()), setting.peers_of(candidate.unit)
        return when(figure, setting.passage, setting.moments, self._published, flows=flows, peers=peers)

    def _phase(self, figure: Figure, setting: Setting, choice: Choice, date: When) -> Phase:
        """The phase said of a figure, else of what stands around it, else of its date."""
        concept, passage = choice.candidate.concept, setting.passage
        date = date._replace(moment=None) if concept in self._prose.get("census", ()) else date
        base, peers = setting.phase or self._base, setting.peers_of(choice.candidate.unit)
        found = phase_of(figure, passage, setting.moments, date, peers, self._prose, base)
        if self._lexicon.concepts[concept].is_between and self._base == 2:
            return found._replace(number=2, doubt="")
        if not found.said and all(place.kind in _UNPHASED for place in choice.location.places):
            return Phase(None)
        own = own_phase(choice.location)
        if found.said or found.number or own is not None:
            return found if found.said or found.number else Phase(own)
        if setting.last_phase is not None and (same := passage.near("same_period", figure.sentence)):
            return Phase(setting.last_phase, ((same[0].start, same[0].end),))
        if setting.phase is not None:
            return Phase(setting.phase)
        return self._phase_above(passage) or phase_of_day(date.iso if date.moment else self._published, self._prose)

    def _phase_above(self, passage: Passage) -> Phase | None:
        """The one phase that the nearest of what heads a passage names."""
        for other in (*passage.heads, *([passage.lead] if passage.lead else []), *passage.headings):
            named = [(mark.value, (mark.start, mark.end)) for mark in other.marks.get("phase", ())]
            named += [(one.phase, (one.moment.start, one.moment.end)) for one in self._timed(other) if one.phase]
            if len({number for number, _ in named}) == 1:
                return Phase(named[0][0], (named[0][1],))
        return None
