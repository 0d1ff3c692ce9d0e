"""The words of free prose, which are data: checked, and joined to the rules of the vocabulary (pure)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from analysis.extraction.vocabulary import Vocabulary, refuse

PROSE = "data/raw/prose.yaml"
_LISTS = {
    "according", "asides", "bodies", "bodies_of_members", "census", "counting", "country", "deltas",
    "earlier", "elided", "events", "first_person", "flows", "following",
    "idioms", "national_cues", "no_first_names", "no_names", "not_counts",
    "not_places", "other_programmes", "own_names", "programme", "pronouns", "same_period", "saying",
    "unnamed", "wary_before", "wary_names", "weak_before", "words_of_names", "yearly",
}  # fmt: skip
_MAPPINGS = {
    "implied", "kinds", "nouns", "of_words", "stand_ins", "region_words", "department_words", "place_roles",
    "alias_kinds", "intercommunality_kinds", "shares_of_those", "scales", "head_nouns",
    "phases", "phase_days", "phase_years", "phase_launch", "concepts",
}  # fmt: skip
_CONCEPT_KEYS = {
    "calls", "hints", "far_calls", "never", "far_never", "default", "also_on", "not_on", "strict", "needs", "nouns",
    "between_phases", "context", "least",
}  # fmt: skip


def with_words(rules: Vocabulary, words: Any, where: str = PROSE) -> Vocabulary:
    """The rules with what only the reader of free prose looks for, from parsed YAML.

    ClaimError names a part or key that is unknown, missing or of the wrong shape, and a concept of no vocabulary.
    """
    if not isinstance(words, Mapping):
        refuse(where, "the words of free prose are not a mapping.", "Write its parts: kinds, nouns, concepts…")
    parts = dict.fromkeys(_LISTS, list) | dict.fromkeys(_MAPPINGS, dict)
    for name, shape in sorted(parts.items()):
        if name not in words:
            refuse(where, f"the part {name} is missing.", "Complete the file")
        if not isinstance(words[name], shape):
            refuse(where, f"the part {name} is no {'list' if shape is list else 'mapping'}.", "Correct the part")
    if unknown := sorted(map(str, set(words) - set(parts))):
        refuse(where, f"unknown part {', '.join(unknown)}.", "Correct its name, or leave it out")
    for name, entry in words["concepts"].items():
        _require_known(name, entry, rules, where)
    return replace(rules, prose=words)


def _require_known(name: str, entry: Any, rules: Vocabulary, where: str) -> None:
    """Refuse words of a concept that the vocabulary does not have, or a key that nothing reads."""
    if name not in rules.concepts:
        refuse(where, f"concept {name} is none of the vocabulary's.", "Add it there under `concepts`")
    if not isinstance(entry, Mapping):
        refuse(where, f"concept {name} is no mapping.", "Correct the entry")
    if unknown := set(entry) - _CONCEPT_KEYS:
        refuse(where, f"concept {name}: unknown key {', '.join(sorted(unknown))}.", "Correct the entry")
