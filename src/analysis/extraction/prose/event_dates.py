"""Dates of something else than the figure beside them: of an event, a comparison, a clause set apart (pure)."""

import re

from analysis.extraction.prose.document_passages import Figure, Passage, any_between
from analysis.extraction.prose.moments import Moment
from analysis.extraction.prose.tenses import is_unmoved
from analysis.extraction.vocabulary import Span

_EVENT_REACH = 3  # words between "lancé" and the date that is its own
_ASIDE_WORDS = 7
_PARTICIPLE = re.compile(
    r"(?:^|[.,;:(«]\s*)(?:(?:déjà|puis|lui|elle|[ée]t[ée])\s+)?"
    r"(?:labellis|reten|sélectionn|désign|reconduit|distingu|reconn|entr|arriv|né|ven|intégr|sign|chois|adopt|form|rejoint)"
    r"(?:ée?s?|ie?s?|ue?s?|e?s?)\s+(?:[\w'’]+\s+){0,3}$",
    re.I,
)
_SINCE = re.compile(r"\bdepuis\s+(?:fin\s+|le\s+)?$", re.I)
_AMONG = re.compile(r"\s*,?\s*(?:parmi|au\s+nombre|l['’]une?\s+d|au\s+sein)", re.I)
_WITH = re.compile(r"\s+avec\s+(?:ses\s+|les\s+|seulement\s+|d['’]abord\s+)?", re.I)
_AT_FIRST = re.compile(
    r"[^.;:]*\b(?:d['’]abord|initialement|au\s+départ|à\s+ses\s+débuts|dans\s+un\s+premier\s+temps)\b[^.;:]*", re.I
)
_LIKENESS = frozenset({"qu", "que", "comme"})  # de plus qu'en 2018


def is_of_event(passage: Passage, moment: Moment, words: Span) -> bool:
    """Whether a date at some words of a passage is that of an event, a comparison or a clause set apart."""
    before = passage.near("event", (max(0, words[0] - _EVENT_REACH - 3), words[0]))
    return (
        is_unmoved(passage, moment.start)
        or _is_since_among(passage, moment)
        or _is_likeness(passage, words)
        or any(passage.words.gap(one.words, words) <= _EVENT_REACH for one in before)
        or in_aside(passage, words)
        or _of_participle(passage, words)
    )


def _is_since_among(passage: Passage, moment: Moment) -> bool:
    """Whether it is since then that a place is one of those counted: figure depuis 2018 parmi les neuf territoires."""
    text, offset = passage.words.text, passage.words.offset
    since = _SINCE.search(text, max(0, moment.start - offset - 20), moment.start - offset)
    return since is not None and _AMONG.match(text, moment.end - offset) is not None


def _is_likeness(passage: Passage, words: Span) -> bool:
    """Whether a date is only compared with: de plus qu'en 2018; not "n'étaient que 90 en 2018"."""
    begun = max(0, words[0] - 2)
    is_like = not _LIKENESS.isdisjoint(passage.words.folded[begun : words[0]])
    return is_like and not any_between(passage.measured, begun - 1, words[0])


def in_aside(passage: Passage, words: Span) -> bool:
    """Whether a date ends a clause set in commas: ce territoire, qui n'était pas labellisé en 2019, compte…"""
    text, offset = passage.words.text, passage.words.offset
    if not text.startswith(",", passage.words.span(*words)[1] - offset):
        return False
    first = passage.words.spans[max(0, words[0] - _ASIDE_WORDS)][0] - offset
    lead = text[first : passage.words.spans[words[0]][0] - offset]
    return re.search(r",\s*(?:qui|que|dont|où)\b[^,]*$", lead) is not None


def _of_participle(passage: Passage, words: Span) -> bool:
    """Whether a date is that of a participle set apart from the figure: labellisé en novembre dernier, il compte…"""
    text, offset = passage.words.text, passage.words.offset
    start, end = passage.words.spans[words[0]][0] - offset, passage.words.span(*words)[1] - offset
    return text[end : end + 1] in {",", ")"} and _PARTICIPLE.search(text, max(0, start - 60), start) is not None


def begins_with(passage: Passage, figure: Figure, moment: Moment) -> bool:
    """Whether what began then began with the figure: lancé en 2018 avec 124; en 2018, d'abord 124."""
    between = passage.words.written(moment.end, figure.quantity.start)
    return (_WITH.fullmatch(between) or _AT_FIRST.fullmatch(between)) is not None
