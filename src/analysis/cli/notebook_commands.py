"""Commands that execute notebooks."""

import os
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.program import app, pairs, require_one_of, stderr
from analysis.io.paths import NOTEBOOKS, OWN, STAGE_VARIABLE, require_project

Only = Annotated[
    list[str] | None,
    typer.Option(help="region=44, territory=ti-4408, phase=2, language=en or notebook=60_territory; repeatable"),
]
Engine = Annotated[str, typer.Option(help="warm (forked from ready imports) or kernel (a Jupyter kernel each)")]
KeepGoing = Annotated[bool, typer.Option("--keep-going/--fail-fast", help="After a failure, run the others?")]
Force = Annotated[bool, typer.Option("--force", "-f", help="Make also what has not changed.")]
Scheduler = Annotated[str, typer.Option(help="Address of a running Dask scheduler: run there")]
Storage = Annotated[
    str, typer.Option(help="fsspec address through which a cluster without a shared folder gets and gives files")
]


@app.command("notebooks")
def run_notebooks(
    refresh: Annotated[bool, typer.Option(help="Execute with the defaults and update notebooks/ itself.")] = False,
    only: Only = None,
    engine: Engine = "warm",
    keep_going: KeepGoing = True,
    force: Force = False,
    workers: Annotated[int, typer.Option(min=0, help="Notebooks at a time; 0 is what params.yaml says")] = 0,
    timeout: Annotated[int, typer.Option(min=0, help="Seconds each; 0 is what params.yaml says")] = 0,
    memory: Annotated[int, typer.Option(min=0, help="Megabytes each; 0 is what params.yaml says")] = 0,
    scheduler: Scheduler = "",
    storage: Storage = "",
) -> None:
    """Bring outputs/notebooks/ and outputs/figures/ up to date with the reports that params.yaml asks for."""
    from analysis.io import params, store
    from analysis.reports import notebooks
    from analysis.reports.notebooks import parameters, reports

    require_one_of(notebooks.ENGINES, engine, "--engine")
    if storage and not scheduler:
        raise typer.BadParameter("--storage needs --scheduler.")
    root = require_project()
    given = {"workers": workers, "timeout_s": timeout, "memory_mb": memory}
    asked = params.read(root).reports.model_copy(update={name: value for name, value in given.items() if value})
    options = reports.Options.of(asked, engine=engine, fail_fast=not keep_going, force=force)
    if refresh:
        templates = [notebooks.Job(name, name) for name in parameters.read(root)]
        named = notebooks.select(templates, only, *store.read_places(root)) if only else templates
        changed = reports.refresh([one.template for one in named], root, options)
        stderr.print(f"updated: {', '.join(changed)}" if changed else "nothing changed")
        return
    wanted = notebooks.jobs(asked, store.read_table("core_territories", root), parameters.read(root))
    chosen = notebooks.select(wanted, only, *store.read_places(root)) if only else wanted
    whole = not only and (STAGE_VARIABLE in os.environ or not params.is_partial(root))
    with reports.runner(scheduler, storage, root) as runner:
        reports.make(chosen, root, options, whole=whole, runner=runner)


@app.command("check-notebooks")
def run_check_notebooks() -> None:
    """Say which rules the notebooks of notebooks/ do not keep, cell by cell; exit 1 when there are any."""
    from analysis.io import store
    from analysis.reports.notebooks import rules

    paths = sorted((require_project() / NOTEBOOKS).glob("*.ipynb"))
    broken = [f"{NOTEBOOKS}/{one.name}: {fault}" for one in paths for fault in rules.faults(store.read_text(one))]
    for line in broken:
        typer.echo(line)
    if broken:
        raise typer.Exit(1)
    typer.echo(f"{len(paths)} notebooks keep the rules.")


@app.command("report")
def run_report(
    notebook: Annotated[str, typer.Argument(help="Name of the notebook, such as 50_region")],
    parameter: Annotated[list[str] | None, typer.Option("--parameter", "-p", help="NAME=VALUE, repeatable")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Executed notebook to write")] = Path("report.ipynb"),
    language: Annotated[str, typer.Option(help="fr, or en for its translation")] = "fr",
) -> None:
    """Execute one notebook with parameters of your own, checked before a kernel starts."""
    from analysis.i18n.language import VARIABLE, catalogue
    from analysis.io import params, store
    from analysis.reports import notebooks
    from analysis.reports.notebooks import destination, parameters

    root = require_project()
    given = dict(pairs(parameter, "parameters as NAME=VALUE"))
    values = notebooks.validate(notebook, given, parameters.read(root), *store.read_places(root))
    destination.require(output, root)
    if language != "fr":
        catalogue(language)  # refused here rather than in the kernel
    job = notebooks.Job(notebook, output.stem, values, language)
    with notebooks.pinned_environment(root / OWN):
        os.environ[VARIABLE] = language  # for the kernel
        text = notebooks.run(job, root, params.read(root).reports.timeout_s)
    with store.batch() as files:
        files.add_text(output, text)
