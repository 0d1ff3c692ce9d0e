"""Parameters are values: what papermill writes for them is read as a syntax tree, never run. All texts are invented."""

import ast
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papermill.translators import PythonTranslator

from analysis.errors import ParameterError
from analysis.reports.notebooks import parameters
from analysis.reports.notebooks.execute import run
from analysis.reports.notebooks.parameter_literals import assigned, require_literals
from analysis.reports.notebooks.templates import Job, validate

WHERE = "notebooks/invented.ipynb"
HOSTILE = [
    "__import__('os').system('id')",
    "a\"; __import__('os')  #",
    "a'; x = 1 #",
    '"""\n__import__("os")\n"""',
    "line\nnext = 1",
    "\r\n\x00\x1b[31m",
    "back\\slash\\",
    "\\",
    "\u2028x = 1\u2029",
    "\ud800",
    "{x.__class__}",
    "%run evil.py",
    "!id",
    "\\N{LATIN SMALL LETTER A}",
]
Class = type("Class", (str,), {"__str__": lambda self: "__import__('os')", "__repr__": lambda self: "evil()"})


def only_literals(cell):
    """Whether the cell's tree has nothing but names given constants, lists and mappings of them."""
    allowed = (ast.Module, ast.Assign, ast.Name, ast.Store, ast.Constant, ast.List, ast.Dict, ast.Load)
    return all(isinstance(one, (*allowed, ast.UnaryOp, ast.USub)) for one in ast.walk(ast.parse(cell)))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("wrap", [str, lambda text: [text], lambda text: {"k": text}, lambda text: {text: [text]}])
def test_hostile_text_stays_a_text(text, wrap):
    value = wrap(text)
    require_literals({"x": value}, WHERE)
    cell = PythonTranslator.codify({"x": value})
    assert only_literals(cell)
    assert assigned(cell) == {"x": value}


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True), values, max_size=3))
def test_whatever_is_let_through_arrives_as_it_was(parameters):
    try:
        require_literals(parameters, WHERE)
    except ParameterError:
        return
    cell = PythonTranslator.codify(parameters)
    assert only_literals(cell)
    assert assigned(cell) == parameters


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"x": math.nan}, "which is no number"),
        ({"x": -math.inf}, "which is no number"),
        ({"x": [1, [math.inf]]}, "which is no number"),
        ({"x": 2**63}, "beyond 64 bits"),
        ({"x": 10**5000}, "beyond 64 bits"),
        ({"x": "a" * 20_000}, "more than 10,000"),
        ({"x": [[[[[1]]]]]}, "more than 4 lists"),
        ({"x": {1: 2}}, "keys are not texts"),
        ({"x": (1, 2)}, "a tuple, which is not data"),
        ({"x": b"a"}, "a bytes, which is not data"),
        ({"x": Class("a")}, "a Class, which is not data"),
        ({"x": [Class("a")]}, "a Class, which is not data"),
        ({"x = 1; y": 2}, "is no name of a parameter"),
        ({"x\nimport os": 2}, "is no name of a parameter"),
        ({"__builtins__": 2}, "is no name of a parameter"),
        ({"class": 2}, "is no name of a parameter"),
        ({"é": 2}, "is no name of a parameter"),
    ],
)
def test_what_is_not_data_is_refused(parameters, said):
    with pytest.raises(ParameterError, match=said):
        require_literals(parameters, WHERE)


@pytest.mark.parametrize(
    "cell", ["import os", "x = f()", "x = 1; f()", "x = y = 1", "x.y = 1", "x = [a for a in b]", "("]
)
def test_cell_that_does_more_than_assign_literals_is_told(cell):
    assert assigned(cell) is None


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["region_code", "territory_id", "phase"])
def test_hostile_parameter_is_refused_before_a_notebook_runs(root, table, text, name):
    template = "50_region" if name == "region_code" else "60_territory"
    with pytest.raises(ParameterError):
        validate(template, {name: text}, parameters.read(root), table("core_territories"))


def test_job_with_code_for_a_value_never_reaches_a_kernel(root):
    job = Job("50_region", "50_region_44", {"region_code": Class("44")})
    with pytest.raises(ParameterError, match="not data"):
        run(job, root, 10)


def test_every_default_is_a_literal(root):
    for name, model in parameters.read(root).items():
        require_literals(model().model_dump(), name)
