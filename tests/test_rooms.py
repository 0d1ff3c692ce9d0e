"""The house: a room imports from the rooms above it in ROOMS, never below; what is pure reads and writes nothing."""

import ast
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from analysis.io.imports import closure, notebook_imports
from analysis.io.imports import imported as imports_of
from analysis.reports.notebooks import parameters
from analysis.reports.notebooks.inputs import code_of
from analysis.reports.notebooks.templates import is_from_outside
from analysis.upkeep.docs import ROOMS

NO_REPORT = ("publication/", "upkeep/", "extraction/numerals/", "reports/slices")
TOP = {"__init__.py", "__main__.py", "cli", "errors.py", "programme.py", "py.typed"}
# Modules, and folders of modules, that read or write; the others are pure.
IO_MODULES = (
    "cli", "charts/drawing/fonts.py", "charts/drawing/picture_files.py", "extraction/corpus.py",
    "extraction/documents", "i18n/language.py", "io", "publication/downloads/writing.py",
    "publication/downloads/layer_files.py", "publication/site",
    "reports/library.py", "reports/notebooks", *(f"reports/readings/{name}.py" for name in (
        "document_reading", "drafted_notes", "opened", "reading_page", "results", "shown_notebooks")),
    "sources/notes.py", "sources/provenance.py", "upkeep/building.py",
    "upkeep/changes", "upkeep/dependencies.py", "upkeep/generated.py", "upkeep/golden.py", "upkeep/inventory.py",
    "upkeep/messages.py", "upkeep/sameness.py", "upkeep/stages", "upkeep/unchanged.py", "upkeep/updates",
)  # fmt: skip
IO_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "rmtree", "read_parquet",
            "write_parquet", "to_parquet", "read_csv", "write_csv", "read_file", "to_file"}  # fmt: skip
SOURCE = Path(__file__).parents[1] / "src" / "analysis"
TEMPLATES = sorted(SOURCE.parents[1].glob("notebooks/*.ipynb"))
FILES = sorted(SOURCE.rglob("*.py"))


def inside(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """Modules of the package that a file imports."""
    package = ".".join(("analysis", *path.relative_to(SOURCE).parts[:-1]))
    return set(imports_of(tree(path), package))


def room(name: str) -> str:
    """The room of a dotted name, or of a file; empty for what stands at the top."""
    found = name.replace("/", ".").removeprefix("analysis.").partition(".")[0]
    return found if found in ROOMS else ""


def test_the_top_holds_rooms_and_what_all_of_them_need():
    assert {one.name for one in SOURCE.iterdir()} - {"__pycache__"} == {*ROOMS, *TOP}


def below(path: Path) -> set[str]:
    """What a file imports from below its room, or from the command line."""
    own = room(inside(path))
    above = ROOMS[: ROOMS.index(own)] if own else ROOMS if inside(path).startswith("cli/") else ["io"]
    found = {name for name in imported(path) if room(name) not in {"", own, *above}}
    return found | ({name for name in imported(path) if name.startswith("analysis.cli")} if own else set())


def test_a_room_imports_only_from_rooms_above_it():
    wrong = {inside(path): below(path) for path in FILES}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_modules_import_one_way():
    """A package may offer what its own modules hold, so that it stands above and below them: it is left out."""
    modules = {f"analysis.{inside(one).removesuffix('.py').replace('/', '.')}": one for one in FILES}
    TopologicalSorter({name: imported(path) & modules.keys() for name, path in modules.items()}).prepare()


def reads_or_writes(path: Path) -> set[str]:
    """Calls by which a file that should be pure would read or write."""
    name = inside(path)
    if any(name == one or name.startswith(f"{one}/") for one in IO_MODULES):
        return set()
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    }
    in_memory = (
        {"write_csv"} if name in {"charts/drawing/picture.py", "registry/published_layers.py"} else set()
    )  # for a digest
    return (calls & IO_CALLS) - in_memory


def test_pure_module_does_no_io():
    wrong = {inside(path): reads_or_writes(path) for path in FILES}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_module_said_to_do_io_is_there():
    assert [one for one in IO_MODULES if not (SOURCE / one).exists()] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda one: one.stem)
def test_code_of_a_report_is_all_that_its_notebook_imports_and_what_executes_it(path):
    named = notebook_imports(path)
    assert named
    assert closure(SOURCE, {*named, "analysis.reports.notebooks.child"}) <= code_of(path.stem, path.parents[1])


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda one: one.stem)
def test_what_no_notebook_runs_is_no_input_of_reports(path):
    run = {inside(one) for one in code_of(path.stem, path.parents[1])}
    reads = {"extraction/numerals/"} if is_from_outside(parameters.read(path.parents[1])[path.stem]) else set()
    assert not [name for name in run if name.startswith((*(set(NO_REPORT) - reads), "cli"))]


# A stage is named after what it builds, a table and its figure alike; the others here wait for a word of their own.
NAMED_ALIKE = ("charts/", "indicators/", "upkeep/stages/")
SHARED_NAMES = {"__init__.py", "checks.py", "counting.py", "files.py", "published.py"}


def test_no_two_modules_of_different_meanings_share_a_name():
    told = [path.name for path in FILES if not inside(path).startswith(NAMED_ALIKE)]
    assert {name for name in told if told.count(name) > 1} <= SHARED_NAMES


def reached(notebook: Path) -> set[str]:
    """Modules that run when a notebook does, by their path in the package."""
    return {inside(path) for path in code_of(notebook.stem, notebook.parents[1])}


@pytest.mark.parametrize("notebook", TEMPLATES, ids=lambda path: path.stem)
def test_a_notebook_reaches_the_charts_and_sections_that_it_shows_and_no_other(notebook):
    """So that an edit of one of them makes again only the notebooks that show it."""
    shown = {name.replace(".", "/") for name in notebook_imports(notebook)}
    own = {
        name for name in reached(notebook) if name.startswith(("charts/", "reports/sections/")) and name.count("/") < 3
    }
    files = {
        name for name in own if not name.endswith("__init__.py") and "/maps/" not in name and "/drawing/" not in name
    }
    allowed = {"charts/register.py", "reports/sections/words.py", *KIN.get(notebook.stem, ())}
    assert files - allowed <= {f"{name.removeprefix('analysis/')}.py" for name in shown}
    assert "reports/atlas.py" in reached(notebook)


KIN = {"80_fact_check": ["charts/verdicts.py"]}  # contradictions have the marks of verdicts
