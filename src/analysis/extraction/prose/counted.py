"""What is counted: the unit of a figure, also one that is not repeated, and the concepts that may take it (pure)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from math import log10
from typing import NamedTuple

from analysis.extraction.figures import lemma_of, unit_of
from analysis.extraction.prose.lexicon import STRONG, UNCOUNTED, Call, ConceptRule, Lexicon
from analysis.extraction.prose.passages import Figure, Mark, Passage, first_word, owner
from analysis.extraction.prose.where import SIGNS_WINDOW, around, told_within
from analysis.extraction.vocabulary import Span, hits

_OF_THESE = frozenset({"de", "ces", "des", "ses", "leurs", "nos", "les", "d"})
NEVER_REACH, NEVER_REACH_OF_SHARES = 6, 25  # words within which a word that excludes a concept counts
_PLACED_REACH = 6  # words within which a place makes a number without noun one of the programme's territories
OTHER_REACH = 14  # words within which the name of another programme takes a figure
_SLOPE = 8  # words at which a sign counts half
_HEAD, _LEAD, _HEADING, _TITLE = 0.9, 0.3, 0.25, 0.15  # how much a sign outside the sentence counts
_CARRIED, _OWN_CALL = 0.3, 0.4  # what the concept of the figure before counts, unless a word calls for another
_NOUN_REACH = 3  # words between a figure's first and the noun that it counts
_SECOND = 0.35  # what a second sign adds
_NOT_OWNED = 0.45  # of a sign that is nearer to another figure of the unit


Weighed = tuple[float, Span, bool, float]  # a call: what it counts here, where, whether in the sentence, how strong
ELSEWHERE = (-1, -1)  # the sentence of a figure of the passage before


class Noun(NamedTuple):
    """A unit that a figure may have: how well that is told, and where."""

    weight: float
    spans: tuple[Span, ...]
    is_elided: bool


class Candidate(NamedTuple):
    """A concept that may take a figure: how much speaks for it, the unit, and where that is said."""

    concept: str
    score: float
    unit: str
    spans: tuple[Span, ...]
    in_sentence: bool
    is_elided: bool
    noun_weight: float
    is_hinted: bool  # nothing but hints and the noun


class Prior(NamedTuple):
    """A figure told before in the same passage: its words, sentence, unit and concept."""

    words: Span
    sentence: Span
    unit: str
    concept: str
    span: Span
    value: float


# --- the unit -------------------------------------------------------------------------------------------------


def named_unit(figure: Figure, passage: Passage, lexicon: Lexicon) -> str | None:
    """The unit that the figure's own noun means; None without a noun, empty for one that no concept counts."""
    quantity, noun = figure.quantity, lemma_of(figure.quantity)
    last = figure.words[1]
    for phrase, unit in lexicon.of_words.get(noun, ()):
        if hits(passage.words.folded[last : last + len(phrase)], phrase):
            return unit
    found = unit_of(quantity, lexicon.rules) or lexicon.unit_of_noun.get(noun)
    if found or quantity.kind != "count":
        return found or ""
    first, folded = figure.words[0], passage.words.folded
    if first and folded[first - 1] in lexicon.not_counts:
        return ""
    if noun and noun not in lexicon.elided:
        return ""
    if first and folded[first - 1] == "des" and passage.words.closes(last):
        return ""  # la plus peuplée des cinq, …
    after = next((n for n in range(last, min(last + 3, len(folded))) if folded[n] not in _OF_THESE), last)
    of_these = passage.near("noun", (after, after + 1))
    return of_these[0].value if of_these else None


def nouns_of(
    figure: Figure, passage: Passage, lexicon: Lexicon, named: str | None, priors: list[Prior]
) -> dict[str, Noun]:
    """Units that a figure may have, each with its weight: its own noun's, else those told around it."""
    own = (figure.quantity.start, figure.quantity.end)
    if named is not None:
        return {named: Noun(1.0, (own,), False)} if named else {}
    found: dict[str, Noun] = {}
    is_placed = any(_is_near(figure, passage, told.words) for told in told_within(passage, around(figure, SIGNS_WINDOW)))
    for unit, weight, span in _around(figure, passage, priors, is_placed):
        if weight > found.get(unit, _NOTHING).weight:
            found[unit] = Noun(weight, (span,), True)
    return found


