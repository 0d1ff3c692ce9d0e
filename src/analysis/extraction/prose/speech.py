"""Whose words: quoted and reported speech, and the name of who speaks as the document writes it (pure)."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from analysis.extraction.prose.document_passages import Figure, Passage
from analysis.extraction.prose.doubt_kinds import Doubt
from analysis.extraction.prose.folded_words import fold
from analysis.extraction.prose.marking import Mark

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*)"
_PARTICLE = r"(?:de|du|des|d['’]|de la|le|la|van|von|ben|el)"
_TITLE = r"(?:M\.|MM\.|Mme|Mmes|Mlle|Me|Dr|Pr|Monsieur|Madame)"
NAME = (
    rf"(?:{_TITLE}\s+(?:{_PARTICLE}\s?)?{_CAPITAL}(?:[ \u00a0-](?:{_PARTICLE}\s?)?{_CAPITAL}){{0,3}}"
    rf"|{_CAPITAL}(?:[ \u00a0](?:{_PARTICLE}\s)?{_CAPITAL}){{1,3}})"
)
_NAMES, _TITLED = re.compile(NAME), re.compile(rf"{_TITLE}\s+(?:{_PARTICLE}\s?)?{_CAPITAL}")
_NAME_AHEAD, _NAME_CLOSE = (re.compile(rf"[^.;:«»]{{0,{letters}}}?({NAME})") for letters in (40, 25))
_NAME_AFTER_FUNCTION = re.compile(rf"[^.,;:«»]{{0,60}},\s*({NAME})")
_FUNCTION_AFTER_NAME = re.compile(r",\s*(?:le |la |l['’])?([\w-]+)")
_INVERTED = re.compile(rf",?\s+(?:[a-zà-ÿ]+['’\s-]){{1,4}}({NAME})")  # », tempête Mme Martin
_TURN = r"(?::|\.?\s*[–—-])"  # what sets a speaker apart from the words: Mme Martin : …, M. Martin. – …
_NAME_BEFORE_COLON = re.compile(rf"({NAME})\s*(?:,[^:.«»]{{0,60}})?{_TURN}\s*$")  # Mme Martin : « …
_OPENS_TURN = re.compile(rf"\s*({NAME})\s*(?:[,(][^:.«»]{{0,60}}\)?)?(?:\s:|\.?\s*[–—])\s")
_ANSWER = re.compile(rf"\s*(?:({NAME})\s?\.?\s*)?«[^«»]+»\s*")  # Anne Martin. « … », and then « … » alone
_THAT = re.compile(r"[^.;:!?]{0,60}?\b(?:que|qu['’])")
QUOTED = re.compile(r"«[^«»]{2,3000}»|“[^“”]{2,3000}”|\"[^\"\n]{2,1500}\"")
_FUNCTION = re.compile(
    r"\b(?:le|la|l['’])\s?((?:sous-)?préf[eè]te?|présidente?|ministre(?: déléguée?)?|maire|directeur|directrice"
    r"|rapporteure?|secrétaire d['’][ÉEé]tat|vice-présidente?|sénateur|sénatrice|députée?|déléguée?)"
    r"(?:\s(?:général|interministériel|régional|départemental)(?:e|le)?\b)?\b(?:\sdes\s\w+\b)?",
    re.I,
)
_FUNCTION_TURN = re.compile(rf"({_FUNCTION.pattern}(?:\s\w+)?)\s*(?:{_TURN}|[^.,;:«»]{{0,40}},?)\s*$", re.I)
_FUNCTION_ANNOUNCED = re.compile(rf"({_FUNCTION.pattern})[^.,;:«»]{{0,40}}:\s*$", re.I)  # Le préfet tempère : « …
_PRONOUN = re.compile(r"[\s-]*\b(?:il|elle|t-il|t-elle|lui|ce dernier|cette dernière)\b", re.I)
_IMPERSONAL = re.compile(r"\bil\s+(?:est|a\s+été|sera)\s+(?:\w+ment\s+)?$", re.I)  # il est rappelé que
_AROUND = 110  # characters beside a quotation in which its speaker is named
_AHEAD = 80

Speaker = tuple[str, int, int]  # a name as it is written, and where


class Speech(NamedTuple):
    """A piece of speech: where it stands, who speaks and where that is written; doubt where nobody is named."""

    start: int
    end: int
    speaker: str | None
    said_at: tuple[int, int]
    doubt: Doubt | None = None


class Speeches:
    """The speech of a document, passage after passage: a function told once with a name speaks for it later.

    `bodies` are names of bodies that speak, `no_names` words of names that are no person's, `no_first_names` those that
    begin none.
    """

    def __init__(self, bodies: Iterable[str], no_names: Iterable[str], no_first_names: Iterable[str]) -> None:
        self._functions: dict[str, Speaker] = {}
        self._last: Speaker | None = None
        self._interviewed: Speaker | None = None
        self._body = re.compile(rf"\s*(?:le |la |l['’])?({'|'.join(map(re.escape, bodies)) or '(?!)'})\b")
        self._no_names, self._no_first_names = frozenset(no_names), frozenset(no_first_names)

    def of(self, passage: Passage) -> list[Speech]:
        """Quoted pieces of a passage, in order, with their speakers."""
        text, offset = passage.words.text, passage.words.offset
        self._learn(text, offset)
        turn = _OPENS_TURN.match(text)
        if turn is not None and _TITLED.match(turn[1]) and passage.block.kind in {"paragraph", "item"}:
            self._last = _speaker(turn, 1, offset)
            return [Speech(offset, offset + len(text), self._last[0], self._last[1:])]
        found: list[Speech] = []
        answers = _ANSWER.fullmatch(text)
        if answers is not None and answers[1] and self._is_person(answers[1]):
            self._interviewed = _speaker(answers, 1, offset)
        for quoted in QUOTED.finditer(text):
            start, end = offset + quoted.start(), offset + quoted.end()
            who = self._beside(passage, quoted.start(), quoted.end()) or (self._interviewed if answers else None)
            if who is not None:
                self._last = who
                found.append(Speech(start, end, who[0], who[1:]))
            elif found and found[-1].speaker:
                found.append(found[-1]._replace(start=start, end=end))
            elif " " in quoted[0].strip('«»“”" \u00a0'):
                found.append(Speech(start, end, None, (start, start), Doubt("nobody_named")))
        return found

    def reported(self, passage: Passage, figure: Figure) -> Speech | None:
        """Who reports a figure without quotation marks: selon X, X assure que, elle a promis que."""
        text, offset = passage.words.text, passage.words.offset
        sentence = passage.words.span(*figure.sentence)
        for mark in passage.near("according", figure.sentence):
            who = self._after(text, mark.end - offset, offset, _NAME_CLOSE)
            if who is not None:
                return Speech(*sentence, who[0], who[1:])
        for mark in passage.near("saying", figure.sentence):
            at = mark.start - offset
            told = mark.end <= figure.quantity.start and _THAT.match(text, mark.end - offset)
            if told and not _IMPERSONAL.search(text, max(0, at - _AROUND), at):
                who = self._before(passage, mark, sentence[0] - offset)
                if who is not None:
                    self._last = who
                    return Speech(*sentence, who[0], who[1:])
        return None

    # --- who ---

    def _learn(self, text: str, offset: int) -> None:
        """Functions beside a name: le préfet de l'Ariège, M. Échantillon; Mme Cordier, vice-présidente."""
        for found in _FUNCTION.finditer(text):
            if (after := _NAME_AFTER_FUNCTION.match(text, found.end())) is not None:
                self._functions.setdefault(_key(found[1]), _speaker(after, 1, offset))
        for named in _NAMES.finditer(text):
            if (after := _FUNCTION_AFTER_NAME.match(text, named.end())) is not None:
                self._functions.setdefault(_key(after[1]), _speaker(named, 0, offset))

    def _beside(self, passage: Passage, start: int, end: int) -> Speaker | None:
        """Who is named beside a quotation: after its end, in an aside of it, or before it."""
        text, offset = passage.words.text, passage.words.offset
        for first, last in ((end, min(len(text), end + _AROUND)), (start, end)):
            for mark in self._saying(passage, first, last):
                who = self._after(text, mark.end - offset, offset, _NAME_AHEAD) or self._before(passage, mark, first)
                if who is not None:
                    return who
        colon = _NAME_BEFORE_COLON.search(text, max(0, start - _AROUND), start)
        if colon is not None and self._is_person(colon[1]):
            return _speaker(colon, 1, offset)
        announced = _FUNCTION_ANNOUNCED.search(text, max(0, start - _AROUND), start)
        for mark in reversed(self._saying(passage, max(0, start - _AROUND), start)) if announced is None else ():
            if (who := self._before(passage, mark, start - _AROUND)) is not None:
                return who
        function = announced or _FUNCTION_TURN.search(text, max(0, start - _AROUND), start)
        if function is not None:
            return self._functions.get(_key(function[2])) or _speaker(function, 1, offset)
        inverted = _INVERTED.match(text, end)
        return _speaker(inverted, 1, offset) if inverted is not None and self._is_person(inverted[1]) else None

    def _saying(self, passage: Passage, first: int, last: int) -> list[Mark]:
        """Verbs of saying in a piece of a passage's text."""
        offset = passage.words.offset
        marks = passage.near("saying", passage.words.covered(offset + first, offset + max(first + 1, last)))
        return [one for one in marks if first <= one.start - offset < last]

    def _after(self, text: str, at: int, offset: int, close: re.Pattern[str]) -> Speaker | None:
        """The name that follows: of a body, of whom a function was told of, or of a person."""
        body = self._body.match(text, at)
        if body is not None:
            return _speaker(body, 1, offset)
        function = _FUNCTION.match(text, at + len(text[at : at + 3]) - len(text[at : at + 3].lstrip()))
        if function is not None and (known := self._functions.get(_key(function[1]))) is not None:
            return known
        named = close.match(text, at, at + _AHEAD)
        if named is not None and self._is_person(named[1]):
            return _speaker(named, 1, offset)
        if function is not None:
            return _speaker(function, 0, offset)
        return self._named_last(text, at, offset) if _PRONOUN.match(text, at) else None

    def _named_last(self, text: str, at: int, offset: int) -> Speaker | None:
        """Whom a pronoun stands for: who is named last before it, else who spoke last."""
        people = [one for one in _NAMES.finditer(text, 0, at) if _TITLED.match(one[0])]
        return _speaker(people[-1], 0, offset) if people else self._last

    def _before(self, passage: Passage, mark: Mark, since: int) -> Speaker | None:
        """The last name before a verb of saying, or whom a pronoun or function there stands for."""
        text, offset = passage.words.text, passage.words.offset
        end = mark.start - offset
        begun = max(since, end - _AROUND, 0)
        people = [one for one in _NAMES.finditer(text, begun, end) if self._is_person(one[0])]
        functions = list(_FUNCTION.finditer(text, begun, end))
        if people and not (functions and functions[-1].start() > people[-1].end()):
            return _speaker(people[-1], 0, offset)
        if functions:
            return self._functions.get(_key(functions[-1][1])) or _speaker(functions[-1], 0, offset)
        if (body := self._body.search(text, begun, end)) is not None:
            return _speaker(body, 1, offset)
        return self._named_last(text, begun, offset) if _PRONOUN.search(text, begun, end) else None

    def _is_person(self, name: str) -> bool:
        """Whether a run of capitals is a person's name, not that of a place or a programme."""
        words = re.findall(r"\w+", name)
        told = words[0] in self._no_first_names or not self._no_names.isdisjoint(words)
        return _TITLED.match(name) is not None or not told


def _key(function: str) -> str:
    return fold(function).split(" ")[0]


def _speaker(found: re.Match[str], group: int, offset: int) -> Speaker:
    return found[group], offset + found.start(group), offset + found.end(group)


def within(speeches: list[Speech], at: int) -> Speech | None:
    """The piece of speech that holds an offset."""
    rank = bisect_right(speeches, at, key=lambda one: one.start)
    return speeches[rank - 1] if rank and speeches[rank - 1].end > at else None
