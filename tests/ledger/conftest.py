"""The ledger's facts and rules over the project's real tables."""

import polars as pl
import pytest

from analysis import ledger
from analysis.extraction import vocabulary
from analysis.sources import provenance

FIGURE = {"doc": "essai", "place": "France", "phase": 2, "qualifier": "exact", "as_of": "2023-11-09", "doubtful": False}
SCHEMA = {
    **dict.fromkeys(("doc", "concept", "place", "qualifier", "unit", "as_of"), pl.String), "phase": pl.Int8,
    "value_low": pl.Float64, "value_high": pl.Float64, "doubtful": pl.Boolean,
}  # fmt: skip


@pytest.fixture(scope="session")
def figures():
    """Figures of a document, each by what differs from FIGURE; `value` is both bounds."""

    def build(*rows):
        bounds = [dict.fromkeys(("value_low", "value_high"), row.get("value")) for row in rows]
        whole = [FIGURE | both | row for both, row in zip(bounds, rows, strict=True)]
        return pl.DataFrame([{name: row.get(name) for name in SCHEMA} for row in whole], schema=SCHEMA)

    return build


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
