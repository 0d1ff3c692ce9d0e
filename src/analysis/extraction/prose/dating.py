"""When: the dates of a passage, and the one that belongs to a figure (pure)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from analysis.extraction.prose.document_passages import Figure, Passage, any_between
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.event_dates import begins_with, is_of_event
from analysis.extraction.prose.moments import Moment, is_until, leaning, pointing_back, written
from analysis.extraction.prose.tenses import since_now
from analysis.extraction.prose.where import around
from analysis.extraction.vocabulary import Span

_SHARED_REACH = 14  # words within which a date after several figures is that of each
_BESIDE = 2  # words between a figure and a date right after it: labellisés en
_CLAUSE = 300  # characters between a figure and a date in which the verb of another clause is looked for
_NEXT_VERB = re.compile(
    r",\s+(?:(?:il|elle|ils|elles|qui)\s+)?(?:a|ont|est|sont|avait|avaient|fut|furent|sera|seront)\b"
)
FAR = 1000  # what says nothing of a figure


class When(NamedTuple):
    """The date of a figure, the moment that says it (none: the document's), and what is doubtful."""

    iso: str | None
    moment: Moment | None
    cost: int
    doubt: Doubt | None = None


class Timed(NamedTuple):
    """A moment among the words of its passage; `phase`: that which a period of years is the name of."""

    moment: Moment
    words: Span
    phase: int | None
    is_event: bool
    is_until: bool


def timed(passage: Passage, published: str | None, phase_years: Mapping[str, int]) -> list[Timed]:
    """Every date of a passage, in order of its words."""
    words = passage.words
    text, offset = words.text, words.offset
    found = [written(one.quantity, text, offset, published) for one in passage.figures]
    moments = [one for one in found if one is not None]
    if published is not None:
        moments += leaning(text, offset, published)
    moments += _back(text, offset, moments)
    return [_timed(passage, one, phase_years) for one in _apart(moments)]


def _apart(moments: list[Moment]) -> Iterator[Moment]:
    """Moments in order, the longest where two overlap."""
    reached = -1
    for one in sorted(moments, key=lambda one: (one.start, -one.end)):
        if one.start >= reached:
            reached = one.end
            yield one


def _back(text: str, offset: int, moments: list[Moment]) -> Iterator[Moment]:
    """Moments told by the one before them."""
    firm = sorted((one for one in moments if not one.is_day_of_text), key=lambda one: one.start)
    for pointing in pointing_back(text, offset, firm[0] if firm else None):
        rank = bisect_left(firm, pointing.start, key=lambda one: one.start)
        if rank and (last := firm[rank - 1]).end <= pointing.start:
            fresh = pointing_back(text[pointing.start - offset : pointing.end - offset], pointing.start, last)
            yield from fresh


def _timed(passage: Passage, moment: Moment, phase_years: Mapping[str, int]) -> Timed:
    words = passage.words.covered(moment.start, moment.end)
    until = is_until(passage.words.text, moment.start - passage.words.offset)
    return Timed(moment, words, phase_years.get(moment.iso), is_of_event(passage, moment, words), until)


def when(
    figure: Figure, passage: Passage, moments: list[Timed], published: str | None, *, flows: bool, peers: list[Span]
) -> When:
    """The nearest date of the sentence that is no event's; the period of a phase dates amounts, not counts.

    `flows`: the unit is spent or made over time. `peers`: first words of the other figures of the unit.
    """
    now = since_now(figure, passage)
    told = [one for one in within_reach(moments, figure) if one.moment.end > now]
    free = (one for one in told if not one.is_event or begins_with(passage, figure, one.moment))
    usable = [one for one in free if one.words != figure.words]
    usable = [one for one in usable if not (one.is_until and "d'ici" not in _before(passage, one))]
    dated = [one for one in usable if flows or one.phase is None or _opens_beside_phase(passage, figure, one)]
    dated = [one for one in dated if _is_right_after(passage, figure, one)] or dated
    ranked = sorted((cost_of(passage, figure, one.words, peers), one.words, one) for one in dated)
    if not ranked or ranked[0][0] >= FAR:
        return When(published, None, 0, None if published else Doubt("no_date"))
    cost, _, best = ranked[0]
    doubt = best.moment.doubt
    rivals = [one for one in ranked[1:] if one[0] - cost <= 1 and one[2].moment.iso != best.moment.iso]
    if rivals:
        other = rivals[0][2].moment
        doubt = Doubt("two_dates", (other.iso,), ((other.start, other.end),))
    iso = best.moment.iso
    if best.is_until and flows and published and len(iso) == 4 and iso > published[:4]:
        iso = f"{published[:4]}/{iso}"
    return When(iso, best.moment, cost, doubt)


def _is_right_after(passage: Passage, figure: Figure, moment: Timed) -> bool:
    """Whether nothing but "en" stands between a figure and a date: 12 en 2023."""
    between = passage.words.written(figure.quantity.end, moment.moment.start)
    return moment.words[0] >= figure.words[1] and between.strip() in {"en", "fin", "début", "au"}


def _before(passage: Passage, moment: Timed) -> str:
    """The word that opens "d'ici à 2022", which tells an end from "jusqu'en 2022"."""
    at = moment.moment.start - passage.words.offset
    return passage.words.text[max(0, at - 24) : at].lower().replace("’", "'")


def within_reach(moments: list[Timed], figure: Figure) -> list[Timed]:
    """The dates of a figure's sentence that are near enough to matter."""
    first, last = around(figure)
    low = bisect_left(moments, first, key=lambda one: one.words[0])
    return moments[low : bisect_left(moments, last, key=lambda one: one.words[0])]


def _opens_beside_phase(passage: Passage, figure: Figure, moment: Timed) -> bool:
    """Whether the phase is named too and the period opens the sentence: then it is a date, not the phase's name."""
    return moment.words[0] - figure.sentence[0] <= 1 and bool(passage.near("phase", around(figure)))


def cost_of(passage: Passage, figure: Figure, words: Span, peers: list[Span]) -> int:
    """How far a date or phase is from a figure; FAR after it and beyond another figure of its unit."""
    low, high = sorted((figure.words[0], words[0]))
    peer = any_between(peers, low, high)
    after = words[0] > figure.words[0]
    cost = passage.reach(figure, words)
    beside = after and words[0] - figure.words[1] <= _BESIDE and not passage.words.closes(figure.words[1])
    others = any_between(passage.measured, low, high) and cost > _SHARED_REACH
    if after and (
        peer or others or _is_of_next_part(passage, figure, words) or _is_of_next_verb(passage, figure, words)
    ):
        return cost + FAR
    return cost + (2 if after and not beside else 0)


def _is_of_next_part(passage: Passage, figure: Figure, words: Span) -> bool:
    """Whether a semicolon stands between."""
    return ";" in passage.words.written(figure.quantity.end, passage.words.spans[words[0]][0])


def _is_of_next_verb(passage: Passage, figure: Figure, words: Span) -> bool:
    """Whether a verb after a comma stands between: fort de 100 communes, il a été reconduit l'an passé."""
    start, offset = passage.words.spans[words[0]][0], passage.words.offset
    return start - figure.quantity.end < _CLAUSE and (
        _NEXT_VERB.search(passage.words.text, figure.quantity.end - offset, start - offset) is not None
    )
