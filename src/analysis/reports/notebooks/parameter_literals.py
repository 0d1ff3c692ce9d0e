"""Parameters on their way into a notebook's cell: values alone, never code (pure)."""

import ast
import keyword
import math
from collections.abc import Mapping
from typing import Any

from analysis.errors import ParameterError

DEEPEST = 4  # lists and mappings in one another
LONGEST = 10_000  # characters of the whole cell: a parameter names a place or a date
HIGHEST = 2**63
REPAIR = "Give texts, whole or decimal numbers, true, false, nothing, or short lists and mappings of them."


def require_literals(parameters: Mapping[str, Any], where: str) -> None:
    """ParameterError unless the cell that papermill writes for `parameters` can only assign these very values."""
    from papermill.translators import PythonTranslator  # noqa: PLC0415 - heavy

    for name, value in parameters.items():
        if not _is_name(name):
            _refuse(where, f"{name!r:.80} is no name of a parameter.")
        if reason := _unfit(value, DEEPEST):
            _refuse(where, f"parameter {name!r} holds {reason}.")
    cell = PythonTranslator.codify(parameters)
    if len(cell) > LONGEST:
        _refuse(where, f"the parameters take {len(cell):,} characters, more than {LONGEST:,}.")
    if assigned(cell) != dict(parameters):
        _refuse(where, "the parameters would not arrive in the notebook as they are.")


def assigned(cell: str) -> dict[str, Any] | None:
    """What a cell assigns, by name, when it does nothing but give literals to names; None when it does anything else.

    Read from the syntax tree: nothing is run.
    """
    try:
        body = ast.parse(cell).body
        pairs = [(one.targets[0], one.value) for one in body if isinstance(one, ast.Assign) and len(one.targets) == 1]
        found = {target.id: ast.literal_eval(value) for target, value in pairs if isinstance(target, ast.Name)}
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
    return found if len(found) == len(body) else None


def _is_name(name: Any) -> bool:
    plain = isinstance(name, str) and name.isascii() and name.isidentifier()
    return plain and not keyword.iskeyword(name) and not name.startswith("_")


def _unfit(value: Any, deepest: int) -> str:
    """Why a value may not stand in a cell, empty when it may. Types are compared: a subclass brings its own text."""
    kind = type(value)
    if kind not in {str, bool, int, float, list, dict, type(None)}:
        return f"a {kind.__name__}, which is not data"
    if kind is int and abs(value) >= HIGHEST:
        return "a number beyond 64 bits"
    if kind is float and not math.isfinite(value):
        return f"{value}, which is no number"
    return _unfit_inside(value, deepest) if kind in {list, dict} else ""


def _unfit_inside(value: Any, deepest: int) -> str:
    if deepest == 0:
        return f"more than {DEEPEST} lists or mappings in one another"
    if type(value) is dict and not all(type(key) is str for key in value):
        return "a mapping whose keys are not texts"
    inner = value.values() if type(value) is dict else value
    return next((reason for one in inner if (reason := _unfit(one, deepest - 1))), "")


def _refuse(where: str, what: str) -> None:
    raise ParameterError(what, where=where, repair=REPAIR)
