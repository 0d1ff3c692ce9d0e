"""The official lists, corrected, checked against each other and against the COG."""

from pathlib import Path

from analysis.io import store, yaml_files
from analysis.io.paths import RAW
from analysis.registry import memberships, official_lists
from analysis.sources import corrections, editions


def run(root: Path) -> None:
    """The official lists, corrected, checked against each other and against the COG."""
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    raw = corrections.apply(store.read_raw_tables(root), fixes)
    known = editions.load(root / RAW / editions.FILE)
    store.write_tables(official_lists.build(raw) | memberships.build(raw, known), root)
