"""Fixtures shared by all tests: the project's real tables, and a small project in a temporary folder."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import geopandas as gpd
import matplotlib as mpl
import polars as pl
import pytest
from browsers import FLAGS, chromium
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from analysis.io import store
from analysis.io.paths import project_root

mpl.use("agg")
# Derandomised: a test run is as reproducible as the project; no deadline: machines differ.
settings.register_profile("atlas", deadline=None, derandomize=True)
settings.load_profile("atlas")
expect.set_options(timeout=15_000)  # a slow machine is no failure
ROOT = project_root(Path(__file__))


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def table() -> Callable[[str], pl.DataFrame]:
    """A processed table of the real project by name."""
    return lambda name: store.read_table(name, ROOT)


@pytest.fixture(scope="session")
def geo() -> Callable[..., gpd.GeoDataFrame]:
    """A processed GeoParquet table of the real project by name, and one of its layers."""
    return lambda name, layer=None: store.read_geo(name, ROOT, layer=layer)


@pytest.fixture(scope="session")
def raw() -> Mapping[str, pl.DataFrame]:
    """Every raw table of the real project, checked."""
    return store.read_raw_tables(ROOT)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a run starts from: raw data, parameters, notebooks and the pipeline's definition."""
    folder = tmp_path / "project"
    for name in ("data/raw", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("documents", ".ipynb_checkpoints"))
    for name in ("CITATION.cff", "dvc.yaml", "params.yaml", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def built(project: Path) -> Path:
    """A copy of the project with its processed tables; the reports' slices are read where they are."""
    processed = project / "data/processed"
    shutil.copytree(ROOT / "data/processed", processed, ignore=shutil.ignore_patterns("slices"))
    (processed / "slices").symlink_to(ROOT / "data/processed/slices")
    return project


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, once a process; where there is none the tests are skipped, and say so."""
    path = chromium()
    if not path:
        pytest.skip("NOT TESTED IN A BROWSER: no Chromium here. Install it (`apt-get install chromium`), then rerun.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
