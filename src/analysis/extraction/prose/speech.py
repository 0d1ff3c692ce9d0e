"""Whose words: quoted and reported speech, and the name of who speaks as the document writes it (pure)."""

import re
from bisect import bisect_right
from typing import NamedTuple

from analysis.extraction.prose.passages import Figure, Mark, Passage
from analysis.extraction.prose.words import fold

_CAPITAL = r"(?:[A-ZÀ-ÖØ-Þ][\w’'-]*)"
_PARTICLE = r"(?:de|du|des|d['’]|de la|le|la|van|von|ben|el)"
_TITLE = r"(?:M\.|MM\.|Mme|Mmes|Mlle|Me|Dr|Pr|Monsieur|Madame)"
NAME = re.compile(
    rf"{_TITLE}\s+{_CAPITAL}(?:[ \u00a0-](?:{_PARTICLE}\s?)?{_CAPITAL}){{0,3}}"
    rf"|{_CAPITAL}(?:[ \u00a0](?:{_PARTICLE}\s)?{_CAPITAL}){{1,3}}"
)
_PERSON_OF = re.compile(rf"{_TITLE}\s+{_CAPITAL}")
QUOTED = re.compile(r"«[^«»]{2,3000}»|“[^“”]{2,3000}”|\"[^\"\n]{2,1500}\"")
_BODY = re.compile(
    r"\b(?:(?:le |la |l['’])?(?P<body>Cour des comptes|ANCT|Agence nationale de la cohésion des territoires|Insee|Sénat"
    r"|Banque des Territoires|Régions de France|Intercommunalités de France|AdCF|Bpifrance|DGE))\b"
)
_FUNCTION = re.compile(
    r"\b(?:le|la|l['’])\s?((?:sous-)?préf[eè]te?|président[e]?|ministre(?: délégué[e]?)?|maire|directeur|directrice"
    r"|rapporteur[e]?|secrétaire d['’][ÉEé]tat|vice-président[e]?|sénateur|sénatrice|député[e]?)\b", re.I
)
_AROUND = 110  # characters beside a quotation in which its speaker is named
_INVERTED = re.compile(rf",?\s+(?:[a-zà-ÿ]+['’\s-]){{1,4}}({NAME.pattern})")  # », tempête Mme Martin
_PRONOUN = re.compile(r"\b(?:il|elle|t-il|t-elle|ce dernier|cette dernière)\b", re.I)


class Speech(NamedTuple):
    """A piece of speech: where it stands, who speaks and where that is written; doubt where the speaker is guessed."""

    start: int
    end: int
    speaker: str | None
    said_at: tuple[int, int]
    doubt: str = ""


