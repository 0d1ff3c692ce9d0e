"""What figures of documents are read and judged with: the vocabulary, the places, the lists, the published figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis import ledger
from analysis.extraction import vocabulary
from analysis.extraction.prose import PlaceIndex, with_words
from analysis.io import store, yaml_files
from analysis.io.paths import RAW
from analysis.sources import corrections, provenance
from analysis.tables import BUILT


@dataclass(frozen=True)
class Grounds:
    """The vocabulary's rules, the places that a text or a note may name, and what figures are confronted with."""

    rules: vocabulary.Vocabulary
    places: PlaceIndex
    gazetteer: Mapping[str, str]
    facts: ledger.Facts
    checks: Sequence[ledger.Check]


def rules_of(root: Path) -> vocabulary.Vocabulary:
    """The vocabulary of the project at `root` with the words of free prose; ClaimError for a wrong entry of either."""
    return _rules(provenance.load_vocabulary(root / RAW / "vocabulary.yaml"), root)


def _rules(words: Mapping[str, Any], root: Path) -> vocabulary.Vocabulary:
    return with_words(vocabulary.parse(words), yaml_files.read_yaml(root / RAW / "prose.yaml"))


@cache
def of_project(root: Path) -> Grounds:
    """The grounds of the project at `root`, read once a process; MissingFileError for a table that is not built."""
    words = provenance.load_vocabulary(root / RAW / "vocabulary.yaml")
    rules = _rules(words, root)
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    raw = corrections.apply(store.read_raw_tables(root), fixes)
    tables = raw | {name: store.read_table(name, root) for name in ledger.READ if name.startswith(BUILT)}
    facts = ledger.Facts.of(tables, words)
    checks = ledger.parse(yaml_files.read_yaml(root / RAW / "checks.yaml"), rules.concepts, facts.functions())
    named = vocabulary.names_in([*(raw[name] for name in vocabulary.PLACES), tables["core_edition_territories"]])
    return Grounds(rules, PlaceIndex.of(raw, rules), named, facts, checks)
