"""The reading of a document's figures, one after the other: what was told before is there for those that follow."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.extraction.documents import Document
from analysis.extraction.figure_units import bounds_of, hedge_of, is_calendar
from analysis.extraction.prose.choosing import ENOUGH, Choice, Setting, choices, is_of_name
from analysis.extraction.prose.counted import Candidate
from analysis.extraction.prose.dating import When
from analysis.extraction.prose.document_passages import Figure, Passage, passages_of
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.doubts import doubts_of
from analysis.extraction.prose.elided_nouns import named_unit
from analysis.extraction.prose.folded_words import Words
from analysis.extraction.prose.locating import is_topic
from analysis.extraction.prose.parallels import ELSEWHERE, Prior, is_beside
from analysis.extraction.prose.phasing import Phase
from analysis.extraction.prose.place_index import Place, PlaceIndex
from analysis.extraction.prose.place_roles import Roles
from analysis.extraction.prose.prose_lexicon import UNCOUNTED, Lexicon
from analysis.extraction.prose.speech import Speech, Speeches, within
from analysis.extraction.prose.stand_ins import settle
from analysis.extraction.prose.timeline import DATED, Timeline, of_phase
from analysis.extraction.prose.where import Location, Scene
from analysis.extraction.vocabulary import Span

RECALLED = 12  # figures of a passage that are remembered
_PARTS = ("concept", "place", "phase", "as_of", "said_by", "unit")


class Row(NamedTuple):
    """A figure as it is read: its passage, the columns of the claim, what is doubtful, the spans of each part."""

    figure: Figure
    passage: Passage
    parts: dict[str, Any]
    confidence: str
    doubts: tuple[Doubt, ...]
    spans: dict[str, list[Span]]


class Reader:
    """Reads the figures of one document in the order of its text."""

    def __init__(self, document: Document, lexicon: Lexicon, places: PlaceIndex, published: str | None) -> None:
        self._lexicon, self._places = lexicon, places
        self._passages = passages_of(document, lexicon, places)
        tells_phases = any(one.marks.get("phase") or one.marks.get("following") for one in self._passages)
        self._timeline = Timeline(lexicon, places, published, tells_phases)
        prose = lexicon.rules.prose
        self._speeches = Speeches(*(prose.get(one, ()) for one in ("bodies", "no_names", "no_first_names")))
        title, producer = Words(document.title or ""), Words(document.producer or "")
        of_title, of_producer = settle(
            self._passages, places, (title, producer), self._timeline.base, Roles.of(prose), lexicon.spelling
        )
        self._scene = Scene(of_title, of_producer, places.country)
        named = any(sign in {"programme", "own", "phase"} for *_, (sign, _) in lexicon.signs.found(title.folded))
        self._is_about_it = named or any(one.marks.get("own") or one.marks.get("phase") for one in self._passages)

    def rows(self) -> Iterator[Row]:
        """A row for each figure that is no date of context and no numeral of a name."""
        before: list[Prior] = []
        for passage in self._passages:
            setting = self._setting(passage, before if passage.block.kind != "heading" else [])
            if passage.block.kind == "footnote":
                self._timeline.note(self._passages, setting)
            self._scene.topic = self._scene.claimed[-1][1] if self._scene.claimed else self._scene.topic
            self._scene.claimed.clear()
            for figure in passage.figures:
                if not is_of_name(figure, passage):
                    yield from self._read(figure, setting)
            for place in (one for told in passage.told if not told.weak for one in told.places):
                self._scene.last.pop(place.kind, None)  # in the order in which they are told
                self._scene.last[place.kind] = place
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
        return Setting(passage, self._timeline.timed(passage), speeches, peers, about, elsewhere)

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
        if unit is not None and unit not in UNCOUNTED:  # its noun is told, and may be left out of what follows
            self._recall(figure, unit, "", setting, is_elided=False)
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
        date = self._timeline.when(figure, setting, candidate.unit)
        phase = self._timeline.phase(figure, setting, ranked[0], date)
        place = of_phase(location.places, phase.number, self._places)
        speech = self._said_by(figure, setting)
        parts = self._parts(figure, candidate.unit)
        if candidate.unit == DATED and date.iso:
            parts |= dict.fromkeys(("value_low", "value_high"), float(date.iso.replace("-", "")))
        parts |= {"concept": candidate.concept, "place": place.name, "phase": phase.number, "as_of": date.iso,
                  "said_by": speech.speaker if speech else None}  # fmt: skip
        if place.kind == "territory" and phase.number is not None and place.phase != phase.number:
            doubts.append(Doubt("phase_of_place"))  # the list of that phase has no such territory
        doubts += filter(None, (date.doubt, phase.doubt, speech.doubt if speech else None))
        stated = candidate.in_sentence and location.level == "sentence" and phase.said and date.moment is not None
        self._remember(figure, candidate, location, place, setting)
        self._timeline.remember(figure, setting, phase, date)
        spans = _spans_of(candidate, location, phase, date, speech)
        return Row(figure, setting.passage, parts, "stated" if stated else "inferred", tuple(doubts), spans)

    def _remember(
        self, figure: Figure, candidate: Candidate, location: Location, place: Place, setting: Setting
    ) -> None:
        if is_topic(figure, setting.passage, location):
            self._scene.claimed.append((figure.quantity.start, place, location.doubt))
        self._recall(figure, candidate.unit, candidate.concept, setting, is_elided=candidate.is_elided)

    @staticmethod
    def _recall(figure: Figure, unit: str, concept: str, setting: Setting, *, is_elided: bool) -> None:
        """Keep what a figure counts for those that leave their noun out."""
        value, span = figure.value or 1, (figure.quantity.start, figure.quantity.end)
        aside = is_beside(figure, setting.passage)
        del setting.priors[:-RECALLED]
        setting.priors.append(Prior(figure.words, figure.sentence, unit, concept, span, value, is_elided, aside))

    def _said_by(self, figure: Figure, setting: Setting) -> Speech | None:
        return within(setting.speeches, figure.quantity.start) or self._speeches.reported(setting.passage, figure)


def _spans_of(
    candidate: Candidate, location: Location, phase: Phase, date: When, speech: Speech | None
) -> dict[str, list[Span]]:
    """Where each part of a claim is told."""
    told, moment = location.told, date.moment
    return {
        "concept": list(candidate.spans), "place": [(told.start, told.end)] if told else [],
        "phase": list(phase.spans), "as_of": [(moment.start, moment.end)] if moment else [],
        "said_by": [speech.said_at] if speech else [], "unit": list(candidate.spans[:1]),
    }  # fmt: skip
