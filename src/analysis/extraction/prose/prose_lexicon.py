"""What the reader of free prose looks for, from the vocabulary: signs in one finder, and the rules of concepts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from analysis.extraction.prose.folded_words import Finder, fold, phrase_of
from analysis.extraction.vocabulary import Concept, Phrase, Vocabulary, words_of

STRONG, HINT = 1.0, 0.4
UNCOUNTED = {"EUR", "EUR/year", "%", "factor", "date", "rank"}
# Lists of words that stand for themselves: what their sign is called, and where the vocabulary holds them.
_PLAIN = {
    "programme": "programme", "own": "own_names", "other": "other_programmes", "country": "country",
    "weak": "weak_before", "national": "national_cues", "saying": "saying", "according": "according",
    "earlier": "earlier", "following": "following", "event": "events", "pronoun": "pronouns",
    "same_period": "same_period", "yearly": "yearly", "unnamed": "unnamed", "aside": "asides",
    "delta": "deltas", "body": "bodies_of_members", "idiom": "idioms", "first_person": "first_person",
}  # fmt: skip
_GROUPED: tuple[tuple[str, str, type[str] | type[int]], ...] = (
    ("stand_in", "stand_ins", str), ("implied", "implied", str), ("scale", "scales", int),
    ("head_noun", "head_nouns", str), ("phase", "phases", int),
)  # fmt: skip
ARTICLES = frozenset({"la", "le", "les", "l"})
LINKS = frozenset({"de", "du", "des", "d", "l", "la", "le"})


class Call(NamedTuple):
    """A word that calls for a concept: how strongly, and whether from anywhere in the sentence."""

    concept: str
    strength: float
    far: bool = False
    generic: bool = False  # a verb of counting: it does not tell which noun is left out


@dataclass(frozen=True)
class ConceptRule:
    """One concept as free prose states it: units, counted nouns, kinds of place, what its counted noun says alone."""

    name: str
    units: frozenset[str]
    nouns: frozenset[str]
    kinds: frozenset[str]
    also_on: frozenset[str]
    default: float
    has_needs: bool
    has_context: bool
    is_between: bool  # what changed from one phase to the next
    least: float  # what it counts at least in the whole country


class Spelling(NamedTuple):
    """How names are told from words: names that are also words, what precedes them, lower-case words of names."""

    wary: frozenset[Phrase]
    before: frozenset[str]
    generic: frozenset[str]

    @classmethod
    def of(cls, prose: Mapping[str, Any]) -> "Spelling":
        """From the vocabulary's part for free prose."""
        wary = frozenset(phrase_of(one) for one in prose.get("wary_names", ()))
        words = [frozenset(map(fold, prose.get(key, ()))) for key in ("wary_before", "words_of_names")]
        return cls(wary, words[0], words[1] | LINKS | ARTICLES)


@dataclass(frozen=True)
class Lexicon:
    """Every sign that is looked for, in one finder; concepts by name and by unit; the vocabulary they are from."""

    rules: Vocabulary
    signs: Finder  # values: (what kind of sign, what it stands for)
    concepts: Mapping[str, ConceptRule]
    by_unit: Mapping[str, tuple[str, ...]]
    unit_of_noun: Mapping[str, str]
    of_words: Mapping[str, tuple[tuple[Phrase, str], ...]]
    not_counts: frozenset[str]  # words before a number that is no count: page, bureau
    elided: frozenset[str]  # lemmas that stand beside a number without being what is counted
    counted: frozenset[str]  # lemmas that mean a unit
    spelling: Spelling

    @classmethod
    def of(cls, rules: Vocabulary) -> "Lexicon":
        """From the vocabulary's own words and those of free prose (`with_words`)."""
        prose = rules.prose
        own = prose.get("concepts", {})
        concepts = {name: _rule(name, one, own.get(name, {}), prose) for name, one in rules.concepts.items()}
        by_unit: dict[str, list[str]] = {}
        for name, one in concepts.items():
            for unit in sorted(one.units):
                by_unit.setdefault(unit, []).append(name)
        nouns = {noun: unit for unit, each in prose.get("nouns", {}).items() for noun in each}
        of_words: dict[str, list[tuple[Phrase, str]]] = {}
        for unit, each in prose.get("of_words", {}).items():
            for noun, follow in each.items():
                of_words.setdefault(noun, []).extend((phrase_of(one), unit) for one in follow)
        return cls(
            rules, Finder(_signs(rules, own)), concepts, {k: tuple(v) for k, v in by_unit.items()}, nouns,
            {noun: tuple(each) for noun, each in of_words.items()}, frozenset(map(fold, prose.get("not_counts", ()))),
            frozenset(prose.get("elided", ())), frozenset({*nouns, *rules.unit_of}),
            Spelling.of(prose),
        )  # fmt: skip


