"""What a module imports is read in its source, through the names that the package offers too."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from analysis.io.imports import closure, load_modules, notebook_imports

PACKAGE = Path(analysis.__file__).parent


def inside(paths, package):
    return {path.relative_to(package).as_posix() for path in paths}


@pytest.fixture
def package(tmp_path):
    def write(**modules):
        for name, text in modules.items():
            path = tmp_path / "analysis" / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return tmp_path / "analysis"

    return write


def test_closure_follows_imports_within_functions(package):
    folder = package(a="def f():\n    from analysis import b", b="import analysis.c", c="", d="")
    assert inside(closure(folder, ["analysis.a"]), folder) == {"a.py", "b.py", "c.py"}


def test_closure_follows_a_name_that_the_package_offers_and_only_who_asks_for_it(package):
    folder = package(
        __init__='PUBLIC = {"Thing": "analysis.a"}', a="", b="from analysis import Thing", c="import analysis"
    )
    assert inside(closure(folder, ["analysis.b"]), folder) == {"__init__.py", "a.py", "b.py"}
    assert inside(closure(folder, ["analysis.Thing"]), folder) == {"__init__.py", "a.py"}
    assert inside(closure(folder, ["analysis.c"]), folder) == {"__init__.py", "c.py"}


def test_what_the_package_offers_stands_where_it_says():
    assert analysis.Atlas.__module__ == analysis.PUBLIC["Atlas"]
    for name, module in analysis.PUBLIC.items():
        assert closure(PACKAGE, [module]) <= closure(PACKAGE, [f"analysis.{name}"])


def test_importing_the_package_imports_neither_polars_nor_the_atlas():
    code = "import analysis, sys; print({'polars', 'matplotlib', 'analysis.reports'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_the_package_has_no_other_attribute():
    with pytest.raises(AttributeError, match="module 'analysis' has no attribute 'Atlantis'"):
        _ = analysis.Atlantis


def test_imports_of_a_notebook_are_those_of_its_code_cells(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["from analysis import nothing"]},
        {"cell_type": "code", "source": ["import polars as pl\n", "from analysis.charts.a import a"]},
    ]
    (tmp_path / "x.ipynb").write_text(json.dumps({"cells": cells}))
    assert notebook_imports(tmp_path / "x.ipynb") == {"analysis.charts.a", "analysis.charts.a.a"}


def test_modules_of_a_package_come_by_name_without_its_packages():
    from analysis import charts

    names = [one.__name__ for one in load_modules(charts)]
    assert names == sorted(names)
    assert {"analysis.charts.coverage", "analysis.charts.register"} < set(names)
    assert "analysis.charts.maps" not in names
