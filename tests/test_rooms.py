"""The house: a room imports from the rooms above it in ROOMS, never below; what is pure reads and writes nothing."""

import ast
import json
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

from analysis.io.imports import closure
from analysis.io.imports import imported as imports_of
from analysis.reports.notebooks.manifest import RUN

ROOMS = [
    "i18n",
    "tables",
    "io",
    "sources",
    "extraction",
    "registry",
    "indicators",
    "ledger",
    "charts",
    "reports",
    "publication",
    "upkeep",
]
TOP = {"__init__.py", "__main__.py", "cli.py", "errors.py", "py.typed"}
# Modules, and folders of modules, that read or write; the others are pure.
IO_MODULES = (
    "cli.py", "charts/drawing/picture_files.py", "extraction/corpus.py", "extraction/documents.py", "i18n/language.py",
    "io", "publication/downloads/build.py", "publication/downloads/layer_files.py", "publication/site",
    "reports/library.py", "reports/notebooks", "sources/notes.py", "sources/provenance.py", "upkeep/building.py",
    "upkeep/changes", "upkeep/dependencies.py", "upkeep/generated.py", "upkeep/inventory.py", "upkeep/messages.py",
    "upkeep/sameness.py", "upkeep/stages", "upkeep/updates",
)  # fmt: skip
IO_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "mkdir", "rmtree", "read_parquet",
            "write_parquet", "to_parquet", "read_csv", "write_csv", "read_file", "to_file"}  # fmt: skip
SOURCE = Path(__file__).parents[1] / "src" / "analysis"
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
    above = ROOMS[: ROOMS.index(own)] if own else ROOMS if path.name == "cli.py" else ["io"]
    found = {name for name in imported(path) if room(name) not in {"", own, *above}}
    return found | (imported(path) & {"analysis.cli"} if own else set())


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
    in_memory = {"write_csv"} if name in {"charts/drawing/picture.py", "registry/layers.py"} else set()  # for a digest
    return (calls & IO_CALLS) - in_memory


def test_pure_module_does_no_io():
    wrong = {inside(path): reads_or_writes(path) for path in FILES}
    assert {name: found for name, found in wrong.items() if found} == {}


def test_every_module_said_to_do_io_is_there():
    assert [one for one in IO_MODULES if not (SOURCE / one).exists()] == []


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
    run = {inside(path) for path in closure(SOURCE, RUN)}
    assert not [name for name in run if name.startswith(("publication/", "upkeep/", "extraction/numerals/", "cli"))]
