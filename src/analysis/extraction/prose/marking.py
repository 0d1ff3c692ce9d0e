"""The signs and places found among the words of a block (pure)."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from analysis.extraction.prose.folded_words import Words
from analysis.extraction.prose.place_index import PlaceIndex
from analysis.extraction.prose.prose_lexicon import ARTICLES, LINKS, Lexicon, Spelling
from analysis.extraction.vocabulary import Span


class Mark(NamedTuple):
    """A sign found in a block: what it stands for, its words, and where it stands in the document."""

    value: Any
    words: Span
    start: int
    end: int


def marks_of(words: Words, lexicon: Lexicon, places: PlaceIndex) -> dict[str, list[Mark]]:
    """Signs among the words by what they are, each list in order; under "place" the places, and what stands for one."""
    marks: dict[str, list[Mark]] = {}
    for first, last, (sign, value) in lexicon.signs.found(words.folded):
        if sign != "phase" or not words.is_cut(first, last):  # en seconde phase, deux de plus: no phase two
            marks.setdefault(sign, []).append(Mark(value, (first, last), *words.span(first, last)))
    _without_idioms(marks)
    for first, last, (place, written) in places.adjectives.found(words.folded):
        start, end = words.span(first, last)
        if not written.isupper() or words.written(start, end).isupper():
            marks.setdefault("adjective", []).append(Mark((place,), (first, last), start, end))
    marks["place"] = list(_places(words, marks, places, lexicon.spelling))
    of_names = {n for one in marks["place"] if not isinstance(one.value, str) for n in range(*one.words)}
    marks["noun"] = [one for one in marks.get("noun", ()) if not _is_of_name(words, one, of_names)]
    return marks


def _without_idioms(marks: dict[str, list[Mark]]) -> None:
    """Leave out the words of a phase or person inside those that mean something else: pour la première fois."""
    idioms = {n for one in marks.pop("idiom", ()) for n in range(*one.words)}
    for sign in ("phase", "earlier", "unnamed", "first_person") if idioms else ():
        marks[sign] = [one for one in marks.get(sign, ()) if idioms.isdisjoint(range(*one.words))]


def _is_of_name(words: Words, mark: Mark, of_names: set[int]) -> bool:
    """Whether an axis is one of a name's: the Axe Seine is none."""
    return mark.value == "axis" and mark.words[0] in of_names and words.text[mark.start - words.offset].isupper()


def _places(words: Words, marks: dict[str, list[Mark]], places: PlaceIndex, spelling: Spelling) -> Iterator[Mark]:
    """Places named, in order and without overlap: the longest name wins. A stand-in's value is the kind it is of."""
    named = [
        Mark(value, (first, last), *words.span(first, last))
        for first, last, value in places.named(words.folded)
        if is_name(words, first, last, spelling)
    ]
    country = [one._replace(value=(places.country,)) for one in marks.pop("country", ())]
    adjectives = marks.pop("adjective", [])
    begun = {one.words[0] for one in (*named, *adjectives) if one.value}
    stand_ins = [one for one in marks.pop("stand_in", ()) if not _says_a_name(words, one, begun)]
    each = [*named, *country, *adjectives, *stand_ins]
    taken: set[int] = set()
    kept = []
    signs = {id(one) for one in (*country, *stand_ins)}  # le Pays Basque is named, and not the country
    for one in sorted(each, key=lambda mark: (mark.words[0] - mark.words[1], id(mark) in signs, mark.words[0])):
        if taken.isdisjoint(range(*one.words)):
            taken.update(range(*one.words))
            kept += [one] if one.value else []
    yield from sorted(kept, key=lambda mark: mark.words)


def is_name(words: Words, first: int, last: int, spelling: Spelling) -> bool:
    """Whether the words are written as a name: a capital, and for a name that is also a word, what comes before."""
    if words.folded[first:last] in spelling.wary and not _is_sure(words, first, last, spelling):
        return False
    if (first and _is_part(words, first, spelling)) or _goes_on(words, last):
        return False
    begins = next((n for n in range(first, last) if words.folded[n] not in ARTICLES), first)
    proper = next((n for n in range(first, last) if words.folded[n] not in spelling.generic), begins)
    letters = (words.text[words.spans[n][0] - words.offset] for n in {begins, proper})
    return any(letter.isupper() or letter.isdigit() for letter in letters)


def _is_sure(words: Words, first: int, last: int, spelling: Spelling) -> bool:
    """Whether a name that is also a word is one here: after an article, or alone in its block."""
    return words.folded[first - 1] in spelling.before if first else last == len(words.folded)


def _is_part(words: Words, first: int, spelling: Spelling) -> bool:
    """Whether the name is only the end of a longer one that no list holds: Nord Est Ardennes."""
    before = words.folded[first - 1]
    if before not in spelling.generic or before in LINKS | ARTICLES:
        return False
    start, end = words.spans[first - 1]
    joined = words.written(end, words.spans[first][0]) in {" ", "-"}
    return joined and words.text[start - words.offset].isupper()


def _goes_on(words: Words, last: int) -> bool:
    """Whether a hyphen joins another word to the name: le Saint-Quentinois is not Le Saint."""
    end = words.spans[last - 1][1] - words.offset
    return words.text[end : end + 1] == "-" and words.text[end + 1 : end + 2].isupper()


def _says_a_name(words: Words, stand_in: Mark, begun: set[int]) -> bool:
    """Whether the name follows: la région Grand Est, le territoire de Nord Lorraine."""
    after = stand_in.words[1]
    while after < len(words.folded) and words.folded[after] in LINKS:
        after += 1
    return any(word in begun for word in (*range(stand_in.words[0], stand_in.words[1] + 1), after))
