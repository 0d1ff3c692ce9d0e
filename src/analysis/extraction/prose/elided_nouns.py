"""The unit of a figure: of its own noun, or of one that the text told before and leaves out (pure)."""

from bisect import bisect_left
from collections.abc import Iterator
from math import log10
from typing import NamedTuple

from analysis.extraction.figure_units import lemma_of, unit_of
from analysis.extraction.prose.document_passages import Figure, Passage, first_word, owner
from analysis.extraction.prose.marking import Mark
from analysis.extraction.prose.parallels import ELSEWHERE, Prior, answered
from analysis.extraction.prose.prose_lexicon import UNCOUNTED, Lexicon
from analysis.extraction.prose.where import SIGNS_WINDOW, around, told_within
from analysis.extraction.vocabulary import Span, hits

OF_HEAD, OF_LEAD, OF_HEADING = 0.9, 0.3, 0.25  # how much what stands outside the sentence counts
_OF_THESE = frozenset({"de", "ces", "des", "ses", "leurs", "nos", "les", "d"})
_COMPLEMENT = frozenset({"de", "d", "du"})
_YEARLY_REACH = 12
_ANSWERS = 0.95  # that the noun is the one of the figure that this one answers to
_PRONOUN_REACH = 5  # words between "en" and the figure whose noun it takes up
_VERB_REACH, _IMPLIED = 6, 0.55  # words to a verb that tells what is counted, and how well it does
_LEAST_AMOUNT = 1_000_000  # of a number that a verb alone makes an amount of money
_ASIDE = 0.7  # of a noun told in a clause beside the main one
_OF_ONE_YEAR = 0.6  # of an amount a year, that it is told as a sum
_PLACED_REACH = 6  # words within which a place makes a number without noun one of the programme's territories
_NOUN_REACH = 3  # words between a figure's first and the noun that it counts


class Noun(NamedTuple):
    """A unit that a figure may have: how well that is told, and where."""

    weight: float
    spans: tuple[Span, ...]
    is_elided: bool


def named_unit(figure: Figure, passage: Passage, lexicon: Lexicon) -> str | None:
    """The unit that the figure's own noun means; None without a noun, empty for one that no concept counts."""
    quantity, noun = figure.quantity, lemma_of(figure.quantity)
    last = figure.words[1]
    for phrase, unit in lexicon.of_words.get(noun, ()):
        if hits(passage.words.folded[last : last + len(phrase)], phrase):
            return unit
    found = unit_of(quantity, lexicon.rules) or lexicon.unit_of_noun.get(noun)
    if found == "EUR" and _is_yearly(figure, passage):
        return "EUR/year"
    if found or quantity.kind != "count":
        return found or ""
    if not noun and (quantity.value_low or 0) >= _LEAST_AMOUNT and _is_rate(figure, passage):
        return "EUR/year"
    if noun and noun not in lexicon.elided:
        return ""
    return _after(figure, passage) if _may_count(figure, passage, lexicon) else ""


def _may_count(figure: Figure, passage: Passage, lexicon: Lexicon) -> bool:
    """Whether a number without noun may count something: not "bureau 214", nor "la plus peuplée des cinq, …"."""
    before = passage.words.folded[max(0, figure.words[0] - 1) : figure.words[0]]
    return lexicon.not_counts.isdisjoint(before) and not (before == ("des",) and passage.words.closes(figure.words[1]))


def _after(figure: Figure, passage: Passage) -> str | None:
    """The unit of the noun that follows: 58 de ces plans."""
    last, folded = figure.words[1], passage.words.folded
    if passage.words.closes(last):
        return None
    after = next((n for n in range(last, min(last + 3, len(folded))) if folded[n] not in _OF_THESE), last)
    if after > last and passage.figures_within((after, after + 1)):  # 118 de ses 207 communes
        after += 1
    of_these = passage.near("noun", (after, after + 1))
    return of_these[0].value if of_these else None


def _is_rate(figure: Figure, passage: Passage) -> bool:
    """Whether a large number is one of every year, right after it, and so of money: 100 millions par an."""
    last = figure.words[1]
    return any(mark.words[0] == last for mark in passage.near("yearly", (last, last + 1)))


def _is_yearly(figure: Figure, passage: Passage) -> bool:
    """Whether an amount is that of a year: l'enveloppe annuelle de 100 M€, 100 millions par an."""
    window = (max(figure.sentence[0], figure.words[0] - _YEARLY_REACH), min(figure.sentence[1], figure.words[1] + 1))
    amounts = [one.words for one in passage.figures_within(figure.sentence) if one.quantity.kind == "money"]
    return any(
        passage.reach(figure, mark.words) <= _YEARLY_REACH and owner(passage, mark.words, amounts) == figure.words
        for mark in passage.near("yearly", window)
    )


def nouns_of(
    figure: Figure, passage: Passage, lexicon: Lexicon, named: str | None, priors: list[Prior]
) -> dict[str, Noun]:
    """Units that a figure may have, each with its weight: its own noun's, else those told around it."""
    own = (figure.quantity.start, figure.quantity.end)
    if named == "EUR/year":  # what a year's amount is of may be counted in one sum
        return {named: Noun(1.0, (own,), False), "EUR": Noun(_OF_ONE_YEAR, (own,), False)}
    if named is not None:
        return {named: Noun(1.0, (own,), False)} if named else {}
    found: dict[str, Noun] = {}
    if (model := answered(figure, passage, priors)) is not None:
        found[model.unit] = Noun(_ANSWERS, (model.span,), True)
    near = told_within(passage, around(figure, SIGNS_WINDOW))
    is_placed = any(passage.reach(figure, told.words) <= _PLACED_REACH for told in near)
    for unit, weight, span in _around(figure, passage, priors, is_placed):
        if weight > found.get(unit, _NOTHING).weight:
            found[unit] = Noun(weight, (span,), True)
    return found


