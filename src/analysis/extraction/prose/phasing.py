"""In which phase: the one that is said of a figure, or the one of its date (pure)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from analysis.extraction.prose.dating import FAR, Timed, When, cost_of, within_reach
from analysis.extraction.prose.document_passages import Figure, Passage, owner
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.event_dates import in_aside
from analysis.extraction.prose.marking import Mark
from analysis.extraction.prose.moments import ends_of
from analysis.extraction.prose.tenses import introduces, is_past, side_of_change, since_now
from analysis.extraction.prose.where import WINDOW, around, told_within
from analysis.extraction.vocabulary import Span

_EARLIER_REACH = 7  # words between a figure and "auparavant"
_CONTRAST = 3  # words before a figure or phase in which it may be compared with another
_OPENING = 4  # words in which a sentence says when all of it was
_CLAUSE_REACH = 8  # words in which a phase that is said counts before a date
_COMPARED = ({"contre"}, {"lieu", "au"})
_ASIDES = frozenset({"comme", "depuis", "apres", "des", "ceux", "celle", "celles", "qu"})
_SUBJECT = re.compile(r"(?:^|[.!?»]\s+)(?:la|le|cette|ce|l['’])?\s*$", re.I)
_SINCE, _SINCE_BACK = re.compile(r"\bdepuis\s+(?:le\s+|la\s+mi-)?$", re.I), 12
_ENDS = re.compile(r"[.!?](?:\s|$)")
_BEFORE_NOW = re.compile(r"(?:\s+\w+)??\s+(avant|alors|hier|avant cela)\s*(?=[),.;:]|$)", re.I)  # 21 labels (15 avant)
_TURN = re.compile(r"\bet qu|\btandis qu|\balors qu|\bquand\b|\blà où\b", re.I)


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
    return next(_told(figure, passage, moments, date, peers, prose, base), Phase(None))


def _told(
    figure: Figure, passage: Passage, moments: list[Timed], date: When, peers: list[Span], prose: Mapping[str, Any],
    base: int | None,
) -> Iterator[Phase]:  # fmt: skip
    """Phases that the words of the figure's own sentence tell, the surest first."""
    said = sorted(_said(figure, passage, moments, peers, base))
    if compared(figure, passage):  # the phase of what it is compared with is not its own
        said = [one for one in said if one[1] != base]
    earlier = _earlier(figure, passage, peers)
    if earlier is not None and not (said and said[0][0] <= earlier[0]):
        number = 1 if base == 2 else base
        yield Phase(number, (earlier[1],), None if base == 2 else Doubt("same_phase"))
    side = side_of_change(figure, passage)
    if side is not None and base == 2 and not (said and said[0][0] <= _CONTRAST):
        yield Phase(side)
    by_date = _by_moment(date, passage, prose)
    if by_date == base == 2 and compared(figure, passage):
        yield Phase(1)
    if said and (by_date is None or said[0][0] <= max(date.cost, _CLAUSE_REACH) or by_date == said[0][1]):
        rivals = [one for one in said[1:] if one[1] != said[0][1] and one[0] - said[0][0] <= 1]
        doubt = Doubt("two_phases", (rivals[0][1],), (rivals[0][2],)) if rivals else None
        yield Phase(said[0][1], (said[0][2],), doubt, True)
    if by_date is not None and date.moment is not None:
        yield Phase(by_date, ((date.moment.start, date.moment.end),))
    if base == 2 and date.moment is None and compared(figure, passage):
        yield Phase(1)
    if base == 2 and date.moment is None and is_past(figure, passage):
        yield Phase(1, (), Doubt("tense_alone"))


def _by_moment(date: When, passage: Passage, prose: Mapping[str, Any]) -> int | None:
    """The phase of a date that the text tells; that which was launched in the month since when something is."""
    if date.moment is None:
        return None
    at = date.moment.start - passage.words.offset
    if _SINCE.search(passage.words.text, max(0, at - _SINCE_BACK), at):
        launched = (number for number, day in prose.get("phase_launch", {}).items() if day.startswith(date.iso))
        return next(launched, by_day(date.iso, prose))
    return by_day(date.iso, prose)


