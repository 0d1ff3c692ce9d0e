"""Claims: figures of the notes, each with its concept, unit, place, phase and date (pure)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

import polars as pl

from analysis.errors import ClaimError
from analysis.numerals import Quantity, read

if TYPE_CHECKING:
    from analysis.sources import Note, Sentence

VOCABULARY = "data/raw/vocabulary.yaml"
WORD = re.compile(r"\w+")
CALENDAR = re.compile(r"\d{4}(-\d\d){0,2}(/\d{4}(-\d\d){0,2})?")
COLUMNS: Mapping[str, Any] = {
    **dict.fromkeys(("claim_id", "source_id", "concept", "place"), pl.String),
    "phase": pl.Int8,
    **dict.fromkeys(("value_low", "value_high"), pl.Float64),
    **dict.fromkeys(("qualifier", "unit", "as_of", "sentence"), pl.String),
    **dict.fromkeys(("start", "end"), pl.Int64),
}
LIST_COLUMNS: Mapping[str, Any] = {
    **dict.fromkeys(("source_id", "concept", "place"), pl.String),
    "rank": pl.Int64,
    "item": pl.String,
}
Phrase = tuple[str, ...]  # words; in triggers lower case, and one that ends in * is a stem
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its label, counted lemmas or kinds of figure that mean it, lemmas that are a multiple of it."""

    label: str
    lemmas: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    scaled: Mapping[str, float] | None = None


@dataclass(frozen=True)
class Concept:
    """What may be counted: unit(s), counted lemmas (none: any), words that call for it or exclude it."""

    label: str
    unit: str | list[str]
    triggers: tuple[str, ...]
    measured_on: str
    nouns: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()

    @property
    def units(self) -> set[str]:
        """Every unit the concept is counted in."""
        return {self.unit} if isinstance(self.unit, str) else set(self.unit)

    @cached_property
    def calling(self) -> tuple[Phrase, ...]:
        """Triggers as words and stems."""
        return tuple(map(_pattern, self.triggers))

    @cached_property
    def excluding(self) -> tuple[Phrase, ...]:
        """`never_with` as words and stems."""
        return tuple(map(_pattern, self.never_with))


@dataclass(frozen=True)
class Vocabulary:
    """The rules, indexed: unit of a lemma or a kind, concepts by name, names of phases and places by words."""

    units: Mapping[str, Unit]
    unit_of: Mapping[str, str]
    concepts: Mapping[str, Concept]
    phases: Mapping[Phrase, int]
    places: Mapping[Phrase, str | None]  # None: the name of something else that holds a place's name
    whole: str

    @cached_property
    def names(self) -> tuple[Phrase, ...]:
        """Triggers of several words: a numeral inside one is part of a name."""
        return tuple(phrase for one in self.concepts.values() for phrase in one.calling if len(phrase) > 1)


class Reading(NamedTuple):
    """Claims, and the figures that no concept takes: same columns, `concept` null, and the figure's `text`."""

    claims: pl.DataFrame
    unresolved: pl.DataFrame


# --- the rules ---------------------------------------------------------------------------------------------


def vocabulary(raw: Mapping[str, Any], where: str = VOCABULARY) -> Vocabulary:
    """Rules from parsed YAML; ClaimError names the entry with an unknown key, unit, or a lemma of two units."""
    try:
        units = {name: _built(Unit, name, entry, where) for name, entry in raw["units"].items()}
        concepts = {name: _built(Concept, name, entry, where) for name, entry in raw["concepts"].items()}
        named = raw["places"]["aliases"]
        aliases = {alias: place for place, names in named.items() for alias in names}
        others = dict.fromkeys(map(_words, raw["places"]["not_places"]))
        phases = {_pattern(name): int(key) for key, one in raw["phases"].items() for name in one["mentions"]}
        places = {**by_words(aliases), **others}
        rules = Vocabulary(units, _unit_index(units, where), concepts, phases, places, raw["places"]["whole"])
    except (KeyError, TypeError, AttributeError) as error:
        _refuse(where, f"an entry is missing or of the wrong shape ({error}).", "Complete the vocabulary", error)
    for name, concept in concepts.items():
        if unknown := concept.units - set(units):
            _refuse(where, f"concept {name}: unknown unit {', '.join(sorted(unknown))}.", "Add it under `units`")
    return rules


def _built(kind: type[Any], name: str, entry: Mapping[str, Any], where: str) -> Any:
    try:
        for key in {"lemmas", "kinds", "triggers", "nouns", "never_with"} & set(entry):
            if not isinstance(entry[key], list):
                raise TypeError(f"{kind.__name__}.__init__() {key} is not a list")
        return kind(**entry)
    except TypeError as error:
        what = str(error).replace(f"{kind.__name__}.__init__()", f"{kind.__name__.lower()} {name}:")
        _refuse(where, f"{what}.", "Correct the entry", error)