_last: list[Lexicon] = []


def lexicon_of(rules: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary, made once for the documents that are read with it one after the other."""
    if not _last or _last[0].rules is not rules:
        _last[:] = [Lexicon.of(rules)]
    return _last[0]


def _rule(name: str, concept: Concept, own: Mapping[str, Any], prose: Mapping[str, Any]) -> ConceptRule:
    return ConceptRule(
        name,
        frozenset(concept.units),
        frozenset(own.get("nouns", ())),
        frozenset(kinds_of(concept.measured_on, prose.get("kinds", {})) - set(own.get("not_on", ()))),
        frozenset(own.get("also_on", ())),
        float(own.get("default", 0)),
        bool(own.get("needs")),
        bool(own.get("context")),
        bool(own.get("between_phases")),
        float(own.get("least", 0)),
    )


def kinds_of(measured_on: str, kinds: Mapping[str, Iterable[str]]) -> set[str]:
    """Kinds of place that a concept is measured on, from the French words that say it."""
    words = set(words_of(measured_on))
    return {kind for kind, each in kinds.items() if not words.isdisjoint(each)}


def _signs(rules: Vocabulary, own: Mapping[str, Any]) -> Iterator[tuple[Phrase, tuple[str, Any]]]:
    prose = rules.prose
    generic = frozenset(map(phrase_of, prose.get("counting", ())))
    for name, concept in rules.concepts.items():
        yield from _concept_signs(name, concept, own.get(name, {}), generic)
    for sign, key in _PLAIN.items():
        yield from ((phrase_of(one), (sign, one)) for one in prose.get(key, ()))
    for phrase, number in rules.phases.items():
        yield phrase_of(" ".join(phrase)), ("phase", number)
    for sign, key, kind in _GROUPED:
        for value, each in prose.get(key, {}).items():
            yield from ((phrase_of(one), (sign, kind(value))) for one in each)
    for unit, each in _noun_forms(rules).items():
        yield from ((phrase, ("noun", unit)) for phrase in each)


def _concept_signs(
    name: str, concept: Concept, own: Mapping[str, Any], generic: frozenset[Phrase]
) -> Iterator[tuple[Phrase, tuple[str, Any]]]:
    strict = concept.triggers if own.get("strict", True) else ()
    for phrase in dict.fromkeys(map(phrase_of, (*strict, *own.get("calls", ())))):
        yield phrase, ("call", Call(name, STRONG, generic=phrase in generic))
    for one in own.get("hints", ()):
        yield phrase_of(one), ("call", Call(name, HINT, generic=phrase_of(one) in generic))
    for one in own.get("far_calls", ()):
        yield phrase_of(one), ("call", Call(name, STRONG, far=True))
    for phrase in dict.fromkeys(map(phrase_of, (*concept.never_with, *own.get("never", ())))):
        yield phrase, ("never", name)
    for one in own.get("far_never", ()):
        yield phrase_of(one), ("far_never", name)
    for sign in ("needs", "context"):
        yield from ((phrase_of(one), (sign, name)) for one in own.get(sign, ()))


def _noun_forms(rules: Vocabulary) -> dict[str, set[Phrase]]:
    """Counted nouns of each unit, in the singular and the plural."""
    more = rules.prose.get("nouns", {})
    return {
        name: {
            phrase_of(lemma.replace(" ", f"{ending} ", 1) if " " in lemma else lemma + ending)
            for lemma in (*unit.lemmas, *more.get(name, ()))
            for ending in ("", "s", "x")
        }
        for name, unit in rules.units.items()
        if name not in UNCOUNTED and unit.lemmas
    }
