"""Figures told before in a passage, and the one that a figure of a series answers to (pure)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from analysis.extraction.figure_units import lemma_of
from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.vocabulary import Span

ELSEWHERE = (-1, -1)  # the sentence of a figure of the passage before
_NOUN_REACH = 3  # words after a share in which what it is of is told
_RESPECTIVE = ("respectivement", "contre")
_PAIR_REACH = 1  # words between the two figures of a pair
_SERIES_REACH = 6  # words between two figures of a series
_SIDE = re.compile(
    r"(?:[,;(–]\s*|\bet\s)(?:qui|dont|où|avec|soit|pour|ses|leurs|réparties?|répartis|déclinées?|déclinés)\b[^,;()–]*$"
    r"|\b(?:réparti|décliné|organisé)e?s?\s(?:en|sur|dans)\b[^,;()–]*$",
    re.I,
)
_JOINED = re.compile(r"\W*(?:,|\bet\b)", re.I)
_BACK = 80
_OF_THOSE = {("de", "celles"), ("de", "ceux")}


class Prior(NamedTuple):
    """A figure told before in the same passage: its words, sentence, unit and concept.

    `is_elided`: its noun was left out; `is_aside`: told in a clause beside the main one, whose noun is not taken up.
    """

    words: Span
    sentence: Span
    unit: str
    concept: str
    span: Span
    value: float
    is_elided: bool = False
    is_aside: bool = False


def is_beside(figure: Figure, passage: Passage) -> bool:
    """Whether a figure stands in a clause beside the main one: dix territoires, qui regroupent 1 582 communes."""
    at = figure.quantity.start - passage.words.offset
    return _SIDE.search(passage.words.text, max(0, at - _BACK), at) is not None


def is_part(figure: Figure, passage: Passage, priors: list[Prior]) -> bool:
    """Whether a figure is a part of the one before it: sur les 14 territoires, onze ont signé."""
    last = priors[-1] if priors else None
    if last is None or last.sentence != figure.sentence:
        return False
    return "sur" in passage.words.folded[max(0, last.words[0] - 2) : last.words[0]]


def answered(figure: Figure, passage: Passage, priors: list[Prior]) -> Prior | None:
    """The figure told before that this one of a series answers to, in the same order; None without such a series."""
    if lemma_of(figure.quantity) and figure.quantity.kind != "percent":
        return None
    return (
        _respective(figure, passage, priors)
        or _next_of_series(figure, passage, priors)
        or _other_share(figure, passage, priors)
    )


def _respective(figure: Figure, passage: Passage, priors: list[Prior]) -> Prior | None:
    """Respectivement 54 et 60 %, contre 46 et 45 %: each answers to one of as many before."""
    first, last = figure.sentence
    folded = passage.words.folded[first : figure.words[0]]
    sign = next((one for one in _RESPECTIVE if one in folded), None)
    if sign is None:
        return None
    at = first + folded.index(sign)
    series = [one for one in passage.measured if at < one[0] < last]
    before = [one for one in priors if one.sentence != ELSEWHERE and one.words[0] < at]
    if figure.words not in series or len(before) < len(series) or (sign != _RESPECTIVE[0] and not _is_pair(series)):
        return None
    return before[series.index(figure.words) - len(series)]


def _is_pair(series: list[Span]) -> bool:
    """Whether nothing but a few words stands between the only two figures of a series."""
    return len(series) == 2 and series[1][0] - series[0][1] <= _PAIR_REACH


def _other_share(figure: Figure, passage: Passage, priors: list[Prior]) -> Prior | None:
    """De 35 % à 81 %, trois sur cinq contre un sur deux: the share before, where no noun stands after this one."""
    last = priors[-1] if priors else None
    if last is None or figure.quantity.kind != "percent" or last.unit != "%" or last.sentence != figure.sentence:
        return None
    return None if passage.near("noun", (figure.words[0], figure.words[1] + _NOUN_REACH)) else last


def _next_of_series(figure: Figure, passage: Passage, priors: list[Prior]) -> Prior | None:
    """95 communes et 5 EPCI ; elle en a 38 et 3: what followed the one that the figure before answers to."""
    last = priors[-1] if priors else None
    if last is None or not last.is_elided or last.sentence != figure.sentence:
        return None
    between = passage.words.written(last.span[1], figure.quantity.start)
    if passage.words.gap(last.words, figure.words) > _SERIES_REACH or not _JOINED.match(between):
        return None
    ranks = [rank for rank, one in enumerate(priors[:-1]) if one.concept == last.concept]
    following = priors[ranks[-1] + 1] if ranks else last
    is_pair = ranks and following.sentence == priors[ranks[-1]].sentence and following.concept != last.concept
    return following if is_pair else None


def share_of_those(figure: Figure, passage: Passage, priors: list[Prior], concepts: Mapping[str, str]) -> str | None:
    """The concept of a share of what was counted before: soit 57 % de celles de la région."""
    if figure.quantity.kind != "percent" or not priors:
        return None
    last = figure.words[1]
    of_those = passage.words.folded[last : last + 2] in _OF_THOSE
    bracketed = priors[-1].sentence == figure.sentence and _is_all_in_brackets(figure, passage)
    return concepts.get(priors[-1].unit) if of_those or bracketed else None


def _is_all_in_brackets(figure: Figure, passage: Passage) -> bool:
    """Whether nothing but the figure stands in its brackets: 750 communes (62 %)."""
    text, offset = passage.words.text, passage.words.offset
    before, after = text[: figure.quantity.start - offset], text[figure.quantity.end - offset :]
    return before.rstrip().endswith("(") and after.lstrip().startswith(")")