def _unit_index(units: Mapping[str, Unit], where: str) -> dict[str, str]:
    index: dict[str, str] = {}
    for name, unit in units.items():
        for word in (*unit.lemmas, *unit.kinds, *(unit.scaled or ())):
            if index.setdefault(word, name) != name:
                _refuse(where, f"unit {name}: {word!r} already means {index[word]}.", "Keep one unit a word")
    return index


def by_words(aliases: Mapping[str, str]) -> dict[Phrase, str | None]:
    """Place by the words of each of its names; upper and lower case differ, punctuation does not count."""
    return {_words(alias): place for alias, place in aliases.items()}


# --- reading notes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence, and what it says around its figures."""

    note: "Note"
    sentence: "Sentence"
    rules: Vocabulary
    words: Phrase
    names: tuple[Span, ...]
    place: str
    phase: int | None

    def refuse(self, what: str, repair: str) -> NoReturn:
        """ClaimError with the file, the line and the sentence."""
        _refuse_sentence(self.note, self.sentence, what, repair)


def claims_from_notes(
    notes: Iterable["Note"],
    rules: Vocabulary,
    gazetteer: Mapping[str, str],
    reader: Callable[[str], list[Quantity]] = read,
) -> Reading:
    """Claims and unresolved figures of `notes`, by source then in the note's order.

    `gazetteer`: name -> canonical place, beside the vocabulary's own names, which win. ClaimError names file, line
    and sentence: no figure, a figure without a unit, no place or several, several phases or dates, a tie.
    """
    known = {**by_words(gazetteer), **rules.places}
    rows = _identified(
        row
        for note in sorted(notes, key=lambda one: one.source_id)
        for sentence in note.sentences
        for row in _figures(_context(note, sentence, rules, known), reader)
    )
    every = pl.DataFrame(list(rows), schema={**COLUMNS, "text": pl.String})
    resolved = pl.col("concept").is_not_null()
    return Reading(every.filter(resolved).drop("text"), every.filter(~resolved))


def enumerations(notes: Iterable["Note"]) -> pl.DataFrame:
    """What sources list, one row an item by source, in the note's order; `item` null where names are not given."""
    rows = [
        (note.source_id, one.concept, one.place, rank + 1, one.items[rank] if one.items else None)
        for note in sorted(notes, key=lambda one: one.source_id)
        for one in note.enumerations
        for rank in range(one.listed)
    ]
    return pl.DataFrame(rows, schema=LIST_COLUMNS, orient="row")


