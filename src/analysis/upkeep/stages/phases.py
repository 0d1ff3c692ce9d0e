"""What became of each territory, member and commune between the phases."""

from pathlib import Path

from analysis.io import store, yaml_files
from analysis.registry import phases
from analysis.sources import corrections


def run(root: Path) -> None:
    """What became of each territory, member and commune between the phases."""
    communes = store.read_table("core_communes", root)
    territories = store.read_table("core_territories", root)
    members = store.read_table("core_members", root)
    fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
    raw = corrections.apply(store.read_raw_tables(root), fixes)
    tables = {
        "out_phase_change": phases.phase_change(territories, communes),
        "out_phase1_fate": phases.phase1_fate(territories, communes),
        "out_member_change": phases.member_change(members, communes, raw["cog_changes"]),
        "out_region_change": phases.region_change(communes, raw["regions"]),
    }
    store.write_tables(tables, root)
