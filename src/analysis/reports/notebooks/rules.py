"""What every notebook of `notebooks/` keeps, so that it can be read as a page and made again (pure).

It begins with a question; its cells are few lines of code that read a table and show one thing; one cell tagged `check`
recounts what it tells, and the last one, tagged `source`, says where it is from; it is committed with its outputs.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import chain

import nbformat

from analysis.reports.notebooks.normal import normalise, serialise

LINES, CELL_LINES = 40, 5
NUMBER = re.compile(r"\d+")
# Numbers that prose may say by itself: phases and editions. All others come from the tables.
TYPED = frozenset({"1", "2", "100", "2018", "2019", "2022", "2023", "2024", "2027"})
REFRESH = "run `make refresh`"


def faults(text: str) -> list[str]:
    """What a notebook, given as the text of its file, does not keep: one line each, with the cell's id."""
    try:
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
    except (ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        return [f"it is no notebook: {str(error).splitlines()[0]:.80}"]
    cells = notebook.cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    found = list(chain(_opening(cells), _tags(cells), _length(code)))
    for cell in cells:
        found += [f"cell {cell.id}: {one}" for one in (_of_code if cell.cell_type == "code" else _of_prose)(cell)]
    if not found and serialise(normalise(notebook)) != text:
        found.append(f"it is not as the pipeline writes it: {REFRESH}.")
    return found


def _opening(cells: Sequence[nbformat.NotebookNode]) -> Iterator[str]:
    first = cells[0].source if cells else ""
    if not first.startswith("# "):
        yield "the first cell begins with a title, `# …`."
    if "?" not in first:
        yield "the first cell asks the question that the notebook answers."


def _tags(cells: Sequence[nbformat.NotebookNode]) -> Iterator[str]:
    tags = [cell.metadata.get("tags", []) for cell in cells]
    for name in ("check", "source"):
        count = sum(name in one for one in tags)
        if count != 1:
            yield f"{count} cells are tagged `{name}`: there is one."
    if not tags or "source" not in tags[-1]:
        yield "the last cell is the one tagged `source`."


def _length(code: Sequence[nbformat.NotebookNode]) -> Iterator[str]:
    lines = sum(len(cell.source.splitlines()) for cell in code)
    if lines > LINES:
        yield f"{lines} lines of code, {LINES} at most: move some into a module of src/analysis/reports/sections/."


def _of_code(cell: nbformat.NotebookNode) -> Iterator[str]:
    lines = len(cell.source.splitlines())
    if lines > CELL_LINES:
        yield f"{lines} lines of code, {CELL_LINES} at most."
    yield from _of_syntax(cell.source)
    if cell.source.count("atlas.show(") > 1:
        yield "it shows several things: one a cell."
    if cell.execution_count is None:
        yield f"it was never run: {REFRESH}."
    if any(output.output_type == "error" for output in cell.outputs):
        yield f"its output is an error: correct it, then {REFRESH}."


def _of_syntax(source: str) -> Iterator[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError as error:
        yield f"it is no Python: {error.msg}."
        return
    if any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) for node in nodes):
        yield "it defines a function or a class: these stand in modules, with their tests."
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in nodes):
        yield "it imports everything of a module: name what it uses."


def _of_prose(cell: nbformat.NotebookNode) -> Iterator[str]:
    typed = sorted(set(NUMBER.findall(cell.source)) - TYPED)
    if typed:
        yield f"{', '.join(typed)} typed in prose: let a section tell numbers from the tables."
