"""The rules that give a figure its meaning: units, concepts, phases and places, and the words they look for (pure)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

import polars as pl

from analysis.errors import ClaimError

VOCABULARY = "data/raw/vocabulary.yaml"
PLACES = ("communes", "intercommunalities", "departments", "regions")  # raw tables of places that a note may name
WORD = re.compile(r"\w+")
Phrase = tuple[str, ...]  # words; in triggers lower case, and one that ends in * is a stem
Span = tuple[int, int]
FILLED, MARKS = re.compile(r"\{(\w+)\}"), {"s", "x"}  # what a sentence fills in; the marks of the plural


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
    sentence: str | Mapping[str, str] = ""  # how a drafted note says it, by unit where they differ

    def template(self, unit: str | None) -> str:
        """The sentence of a figure of this unit; empty where the vocabulary has none."""
        if unit not in self.units:
            return ""
        return self.sentence if isinstance(self.sentence, str) else self.sentence.get(unit, "")

    @property
    def units(self) -> set[str]:
        """Every unit the concept is counted in."""
        return {self.unit} if isinstance(self.unit, str) else set(self.unit)

    @cached_property
    def calling(self) -> tuple[Phrase, ...]:
        """Triggers as words and stems."""
        return tuple(map(pattern_of, self.triggers))

    @cached_property
    def excluding(self) -> tuple[Phrase, ...]:
        """`never_with` as words and stems."""
        return tuple(map(pattern_of, self.never_with))


@dataclass(frozen=True)
class Vocabulary:
    """The rules, indexed: unit of a lemma or a kind, concepts by name, names of phases and places by words."""

    units: Mapping[str, Unit]
    unit_of: Mapping[str, str]
    concepts: Mapping[str, Concept]
    phases: Mapping[Phrase, int]
    places: Mapping[Phrase, str | None]  # None: the name of something else that holds a place's name
    whole: str
    prose: Mapping[str, Any] = field(default_factory=dict)  # what only the reader of free prose looks for
    # Places as a drafted sentence has them; (…, "*"): names that begin so, as "{place}".
    written: Mapping[Phrase, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[Phrase, ...]:
        """Triggers of several words: a numeral inside one is part of a name."""
        return tuple(phrase for one in self.concepts.values() for phrase in one.calling if len(phrase) > 1)


# --- the rules ---------------------------------------------------------------------------------------------


def parse(raw: Mapping[str, Any], where: str = VOCABULARY) -> Vocabulary:
    """Rules from parsed YAML; ClaimError names the entry with an unknown key, unit, or a lemma of two units."""
    try:
        units = {name: _built(Unit, name, entry, where) for name, entry in raw["units"].items()}
        concepts = {name: _built(Concept, name, entry, where) for name, entry in raw["concepts"].items()}
        named_places = raw["places"]["aliases"]
        aliases = {alias: place for place, names in named_places.items() for alias in names}
        others = dict.fromkeys(map(words_of, raw["places"]["not_places"]))
        phases = {pattern_of(name): int(key) for key, one in raw["phases"].items() for name in one["mentions"]}
        places = {**by_words(aliases), **others}
        fronts = ((before, name) for before, names in raw["places"].get("written", {}).items() for name in names)
        written = dict(_written(before, name, places) for before, name in fronts)
        whole = raw["places"]["whole"]
        rules = Vocabulary(units, _unit_index(units, where), concepts, phases, places, whole, written=written)
    except KeyError as error:
        refuse(where, f"the entry {error} is missing.", "Complete the vocabulary", error)
    except (TypeError, AttributeError, ValueError) as error:
        refuse(where, f"an entry is of the wrong shape ({error}).", "Complete the vocabulary", error)
    for name, concept in concepts.items():
        if unknown := concept.units - set(units):
            refuse(where, f"concept {name}: unknown unit {', '.join(sorted(unknown))}.", "Add it under `units`")
        _require_sayable(name, concept, rules, where)
    return rules


def _written(before: str, name: str, places: Mapping[Phrase, str | None]) -> tuple[Phrase, str]:
    """A place's words, and its name behind the word that it takes; a last `*` stands for the rest of names."""
    words, gap = words_of(name), "" if before.endswith("’") else " "
    if name.endswith("*"):
        return (*words, "*"), f"{before}{gap}{{place}}"
    return words_of(places.get(words) or name), f"{before}{gap}{name}"


def _require_sayable(name: str, concept: Concept, rules: Vocabulary, where: str) -> None:
    """Refuse a sentence whose places to fill are wrong, or whose words call for another concept of its unit."""
    if isinstance(concept.sentence, dict) and (others := set(concept.sentence) - concept.units):
        refuse(where, f"concept {name}: a sentence for {others.pop()}, no unit of it.", "Leave it out")
    for unit in sorted(concept.units):
        template, one = concept.template(unit), rules.units[unit]
        if not template:
            continue
        if not isinstance(template, str) or set(FILLED.findall(template)) - MARKS != {"figure", "place", "phase"}:
            refuse(where, f"concept {name}: {template!r} fills other places.", "Write {figure}, {place} and {phase}")
        for plural in (False, True):
            said = filled(template, plural=plural, figure=" ".join(map(str, one.lemmas if one.kinds else ())))
            if (best := most_called(_rivals(words_of(said.lower()), concept, unit, rules))) != [name]:
                what = f"concept {name}: {template!r} calls for {', '.join(best) or 'no concept'}."
                refuse(where, what, "Use words of its triggers and none of `never_with` in `sentence`")


