"""The concepts that may take a figure, by the words around it (pure)."""

from collections.abc import Callable, Iterator, Mapping
from math import sqrt
from typing import NamedTuple

from analysis.extraction.figure_units import lemma_of
from analysis.extraction.prose.calls import Weighed, calls_of, owns
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.elided_nouns import Noun, is_counted
from analysis.extraction.prose.marking import Mark
from analysis.extraction.prose.parallels import Prior, answered, share_of_those
from analysis.extraction.prose.prose_lexicon import HINT, STRONG, ConceptRule, Lexicon
from analysis.extraction.prose.where import SIGNS_WINDOW, around
from analysis.extraction.vocabulary import Span

NEVER_REACH, NEVER_REACH_OF_SHARES = 6, 25  # words within which a word that excludes a concept counts
_CARRIED, _OWN_CALL = 0.3, 0.4  # what the concept of the figure before counts, unless a word calls for another
AVERAGE = "_per_"  # in the name of a concept whose figure may have decimals
_SECOND = 0.35  # what a second sign adds
_ANSWERS = 0.8  # of a figure of a series that answers to another


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


def candidates(
    figure: Figure, passage: Passage, lexicon: Lexicon, nouns: Mapping[str, Noun], priors: list[Prior],
    peers_of: Callable[[str], list[Span]], is_relevant: bool,
) -> list[Candidate]:  # fmt: skip
    """Concepts that may take the figure, best first."""
    found = []
    model = answered(figure, passage, priors)
    carried = {one.concept for one in (*priors[-1:], *([model] if model else []))}
    best = max((noun.weight for noun in nouns.values()), default=1)
    of_those = share_of_those(figure, passage, priors, lexicon.rules.prose.get("shares_of_those", {}))
    for unit, noun in nouns.items():
        peers = peers_of(unit)
        calls = calls_of(figure, passage, peers)
        if noun.is_elided:
            calls = {name: [_plain(one) for one in each] for name, each in calls.items()}
        is_free = all(one.weight < _OWN_CALL or one.generic for each in calls.values() for one in each)
        for name in lexicon.by_unit.get(unit, ()):
            rule = lexicon.concepts[name]
            if name == of_those or _may_take(figure, passage, rule, peers, carried):
                each = [*calls.get(name, []), *_unworded(figure, rule, model, of_those)]
                made = _candidate(rule, unit, noun, each, priors, is_relevant, is_free, figure.sentence)
                if made is not None:
                    found.append(made._replace(score=made.score * sqrt(noun.weight / best)))
    return sorted(found, key=lambda one: (-one.score, one.concept))


def _unworded(figure: Figure, rule: ConceptRule, model: Prior | None, of_those: str | None) -> Iterator[Weighed]:
    """What calls for a concept without a word for it: the figure answered to, "those" counted before, decimals."""
    if model is not None and model.concept == rule.name:
        yield Weighed(_ANSWERS, model.span, True, STRONG)
    if rule.name == of_those or _is_average(figure, rule):
        yield Weighed(_ANSWERS, (figure.quantity.start, figure.quantity.end), True, STRONG)


def _is_average(figure: Figure, rule: ConceptRule) -> bool:
    """Whether the figure has decimals, which what is counted has not, and the concept is an average."""
    return AVERAGE in rule.name and figure.value % 1 != 0


def _plain(call: Weighed) -> Weighed:
    """A call beside a figure without a noun, where a verb of counting is no more than a hint."""
    return call._replace(weight=call.weight * HINT, strength=HINT) if call.generic and call.strength > HINT else call


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
    inside = any(one.inside for one in weights) or (not noun.is_elided and rule.default > 0)
    hinted = not rule.default and all(one.strength < STRONG for one in calls)
    return Candidate(rule.name, score, unit, spans, inside, noun.is_elided, noun.weight, hinted) if score > 0 else None


def _may_take(figure: Figure, passage: Passage, rule: ConceptRule, peers: list[Span], carried: set[str]) -> bool:
    """Whether nothing excludes the concept: words beside the figure, its noun, words that must be there."""
    if _is_excluded(figure, passage, rule, peers):
        return False
    if rule.name in carried:
        return True
    near = around(figure, SIGNS_WINDOW)
    window = (0, near[1]) if _is_average(figure, rule) else near
    needed = [*passage.near("needs", window), *_outside(passage, "needs")]
    context = [*passage.marks.get("context", ()), *_outside(passage, "context")]
    return all(
        any(mark.value == rule.name for mark in marks)
        for is_asked, marks in ((rule.has_needs, needed), (rule.has_context, context))
        if is_asked
    )


def _is_excluded(figure: Figure, passage: Passage, rule: ConceptRule, peers: list[Span]) -> bool:
    """Whether the figure is none of the concept's: another rank, decimals, a word that excludes it."""
    if rule.nouns and figure.quantity.kind == "ordinal" and lemma_of(figure.quantity) not in {*rule.nouns, ""}:
        return True
    if figure.quantity.kind == "count" and figure.value % 1 and AVERAGE not in rule.name:
        return True
    window = around(figure, SIGNS_WINDOW)
    heads = [mark for head in passage.heads for mark in head.marks.get("never", ())]
    if any(mark.value == rule.name for mark in (*passage.near("far_never", window), *heads)):
        return True
    return any(
        mark.value == rule.name and _is_beside(figure, passage, mark, peers) and not is_counted(mark, passage, figure)
        for mark in passage.near("never", window)
    )


def _outside(passage: Passage, sign: str) -> Iterator[Mark]:
    others = [*passage.heads, *passage.headings[:2], *([passage.lead] if passage.lead else [])]
    return (mark for other in others for mark in other.marks.get(sign, ()))


def _is_beside(figure: Figure, passage: Passage, mark: Mark, peers: list[Span]) -> bool:
    """Whether a word is near the figure, and no other figure of its unit is nearer."""
    reach = NEVER_REACH_OF_SHARES if figure.quantity.kind == "percent" else NEVER_REACH
    return passage.reach(figure, mark.words) <= reach and owns(figure, passage, mark.words, peers)
