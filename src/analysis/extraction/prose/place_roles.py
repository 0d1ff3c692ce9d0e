"""What a place is named for in its clause: its subject, where something is, what something is of, or in passing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.extraction.prose.document_passages import Passage
from analysis.extraction.prose.folded_words import Words, fold
from analysis.extraction.prose.marking import Mark

SUBJECT, LOCATIVE, COMPLEMENT, OBJECT = "subject", "locative", "complement", "object"
ASIDE, LISTED = "aside", "listed"  # named in passing; one of a list
_OF = frozenset({"de", "du", "des", "d"})
_AND = frozenset({"et", "ou", "ni"})
_JOINING = frozenset({" ", "-", "'", "’", "\u00a0", "\u202f", "\n"})
_COUNTED_REACH = 2  # words between a name and "et": a figure in brackets
_WHOSE_REACH = 5  # words before "de" in which what is counted may stand
_THAN_REACH = 5  # words before "que" in which "plus" makes it a comparison
_RANGE_REACH = 6  # words before "à" in which "de" begins a range
_SIDES = re.compile(r"\b(?:d['’]un\s+côté|de\s+l['’]autre(?:\s+côté)?)\s*,?\s*(?:le\s+|la\s+|les\s+|l['’])?$", re.I)
_BACK = 40
_TITLE_REACH = 5  # words before a place in which an office may stand


@dataclass(frozen=True)
class Roles:
    """Words that tell the role of a place that follows them."""

    passed: frozenset[str]  # between the place and the word that tells: articles, what a place is
    locative: frozenset[str]
    aside: frozenset[str]
    opening: frozenset[str]
    whole: frozenset[str]  # what is of a place and says no more than the place: ensemble, échelle
    comparing: frozenset[str]

    @classmethod
    def of(cls, prose: Mapping[str, Any]) -> "Roles":
        """From the words of free prose."""
        words: Mapping[str, Iterable[str]] = prose.get("place_roles", {})
        return cls(**{name: frozenset(map(fold, words.get(name, ()))) for name in cls.__dataclass_fields__})

    def role(self, passage: Passage, mark: Mark) -> str:
        """The role of a place named in a passage."""
        words, first = passage.words, mark.words[0]
        at = self._begun(words, first)
        if self._is_office(passage, mark, at):
            return ASIDE
        if mark.value and not isinstance(mark.value, str) and self._describes(passage, mark):
            whole = first > 0 and words.folded[first - 1] in self.whole
            return COMPLEMENT if whole or self._is_counted(passage, first) else ASIDE
        inner = words.folded[first] if isinstance(mark.value, str) or first == at else ""
        if inner in _OF and at == first:  # du territoire, de la région: the word is the stand-in's own
            return self._of(passage, first, first)
        start = mark.start - words.offset
        if at == 0 or is_apart(words, at) or _SIDES.search(words.text, max(0, start - _BACK), start):
            return SUBJECT
        return self._after(passage, mark, at)

    def _after(self, passage: Passage, mark: Mark, at: int) -> str:
        """The role told by the word before `at`."""
        folded = passage.words.folded
        before = folded[at - 1]
        if before in _OF:
            return self._of(passage, at - 1, at)
        if before in {"que", "qu"}:
            compared = not self.comparing.isdisjoint(folded[max(0, at - 1 - _THAN_REACH) : at - 1])
            return ASIDE if compared else SUBJECT
        if before in _AND and passage.told and passage.told[-1].words[1] >= at - _COUNTED_REACH:
            return passage.told[-1].role  # entre Nancy et les Vosges, devant l'Occitanie (14) et la Bretagne
        if (
            before == "a"
            and folded[max(0, at - 2)] != "quant"
            and (_is_end_of_range(passage.words, at) or _names_town(mark))
        ):
            return ASIDE  # de la Liane à la Canche; à Dunkerque: the town, even where a territory has its name
        telling = {before, folded[at - 2]} if before == "a" and at > 1 else {before}
        kinds = (self.aside, ASIDE), (self.locative, LOCATIVE), (self.opening | _AND, SUBJECT)
        return next((role for words, role in kinds if not words.isdisjoint(telling)), OBJECT)

    def _of(self, passage: Passage, of: int, at: int) -> str:
        """The role of what follows "de": the place itself after what is counted there, else in passing."""
        if of == 0 or is_apart(passage.words, of):
            return ASIDE  # de Guise à Hirson
        if passage.words.folded[of - 1] in self.whole or self._is_counted(passage, of):
            return COMPLEMENT
        return ASIDE if passage.words.folded[of - 1] in self.aside else OBJECT

    def _begun(self, words: Words, first: int) -> int:
        """Where the article and what the place is begin: le territoire de | Nord Lorraine."""
        at = first
        while at > 0 and not is_apart(words, at):
            before = words.folded[at - 1]
            links = before in _OF and at > 1 and words.folded[at - 2] in self.passed and not _is_article(words, at - 2)
            if before not in self.passed and not links:
                break
            at -= 1
        return at

    def _is_counted(self, passage: Passage, at: int) -> bool:
        """Whether what is counted stands just before: 183 territoires labellisés | de Bretagne."""
        first = max(0, at - _WHOSE_REACH)
        nouns = [one for one in passage.near("noun", (first, at)) if passage.words.folded[one.words[1] - 1][-1] in "sx"]
        marks = [*nouns, *passage.near("own", (first, at))]
        figures = passage.figures_within((first, at))
        starts = [*(one.words[0] for one in marks), *(one.words[0] for one in figures)]
        return any(not any(is_apart(passage.words, n) for n in range(one + 1, at)) for one in starts)

    def _describes(self, passage: Passage, mark: Mark) -> bool:
        """Whether the place is told by an adjective: les communes normandes."""
        written = passage.words.written(mark.start, mark.end)
        return written.islower() and passage.words.folded[mark.words[0]] not in self.passed | _OF

    def _is_office(self, passage: Passage, mark: Mark, at: int) -> bool:
        """Whether the place belongs to somebody's office: préfet de la région, chambre de commerce de Bretagne."""
        if at > 0 and is_apart(passage.words, at):
            return False
        of = (at > 0 and passage.words.folded[at - 1] in _OF) or passage.words.folded[at] in _OF
        counted = passage.figures_within((max(0, at - _TITLE_REACH), at))  # les présidents des trois EPCI de
        return not counted and any(
            one.words[1] in {at, mark.words[0]} or (of and passage.words.gap(one.words, mark.words) <= _TITLE_REACH)
            for one in passage.near("weak", (max(0, at - _TITLE_REACH), mark.words[0]))
        )


def _names_town(mark: Mark) -> bool:
    return not isinstance(mark.value, str) and any(one.kind == "commune" for one in mark.value)


def _is_end_of_range(words: Words, at: int) -> bool:
    """Whether "de" and a name stand before "à": de la Liane à | la Canche."""
    if _OF.isdisjoint(words.folded[max(0, at - 1 - _RANGE_REACH) : max(0, at - 2)]):
        return False
    return words.text[words.spans[at - 2][0] - words.offset].isupper()


def _is_article(words: Words, at: int) -> bool:
    return words.folded[at] in {"la", "le", "les", "l", "un", "une"}


def is_apart(words: Words, at: int) -> bool:
    """Whether punctuation stands before a word."""
    return words.written(words.spans[at - 1][1], words.spans[at][0]) not in _JOINING