def _is_near(figure: Figure, passage: Passage, words: Span) -> bool:
    return passage.reach(figure, words) <= _PLACED_REACH


_NOTHING = Noun(0.0, (), True)


def _around(figure: Figure, passage: Passage, priors: list[Prior], is_placed: bool) -> Iterator[tuple[str, float, Span]]:
    """Nouns that a figure without one may leave out, with how likely each is."""
    own = False  # whether the sentence holds a noun that no other figure counts
    for head in passage.heads:
        weight = _LEAD if head.block.kind == "caption" else _HEAD
        for mark in head.marks.get("noun", ()):
            own = own or weight == _HEAD
            yield mark.value, weight, (mark.start, mark.end)
    if own:
        return
    for mark in passage.near("noun", around(figure, SIGNS_WINDOW)):
        before = mark.words[0] < figure.words[0]
        if not _is_counted(mark, passage):
            weight = (0.9 if before else 0.5) / (1 + passage.reach(figure, mark.words) / (20 if before else 5))
            own = own or before
            yield mark.value, weight, (mark.start, mark.end)
    told = passage.near("noun", (max(0, figure.sentence[0] - 60), figure.sentence[0]))
    for rank, mark in enumerate(reversed([one for one in told if not _is_counted(one, passage)][-3:])):
        yield mark.value, (0.2 if own else 0.45) / (1 + 0.4 * rank), (mark.start, mark.end)
    value = figure.quantity.value_low or figure.quantity.value_high or 1
    for rank, prior in enumerate(reversed([one for one in priors[-5:] if one.unit not in UNCOUNTED])):
        alike = 1 + abs(log10(max(value, 1) / max(prior.value, 1))) / 2
        weight = 0.85 if prior.sentence == figure.sentence else 0.3 if own or prior.sentence == ELSEWHERE else 0.6
        yield prior.unit, weight / (1 + 0.15 * rank) / alike, prior.span
    if is_placed or passage.near("pronoun", (figure.sentence[0], figure.words[0])):
        yield "territory", 0.4, (figure.quantity.start, figure.quantity.start)
    outer = [(passage.lead, _LEAD), *((one, _HEADING) for one in passage.headings[:1])]
    for other, weight in outer:
        marks = other.marks.get("noun", ()) if other is not None else ()
        yield from ((mark.value, weight, (mark.start, mark.end)) for mark in marks)


def _is_counted(mark: Mark, passage: Passage) -> bool:
    """Whether a noun is that of a figure before it."""
    rank = bisect_left(passage.measured, mark.words[0], key=first_word)
    if not rank:
        return False
    first, last = passage.measured[rank - 1]
    return mark.words[0] < max(last, first + _NOUN_REACH + 1)


# --- the concept ----------------------------------------------------------------------------------------------


def candidates(
    figure: Figure, passage: Passage, lexicon: Lexicon, nouns: Mapping[str, Noun], priors: list[Prior], peers: list[Span],
    is_relevant: bool,
) -> list[Candidate]:  # fmt: skip
    """Concepts that may take the figure, best first."""
    calls = _calls(figure, passage, peers)
    is_free = all(weight < _OWN_CALL for each in calls.values() for weight, *_ in each)
    found = []
    for unit, noun in nouns.items():
        for name in lexicon.by_unit.get(unit, ()):
            rule = lexicon.concepts[name]
            if _may_take(figure, passage, rule, peers, {one.concept for one in priors[-1:]}):
                made = _candidate(rule, unit, noun, calls.get(name, []), priors, is_relevant, is_free, figure.sentence)
                if made is not None:
                    found.append(made)
    return sorted(found, key=lambda one: (-one.score, one.concept))


def _candidate(
    rule: ConceptRule, unit: str, noun: Noun, calls: list[Weighed], priors: list[Prior],
    is_relevant: bool, is_free: bool, sentence: Span,
) -> Candidate | None:  # fmt: skip
    weights = sorted(calls, reverse=True)
    score = sum(weight * (1 if rank == 0 else _SECOND) for rank, (weight, *_) in enumerate(weights[:2]))
    if noun.is_elided:
        score *= min(1, 0.15 + noun.weight)
        carried = next((one for one in reversed(priors) if one.unit == unit), None)
        if carried is not None and carried.concept == rule.name:
            series = is_free and carried.sentence == sentence
            score += _CARRIED * noun.weight * (2 if series else 1 if is_free else 0.25)
    if is_relevant or score > 0:
        score += rule.default * noun.weight
    spans = (*noun.spans, *(span for _, span, *_ in weights[:2]))
    inside = any(inside for *_, inside, _ in weights) or (not noun.is_elided and rule.default > 0)
    hinted = not rule.default and all(strength < STRONG for *_, strength in calls)
    return Candidate(rule.name, score, unit, spans, inside, noun.is_elided, noun.weight, hinted) if score > 0 else None


