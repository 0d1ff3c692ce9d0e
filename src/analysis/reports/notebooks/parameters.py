"""Which notebooks there are, and the parameters that each declares in its tagged cell, read as papermill reads them."""

import ast
import json
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from papermill.models import Parameter
from papermill.translators import PythonTranslator
from pydantic import BaseModel, ConfigDict, create_model

from analysis.charts.register import is_absent
from analysis.errors import ParameterError
from analysis.io import store
from analysis.io.imports import notebook_imports
from analysis.io.paths import NOTEBOOKS
from analysis.programme import MOST_PHASES, PHASES

TAG = "parameters"
FIGURES = "analysis.charts."  # how the names of their modules begin
TYPES: Mapping[str, type] = {one.__name__: one for one in (str, int, float, bool)}
EXAMPLE = 'Write one as `name = "44"` or `name: str = "44"  # what it means`.'


class Parameters(BaseModel):
    """The parameters of a notebook: name, type, default."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Models = Mapping[str, type[Parameters]]


def read(root: Path) -> Models:
    """The notebooks of notebooks/ by name, each with its parameters; not those whose every figure is absent."""
    paths = sorted((root / NOTEBOOKS).glob("*.ipynb"))
    return {path.stem: _model(path, root) for path in paths if not _shows_what_is_absent(path)}


def _shows_what_is_absent(path: Path) -> bool:
    """Whether all figures of a notebook compare more phases than the programme has."""
    if len(PHASES) == MOST_PHASES:
        return False
    named = [one for one in notebook_imports(path) if one.startswith(FIGURES)]
    figures = [getattr(import_module(one), one.removeprefix(FIGURES), None) for one in named if one.count(".") == 2]
    return bool(figures) and all(map(is_absent, filter(None, figures)))


def _model(path: Path, root: Path) -> type[Parameters]:
    where = path.relative_to(root)
    try:
        cells = json.loads(store.read_text(path, where))["cells"]
        tagged = [one for one in cells if TAG in one["metadata"].get("tags", ())]
    except (ValueError, KeyError, TypeError) as error:
        repair = f"Restore it with `git checkout -- {where}`."
        raise ParameterError("not a notebook.", where=where, repair=repair) from error
    declared = [one for cell in tagged for one in PythonTranslator.inspect({"source": "".join(cell["source"])})]
    fields: dict[str, Any] = {one.name: _field(one, where) for one in declared}
    return create_model("Parameters", __base__=Parameters, **fields)


def _field(declared: Parameter, where: Path) -> tuple[type, Any]:
    """Type and default; the type is that of the annotation or comment, or of the default."""
    try:
        default = ast.literal_eval(declared.default)
        wanted = TYPES.get(declared.inferred_type_name, type(default))
    except (ValueError, SyntaxError) as error:
        what = f"parameter {declared.name}: its default {declared.default} is no literal."
        raise ParameterError(what, where=where, repair=EXAMPLE) from error
    if type(default) is not wanted or wanted not in TYPES.values():
        what = f"parameter {declared.name}: {declared.default} is no {wanted.__name__}, text, number or yes and no."
        raise ParameterError(what, where=where, repair=EXAMPLE)
    return wanted, default
