"""What parameters a notebook is given, and which reports a run makes (pure).

A notebook whose parameters are those of REGION_REPORT is made for each region, one with those of TERRITORY_SHEET for
each territory. One with the parameter DOCUMENT takes it from outside: `analysis read` makes it for each document that
somebody gives it, and no run of the pipeline does. Any other is made once, with its defaults.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any, NoReturn

import polars as pl
from pydantic import ValidationError

from analysis.errors import ParameterError
from analysis.i18n.language import FRENCH
from analysis.io.nearness import did_you_mean
from analysis.io.params import WHERE, Reports, explain
from analysis.io.paths import NOTEBOOKS
from analysis.registry import known_places
from analysis.reports.notebooks.parameters import Models, Parameters
from analysis.reports.stems import REGION, TERRITORY, region_stem, territory_stem

REGION_REPORT, TERRITORY_SHEET = frozenset({"region_code"}), frozenset({"phase", "territory_id"})
DOCUMENT = "document"
LESSON = "00_"  # begins the name of a notebook for who opens JupyterLab: executed and compared, no page of readers
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
        """Name of the slice of the data that it reads: that of its place, whatever its template and language."""
        if self.parameters.keys() == REGION_REPORT:
            return region_stem(**self.parameters)
        if self.parameters.keys() == TERRITORY_SHEET:
            return territory_stem(**self.parameters)
        return PurePosixPath(self.stem).name

    @property
    def shown(self) -> str:
        """The parameters as an error shows them."""
        return ", ".join(f"{name}={value}" for name, value in self.parameters.items()) or "no parameters"


# --- parameters --------------------------------------------------------------------------------------------


def validate(
    template: str,
    given: Mapping[str, Any],
    models: Models,
    territories: pl.DataFrame,
    departments: pl.DataFrame | None = None,
) -> dict[str, Any]:
    """Typed parameters of a notebook, or ParameterError: unknown name or notebook, wrong type, unknown place.

    Texts are read as the parameter's type, as they come from a command line ("2" is phase 2, "04" stays "04");
    other values must already be of it. `models` are the notebooks there are; `territories` is core_territories;
    `departments` its raw table, for people who name a département.
    """
    model, where = _model_of(template, models), f"{NOTEBOOKS}/{template}.ipynb"
    known = ", ".join(model.model_fields) or "none"
    texts = all(isinstance(value, str) for value in given.values())
    if not texts:
        known_places.require(given, territories, departments, where)
    try:
        checked = model.model_validate_strings(given) if texts else model.model_validate(given, strict=True)
    except ValidationError as error:
        raise ParameterError(explain(error, model), where=where, repair=f"Its parameters: {known}.") from error
    values = checked.model_dump()
    known_places.require(values, territories, departments, where)
    return values


def _model_of(template: str, models: Models) -> type[Parameters]:
    if template in models:
        return models[template]
    what = f"no such notebook.{did_you_mean(template.removesuffix('.ipynb'), models)}"
    raise ParameterError(what, where=f"{NOTEBOOKS}/{template}.ipynb", repair=f"Known: {', '.join(models)}.")


def is_from_outside(model: type[Parameters]) -> bool:
    """Whether a notebook with these parameters is about a document that somebody gives it."""
    return DOCUMENT in model.model_fields


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
    """Every place that a report is about: the regions of core_territories by code, its territories by phase and id."""
    regions = territories.get_column("region_code").unique().sort()
    sheets = territories.select("phase", "territory_id").sort("phase", "territory_id")
    return [*map(region_job, regions), *(territory_job(*row) for row in sheets.iter_rows())]


def jobs(reports: Reports, territories: pl.DataFrame, models: Models) -> list[Job]:
    """Every notebook the pipeline executes: the national ones, then the reports that params.yaml asks for.

    All of them in each of its languages.
    """
    families = {name: model.model_fields.keys() for name, model in models.items() if not is_from_outside(model)}
    made = (REGION_REPORT, TERRITORY_SHEET)
    national = [
        Job(name, name) for name, taken in families.items() if taken not in made and not name.startswith(LESSON)
    ]
    places = _asked_for(reports, territories)
    local = [
        replace(one, template=name, stem=one.stem.replace(one.template, name, 1))
        for name, taken in families.items()
        for one in places
        if one.parameters.keys() == taken
    ]
    return [edition(one, name) for name in reports.languages for one in (*national, *local)]


def _asked_for(reports: Reports, territories: pl.DataFrame) -> list[Job]:
    """The places that params.yaml asks for; ParameterError for one that does not exist."""
    every = report_jobs(territories)
    regions = [one for one in every if one.template == REGION]
    sheets = [one for one in every if one.template == TERRITORY]
    if reports.regions != "all":
        regions = [region_job(code) for code in reports.regions]
    if reports.territories != "all":
        sheets = [territory_job(one.phase, one.territory_id) for one in reports.territories]
    known = {one.stem for one in every}
    for one in (*regions, *sheets):
        if one.stem not in known:
            known_places.require(one.parameters, territories, where=f"{WHERE}, reports")
    return [*regions, *sheets]


def select(
    wanted: Sequence[Job], only: Iterable[str], territories: pl.DataFrame, departments: pl.DataFrame | None = None
) -> list[Job]:
    """Those of `wanted` that every condition lets through, such as `region=44` or `notebook=60_territory`.

    Several conditions on the same name are alternatives. ParameterError for an unknown name or value, or when no
    report is left; `territories` is core_territories, `departments` its raw table.
    """
    allowed: dict[str, set[str]] = {}
    for condition in only:
        name, equals, value = condition.partition("=")
        if not equals or name not in {*SELECTORS, *OF_ALL}:
            known = ", ".join(f"{one}=…" for one in (*OF_ALL, *SELECTORS))
            what = f"unknown condition.{did_you_mean(name, [*SELECTORS, *OF_ALL])}"
            raise ParameterError(what, where=f"--only {condition}", repair=f"Known: {known}")
        allowed.setdefault(name, set()).add(value)
    for name, values in allowed.items():
        for value in sorted(values - {_trait(one, name) for one in wanted}):
            _refuse_value(name, value, wanted, territories, departments)
    found = [one for one in wanted if all(_trait(one, name) in values for name, values in allowed.items())]
    if not found:
        shown = " ".join(f"--only {condition}" for condition in only)
        repair = "Leave one out: each alone has reports, together they have none."
        raise ParameterError("no report of the run meets all conditions.", where=shown, repair=repair)
    return found


def _refuse_value(
    name: str, value: str, wanted: Sequence[Job], territories: pl.DataFrame, departments: pl.DataFrame | None
) -> NoReturn:
    """Say why no report of the run has this value: it is none, or params.yaml does not ask for it."""
    where = f"--only {name}={value}"
    if name in SELECTORS and name != "phase":
        known_places.require({SELECTORS[name]: value}, territories, departments, where)
        what = f"params.yaml asks for no report of {value}."
        raise ParameterError(what, where=where, repair="Add it to `reports` in params.yaml, or write `all` there.")
    known = sorted({_trait(one, name) for one in wanted} - {""})
    what = f"no report of the run has this {name}.{did_you_mean(value, known)}"
    raise ParameterError(what, where=where, repair=f"Its values: {', '.join(known)}.")


def _trait(job: Job, name: str) -> str:
    of_all = {"notebook": job.template, "language": job.language}
    return of_all[name] if name in of_all else str(job.parameters.get(SELECTORS[name], ""))
