import ast
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import InvalidTableError
from analysis.io.paths import project_root
from analysis.publication.downloads import writing
from analysis.publication.site import build as site
from analysis.reports import notebooks
from analysis.reports.notebooks import parameters, reports
from analysis.reports.notebooks.pool import Limits
from analysis.reports.notebooks.templates import LESSON
from analysis.upkeep import generated, stages
from analysis.upkeep.stages import raw_cog

runner = CliRunner()


@pytest.fixture
def calls(monkeypatch, built):
    """Every stage replaced by a note of having been called, in a copy of the project."""
    seen: list[object] = []
    monkeypatch.chdir(built)
    for name in stages.STAGES:
        monkeypatch.setitem(stages.STAGES, name, lambda root, name=name: seen.append(name))
    for module, name in (
        (generated, "write_gallery"),
        (writing, "write_tables"),
        (site, "build"),
    ):
        monkeypatch.setattr(module, name, lambda root, name=name: seen.append(name))
    monkeypatch.setattr(generated, "write_docs", lambda root, commands: seen.append("write_docs"))
    monkeypatch.setattr(raw_cog, "raw_from_cog", lambda root, packages, base: seen.append(sorted(packages)))
    monkeypatch.setattr(notebooks, "run", lambda job, root, timeout: seen.append(job) or "{}\n")
    monkeypatch.setattr(reports, "make", lambda jobs, root, options, **more: seen.append((jobs, options, more)))
    monkeypatch.setattr(reports, "refresh", lambda names, root, options: seen.append(names) or ["10_label_timeline"])
    return seen


@pytest.mark.parametrize(
    ("arguments", "called"),
    [
        (["stage", "registry"], "registry"),
        (["gallery"], "write_gallery"),
        (["tables"], "write_tables"),
        (["docs"], "write_docs"),
        (["site"], "build"),
        (["raw-cog", "2024=a.tgz", "2023=b.tgz"], [2023, 2024]),
    ],
    ids=lambda value: str(value),
)
def test_command_calls_its_stage(calls, arguments, called):
    assert runner.invoke(cli.app, arguments).exit_code == 0
    assert calls == [called]


def test_notebooks_asks_for_every_report_within_the_limits_of_params(calls):
    assert runner.invoke(cli.app, ["notebooks"]).exit_code == 0
    ((jobs, options, more),) = calls
    notebooks_taking = {name: one.model_fields for name, one in parameters.read(project_root()).items()}
    alone = [name for name, taken in notebooks_taking.items() if not taken and not name.startswith(LESSON)]
    assert len(jobs) == 2 * (len(alone) + 18 + 149 + 183)
    assert (options.limits.workers, options.engine, options.fail_fast, more["whole"]) == (2, "warm", False, True)


def test_notebooks_takes_conditions_limits_and_engine(calls):
    said = [
        "--only",
        "region=84",
        "--engine",
        "kernel",
        "--fail-fast",
        "--workers",
        "1",
        "--timeout",
        "9",
        "--memory",
        "500",
    ]
    assert runner.invoke(cli.app, ["notebooks", *said]).exit_code == 0
    ((jobs, options, more),) = calls
    assert [job.stem for job in jobs] == ["50_region_84", "en/50_region_84"]
    assert options == reports.Options(Limits(1, 9, 500), "kernel", fail_fast=True)
    assert not more["whole"]


def test_notebooks_refresh_says_what_changed(calls, built):
    outcome = runner.invoke(cli.app, ["notebooks", "--refresh"])
    assert outcome.exit_code == 0
    assert calls == [list(parameters.read(built))]
    assert "updated: 10_label_timeline" in outcome.output


def test_report_checks_parameters_and_writes_the_notebook(calls, built):
    outcome = runner.invoke(cli.app, ["report", "50_region", "-p", "region_code=84", "-o", "x.ipynb"])
    assert outcome.exit_code == 0
    assert calls[0].parameters == {"region_code": "84"}
    assert (built / "x.ipynb").read_text() == "{}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["stage", "regitsry"], "is none of coverage, registry"),
        (["notebooks", "--engine", "wram"], "--engine 'wram' is none of warm, kernel"),
        (["notebooks", "--storage", "x"], "--storage needs --scheduler"),
        (["report", "50_region", "-p", "region_code"], "write parameters as NAME=VALUE"),
        (["raw-cog", "a.tgz"], "write packages as EDITION=ARCHIVE"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_command_explains_a_wrong_argument(calls, arguments, told):
    outcome = runner.invoke(cli.app, arguments)
    assert outcome.exit_code == 2
    assert told.split()[0] in outcome.output
    assert calls == []


def test_main_shows_one_message_with_the_path_in_the_project_and_exits_with_one(monkeypatch, capsys):
    def fail() -> None:
        raise InvalidTableError("row 3: wrong.", where=project_root() / "data/x.csv", repair="Mend it.")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 1
    assert capsys.readouterr().err == "InvalidTableError: data/x.csv: row 3: wrong. Mend it.\n"


def test_version_is_the_package_s():
    assert runner.invoke(cli.app, ["version"]).output.strip() == "0.1.0"


def test_help_loads_nothing_that_a_command_works_with():
    """The command line answers at once: what a command needs is imported when it runs."""
    code = "import sys, analysis.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"polars", "numpy", "geopandas", "matplotlib", "pydantic", "papermill", "yaml"} & set(loaded)
    own = {name for name in loaded if name.startswith("analysis.") and not name.startswith("analysis.cli")}
    assert {name.split(".")[1] for name in own} == {"errors", "io"}


COMMANDS = [
    node
    for path in sorted(Path(cli.__file__).parent.glob("*.py"))
    for node in ast.parse(path.read_text(encoding="utf-8")).body
    if isinstance(node, ast.FunctionDef) and node.decorator_list
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda node: node.name)
def test_a_command_holds_no_logic_of_its_own(command):
    first, last = command.body[1], command.body[-1]  # after its docstring
    assert last.end_lineno - first.lineno < 25