def _may_take(figure: Figure, passage: Passage, rule: ConceptRule, peers: list[Span], carried: set[str]) -> bool:
    """Whether nothing excludes the concept: words beside the figure, its noun, words that must be there."""
    if rule.nouns and figure.quantity.kind in {"ordinal"} and lemma_of(figure.quantity) not in {*rule.nouns, ""}:
        return False
    window = around(figure, SIGNS_WINDOW)
    for mark in passage.near("never", window):
        if mark.value == rule.name and _is_beside(figure, passage, mark, peers):
            return False
    if any(mark.value == rule.name for mark in passage.near("far_never", window)):
        return False
    if any(mark.value == rule.name for head in passage.heads for mark in head.marks.get("never", ())):
        return False
    if not rule.has_needs or rule.name in carried:
        return True
    needed = [*passage.near("needs", window), *_outside(passage, "needs")]
    return any(mark.value == rule.name for mark in needed)


def _outside(passage: Passage, sign: str) -> Iterator[Mark]:
    others = [*passage.heads, *passage.headings[:2], *([passage.lead] if passage.lead else [])]
    return (mark for other in others for mark in other.marks.get(sign, ()))


def _is_beside(figure: Figure, passage: Passage, mark: Mark, peers: list[Span]) -> bool:
    """Whether a word is near the figure, and no other figure of its unit is nearer."""
    reach = NEVER_REACH_OF_SHARES if figure.quantity.kind == "percent" else NEVER_REACH
    return passage.reach(figure, mark.words) <= reach and _owns(figure, passage, mark.words, peers)


def _owns(figure: Figure, passage: Passage, words: Span, peers: list[Span]) -> bool:
    """Whether, of the figures of its unit, this one is the nearest to the words; the one before them where equal."""
    return owner(passage, words, peers) in (figure.words, None)


def _calls(figure: Figure, passage: Passage, peers: list[Span]) -> dict[str, list[Weighed]]:
    """Words that call for each concept: how much each counts here, where, and whether in the sentence."""
    found: dict[str, list[Weighed]] = {}
    for mark in passage.near("call", around(figure, SIGNS_WINDOW)):
        call: Call = mark.value
        cost = 0 if call.far else passage.reach(figure, mark.words)
        owned = 1 if call.far or _owns(figure, passage, mark.words, peers) else _NOT_OWNED
        found.setdefault(call.concept, []).append((call.strength * owned / (1 + cost / _SLOPE), (mark.start, mark.end), True, call.strength))
    is_share = figure.quantity.kind == "percent" and not passage.near("noun", figure.words)
    for one in told_within(passage, figure.words) if is_share else ():  # sept Normands sur dix
        found.setdefault("share_of_population", []).append((1.0, (one.start, one.end), True, STRONG))
    for weight, other in _outer(passage):
        for mark in other.marks.get("call", ()):
            found.setdefault(mark.value.concept, []).append(
                (mark.value.strength * weight, (mark.start, mark.end), bool(passage.heads), mark.value.strength)
            )
    return found


def _outer(passage: Passage) -> Iterator[tuple[float, Passage]]:
    """What stands around a sentence, with how much its words count."""
    yield from ((_LEAD if one.block.kind == "caption" else _HEAD, one) for one in passage.heads)
    if passage.lead is not None:
        yield _LEAD, passage.lead
    yield from ((_HEADING, one) for one in passage.headings[:1])


def is_others(figure: Figure, passage: Passage) -> bool:
    """Whether the figure belongs to another programme, named nearer than this one."""
    def nearest(marks: Iterable[Mark]) -> int:
        return min((passage.reach(figure, one.words) for one in marks), default=1000)

    window = around(figure, SIGNS_WINDOW)
    other = nearest(passage.near("other", window))
    return other <= OTHER_REACH and other < nearest(passage.near("own", window))