def _said(
    figure: Figure, passage: Passage, moments: list[Timed], peers: list[Span], base: int | None
) -> Iterator[tuple[int, int, Span]]:
    """Phases named in the sentence: how far, which, where."""
    window = around(figure)
    marks = [(one, one.value) for one in passage.near("phase", window) if not _is_aside(passage, one.words)]
    marks += [(one, next_phase(one, passage, base)) for one in passage.near("following", window)]
    named = [(one.words, number, (one.start, one.end)) for one, number in marks]
    near = within_reach(moments, figure)
    named += [(one.words, one.phase, (one.moment.start, one.moment.end)) for one in near if one.phase]
    today = [one.words[0] for one in near if one.moment.is_day_of_text]
    now = since_now(figure, passage)
    for words, number, span in named:
        over = (
            span[1] <= now
            or any(words[0] < at <= figure.words[0] for at in today)
            or _turns(passage, figure, span)
            or (words[0] < figure.words[0] and in_aside(passage, words))
            or _compares(figure, passage, words)
            or introduces(figure, passage, span)
        )
        if not over and (cost := cost_of(passage, figure, words, peers)) < FAR:
            yield cost, number, span


def _compares(figure: Figure, passage: Passage, words: Span) -> bool:
    """Whether a phase is that of another figure, which something was compared with: contre 149 en première phase."""
    before = passage.figures_within((max(figure.sentence[0], words[0] - _CLAUSE_REACH), words[0]))
    return bool(before) and before[-1].words != figure.words and compared(before[-1], passage)


def continued(figure: Figure, passage: Passage, base: int | None) -> Phase | None:
    """The phase that was the subject of the sentence before, where a pronoun goes on about it: la phase 2 … Elle …."""
    first = figure.sentence[0]
    if not passage.near("pronoun", (first, first + _OPENING)):
        return None
    window = max(0, first - WINDOW), first
    told = [(one, one.value) for one in passage.near("phase", window)]
    told += [(one, next_phase(one, passage, base)) for one in passage.near("following", window)]
    text, offset = passage.words.text, passage.words.offset
    begun = passage.words.spans[first][0] - offset
    for mark, number in sorted(told, key=lambda one: -one[0].start):
        subject = _SUBJECT.search(text, 0, mark.start - offset)
        if subject is not None and len(_ENDS.findall(text, mark.end - offset, begun)) == 1:
            return Phase(number, ((mark.start, mark.end),), None, True)
    return None


def next_phase(mark: Mark, passage: Passage, base: int | None) -> int:
    """The phase that "la phase suivante" means: after the one that the passage named last, else after that in force."""
    named = [one.value for one in passage.near("phase", (0, mark.words[0]))]
    return min(2, (named[-1] if named else base or 1) + 1)


def _turns(passage: Passage, figure: Figure, span: Span) -> bool:
    """Whether another clause begins between a figure and a phase: que … en première phase et que …."""
    offset, own = passage.words.offset, (figure.quantity.start, figure.quantity.end)
    first, last = sorted((span, own))
    return first[1] < last[0] and _TURN.search(passage.words.text, first[1] - offset, last[0] - offset) is not None


def _is_aside(passage: Passage, words: Span) -> bool:
    """Whether a phase is only looked back at: comme en phase 1, depuis la première phase."""
    return not _ASIDES.isdisjoint(passage.words.folded[max(0, words[0] - _CONTRAST) : words[0]])


def _earlier(figure: Figure, passage: Passage, peers: list[Span]) -> tuple[int, Span] | None:
    """How far and where "auparavant" or "la phase précédente" is said of this figure, not of another of its unit."""
    text, offset = passage.words.text, passage.words.offset
    if (right_after := _BEFORE_NOW.match(text, figure.quantity.end - offset)) is not None:
        return 0, (right_after.start(1) + offset, right_after.end(1) + offset)
    for mark in passage.near("earlier", around(figure)):
        if _is_aside(passage, mark.words):
            continue
        opens = mark.words[0] - figure.sentence[0] < _OPENING
        cost = passage.reach(figure, mark.words)
        if (opens or cost <= _EARLIER_REACH) and owner(passage, mark.words, peers) == figure.words:
            return 0 if opens else cost, (mark.start, mark.end)
    return None


def compared(figure: Figure, passage: Passage) -> bool:
    """Whether the figure is what another is compared with: contre 124, au lieu de 124."""
    before = set(passage.words.folded[max(0, figure.words[0] - _CONTRAST) : figure.words[0]])
    if told_within(passage, (figure.words[1], figure.words[1] + _CONTRAST)):
        return False  # with another place: contre 124 en Bretagne
    return any(words <= before for words in _COMPARED)


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
