"""Two clean builds under different circumstances, compared byte by byte: `make verify`.

Both are clones of the last commit, or copies of the files where there is no repository, built by `analysis build` with
nothing in their cache: the first as `make` does it, the second with another folder, locale, time zone, hash seed, user,
umask, number of workers and of threads, processor features, and a clock a year ahead. Prints what was compared and the
first difference of each file; its last line is one JSON object. Exits with 1 if a byte differs, or if `dvc.lock` is not
what was committed.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from analysis.io import repository
from analysis.io.paths import OUTPUTS, PROCESSED, project_root
from analysis.upkeep import sameness

COMPARED = (str(PROCESSED), str(OUTPUTS), "docs/gallery", "dvc.lock")
SHOWN = 20
FAKETIME = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1")
PINS = ("PYTHONHASHSEED", "SOURCE_DATE_EPOCH", "MPLBACKEND", "OMP_NUM_THREADS", "POLARS_ENGINE_AFFINITY")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and how a build runs; `workers` notebooks at a time, 0 for what params.yaml says."""

    folder: str
    environment: Mapping[str, str]
    umask: int = 0o022
    workers: int = 0


def usual() -> Circumstances:
    """As `make` builds."""
    return Circumstances("atlas", {name: os.environ[name] for name in PINS if name in os.environ} | {"TZ": "UTC"})


def unusual(home: Path) -> Circumstances:
    """Everything else that a machine may do otherwise; none of what the Makefile pins."""
    environment = {
        "HOME": str(home), "USER": "zoé", "LOGNAME": "zoé", "COLUMNS": "40",
        "LANG": "POSIX", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
        "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4242",
        "OMP_NUM_THREADS": "3", "POLARS_MAX_THREADS": "3",
        "OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": _vector_features(),
    }  # fmt: skip
    return Circumstances("un autre dossier/à côté/atlas (2)", environment | _later(), 0o077, 3)


def _later() -> dict[str, str]:
    """A clock a year ahead, where libfaketime is."""
    found = next((one for pattern in FAKETIME for one in sorted(Path("/").glob(pattern[1:]))), None)
    if found is None:
        return {}
    return {"LD_PRELOAD": str(found), "FAKETIME": "+366d", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}


def _vector_features() -> str:
    """What numpy found in this processor beyond what it needs, to be left unused."""
    from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__  # noqa: PLC0415

    return " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))


def build(root: Path, base: Path, how: Circumstances) -> Path:
    """A copy of the project, built from nothing."""
    folder = base / how.folder
    repository.copy(root, folder)
    if how.workers:
        params = folder / "params.yaml"
        found = params.read_text(encoding="utf-8")
        params.write_text(found.replace("workers: 2", f"workers: {how.workers}"), encoding="utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    own = {"PYTHONPATH": str(folder / "src"), "DVC_SITE_CACHE_DIR": str(folder / ".dvc/tmp/site")}
    environment = kept | dict(how.environment) | own | {"DVC_NO_ANALYTICS": "1"}
    command = [sys.executable, "-m", "analysis", "build"]
    subprocess.run(command, cwd=folder, env=environment, umask=how.umask, check=True)
    return folder


def report(console: Console, found: sameness.Comparison) -> None:
    """What was compared, and the first difference of the first files that differ."""
    console.print(f"{found.files} files, {found.size / 1e6:.1f} MB compared: {len(found.differences)} differ")
    for one in found.differences[:SHOWN]:
        console.print(f"  {one.path}: {one.how}", markup=False)
    if len(found.differences) > SHOWN:
        console.print(f"  and {len(found.differences) - SHOWN} more")


def main() -> int:
    """Build twice, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="a folder where `make` has built this commit, as the first build")
    against = parser.parse_args().against
    root, console, start = project_root(), Console(soft_wrap=True), time.perf_counter()
    if repository.changed(root):
        console.print("Changes that are not committed are not verified: the builds are clones of the last commit.")
    with TemporaryDirectory(prefix="verify-") as temporary:
        base = Path(temporary)
        (base / "home").mkdir()
        other = unusual(base / "home")
        if "FAKETIME" not in other.environment:
            console.print("NO FAKETIME HERE: both builds see the same year. Install it (apt-get install faketime).")
        builds = [against or build(root, base, usual()), build(root, base, other)]
        found = sameness.compare(*builds, COMPARED)
        unlocked = [one for one in builds if (one / "dvc.lock").read_bytes() != (root / "dvc.lock").read_bytes()]
    report(console, found)
    if unlocked:
        console.print("dvc.lock is not what was committed: run `make`, then commit it.")
    result = {
        "files": found.files,
        "bytes": found.size,
        "different": len(found.differences),
        "clock": "FAKETIME" in other.environment,
        "locks_changed": len(unlocked),
        "seconds": round(time.perf_counter() - start),
    }
    print(json.dumps(result))
    return int(bool(found.differences or unlocked))


if __name__ == "__main__":
    sys.exit(main())