def _identified(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows with an id that only figures of the same source, concept and place can change."""
    seen: Counter[str] = Counter()
    for row in rows:
        stem = f"{row['source_id']}:{row['concept'] or 'unresolved'}:{_slug(row['place'])}"
        seen[stem] += 1
        yield {"claim_id": f"{stem}:{seen[stem]}", **row}


def _context(note: "Note", sentence: "Sentence", rules: Vocabulary, known: Mapping[Phrase, Any]) -> _Context:
    spans, words = _tokens(sentence.text)
    lower = tuple(word.lower() for word in words)
    phases, places = _named(lower, rules.phases), _named(words, known)
    found = [*phases, *places, *((*hit, None) for phrase in rules.names for hit in _hits(lower, phrase))]
    names = tuple((spans[first][0], spans[last - 1][1]) for first, last, _ in found)
    numbers = {value for *_, value in phases}
    if len(numbers) > 1:
        _refuse_sentence(note, sentence, "two phases are named.", "Keep one phase a sentence")
    place = _place(note, sentence, {value for *_, value in places if value}, rules.whole)
    return _Context(note, sentence, rules, lower, names, place, *(numbers or {None}))


def _place(note: "Note", sentence: "Sentence", found: set[str], whole: str) -> str:
    """The one place named; the whole gives way to a part of it."""
    narrow = sorted(found - {whole} or found)
    if not narrow:
        _refuse_sentence(note, sentence, "no known place.", "Name a place of the lists or of the vocabulary")
    if len(narrow) > 1:
        _refuse_sentence(note, sentence, f"several places: {', '.join(narrow)}.", "Keep one place a sentence")
    return narrow[0]


def _figures(context: _Context, reader: Callable[[str], list[Quantity]]) -> Iterator[dict[str, Any]]:
    """One row a figure. Dates are the context of the other figures, unless they are what the sentence is about."""
    found = [one for one in reader(context.sentence.text) if not _inside(one, context.names)]
    dates = [one for one in found if _is_calendar(one)]
    measured = [one for one in found if not _is_calendar(one)]
    chosen = measured or [one for one in dates if _concept(one, context)] or dates
    if not chosen:
        context.refuse("no figure.", "Move the sentence to ## Remarques")
    as_of = _as_of([one for one in dates if one not in chosen], chosen, context)
    for one in chosen:
        yield _row(one, _concept(one, context), as_of, context)


def _row(figure: Quantity, concept: str | None, as_of: str, context: _Context) -> dict[str, Any]:
    unit = _unit(figure, context)
    factor = (context.rules.units[unit].scaled or {}).get(_lemma(figure), 1) if unit else 1
    low, high = (None if one is None else round(one * factor, 9) for one in (figure.value_low, figure.value_high))
    text = context.sentence.text
    return {
        "source_id": context.note.source_id,
        "concept": concept,
        "place": context.place,
        "phase": context.phase,
        "value_low": low,
        "value_high": high,
        # A period is as exact as a date: its two ends are not the bounds of an uncertain value.
        "qualifier": "exact" if _is_calendar(figure) else figure.qualifier,
        "unit": unit or figure.unit,
        "as_of": as_of,
        "sentence": text,
        "start": figure.start,
        "end": figure.end,
        "text": text[figure.start : figure.end],
    }


def _unit(figure: Quantity, context: _Context) -> str | None:
    """Unit of a figure by its kind, else by its lemma; None when the vocabulary does not know the lemma."""
    if figure.kind == "count" and not figure.unit:
        number = context.sentence.text[figure.start : figure.end]
        context.refuse(f"the figure {number!r} has no unit.", "Write what is counted right after it")
    index = context.rules.unit_of
    return index.get(figure.kind) or index.get(_lemma(figure))


def _concept(figure: Quantity, context: _Context) -> str | None:
    """The concept with most triggers in the sentence, among those of the figure's unit; None without any."""
    unit, lemma = _unit(figure, context), _lemma(figure)
    scores: dict[str, int] = {}
    for name, one in context.rules.concepts.items():
        fits = unit in one.units and (not one.nouns or lemma in one.nouns)
        if fits and not any(_hits(context.words, phrase) for phrase in one.excluding):
            scores[name] = sum(bool(_hits(context.words, phrase)) for phrase in one.calling)
    best = [name for name, score in scores.items() if score and score == max(scores.values())]
    if len(best) > 1:
        repair = "Reword the sentence, or add `never_with` to one of them in data/raw/vocabulary.yaml"
        context.refuse(f"two concepts are equally good: {', '.join(best)}.", repair)
    return best[0] if best else None


def _as_of(dates: list[Quantity], chosen: list[Quantity], context: _Context) -> str:
    """The date or period written beside the figure, else the date that is the figure, else the source's."""
    written = sorted({_iso(one, context) for one in dates})
    if len(written) > 1:
        context.refuse(f"several dates: {', '.join(written)}.", "Keep one date a sentence")
    if written:
        return written[0]
    return _iso(chosen[0], context) if chosen[0].kind == "date" else context.note.published


def _iso(figure: Quantity, context: _Context) -> str:
    iso = figure.iso or str(figure.value_low)
    if not CALENDAR.fullmatch(iso):
        context.refuse(f"the date {iso} has no year.", "Write the year")
    return iso


def _lemma(figure: Quantity) -> str:
    return (figure.unit or "").replace("’", "'")


def _is_calendar(figure: Quantity) -> bool:
    """A date, a year or a period between years, but not a duration."""
    return figure.kind in ("date", "year") or (figure.kind == "period" and not (figure.iso or "").startswith("P"))


# --- words -------------------------------------------------------------------------------------------------


def _tokens(text: str) -> tuple[list[Span], Phrase]:
    found = list(WORD.finditer(text))
    return [one.span() for one in found], tuple(one.group() for one in found)


def _words(text: str) -> Phrase:
    return _tokens(text)[1]


def _pattern(text: str) -> Phrase:
    return tuple(re.findall(r"\w+\*?", text.lower()))


def _named(words: Phrase, names: Mapping[Phrase, Any]) -> list[tuple[int, int, Any]]:
    """Names among the words, as first and last + 1 word and what they name; the longest name wins."""
    longest, found, first = max(map(len, names), default=0), [], 0
    while first < len(words):
        sizes = range(min(longest, len(words) - first), 0, -1)
        size = next((size for size in sizes if words[first : first + size] in names), 0)
        if size:
            found.append((first, first + size, names[words[first : first + size]]))
        first += size or 1
    return found


def _hits(words: Phrase, pattern: Phrase) -> list[Span]:
    """Where a phrase stands among the words; a word of it that ends in * is a stem."""
    size = len(pattern)
    return [
        (first, first + size)
        for first in range(len(words) - size + 1 if size else 0)
        if all(word.startswith(one[:-1]) if one[-1] == "*" else word == one
               for word, one in zip(words[first : first + size], pattern, strict=True))
    ]  # fmt: skip


def _inside(figure: Quantity, names: Iterable[Span]) -> bool:
    return any(first <= figure.num_start and figure.num_end <= last for first, last in names)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def _refuse_sentence(note: "Note", sentence: "Sentence", what: str, repair: str) -> NoReturn:
    _refuse(note.path, f"line {sentence.line}: {what} Sentence: « {sentence.text} ».", repair)


def _refuse(where: str, what: str, repair: str, cause: Exception | None = None) -> NoReturn:
    raise ClaimError(what, where=where, repair=f"{repair}, then run `dvc repro`.") from cause
