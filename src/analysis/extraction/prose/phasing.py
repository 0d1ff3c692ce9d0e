"""When and in which phase: the date of a figure and the phase of the programme, said or by date (pure)."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from analysis.extraction.prose.moments import Moment, ends_of, is_until, leaning, pointing_back, written
from analysis.extraction.prose.passages import Figure, Passage, first_word, owner
from analysis.extraction.prose.where import around
from analysis.extraction.vocabulary import Span

_EVENT_REACH, _EARLIER_REACH, _CONTRAST = 3, 7, 3
_MOVING = r"\b(?:pass|évol|progress|augment|grimp|bondi|baiss|recul|chut|tomb|mont|doubl|tripl|ramen|rédui|port|diminu)\w*(?:\W+\w+){0,3}?\W+de\s+"
_FROM = re.compile(_MOVING + r"$", re.I)
_FROM_TO = re.compile(_MOVING + r"[\d\w ,\u00a0\u202f%]{1,30}?\s+à\s+$", re.I)
_COMPARED = frozenset({"contre"})
_LIKENESS = frozenset({"qu", "que", "comme"})  # de plus qu'en 2018
_ASIDES = frozenset({"comme", "depuis", "apres", "des", "ceux", "celle", "celles", "qu"})
_SHARED_REACH = 14  # words within which a date after several figures is that of each
_ASIDE_WORDS = 7


class When(NamedTuple):
    """The date of a figure, the moment that says it (none: the document's), and what is doubtful."""

    iso: str | None
    moment: Moment | None
    cost: int
    doubt: str = ""


class Phase(NamedTuple):
    """The phase of a figure, where it is said (none: by the date), and what is doubtful."""

    number: int | None
    spans: tuple[Span, ...] = ()
    doubt: str = ""
    said: bool = False


class Timed(NamedTuple):
    """A moment among the words of its passage; `phase`: that which a period of years is the name of."""

    moment: Moment
    words: Span
    phase: int | None
    is_event: bool
    is_until: bool


# --- moments of a passage -------------------------------------------------------------------------------------


def timed(passage: Passage, published: str | None, phase_years: Mapping[str, int]) -> list[Timed]:
    """Every date of a passage, in order of its words."""
    words = passage.words
    text, offset = words.text, words.offset
    found = [written(one.quantity, text, offset, published) for one in passage.figures]
    moments = [one for one in found if one is not None]
    if published is not None:
        ends = {one.end for one in moments}
        moments += [one for one in leaning(text, offset, published) if one.end not in ends]
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
    before = passage.near("event", (max(0, words[0] - _EVENT_REACH - 3), words[0]))
    compared_with = not _LIKENESS.isdisjoint(passage.words.folded[max(0, words[0] - 2) : words[0]])
    is_event = compared_with or any(passage.words.gap(one.words, words) <= _EVENT_REACH for one in before) or _in_aside(passage, words)
    until = is_until(passage.words.text, moment.start - passage.words.offset)
    return Timed(moment, words, phase_years.get(moment.iso), is_event, until)


def _in_aside(passage: Passage, words: Span) -> bool:
    """Whether a date ends a clause set in commas: ce territoire, qui n'était pas labellisé en 2019, compte…"""
    text = passage.words.text[passage.words.span(*words)[1] - passage.words.offset :]
    if not text.startswith(","):
        return False
    first = max(0, words[0] - _ASIDE_WORDS)
    lead = passage.words.text[passage.words.spans[first][0] - passage.words.offset : passage.words.spans[words[0]][0] - passage.words.offset]
    return re.search(r",\s*(?:qui|que|dont|où)\b[^,]*$", lead) is not None


# --- the date of a figure -------------------------------------------------------------------------------------


def when(
    figure: Figure, passage: Passage, moments: list[Timed], published: str | None, *, flows: bool, peers: list[Span]
) -> When:
    """The nearest date of the sentence that is no event's; the period of a phase dates amounts, not counts.

    `flows`: the unit is spent or made over time. `peers`: first words of the other figures of the unit.
    """
    usable = [one for one in _within(moments, figure) if not one.is_event and one.words != figure.words]
    usable = [one for one in usable if not (one.is_until and "d'" not in _before(passage, one))]
    dated = [one for one in usable if flows or one.phase is None or _opens_beside_phase(passage, figure, one)]
    ranked = sorted((_cost(passage, figure, one.words, peers), one.words, one) for one in dated)
    if not ranked or ranked[0][0] >= _FAR:
        return When(published, None, 0, "" if published else "the document has no date")
    cost, _, best = ranked[0]
    doubt = best.moment.doubt
    rivals = [one for one in ranked[1:] if one[0] - cost <= 1 and one[2].moment.iso != best.moment.iso]
    if rivals:
        doubt = f"two dates are as near: {best.moment.iso}, {rivals[0][2].moment.iso}"
    iso = best.moment.iso
    if best.is_until and flows and published and len(iso) == 4 and iso > published[:4]:
        iso = f"{published[:4]}/{iso}"
    return When(iso, best.moment, cost, doubt)


_FAR = 1000


def _before(passage: Passage, moment: Timed) -> str:
    """The word that opens "d'ici à 2022", which tells an end from "jusqu'en 2022"."""
    at = moment.moment.start - passage.words.offset
    return passage.words.text[max(0, at - 24) : at].lower().replace("’", "'")


def _within(moments: list[Timed], figure: Figure) -> list[Timed]:
    first, last = around(figure)
    low = bisect_left(moments, first, key=lambda one: one.words[0])
    return moments[low : bisect_left(moments, last, key=lambda one: one.words[0])]


def _opens_beside_phase(passage: Passage, figure: Figure, moment: Timed) -> bool:
    """Whether the phase is named too and the period opens the sentence: then it is a date, not the phase's name."""
    return moment.words[0] - figure.sentence[0] <= 1 and bool(passage.near("phase", around(figure)))


def _any_between(figures: list[Span], low: int, high: int) -> bool:
    """Whether a figure begins between two words."""
    return bisect_left(figures, high, key=first_word) > bisect_left(figures, low + 1, key=first_word)


def _cost(passage: Passage, figure: Figure, words: Span, peers: list[Span]) -> int:
    """How far a date or phase is from a figure; what stands after a figure and beyond another of its kind is not its."""
    low, high = sorted((figure.words[0], words[0]))
    peer = _any_between(peers, low, high)
    after = words[0] > figure.words[0]
    cost = passage.reach(figure, words)
    others = _any_between(passage.measured, low, high)
    return cost + (_FAR if after and (peer or (others and cost > _SHARED_REACH)) else 2 if after else 0)


# --- its phase ------------------------------------------------------------------------------------------------


def phase_of(
    figure: Figure, passage: Passage, moments: list[Timed], date: When, peers: list[Span], prose: Mapping[str, Any],
    base: int | None,
) -> Phase:  # fmt: skip
    """The phase named nearest the figure, or by a date beside it, else of what heads it; else by the date.

    `base`: the phase of what stands around, that "auparavant" looks back from.
    """
    said = sorted(_said(figure, passage, moments, peers))
    earlier = _earlier(figure, passage, peers)
    if earlier is not None and not (said and said[0][0] <= earlier[0]):
        number = 1 if base == 2 else base
        return Phase(number, (earlier[1],), "" if base == 2 else "an earlier figure of the same phase")
    side = _side_of_change(figure, passage)
    if side is not None and base == 2 and not (said and said[0][0] <= _CONTRAST):
        return Phase(side, (), "")
    by_date = by_day(date.iso, prose) if date.moment is not None else None
    if said and (by_date is None or said[0][0] <= date.cost or by_date == said[0][1]):
        rivals = [one for one in said[1:] if one[1] != said[0][1] and one[0] - said[0][0] <= 1]
        return Phase(said[0][1], (said[0][2],), "two phases are as near" if rivals else "", True)
    if by_date is not None and date.moment is not None:
        return Phase(by_date, ((date.moment.start, date.moment.end),))
    if compared(figure, passage) and base == 2 and date.moment is None:
        return Phase(1, (), "the earlier phase is only told by a comparison")
    return Phase(None)


def _said(
    figure: Figure, passage: Passage, moments: list[Timed], peers: list[Span]
) -> Iterator[tuple[int, int, Span]]:
    """Phases named in the sentence: how far, which, where."""
    named = [(one.words, one.value, (one.start, one.end)) for one in passage.near("phase", around(figure))
             if not _is_aside(passage, one.words)]  # fmt: skip
    named += [(one.words, one.phase, (one.moment.start, one.moment.end)) for one in _within(moments, figure) if one.phase]
    for words, number, span in named:
        cost = _cost(passage, figure, words, peers)
        if cost < _FAR:
            yield cost, number, span


def _is_aside(passage: Passage, words: Span) -> bool:
    """Whether a phase is only looked back at: comme en phase 1, depuis la première phase."""
    return not _ASIDES.isdisjoint(passage.words.folded[max(0, words[0] - _CONTRAST) : words[0]])


def _earlier(figure: Figure, passage: Passage, peers: list[Span]) -> tuple[int, Span] | None:
    """How far and where "auparavant" or "la phase précédente" is said of this figure, not of another of its unit."""
    for mark in passage.near("earlier", around(figure)):
        cost = passage.reach(figure, mark.words)
        if cost <= _EARLIER_REACH and owner(passage, mark.words, peers) == figure.words:
            return cost, (mark.start, mark.end)
    return None


def _side_of_change(figure: Figure, passage: Passage) -> int | None:
    """1 for the first and 2 for the second figure of a change: passé de 149 à 183; None outside one."""
    offset = passage.words.offset
    before = passage.words.text[max(0, figure.quantity.start - offset - 60) : figure.quantity.start - offset]
    if _FROM.search(before):
        return 1
    return 2 if _FROM_TO.search(before) else None


def compared(figure: Figure, passage: Passage) -> bool:
    """Whether the figure is what another is compared with: contre 124."""
    first = figure.words[0]
    return not _COMPARED.isdisjoint(passage.words.folded[max(0, first - _CONTRAST) : first])


def by_day(iso: str | None, prose: Mapping[str, Any]) -> int | None:
    """The one phase in whose days a date or period falls, from the launch of one to that of the next; None for none."""
    if not iso:
        return None
    first, last = ends_of(iso)
    if len(iso) == 7 and str(prose.get("phase_launch", {}).get(2)).startswith(iso):
        return None  # the month of a launch holds days of both
    spans: Iterable[tuple[Any, Any]] = prose.get("phase_days", {}).items()
    held = [int(number) for number, (begun, ended) in spans if first <= ended and last >= begun]
    return held[0] if len(held) == 1 else None
