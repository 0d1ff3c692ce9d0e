"""The raw tables of the COG, rebuilt from its packages: no stage of the pipeline, which starts from them."""

from collections.abc import Mapping
from pathlib import Path

from analysis.errors import MissingFileError
from analysis.io import store
from analysis.io.paths import RAW
from analysis.sources import cog


def raw_from_cog(root: Path, packages: Mapping[int, Path]) -> None:
    """Rebuild the raw tables of the COG from packages (year of the edition -> archive); the latest is used."""
    if not packages:
        raise MissingFileError("no package given.", repair="Name at least one archive as EDITION=FILE.")
    read = {edition: store.read_cog_package(archive) for edition, archive in packages.items()}
    tables = cog.raw_tables(read[max(read)])
    if len(read) > 1:
        tables["cog_changes"] = cog.changes(read)
    with store.batch() as files:
        for name, frame in tables.items():
            files.add_csv(root / RAW / f"{name}.csv", frame)
