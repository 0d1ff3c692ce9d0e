"""When, and in which phase, the figures of a document held: what each says itself, else what stands around it."""

import re
from collections.abc import Iterator, Sequence

from analysis.extraction.prose.choosing import Choice, Setting
from analysis.extraction.prose.dating import Timed, When, timed, when
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.phasing import Phase, by_day, compared, continued, phase_of, phase_of_day
from analysis.extraction.prose.place_index import Place, PlaceIndex
from analysis.extraction.prose.prose_lexicon import Lexicon

_UNPHASED = frozenset({"intercommunality", "plan", "commune"})
_SIGN_OF_NOTE = re.compile(r"\W*(\d{1,2})\b")
DATED = "date"


class Timeline:
    """The dates of a document's passages, and the phases of its figures so far; `base`: the phase of its own date.

    `tells_phases`: whether the document tells one phase from another.
    """

    def __init__(self, lexicon: Lexicon, places: PlaceIndex, published: str | None, tells_phases: bool) -> None:
        self._lexicon, self._places, self._published = lexicon, places, published
        self._prose, self._tells_phases = lexicon.rules.prose, tells_phases
        self.base = by_day(published, self._prose)
        self._phases: list[tuple[int, int | None, str | None]] = []  # of each figure so far: where, phase, date told
        self._moments: dict[int, list[Timed]] = {}

    def timed(self, passage: Passage) -> list[Timed]:
        """The dates of a passage, found once."""
        if passage.rank not in self._moments:
            self._moments[passage.rank] = timed(passage, self._published, self._prose.get("phase_years", {}))
        return self._moments[passage.rank]

    def when(self, figure: Figure, setting: Setting, unit: str) -> When:
        """The date of a figure: its own where it is one, that of its column or row, the nearest, the document's."""
        if unit == DATED:
            own = next((one.moment for one in setting.moments if one.words == figure.words), None)
            return When(own.iso if own else figure.quantity.iso, own, 0, own.doubt if own else None)
        for head in setting.passage.heads:
            dated = [one for one in self.timed(head) if not (one.phase or one.is_event)]
            if dated:
                return When(dated[0].moment.iso, dated[0].moment, 0)
        flows, peers = unit in self._prose.get("flows", ()), setting.peers_of(unit)
        published = setting.date or self._published
        return when(figure, setting.passage, setting.moments, published, flows=flows, peers=peers)

    def phase(self, figure: Figure, setting: Setting, choice: Choice, date: When) -> Phase:
        """The phase said of a figure, else of its place, else of what stands around it, else of its date."""
        concept = choice.candidate.concept
        date = date._replace(moment=None) if concept in self._prose.get("census", ()) else date
        base, peers = setting.phase or self.base, setting.peers_of(choice.candidate.unit)
        found = phase_of(figure, setting.passage, setting.moments, date, peers, self._prose, base)
        if self._lexicon.concepts[concept].is_between and self.base == 2:
            return found._replace(number=2, doubt=None)
        if not found.said and all(place.kind in _UNPHASED for place in choice.location.places):
            return Phase(None)
        return next(self._around(found, figure, setting, choice, date, base))

    def _around(
        self, found: Phase, figure: Figure, setting: Setting, choice: Choice, date: When, base: int | None
    ) -> Iterator[Phase]:
        """The phase found and those that stand around the figure, the surest first."""
        own = self._only_phase(choice.location.places) if found.number is None or found.doubt else None
        if own is not None:
            is_told = own in {found.number, found.number or base} or setting.passage.heads
            yield Phase(own, (), None if is_told else Doubt("phase_of_place"))
        if found.said or found.number:
            yield found
        if setting.last_phase is not None and (same := setting.passage.near("same_period", figure.sentence)):
            yield Phase(setting.last_phase, ((same[0].start, same[0].end),))
        if (subject := continued(figure, setting.passage, base)) is not None:
            yield subject
        if setting.phase is not None:
            yield Phase(setting.phase)
        dated = phase_of_day(date.iso if date.moment else self._published, self._prose)
        other = setting.passage.near("phase", figure.sentence) or setting.passage.near("following", figure.sentence)
        is_sure = self._tells_phases and not other  # what is said of no phase is of that in force
        yield self._above(setting.passage) or (dated._replace(doubt=None) if is_sure else dated)

    def _only_phase(self, places: Sequence[Place]) -> int | None:
        """The one phase that had a territory of these names, where they are all territories."""
        alike = [one for place in places for one in self._places.alike(place)]
        phases = {one.phase for one in (*places, *alike) if one.kind == "territory"}
        return phases.pop() if len(phases) == 1 and all(one.kind == "territory" for one in places) else None

    def _above(self, passage: Passage) -> Phase | None:
        """The one phase that the nearest of what heads a passage names."""
        for other in (*passage.heads, *([passage.lead] if passage.lead else []), *passage.headings):
            named = [(mark.value, (mark.start, mark.end)) for mark in other.marks.get("phase", ())]
            named += [(one.phase, (one.moment.start, one.moment.end)) for one in self.timed(other) if one.phase]
            if len({number for number, _ in named}) == 1:
                return Phase(named[0][0], (named[0][1],))
        return None

    # --- what was told before ---

    def remember(self, figure: Figure, setting: Setting, phase: Phase, date: When) -> None:
        """Keep the phase and date of a figure for those that follow."""
        self._phases.append((figure.quantity.start, phase.number, date.iso if date.moment else None))
        setting.last_phase = phase.number
        first = setting.passage.words.spans[figure.words[0]][0]
        if phase.said and phase.spans[0][1] <= first and not compared(figure, setting.passage):
            setting.phase = phase.number if phase.number == self.base else setting.phase

    def note(self, passages: Sequence[Passage], setting: Setting) -> None:
        """Give a footnote the phase and date of the figure beside whose words its call stands."""
        sign = _SIGN_OF_NOTE.match(setting.passage.words.text)
        if sign is None:
            return
        call = re.compile(rf"(?<=[a-zé»)]){sign[1]}(?!\d)")
        for other in passages[: setting.passage.rank]:
            if (found := call.search(other.words.text)) is not None:
                first, last = other.block.start, other.block.start + found.start()
                before = [(phase, date) for at, phase, date in self._phases if first <= at <= last]
                setting.phase, setting.date = before[-1] if before else (None, None)


def of_phase(places: tuple[Place, ...], phase: int | None, index: PlaceIndex) -> Place:
    """The place as its phase names it: a territory of the same name in the other phase where the phase is that one."""
    first = places[0]
    if first.kind != "territory" or first.phase == phase:
        return first
    others = [*places, *index.alike(first)]
    fitting = [one for one in others if one.kind == "territory" and one.phase == (phase or 2)]
    other = index.renamed.get(first, first)
    return fitting[0] if fitting else other if other.phase == (phase or 2) else first