def filled(template: str, *, plural: bool, **parts: str) -> str:
    """A concept's sentence with its parts in their places; the marks of the plural where `plural`."""
    marks = {mark: mark * plural for mark in MARKS}
    return FILLED.sub(lambda found: {**marks, **parts}.get(found[1], ""), template)


def _rivals(words: Phrase, concept: Concept, unit: str, rules: Vocabulary) -> dict[str, int]:
    """How much the words call for each concept that could take this one's figures of the unit."""
    nouns, every = set(concept.nouns), rules.concepts.items()
    return calls(words, {name: one for name, one in every
                         if unit in one.units and (not nouns or not one.nouns or nouns & set(one.nouns))})  # fmt: skip


def _built(kind: type[Any], name: str, entry: Mapping[str, Any], where: str) -> Any:
    try:
        for key in {"lemmas", "kinds", "triggers", "nouns", "never_with"} & set(entry):
            if not isinstance(entry[key], list):
                raise TypeError(f"{kind.__name__}.__init__() {key} is not a list")
        if not isinstance(entry.get("sentence", ""), str | dict):
            raise TypeError(f"{kind.__name__}.__init__() sentence is neither a text nor a text by unit")
        return kind(**entry)
    except TypeError as error:
        what = str(error).replace(f"{kind.__name__}.__init__()", f"{kind.__name__.lower()} {name}:")
        refuse(where, f"{what}.", "Correct the entry", error)


def _unit_index(units: Mapping[str, Unit], where: str) -> dict[str, str]:
    index: dict[str, str] = {}
    for name, unit in units.items():
        for word in (*unit.lemmas, *unit.kinds, *(unit.scaled or ())):
            if index.setdefault(word, name) != name:
                refuse(where, f"unit {name}: {word!r} already means {index[word]}.", "Keep one unit a word")
    return index


def names_in(tables: Iterable[pl.DataFrame]) -> dict[str, str]:
    """The names of places in official lists, each of which is its own place."""
    return {name: name for table in tables for name in table.get_column("name")}


def by_words(aliases: Mapping[str, str]) -> dict[Phrase, str | None]:
    """Place by the words of each of its names; upper and lower case differ, punctuation does not count."""
    return {words_of(alias): place for alias, place in aliases.items()}


def calls(words: Phrase, concepts: Mapping[str, Concept]) -> dict[str, int]:
    """Concepts that lower-case words do not exclude, and how many of their triggers stand among the words."""
    return {
        name: sum(bool(hits(words, phrase)) for phrase in one.calling)
        for name, one in concepts.items()
        if not any(hits(words, phrase) for phrase in one.excluding)
    }


def most_called(scores: Mapping[str, int]) -> list[str]:
    """The concepts with most triggers; none without any."""
    return [name for name, score in scores.items() if score and score == max(scores.values())]


# --- words -------------------------------------------------------------------------------------------------


def tokens(text: str) -> tuple[list[Span], Phrase]:
    """Where each word of a text stands, and the words."""
    found = list(WORD.finditer(text))
    return [one.span() for one in found], tuple(one.group() for one in found)


def words_of(text: str) -> Phrase:
    """The words of a text, as they are written."""
    return tokens(text)[1]


def pattern_of(text: str) -> Phrase:
    """The words of a trigger in lower case, each with its final * where it is a stem."""
    return tuple(re.findall(r"\w+\*?", text.lower()))


def named(words: Phrase, names: Mapping[Phrase, Any]) -> list[tuple[int, int, Any]]:
    """Names among the words, as first and last + 1 word and what they name; the longest name wins."""
    longest, found, first = max(map(len, names), default=0), [], 0
    while first < len(words):
        sizes = range(min(longest, len(words) - first), 0, -1)
        size = next((size for size in sizes if words[first : first + size] in names), 0)
        if size:
            found.append((first, first + size, names[words[first : first + size]]))
        first += size or 1
    return found


def hits(words: Phrase, phrase: Phrase) -> list[Span]:
    """Where a phrase stands among the words; a word of it that ends in * is a stem."""
    size = len(phrase)
    return [
        (first, first + size)
        for first in range(len(words) - size + 1 if size else 0)
        if all(word.startswith(one[:-1]) if one[-1] == "*" else word == one
               for word, one in zip(words[first : first + size], phrase, strict=True))
    ]  # fmt: skip


def slug(text: str) -> str:
    """A text in lower-case ASCII letters and digits, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def refuse(where: str, what: str, repair: str, cause: Exception | None = None) -> NoReturn:
    """Raise ClaimError with the file, what is wrong and what to do."""
    raise ClaimError(what, where=where, repair=f"{repair}, then run `dvc repro`.") from cause
