"""The ledger's facts and rules over the project's real tables."""

import pytest

from analysis import ledger
from analysis.extraction import vocabulary
from analysis.sources import provenance


@pytest.fixture(scope="session")
def rules(root):
    return provenance.load_vocabulary(root / "data/raw/vocabulary.yaml")


@pytest.fixture(scope="session")
def facts(table, raw, rules):
    return ledger.Facts.of({name: raw[name] if name in raw else table(name) for name in ledger.READ}, rules)


@pytest.fixture(scope="session")
def checks(root, rules, facts):
    entries = provenance.read_yaml(root / "data/raw/checks.yaml")
    return ledger.parse(entries, vocabulary.parse(rules).concepts, facts.functions())
