"""Each published figure confronted with the lists, with arithmetic and with other figures."""

from pathlib import Path

from analysis import ledger
from analysis.extraction import vocabulary
from analysis.io import store, yaml_files
from analysis.io.paths import RAW
from analysis.sources import corrections, provenance


def run(root: Path) -> None:
    """Each published figure confronted with the lists, with arithmetic and with other figures."""
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    raw = corrections.apply(store.read_raw_tables(root), fixes)
    words = provenance.load_vocabulary(root / RAW / "vocabulary.yaml")
    rules = vocabulary.parse(words)  # before its places are looked at: what is missing is named
    tables = {name: store.read_table(name, root) for name in ledger.TABLES}
    facts = ledger.Facts.build(raw, tables, words["places"]["aliases"])
    entries = yaml_files.read_yaml(root / RAW / "checks.yaml")
    checks = ledger.parse(entries, rules.concepts, facts.functions())
    judged = ledger.verdicts(tables["core_claims"], facts, checks)
    store.write_tables({"out_ledger": judged}, root)
    ledger.require_sound(judged)
