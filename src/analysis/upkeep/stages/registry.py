"""The official lists, corrected, checked against each other and against the COG."""

from pathlib import Path

from analysis.io import store, yaml_files
from analysis.registry import official_lists
from analysis.sources import corrections


def run(root: Path) -> None:
    """The official lists, corrected, checked against each other and against the COG."""
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    store.write_tables(official_lists.build(corrections.apply(store.read_raw_tables(root), fixes)), root)
