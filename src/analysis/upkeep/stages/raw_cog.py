"""The raw tables of the COG, rebuilt from its packages: no stage of the pipeline, which starts from them."""

from collections.abc import Mapping
from pathlib import Path

from analysis.errors import MissingFileError
from analysis.io import store
from analysis.io.paths import RAW
from analysis.sources import cog


def raw_from_cog(root: Path, packages: Mapping[int, Path], base: int | None = None) -> None:
    """Rebuild the raw tables of the COG from packages (year of the edition -> archive).

    They are those of the edition `base`, the latest where none is named; the changes reach from the first to the last.
    """
    if not packages:
        raise MissingFileError("no package given.", repair="Name at least one archive as EDITION=FILE.")
    base = base or max(packages)
    if base not in packages:
        what = f"no package of the edition {base}, which the tables are to be of."
        raise MissingFileError(what, repair=f"Name its archive as {base}=FILE.")
    read = {edition: store.read_cog_package(archive) for edition, archive in packages.items()}
    tables = cog.raw_tables(read[base])
    if len(read) > 1:
        tables["cog_changes"] = cog.changes(read, base)
    with store.batch() as files:
        for name, frame in tables.items():
            files.add_csv(root / RAW / f"{name}.csv", frame)
