"""What figures of documents are read and judged with: the vocabulary, the places, the lists, the published figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from analysis import ledger
from analysis.extraction import vocabulary
from analysis.extraction.prose import PlaceIndex
from analysis.io import store, yaml_files
from analysis.io.paths import RAW
from analysis.sources import corrections, provenance


@dataclass(frozen=True)
class Grounds:
    """The vocabulary's rules, the places that a text may name, and what figures are confronted with."""

    rules: vocabulary.Vocabulary
    places: PlaceIndex
    facts: ledger.Facts
    checks: Sequence[ledger.Check]


@cache
def of_project(root: Path) -> Grounds:
    """The grounds of the project at `root`, read once a process; MissingFileError for a table that is not built."""
    words = provenance.load_vocabulary(root / RAW / "vocabulary.yaml")
    rules = vocabulary.parse(words)
    raw = corrections.apply(
        store.read_raw_tables(root), corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    )
    facts = _facts(raw, words, root)
    checks = ledger.parse(yaml_files.read_yaml(root / RAW / "checks.yaml"), rules.concepts, facts.functions())
    return Grounds(rules, PlaceIndex.of(raw, rules), facts, checks)


def _facts(raw: Mapping[str, pl.DataFrame], words: Mapping[str, Any], root: Path) -> ledger.Facts:
    """The official lists and the figures of the sources that have a reading note."""
    territories, members, communes, claims, listings, matches, hundreds = (
        store.read_table(name, root)
        for name in ("core_territories", "core_members", "core_communes", "core_claims", "core_enumerations",
                     "out_enumerations", "out_hundred_millions")
    )  # fmt: skip
    lists = ledger.Lists(raw, territories, members, communes, words["places"]["aliases"])
    return ledger.Facts(lists, ledger.Statements(claims, listings, matches, hundreds))
