"""Imports flow one way: a module imports only modules that stand above it in this list."""

import ast
import json
from pathlib import Path

import pytest

from analysis.imports import closure
from analysis.imports import imported as imports_of
from analysis.notebooks.manifest import RUN

ORDER = [
    "errors",
    "names",
    "nearness",
    "paths",
    "surroundings",
    "repository",
    "formats",
    "imports",
    "archives",
    "yaml_files",
    "language",
    "swapping",
    "cluster",
    "schema",
    "cells",
    "tables",
    "style",
    "provenance",
    "passages",
    "stems",
    "bundle",
    "reader",
    "sources",
    "params",
    "pipeline",
    "notes",
    "store",
    "numerals",
    "documents",
    "corpus",
    "vocabulary",
    "claims",
    "cog",
    "corrections",
    "registry",
    "known_places",
    "geography",
    "webmap",
    "phases",
    "indicators",
    "matching",
    "published",
    "expressions",
    "ledger",
    "svg",
    "fonts",
    "pixels",
    "painted",
    "picture",
    "picture_files",
    "maps",
    "alluvial",
    "figures",
    "figure_sources",
    "slices",
    "prose",
    "library",
    "review",
    "atlas_tables",
    "report_tables",
    "atlas",
    "declared",
    "notebooks",
    "stages",
    "dependencies",
    "docs",
    "licences",
    "sbom",
    "inventory",
    "workbooks",
    "layers",
    "layer_files",
    "citation",
    "datapackage",
    "dcat",
    "release",
    "publish",
    "catalogue",
    "messages",
    "site",
    "building",
    "sameness",
    "changes",
    "updates",
    "cli",
]
IO_MODULES = {
    "surroundings",
    "repository",
    "dependencies",
    "yaml_files",
    "imports",
    "inventory",
    "archives",
    "building",
    "changes",
    "sameness",
    "swapping",
    "messages",
    "language",
    "store",
    "sources",
    "params",
    "pipeline",
    "notes",
    "documents",
    "corpus",
    "library",
    "fonts",
    "picture_files",
    "atlas",
    "declared",
    "notebooks",
    "layer_files",
    "publish",
    "release",
    "site",
    "stages",
    "updates",
    "cli",
    "paths",
    "__main__",
}
IO_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "rmtree", "read_parquet",
            "write_parquet", "to_parquet", "read_csv", "write_csv", "read_file", "to_file"}  # fmt: skip
SOURCE = Path(__file__).parents[1] / "src" / "analysis"
FILES = sorted(SOURCE.rglob("*.py"))


def module_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Top-level modules of the package that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            parts = node.module.split(".")
            if parts[0] == "analysis":
                found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("analysis.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_module_imports_only_what_stands_above_it(path):
    module = module_of(path)
    if module in {"__init__", "__main__"}:
        return
    rank = ORDER.index(module)
    upward = {name for name in imported(path) if name != module and ORDER.index(name) >= rank}
    assert not upward, f"{module} imports {upward}, which stand below it"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_pure_module_does_no_io(path):
    if module_of(path) in IO_MODULES:
        return
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    in_memory = {"write_csv"} if module_of(path) in {"picture", "layers"} else set()  # a frame to text, for its digest
    assert not (calls & IO_CALLS) - in_memory


def test_order_names_every_module():
    assert {module_of(path) for path in FILES} - {"__init__", "__main__"} <= set(ORDER)


def test_code_of_a_report_is_all_that_a_notebook_imports():
    cells = [
        "".join(cell["source"])
        for path in SOURCE.parents[1].glob("notebooks/*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    named = {name for cell in cells for name in imports_of(ast.parse(cell))}
    assert named
    assert closure(SOURCE, named) <= closure(SOURCE, RUN)


def test_what_no_notebook_runs_is_no_input_of_reports():
    run = {module_of(path) for path in closure(SOURCE, RUN)}
    assert run.isdisjoint({"site", "changes", "updates", "stages", "numerals", "cli", "building", "release"})
