"""Benchmark of the pipeline: dissolve against geopandas, no-op repro against dvc status, full rebuild, peak memory.

Run by `make bench`; with BASE=revision in the environment, the full rebuild is compared with that of the revision.
Prints a table; its last line is one JSON object. Times are the best of `REPEATS` runs, in seconds.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from rich.console import Console
from rich.table import Table

from analysis.io import repository, store
from analysis.io.paths import project_root
from analysis.registry import geography

REPEATS = 3
TARGET_DISSOLVE, TARGET_MEMORY_MB = 8.0, 1536
DVC = [sys.executable, "-m", "dvc"]


def best(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """Shortest wall time of several runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def dissolves(root: Path) -> tuple[float, float]:
    """Seconds to dissolve the communes into the five layers: ours, and geopandas `.dissolve()` by default."""
    communes = store.read_table("core_communes", root)
    polygons = store.read_geo("core_commune_boundaries", root).geometry.to_numpy()
    keys = communes.select(geography.LAYERS.values()).to_pandas()

    def ours() -> None:
        atoms, united = geography.dissolve_atoms(keys, polygons)
        for layer, column in geography.LAYERS.items():
            geography.dissolve(united, atoms[column], layer)

    def theirs() -> None:
        frame = gpd.GeoDataFrame(keys, geometry=polygons, crs=geography.WGS84)
        for column in geography.LAYERS.values():
            frame[[column, "geometry"]].dropna().dissolve(by=column)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return best(ours), best(theirs, 1)


def same_layers(root: Path) -> float:
    """Largest difference of area, relative, between our layers and those of `.dissolve()`, on the régions."""
    communes = store.read_table("core_communes", root)
    polygons = store.read_geo("core_commune_boundaries", root).geometry.to_numpy()
    keys = communes.select(geography.LAYERS.values()).to_pandas()
    atoms, united = geography.dissolve_atoms(keys, polygons)
    ours = geography.dissolve(united, atoms["region_code"], "region").set_index("code")["geometry"]
    frame = gpd.GeoDataFrame(keys[["region_code"]], geometry=polygons, crs=geography.WGS84)
    theirs = frame.dissolve(by="region_code").geometry
    one, other = shapely.area(ours[theirs.index].to_numpy()), shapely.area(theirs.to_numpy())
    return float(np.max(np.abs(one - other) / other))


def dvc(*arguments: str, root: Path) -> Callable[[], object]:
    """A run of dvc in a folder."""
    return lambda: subprocess.run([*DVC, *arguments], cwd=root, check=True, capture_output=True)


def rebuild(root: Path, revision: str = "HEAD") -> tuple[float, float]:
    """Seconds of a full `dvc repro` of a revision from nothing, and the peak memory in MB of the largest process yet.

    The package is the revision's own; the environment is this one.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        repository.copy(root, copy)
        if revision != "HEAD":
            subprocess.run(["git", "checkout", "-q", "--detach", revision], cwd=copy, check=True)
        repository.tell_dvc(copy)
        own = {"PYTHONPATH": str(copy / "src"), "DVC_SITE_CACHE_DIR": str(copy / ".dvc/tmp/site")}
        run = partial(subprocess.run, [*DVC, "repro"], cwd=copy, env=os.environ | own, check=True, capture_output=True)
        wall = best(run, 1)
    return wall, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure, print the table, then the JSON object."""
    root = project_root()
    ours, theirs = dissolves(root)
    noop, status = best(dvc("repro", root=root)), best(dvc("status", root=root))
    wall, memory = rebuild(root)
    base = os.environ.get("BASE", "HEAD")
    result = {
        "dissolve_s": round(ours, 2),
        "dissolve_geopandas_s": round(theirs, 2),
        "dissolve_ratio": round(theirs / ours, 1),
        "dissolve_ratio_target": TARGET_DISSOLVE,
        "dissolve_area_difference": float(np.format_float_scientific(same_layers(root), 1)),
        "repro_noop_s": round(noop, 2),
        "dvc_status_s": round(status, 2),
        "repro_noop_ratio": round(noop / status, 2),
        "rebuild_s": round(wall, 1),
        "peak_memory_mb": round(memory),
        "peak_memory_target_mb": TARGET_MEMORY_MB,
    }
    if base != "HEAD":
        before, _ = rebuild(root, base)
        result |= {"rebuild_base": base, "rebuild_base_s": round(before, 1), "rebuild_ratio": round(wall / before, 2)}
    table = Table("measure", "here", "peer or target", "ratio")
    table.add_row("dissolve into five layers", f"{ours:.2f} s", f"geopandas {theirs:.2f} s", f"{theirs / ours:.1f}×")
    table.add_row("dvc repro, nothing to do", f"{noop:.2f} s", f"dvc status {status:.2f} s", f"{noop / status:.2f}×")
    told = (f"{base} {result['rebuild_base_s']} s", f"{result['rebuild_ratio']}") if base != "HEAD" else ("", "")
    table.add_row("full rebuild", f"{wall:.1f} s", *told)
    table.add_row("peak memory, largest process", f"{memory:.0f} MB", f"≤ {TARGET_MEMORY_MB} MB", "")
    Console().print(table)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
