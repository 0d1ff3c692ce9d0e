"""Claims: figures of the notes, each with its concept, unit, place, phase and date (pure)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, NoReturn

import polars as pl

from analysis.extraction.figure_units import bounds_of, hedge_of, is_calendar, lemma_of, unit_of
from analysis.extraction.numerals import Quantity, read
from analysis.extraction.vocabulary import (
    Phrase,
    Span,
    Vocabulary,
    by_words,
    calls,
    hits,
    most_called,
    named,
    refuse,
    slug,
    tokens,
)
from analysis.sources.notes import Note, Sentence

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


class Reading(NamedTuple):
    """Claims, and the figures that no concept takes: same columns, `concept` null, and the figure's `text`."""

    claims: pl.DataFrame
    unresolved: pl.DataFrame


# --- reading notes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence, and what it says around its figures."""

    note: Note
    sentence: Sentence
    rules: Vocabulary
    names: tuple[Span, ...]
    calls: Mapping[str, int]  # triggers of each concept in the sentence; none of those that it excludes
    place: str
    phase: int | None

    def refuse(self, what: str, repair: str) -> NoReturn:
        """ClaimError with the file, the line and the sentence."""
        _refuse_sentence(self.note, self.sentence, what, repair)


def claims_from_notes(
    notes: Iterable[Note],
    rules: Vocabulary,
    gazetteer: Mapping[str, str],
    reader: Callable[[str], list[Quantity]] = read,
) -> Reading:
    """Claims and unresolved figures of `notes`, by source then in the note's order.

    `gazetteer`: name -> canonical place, beside the vocabulary's own names, which win. ClaimError names file, line
    and sentence: no figure, a figure without a unit, no place or several, several phases or dates, a tie.
    """
    known = known_places(rules, gazetteer)
    rows = _identified(
        row
        for note in sorted(notes, key=lambda one: one.source_id)
        for sentence in note.sentences
        for row in figures_of(note, sentence, rules, known, reader)
    )
    every = pl.DataFrame(list(rows), schema={**COLUMNS, "text": pl.String})
    resolved = pl.col("concept").is_not_null()
    return Reading(every.filter(resolved).drop("text"), every.filter(~resolved))


def known_places(rules: Vocabulary, gazetteer: Mapping[str, str]) -> dict[Phrase, str | None]:
    """Places by the words of their names; the vocabulary's own names win."""
    return {**by_words(gazetteer), **rules.places}


def figures_of(
    note: Note,
    sentence: Sentence,
    rules: Vocabulary,
    known: Mapping[Phrase, str | None],
    reader: Callable[[str], list[Quantity]] = read,
) -> list[dict[str, Any]]:
    """The figures of one sentence of a note, as rows of `COLUMNS` without an id; ClaimError as `claims_from_notes`."""
    return list(_figures(_context(note, sentence, rules, known), reader))


def enumerations(notes: Iterable[Note]) -> pl.DataFrame:
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
        stem = f"{row['source_id']}:{row['concept'] or 'unresolved'}:{slug(row['place'])}"
        seen[stem] += 1
        yield {"claim_id": f"{stem}:{seen[stem]}", **row}


def _context(note: Note, sentence: Sentence, rules: Vocabulary, known: Mapping[Phrase, Any]) -> _Context:
    spans, words = tokens(sentence.text)
    lower = tuple(word.lower() for word in words)
    phases, places = named(lower, rules.phases), named(words, known)
    found = [*phases, *places, *((*hit, None) for phrase in rules.names for hit in hits(lower, phrase))]
    names = tuple((spans[first][0], spans[last - 1][1]) for first, last, _ in found)
    numbers = {value for *_, value in phases}
    if len(numbers) > 1:
        _refuse_sentence(note, sentence, "two phases are named.", "Keep one phase a sentence")
    place = _place(note, sentence, {value for *_, value in places if value}, rules.whole)
    return _Context(note, sentence, rules, names, calls(lower, rules.concepts), place, *(numbers or {None}))


def _place(note: Note, sentence: Sentence, places: set[str], whole: str) -> str:
    """The one place named; the whole gives way to a part of it."""
    narrow = sorted(places - {whole} or places)
    if not narrow:
        _refuse_sentence(note, sentence, "no known place.", "Name a place of the lists or of the vocabulary")
    if len(narrow) > 1:
        _refuse_sentence(note, sentence, f"several places: {', '.join(narrow)}.", "Keep one place a sentence")
    return narrow[0]


def _figures(context: _Context, reader: Callable[[str], list[Quantity]]) -> Iterator[dict[str, Any]]:
    """One row a figure. Dates are the context of the other figures, unless they are what the sentence is about."""
    found = [one for one in reader(context.sentence.text) if not _inside(one, context.names)]
    dates = [one for one in found if is_calendar(one)]
    measured = [one for one in found if not is_calendar(one)]
    chosen = measured or [one for one in dates if _concept(one, context)] or dates
    if not chosen:
        context.refuse("no figure.", "Move the sentence to ## Remarques")
    as_of = _as_of([one for one in dates if one not in chosen], chosen, context)
    for one in chosen:
        yield _row(one, _concept(one, context), as_of, context)


def _row(figure: Quantity, concept: str | None, as_of: str, context: _Context) -> dict[str, Any]:
    unit = _unit(figure, context)
    low, high = bounds_of(figure, unit, context.rules)
    text = context.sentence.text
    return {
        "source_id": context.note.source_id,
        "concept": concept,
        "place": context.place,
        "phase": context.phase,
        "value_low": low,
        "value_high": high,
        "qualifier": hedge_of(figure),
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
    return unit_of(figure, context.rules)


def _concept(figure: Quantity, context: _Context) -> str | None:
    """The concept with most triggers in the sentence, among those of the figure's unit; None without any."""
    unit, lemma = _unit(figure, context), lemma_of(figure)
    scores = {
        name: context.calls.get(name, 0)
        for name, one in context.rules.concepts.items()
        if unit in one.units and (not one.nouns or lemma in one.nouns)
    }
    best = most_called(scores)
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


def _inside(figure: Quantity, names: Iterable[Span]) -> bool:
    return any(first <= figure.num_start and figure.num_end <= last for first, last in names)


def _refuse_sentence(note: Note, sentence: Sentence, what: str, repair: str) -> NoReturn:
    refuse(note.path, f"line {sentence.line}: {what} Sentence: « {sentence.text} ».", repair)
