"""The knobs of `params.yaml`, checked before anything runs."""

import difflib
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import ParameterError
from analysis.yaml_files import read_yaml

WHERE = "params.yaml"
READ = "analysis.knob"  # event of a knob that is read, as Python calls those of `sys.audit`
Model = TypeVar("Model", bound=BaseModel)
Phase = Annotated[int, Field(ge=1, le=2)]
RegionCode = Annotated[str, Field(pattern=r"^[0-9]{2}$")]
Language = Literal["fr", "en"]
TerritoryId = Annotated[str, Field(pattern=r"^ti-[0-9]{4}$")]


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
    territory_id: TerritoryId


class Reports(_Section):
    """Which reports are made, in which languages, how many notebooks run at a time, and what one of them may take."""

    languages: Annotated[list[Language], Field(min_length=1)] = ["fr", "en"]
    regions: list[RegionCode] | Literal["all"]
    territories: list[Sheet] | Literal["all"]
    workers: Annotated[int, Field(ge=1, le=64)]
    timeout_s: Annotated[int, Field(ge=1)]
    memory_mb: Annotated[int, Field(ge=100)] = 2000


class Publication(_Section):
    """Where the site will be: the metadata's addresses start there; when it is empty they are relative."""

    base_url: Annotated[str, Field(pattern=r"^(https?://\S+/)?$")] = ""


class Params(_Strict):
    """All of `params.yaml`."""

    boundaries: Boundaries
    reports: Reports
    publication: Publication = Publication()


def read(root: Path) -> Params:
    """The project's knobs."""
    return parse(read_yaml(root / WHERE))


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
    first = error.errors()[0]
    parts = [str(part) for part in first["loc"]]
    path = [part for part in parts if "[" not in part] or parts[-1:]  # pydantic names the branch of a union too
    name = ".".join(path) or "value"
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], _names(model, path[:-1]), n=1, cutoff=0.5)
        return f"unknown parameter {name!r}" + (f"; did you mean {near[0]!r}?" if near else ".")
    if first["type"] == "missing":
        return f"parameter {name!r} is missing."
    return f"parameter {name!r} holds {first['input']!r}: {first['msg']}."


def _names(model: type[BaseModel], path: list[str]) -> list[str]:
    for part in path:
        inner = model.model_fields[part].annotation if part in model.model_fields else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            return []
        model = inner
    return list(model.model_fields)
