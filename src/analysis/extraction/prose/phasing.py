"""In which phase: the one that is said of a figure, or the one of its date (pure)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from analysis.extraction.prose.dating import FAR, Timed, When, cost_of, within_reach
from analysis.extraction.prose.document_passages import Figure, Passage, owner
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.moments import ends_of
from analysis.extraction.prose.where import around
from analysis.extraction.vocabulary import Span

_EARLIER_REACH = 7  # words between a figure and "auparavant"
_CONTRAST = 3  # words before a figure or phase in which it may be compared with another
_COMPARED = frozenset({"contre"})
_ASIDES = frozenset({"comme", "depuis", "apres", "des", "ceux", "celle", "celles", "qu"})
_MOVING = (
    r"\b(?:pass|évol|progress|augment|grimp|bondi|baiss|recul|chut|tomb|mont|doubl|tripl|ramen|rédui|port|diminu)\w*"
    r"(?:\W+\w+){0,3}?\W+de\s+"
)
_FROM = re.compile(_MOVING + r"$", re.I)
_FROM_TO = re.compile(_MOVING + r"[\d\w ,\u00a0\u202f%]{1,30}?\s+à\s+$", re.I)


class Phase(NamedTuple):
    """The phase of a figure, where it is said (none: by the date), and what is doubtful."""

    number: int | None
    spans: tuple[Span, ...] = ()
    doubt: Doubt | None = None
    said: bool = False


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
        return Phase(number, (earlier[1],), None if base == 2 else Doubt("same_phase"))
    side = _side_of_change(figure, passage)
    if side is not None and base == 2 and not (said and said[0][0] <= _CONTRAST):
        return Phase(side)
    by_date = by_day(date.iso, prose) if date.moment is not None else None
    if said and (by_date is None or said[0][0] <= date.cost or by_date == said[0][1]):
        rivals = [one for one in said[1:] if one[1] != said[0][1] and one[0] - said[0][0] <= 1]
        doubt = Doubt("two_phases", (rivals[0][1],), (rivals[0][2],)) if rivals else None
        return Phase(said[0][1], (said[0][2],), doubt, True)
    if by_date is not None and date.moment is not None:
        return Phase(by_date, ((date.moment.start, date.moment.end),))
    if compared(figure, passage) and base == 2 and date.moment is None:
        return Phase(1, (), Doubt("compared_phase"))
    return Phase(None)


def _said(figure: Figure, passage: Passage, moments: list[Timed], peers: list[Span]) -> Iterator[tuple[int, int, Span]]:
    """Phases named in the sentence: how far, which, where."""
    named = [
        (one.words, one.value, (one.start, one.end))
        for one in passage.near("phase", around(figure))
        if not _is_aside(passage, one.words)
    ]
    periods = [one for one in within_reach(moments, figure) if one.phase]
    named += [(one.words, one.phase, (one.moment.start, one.moment.end)) for one in periods]
    for words, number, span in named:
        cost = cost_of(passage, figure, words, peers)
        if cost < FAR:
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
    """1 for the first and 2 for the second figure of a change: passé de 149 à 183; None outside one, and of money."""
    if figure.quantity.kind == "money":
        return None
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


def phase_of_day(iso: str | None, prose: Mapping[str, Any]) -> Phase:
    """The phase of a date; between the two phases the first still stands, with a doubt."""
    number = by_day(iso, prose)
    launches = prose.get("phase_launch", {})
    if number is None and iso and launches.get(1, "9") <= iso and ends_of(iso)[1] < launches.get(2, "0"):
        return Phase(1, (), Doubt("between_phases"))
    return Phase(number)
