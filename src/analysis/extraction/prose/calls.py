"""Words around a figure that call for a concept, and how much each counts (pure)."""

from collections.abc import Iterator
from typing import NamedTuple

from analysis.extraction.prose.document_passages import Figure, Passage, Told, owner
from analysis.extraction.prose.elided_nouns import OF_HEAD, OF_HEADING, OF_LEAD, is_counted
from analysis.extraction.prose.folded_words import fold
from analysis.extraction.prose.marking import Mark
from analysis.extraction.prose.prose_lexicon import STRONG, Call
from analysis.extraction.prose.where import SIGNS_WINDOW, around, told_within
from analysis.extraction.vocabulary import Span

_SLOPE = 8  # words at which a sign counts half
_PEOPLE_REACH = 7  # words between a share and the inhabitants that it is of
_NOT_OWNED = 0.45  # of a sign that is nearer to another figure of the unit


class Weighed(NamedTuple):
    """A call: what it counts here, where, whether in the sentence, how strong, whether a mere verb of counting."""

    weight: float
    span: Span
    inside: bool
    strength: float
    generic: bool = False


def calls_of(figure: Figure, passage: Passage, peers: list[Span]) -> dict[str, list[Weighed]]:
    """Words that call for each concept: how much each counts here, where, and whether in the sentence."""
    found: dict[str, list[Weighed]] = {}
    marks, is_part = passage.near("call", around(figure, SIGNS_WINDOW)), figure.quantity.kind == "percent"
    longer = [one for one in marks if one.words[1] - one.words[0] > 1]
    for mark in marks:
        call: Call = mark.value
        if any(_holds(other, mark) for other in longer) or (is_part and is_counted(mark, passage, figure)):
            continue
        cost = 0 if call.far else passage.reach(figure, mark.words)
        owned = 1 if call.far or owns(figure, passage, mark.words, peers) else _NOT_OWNED
        weight = call.strength * owned / (1 + cost / _SLOPE)
        one = Weighed(weight, (mark.start, mark.end), True, call.strength, call.generic)
        found.setdefault(call.concept, []).append(one)
    for told in _people(figure, passage):
        found.setdefault("share_of_population", []).append(Weighed(1.0, (told.start, told.end), True, STRONG))
    for weight, other in _outer(passage):
        for mark in other.marks.get("call", ()):
            found.setdefault(mark.value.concept, []).append(
                Weighed(mark.value.strength * weight, (mark.start, mark.end), bool(passage.heads), mark.value.strength)
            )
    return found


def _people(figure: Figure, passage: Passage) -> Iterator[Told]:
    """Inhabitants that a share is of, by the name of their place: sept Normands sur dix, la part des Normands."""
    if figure.quantity.kind != "percent" or passage.near("noun", figure.words):
        return
    yield from told_within(passage, figure.words)
    for told in told_within(passage, around(figure, _PEOPLE_REACH)):
        first, last = told.words
        of_them = passage.words.folded[max(0, first - 1) : first] == ("des",) and last - first == 1
        if of_them and fold(told.places[0].name) != passage.words.folded[first]:
            yield told


def _holds(longer: Mark, mark: Mark) -> bool:
    """Whether a longer call of another concept holds a mark: jamais labellisés, labellisés."""
    (first, last), (begun, ended) = longer.words, mark.words
    return (
        longer.value.concept != mark.value.concept and first <= begun and ended <= last and last - first > ended - begun
    )


def _outer(passage: Passage) -> Iterator[tuple[float, Passage]]:
    """What stands around a sentence, with how much its words count."""
    yield from ((OF_LEAD if one.block.kind == "caption" else OF_HEAD, one) for one in passage.heads)
    if passage.lead is not None:
        yield OF_LEAD, passage.lead
    yield from ((OF_HEADING, one) for one in passage.headings[:1])


def owns(figure: Figure, passage: Passage, words: Span, peers: list[Span]) -> bool:
    """Whether, of the figures of its unit, this one is the nearest to the words; the one before them where equal."""
    return owner(passage, words, peers) in (figure.words, None)