_NOTHING = Noun(0.0, (), True)


_Told = tuple[str, float, Span]  # a unit, how likely it is, and where its noun stands


def _around(figure: Figure, passage: Passage, priors: list[Prior], is_placed: bool) -> Iterator[_Told]:
    """Nouns that a figure without one may leave out, with how likely each is."""
    heads = list(_of_heads(passage))
    yield from ((mark.value, weight, (mark.start, mark.end)) for mark, weight in heads)
    if any(weight == OF_HEAD for _, weight in heads):
        return
    free = [one for one in passage.near("noun", around(figure, SIGNS_WINDOW))
            if not (is_counted(one, passage) or _is_complement(one, passage) or _is_class(one, passage))]  # fmt: skip
    for mark in free:
        before = mark.words[0] < figure.words[0]
        weight = (0.9 if before else 0.5) / (1 + passage.reach(figure, mark.words) / (20 if before else 5))
        yield mark.value, weight, (mark.start, mark.end)
    own = any(mark.words[0] < figure.words[0] for mark in free)
    told = passage.near("noun", (max(0, figure.sentence[0] - 60), figure.sentence[0]))
    before_it = [one for one in told if not (is_counted(one, passage) or _is_class(one, passage))]
    for rank, mark in enumerate(reversed(before_it[-3:])):
        yield mark.value, (0.2 if own else 0.45) / (1 + 0.4 * rank), (mark.start, mark.end)
    yield from _of_priors(figure, passage, priors, own)
    yield from _of_verbs(figure, passage)
    if is_placed or passage.near("pronoun", (figure.sentence[0], figure.words[0])):
        yield "territory", 0.4, (figure.quantity.start, figure.quantity.start)
    of_heading = OF_LEAD if passage.heads else OF_HEADING  # what rows and columns do not say, the heading does
    for other, weight in ((passage.lead, OF_LEAD), *((one, of_heading) for one in passage.headings[:1])):
        marks = other.marks.get("noun", ()) if other is not None else ()
        yield from ((mark.value, weight, (mark.start, mark.end)) for mark in marks)


def _of_heads(passage: Passage) -> Iterator[tuple[Mark, float]]:
    """Nouns of the heads of a cell, with how likely each is what it counts."""
    for head in passage.heads:
        weight = OF_LEAD if head.block.kind == "caption" else OF_HEAD
        yield from ((mark, weight) for mark in head.head_nouns())


def _of_priors(figure: Figure, passage: Passage, priors: list[Prior], own: bool) -> Iterator[_Told]:
    """Nouns of the figures before; `own`: the sentence holds a noun that no other figure counts."""
    folded, first = passage.words.folded, figure.words[0]
    takes_up = "en" in folded[max(figure.sentence[0], first - _PRONOUN_REACH) : first]
    value = figure.value or 1
    for rank, prior in enumerate(reversed([one for one in priors[-5:] if one.unit not in UNCOUNTED])):
        alike = 1 + abs(log10(max(value, 1)) - log10(max(prior.value, 1))) / 2
        weight = 0.85 if prior.sentence == figure.sentence else 0.3 if own else 0.6
        weight *= 1 if prior.sentence != ELSEWHERE else 0.75 if takes_up else 0.5
        weight *= _ASIDE if prior.is_aside and prior.sentence != figure.sentence else 1
        yield prior.unit, weight / (1 + 0.15 * rank) / alike, prior.span


def _of_verbs(figure: Figure, passage: Passage) -> Iterator[_Told]:
    """Nouns that the verb after a figure implies: 149 ont été labellisés."""
    last = figure.words[1]
    for mark in passage.near("implied", (last, min(figure.sentence[1], last + _VERB_REACH))):
        is_amount = mark.value not in UNCOUNTED or (figure.quantity.value_low or 0) >= _LEAST_AMOUNT
        if is_amount and not passage.figures_within((last, mark.words[0])):
            yield mark.value, _IMPLIED, (mark.start, mark.end)


def _is_complement(mark: Mark, passage: Passage) -> bool:
    """Whether a noun only says what another is of: chefs de projet, communautés de communes."""
    first = mark.words[0]
    if _COMPLEMENT.isdisjoint(passage.words.folded[max(0, first - 1) : first]):
        return False
    return any(one.words[1] == first - 1 for one in passage.near("noun", (max(0, first - 4), first - 1)))


def _is_class(mark: Mark, passage: Passage) -> bool:
    """Whether a noun says what one place is, and not what is counted: la seule région à en avoir perdu."""
    return mark.value in {"region", "department"} and passage.words.folded[mark.words[1] - 1][-1] != "s"


def is_counted(mark: Mark, passage: Passage, but: Figure | None = None) -> bool:
    """Whether a noun is that of a figure before it, another than `but`."""
    rank = bisect_left(passage.measured, mark.words[0], key=first_word)
    if not rank:
        return False
    first, last = passage.measured[rank - 1]
    is_other = but is None or (first, last) != but.words
    reach = last if passage.words.closes(last) else max(last, first + _NOUN_REACH + 1)
    return is_other and mark.words[0] < reach
