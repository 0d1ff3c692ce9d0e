"""The rules that notebooks keep: each is told with the cell that breaks it, and a good notebook breaks none."""

from pathlib import Path

import nbformat
import pytest

from analysis.reports.notebooks import normalise, serialise
from analysis.reports.notebooks.rules import CELL_LINES, LINES, faults

COMMITTED = sorted((Path(__file__).parents[3] / "notebooks").glob("*.ipynb"))
SHOWS = 'atlas.show(some_text, atlas.table("out_plan"))'


def code(name, source=SHOWS, tags=(), **more):
    cell = nbformat.v4.new_code_cell(source, execution_count=1, **more)
    cell["id"], cell.metadata["tags"] = name, list(tags)
    return cell


def prose(source, name="prose"):
    cell = nbformat.v4.new_markdown_cell(source)
    cell["id"] = name
    return cell


TITLE, CHECK, SOURCE = prose("# Combien ?", "title"), code("check", "print(1)", ["check"]), code("end", "1", ["source"])


def notebook(*cells, title=TITLE, end=(CHECK, SOURCE)):
    return serialise(normalise(nbformat.v4.new_notebook(cells=[*([title] if title else []), *cells, *end])))


def test_a_good_notebook_has_no_fault():
    assert faults(notebook(code("text"), prose("En 2023, deux phases."))) == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_every_committed_notebook_keeps_the_rules(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (notebook(title=prose("Combien ?")), "the first cell begins with a title, `# …`."),
        (notebook(title=prose("# Un titre.")), "the first cell asks the question that the notebook answers."),
        (notebook(end=(SOURCE,)), "0 cells are tagged `check`: there is one."),
        (notebook(code("again", "1", ["check"])), "2 cells are tagged `check`: there is one."),
        (notebook(code("again", "1", ["source"])), "2 cells are tagged `source`: there is one."),
        (notebook(end=(SOURCE, CHECK)), "the last cell is the one tagged `source`."),
        (notebook(code("long", "\n".join(["1"] * (CELL_LINES + 1)))), "cell long: 6 lines of code, 5 at most."),
        (notebook(*[code(f"c{rank}") for rank in range(LINES - 1)]), "41 lines of code, 40 at most: move some into"),
        (notebook(code("own", "def one(): ...")), "cell own: it defines a function or a class"),
        (notebook(code("own", "class One: ...")), "cell own: it defines a function or a class"),
        (notebook(code("own", "if True:\n    def one(): ...")), "cell own: it defines a function or a class"),
        (
            notebook(code("all", "from analysis.charts.coverage import *")),
            "cell all: it imports everything",
        ),
        (notebook(code("bad", "%matplotlib inline")), "cell bad: it is no Python: invalid syntax."),
        (notebook(code("two", f"{SHOWS}\n{SHOWS}")), "cell two: it shows several things: one a cell."),
        (notebook(prose("On compte 124 territoires.", "said")), "cell said: 124 typed in prose"),
        ("{", "it is no notebook: "),
        ("[]", "it is no notebook: "),
    ],
    ids=range(17),
)
def test_a_rule_that_is_broken_is_told_with_its_cell(text, told):
    assert any(one.startswith(told) for one in faults(text)), faults(text)


def test_a_cell_that_was_never_run_or_failed_is_told():
    never, failed = code("never"), code("failed")
    never.execution_count = None
    failed.outputs = [nbformat.v4.new_output("error", ename="E", evalue="e", traceback=[])]
    assert faults(notebook(never, failed)) == [
        "cell never: it was never run: run `make refresh`.",
        "cell failed: its output is an error: correct it, then run `make refresh`.",
    ]


def test_a_good_notebook_written_otherwise_is_told():
    assert faults(notebook() + "\n") == ["it is not as the pipeline writes it: run `make refresh`."]


def test_a_word_with_def_in_it_is_no_definition():
    assert faults(notebook(code("text", 'print("undef ined")'))) == []
