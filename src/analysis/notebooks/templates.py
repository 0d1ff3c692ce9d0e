"""Which notebooks there are, what parameters they take, and which reports a run makes (pure)."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from analysis.errors import ParameterError
from analysis.language import FRENCH
from analysis.params import Phase, RegionCode, Reports, TerritoryId, explain
from analysis.stems import REGION, TERRITORY, region_stem, territory_stem


class _Parameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NoParameters(_Parameters):
    """A notebook that takes none."""


class RegionParameters(_Parameters):
    """Parameters of the regional report."""

    region_code: RegionCode = "44"


class TerritoryParameters(_Parameters):
    """Parameters of the territory sheet."""

    phase: Phase = 2
    territory_id: TerritoryId = "ti-4408"


MODELS: Mapping[str, type[_Parameters]] = {
    "10_label_timeline": NoParameters,
    "20_national_map": NoParameters,
    "30_envelopes": NoParameters,
    "40_phase_change": NoParameters,
    REGION: RegionParameters,
    TERRITORY: TerritoryParameters,
    "70_lille": NoParameters,
    "80_fact_check": NoParameters,
}
# What `--only` may name, and the parameter it means; `notebook` is the template's name.
SELECTORS: Mapping[str, str] = {"region": "region_code", "territory": "territory_id", "phase": "phase"}
OF_ALL = ("notebook", "language")  # conditions on what every report has


@dataclass(frozen=True, slots=True)
class Job:
    """One execution: the template, the checked parameters, the language, and the stem of the executed notebook.

    The stem of an edition in another language than French begins with its folder: `en/50_region_44`.
    """

    template: str
    stem: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    language: str = FRENCH

    @property
    def folder(self) -> PurePosixPath:
        """Where its files stand in outputs/notebooks and outputs/figures."""
        return PurePosixPath(self.stem).parent

    @property
    def slice(self) -> str:
        """Name of the slice of the data that it reads: every edition reads the same."""
        return PurePosixPath(self.stem).name

    @property
    def shown(self) -> str:
        """The parameters as an error shows them."""
        return ", ".join(f"{name}={value}" for name, value in self.parameters.items()) or "no parameters"


# --- parameters --------------------------------------------------------------------------------------------


def validate(template: str, given: Mapping[str, Any], territories: pl.DataFrame) -> dict[str, Any]:
    """Typed parameters of a notebook, or ParameterError: unknown name or notebook, wrong type, unknown place.

    Texts are read as the parameter's type, as they come from a command line ("2" is phase 2, "04" stays "04");
    other values must already be of it. `territories` is core_territories.
    """
    model = MODELS.get(template)
    where = f"notebooks/{template}.ipynb"
    if model is None:
        near = difflib.get_close_matches(template, MODELS, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ParameterError(f"no such notebook.{hint}", where=where, repair=f"Known: {', '.join(MODELS)}.")
    texts = all(isinstance(value, str) for value in given.values())
    try:
        checked = model.model_validate_strings(given) if texts else model.model_validate(given, strict=True)
    except ValidationError as error:
        known = ", ".join(model.model_fields) or "none"
        raise ParameterError(explain(error, model), where=where, repair=f"Its parameters: {known}.") from error
    values = checked.model_dump()
    _require_known_place(values, territories, where)
    return values


def _require_known_place(values: Mapping[str, Any], territories: pl.DataFrame, where: str) -> None:
    if "region_code" in values:
        known = territories.get_column("region_code").unique().sort().to_list()
        _require_known("region_code", values["region_code"], known, where)
    if "territory_id" in values:
        of_phase = territories.filter(pl.col("phase") == values["phase"])
        known = of_phase.get_column("territory_id").sort().to_list()
        _require_known(f"territory_id (phase {values['phase']})", values["territory_id"], known, where)


def _require_known(name: str, value: str, known: Sequence[str], where: str) -> None:
    if value not in known:
        near = ", ".join(difflib.get_close_matches(value, known, n=3, cutoff=0.0))
        what = f"parameter {name} holds {value!r}, which does not exist."
        raise ParameterError(what, where=where, repair=f"Nearest: {near}; all are in data/raw/territories.csv.")


# --- the reports of a run ----------------------------------------------------------------------------------


def region_job(region_code: str) -> Job:
    """The report of a region."""
    return Job(REGION, region_stem(region_code), {"region_code": region_code})


def territory_job(phase: int, territory_id: str) -> Job:
    """The sheet of a territory of one phase."""
    parameters = {"phase": phase, "territory_id": territory_id}
    return Job(TERRITORY, territory_stem(phase, territory_id), parameters)


def edition(job: Job, language: str) -> Job:
    """The French `job` in another language."""
    return job if language == FRENCH else replace(job, stem=f"{language}/{job.stem}", language=language)


def report_jobs(territories: pl.DataFrame) -> list[Job]:
    """Every report there can be: the regions of core_territories by code, then its territories by phase and id."""
    regions = territories.get_column("region_code").unique().sort()
    sheets = territories.select("phase", "territory_id").sort("phase", "territory_id")
    return [*map(region_job, regions), *(territory_job(*row) for row in sheets.iter_rows())]


def jobs(reports: Reports, territories: pl.DataFrame) -> list[Job]:
    """Every notebook the pipeline executes: the national ones, then the reports that params.yaml asks for.

    All of them in each of its languages.
    """
    national = [Job(name, name) for name, model in MODELS.items() if model is NoParameters]
    every = report_jobs(territories)
    if reports.regions == "all":
        regions = [one for one in every if one.template == REGION]
    else:
        regions = [region_job(code) for code in reports.regions]
    if reports.territories == "all":
        sheets = [one for one in every if one.template == TERRITORY]
    else:
        sheets = [territory_job(one.phase, one.territory_id) for one in reports.territories]
    known = {one.stem for one in every}
    for one in (*regions, *sheets):
        if one.stem not in known:
            validate(one.template, one.parameters, territories)
    return [edition(one, name) for name in reports.languages for one in (*national, *regions, *sheets)]


def select(wanted: Sequence[Job], only: Iterable[str]) -> list[Job]:
    """Those of `wanted` that every condition lets through, such as `region=44` or `notebook=60_territory`.

    Several conditions on the same name are alternatives. ParameterError for an unknown name, or when none is left.
    """
    allowed: dict[str, set[str]] = {}
    for condition in only:
        name, equals, value = condition.partition("=")
        if not equals or name not in {*SELECTORS, *OF_ALL}:
            near = difflib.get_close_matches(name, [*SELECTORS, *OF_ALL], n=1, cutoff=0.4)
            hint = f"; did you mean {near[0]!r}?" if near else "."
            known = ", ".join(f"{one}=…" for one in (*OF_ALL, *SELECTORS))
            raise ParameterError(f"unknown condition{hint}", where=f"--only {condition}", repair=f"Known: {known}")
        allowed.setdefault(name, set()).add(value)
    found = [one for one in wanted if all(_trait(one, name) in values for name, values in allowed.items())]
    if not found:
        shown = " ".join(f"--only {condition}" for condition in only)
        repair = "Look at `reports` in params.yaml, and at data/raw/territories.csv."
        raise ParameterError("no report of the run meets all conditions.", where=shown, repair=repair)
    return found


def _trait(job: Job, name: str) -> str:
    of_all = {"notebook": job.template, "language": job.language}
    return of_all[name] if name in of_all else str(job.parameters.get(SELECTORS[name], ""))
