"""The knobs of `params.yaml`, checked before anything runs."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from analysis.errors import ParameterError
from analysis.i18n.language import LANGUAGES
from analysis.io.nearness import did_you_mean
from analysis.io.paths import STAGE_VARIABLE
from analysis.io.yaml_files import read_yaml
from analysis.programme import PHASES

WHERE, LOCAL = "params.yaml", "params.local.yaml"
WHICH = frozenset({"languages", "regions", "territories"})  # of the knobs of `reports`: those that say which are made
READ = "analysis.knob"  # event of a knob that is read, as Python calls those of `sys.audit`
Model = TypeVar("Model", bound=BaseModel)
Phase = Annotated[int, Field(ge=PHASES[0], le=PHASES[-1])]
if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[tuple(LANGUAGES)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Section(_Strict):
    """A section whose knobs tell when they are read, so that a stage that does not declare one is found."""

    def __getattribute__(self, name: str) -> Any:
        if name in type(self).__pydantic_fields__:
            sys.audit(READ, f"{type(self).__name__.lower()}.{name}")
        return super().__getattribute__(name)


class Boundaries(_Section):
    """Where the outlines come from, and how much they are generalised (metres)."""

    wheel_version: str
    detail_tolerance_m: Annotated[int, Field(ge=1, le=5000)]
    overview_tolerance_m: Annotated[int, Field(ge=1, le=20000)]


class Sheet(_Strict):
    """One territory of one phase."""

    phase: Phase
    territory_id: str


class Reports(_Section):
    """Which reports are made, in which languages, how many notebooks run at a time, and what one of them may take."""

    languages: Annotated[list[Language], Field(min_length=1)] = list(LANGUAGES)
    regions: list[str] | Literal["all"]
    territories: list[Sheet] | Literal["all"]
    workers: Annotated[int, Field(ge=1, le=64)]
    timeout_s: Annotated[int, Field(ge=1)]
    memory_mb: Annotated[int, Field(ge=100)] = 2000

    @field_validator("languages", "regions", "territories")
    @classmethod
    def _each_once(cls, given: Any) -> Any:
        twice = next((one for one in given if given.count(one) > 1), None) if isinstance(given, list) else None
        if twice is not None:
            raise ValueError(f"{twice} stands twice")
        return given


class Publication(_Section):
    """Where the site will be: the metadata's addresses start there; when it is empty they are relative."""

    base_url: Annotated[str, Field(pattern=r"^(https?://\S+/)?$")] = ""


class Params(_Strict):
    """All of `params.yaml`."""

    boundaries: Boundaries
    reports: Reports
    publication: Publication = Publication()


def read(root: Path) -> Params:
    """The project's knobs, those of `reports` as a person's own params.local.yaml has them, where there is one.

    A stage that DVC runs takes from there only how reports are made, never which: its results are the whole.
    """
    own = local(root)
    if STAGE_VARIABLE in os.environ:
        own = {name: value for name, value in own.items() if name not in WHICH}
    if not own:
        return parse(read_yaml(root / WHERE))
    content = read_yaml(root / WHERE)
    return validated(Params, content | {"reports": content["reports"] | own}, LOCAL, f"Correct {LOCAL}.")


def local(root: Path) -> dict[str, Any]:
    """The knobs of `reports` in params.local.yaml; none where it is absent. ParameterError for any other section."""
    if not (root / LOCAL).is_file():
        return {}
    content = read_yaml(root / LOCAL)
    if not isinstance(content, dict) or set(content) != {"reports"} or not isinstance(content["reports"], dict):
        what = "holds other than the section `reports`."
        raise ParameterError(what, where=LOCAL, repair=f"Keep knobs of `reports` there, as {WHERE} has them.")
    return dict(content["reports"])


def is_partial(root: Path) -> bool:
    """Whether params.local.yaml says which reports are made, so that a build is none of the whole."""
    return not WHICH.isdisjoint(local(root))


def parse(content: Any) -> Params:
    """Params from parsed YAML; ParameterError names the knob, with "did you mean" for an unknown one."""
    return validated(Params, content, WHERE, "Correct params.yaml, then run `dvc repro`.")


def validated(model: type[Model], content: Any, where: str, repair: str) -> Model:
    """`content` as `model`, or ParameterError for the first thing that is wrong."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise ParameterError(explain(error, model), where=where, repair=repair) from error


def explain(error: ValidationError, model: type[BaseModel]) -> str:
    """The first problem of a validation in one sentence, with the nearest known name where one is unknown."""
    problems = [(_path(one["loc"]), one) for one in error.errors()]
    unknown = (one for one in problems if one[1]["type"] == "extra_forbidden")
    path, first = next(unknown, problems[0])  # a misspelt name is also a missing one
    if not path and first["input"] is None:
        return "the file is empty."
    name = ".".join(path) or "value"
    if first["type"] == "extra_forbidden":
        return f"unknown parameter {name!r}.{did_you_mean(path[-1], _names(model, path[:-1]))}"
    if first["type"] == "missing":
        return f"parameter {name!r} is missing."
    reasons = dict.fromkeys(one["msg"] for where, one in problems if where == path)  # one a branch of a union
    hint = f' Write it in quotes: "{first["input"]:02}".' if _is_code(first) else ""
    return f"parameter {name!r} holds {first['input']!r:.80}: {' or '.join(reasons)}.{hint}"


def _path(loc: tuple[int | str, ...]) -> list[str]:
    """The names that lead to a value: pydantic names the branch of a union too."""
    parts = [str(part) for part in loc]
    return [part for part in parts if "[" not in part] or parts[-1:]


def _is_code(problem: Any) -> bool:
    return problem["type"] == "string_type" and type(problem["input"]) is int


def _names(model: type[BaseModel], path: list[str]) -> list[str]:
    for part in path:
        inner = model.model_fields[part].annotation if part in model.model_fields else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return list(model.model_fields)