class Speeches:
    """The speech of a document, passage after passage; functions told once with a name speak for it later."""

    def __init__(self) -> None:
        self.functions: dict[str, tuple[str, int, int]] = {}
        self.last: tuple[str, int, int] | None = None

    def of(self, passage: Passage) -> list[Speech]:
        """Quoted pieces of a passage, in order, with their speakers."""
        text, offset = passage.words.text, passage.words.offset
        self._learn(text, offset)
        found: list[Speech] = []
        for quoted in QUOTED.finditer(text):
            who = self._speaker(passage, quoted.start(), quoted.end())
            if who is not None:
                self.last = who
                found.append(Speech(offset + quoted.start(), offset + quoted.end(), who[0], who[1:]))
            elif found and found[-1].speaker:
                found.append(found[-1]._replace(start=offset + quoted.start(), end=offset + quoted.end()))
            elif " " in quoted[0].strip("«»“”\" \u00a0"):
                spot = (offset + quoted.start(), offset + quoted.start())
                found.append(Speech(offset + quoted.start(), offset + quoted.end(), None, spot, "nobody is named"))
        return found

    def reported(self, passage: Passage, figure: Figure) -> Speech | None:
        """Who reports a figure without quotation marks: selon X, X assure que, elle a promis que."""
        words = passage.words
        sentence, start = words.span(*figure.sentence), figure.quantity.start
        for mark in passage.near("according", figure.sentence):
            who = self._named(words.text, mark.end - words.offset, words.offset, direct=True)
            if who is not None:
                return Speech(*sentence, who[0], who[1:])
        for mark in passage.near("saying", figure.sentence):
            if mark.end <= start and re.match(r"[^.;:!?]{0,60}?\b(?:que|qu['’])", words.text[mark.end - words.offset :]):
                who = self._before(passage, mark, sentence[0])
                if who is not None:
                    self.last = who
                    return Speech(*sentence, who[0], who[1:])
        return None

    # --- who ---

    def _learn(self, text: str, offset: int) -> None:
        """Functions beside a name: le préfet de l'Ariège, M. Échantillon; Mme Cordier, vice-présidente."""
        for found in _FUNCTION.finditer(text):
            after = re.match(rf"[^.,;:«»]{{0,60}},\s*({NAME.pattern})", text[found.end() :])
            if after is not None:
                begun = found.end() + after.start(1)
                self._keep(found[1], after[1], offset + begun)
        for named in NAME.finditer(text):
            after = re.match(r",\s*(?:le |la |l['’])?([\w-]+)", text[named.end() :])
            if after is not None:
                self._keep(after[1], named[0], offset + named.start())

    def _keep(self, function: str, name: str, at: int) -> None:
        self.functions.setdefault(fold(function).split(" ")[0], (name, at, at + len(name)))

    def _speaker(self, passage: Passage, start: int, end: int) -> tuple[str, int, int] | None:
        """Who is named beside a quotation: after its end, in an aside, or before it."""
        words = passage.words
        after = (end, min(len(words.text), end + _AROUND))
        before = (max(0, start - _AROUND), start)
        for piece, ahead in ((after, True), ((start, end), True), (before, False)):
            marks = passage.near("saying", words.covered(words.offset + piece[0], words.offset + max(piece[0] + 1, piece[1])))
            for mark in marks if ahead else reversed(marks):
                if piece[0] <= mark.start - words.offset < piece[1]:
                    who = self._beside(passage, mark, piece, ahead=ahead)
                    if who is not None:
                        return who
        inverted = _INVERTED.match(words.text, end)
        if inverted is not None and _is_person(inverted[1]):
            return inverted[1], words.offset + inverted.start(1), words.offset + inverted.end(1)
        return None

    def _beside(
        self, passage: Passage, mark: Mark, piece: tuple[int, int], *, ahead: bool
    ) -> tuple[str, int, int] | None:
        words = passage.words
        if ahead:
            stop = words.text.find(".", mark.end - words.offset + 3)
            window = words.text[: min(piece[1] + _AROUND, stop if stop > 0 else len(words.text)) + 3]
            return self._named(window, mark.end - words.offset, words.offset) or self._before(
                passage, mark, words.offset + piece[0]
            )
        return self._before(passage, mark, words.offset + piece[0])

    def _named(self, text: str, at: int, offset: int, *, direct: bool = False) -> tuple[str, int, int] | None:
        """The name that follows: of a person, of a body, or of whom a function was told of."""
        window = text[at : at + 80]
        named = re.match(rf"[^.;:«»]{{0,{25 if direct else 40}}}?({NAME.pattern})", window)
        body, function = _BODY.match(window.lstrip()), _FUNCTION.match(window.lstrip())
        if body is not None:
            begun = at + len(window) - len(window.lstrip()) + body.start("body")
            return body["body"], offset + begun, offset + begun + len(body["body"])
        if function is not None and (known := self.functions.get(fold(function[1]).split(" ")[0])):
            return known
        if named is not None and _is_person(named[1]):
            return named[1], offset + at + named.start(1), offset + at + named.end(1)
        return self.last if _PRONOUN.match(window.lstrip(" -")) else None

    def _before(self, passage: Passage, mark: Mark, since: int) -> tuple[str, int, int] | None:
        """The last name before a verb of saying, or whom a pronoun or function there stands for."""
        words = passage.words
        begun = max(since, mark.start - _AROUND) - words.offset
        piece = words.text[begun : mark.start - words.offset]
        people = [one for one in NAME.finditer(piece) if _is_person(one[0])]
        if people:
            at = words.offset + begun + people[-1].start()
            return people[-1][0], at, at + len(people[-1][0])
        for found in _FUNCTION.finditer(piece):
            if (known := self.functions.get(fold(found[1]).split(" ")[0])) is not None:
                return known
        body = _BODY.search(piece)
        if body is not None:
            at = words.offset + begun + body.start("body")
            return body["body"], at, at + len(body["body"])
        return self.last if _PRONOUN.search(piece) else None


def _is_person(name: str) -> bool:
    """Whether a run of capitals is a person's name, not that of a place or a programme."""
    return _PERSON_OF.match(name) is not None or not re.search(
        r"Territoire|Industrie|France|Grand|Pays|Région|Métropole|Cour|Conseil|Banque|Hauts|Saint|Val |Le |La |Les |Agence", name
    )


def within(speeches: list[Speech], at: int) -> Speech | None:
    """The piece of speech that holds an offset."""
    rank = bisect_right(speeches, at, key=lambda one: one.start)
    return speeches[rank - 1] if rank and speeches[rank - 1].end > at else None

