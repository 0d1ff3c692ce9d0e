"""The official lists, corrected, checked against each other and against the COG."""

from pathlib import Path

from analysis import corrections, registry, store, yaml_files


def run(root: Path) -> None:
    """The official lists, corrected, checked against each other and against the COG."""
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    store.write_tables(registry.build(corrections.apply(store.read_raw_tables(root), fixes)), root)
