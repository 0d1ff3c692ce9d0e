"""Commands that run the pipeline and its stages."""

import functools
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.program import app, require_one_of, stderr
from analysis.io.paths import require_project


@app.command("stage")
def run_stage(
    name: Annotated[
        str,
        typer.Argument(
            help="coverage, registry, layers, context, claims, phases, indicators, ledger, slices or webmap"
        ),
    ],
) -> None:
    """Run one stage that builds tables in data/processed/."""
    from analysis.upkeep import stages

    require_one_of(stages.STAGES, name)
    stages.STAGES[name](require_project())


@app.command("build")
def run_build(
    targets: Annotated[list[str] | None, typer.Argument(help="Stages of dvc.yaml; by default all")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            help="All tables, then only these reports, as `analysis notebooks` takes them: region=44; no site"
        ),
    ] = None,
) -> None:
    """Bring the pipeline up to date with `dvc repro`, one run at a time, after mending what a killed one has left.

    To work on two regions: a file params.local.yaml (never committed) with knobs of `reports` of its own, such as
    `reports: {regions: ["44", "84"], territories: [], workers: 1}`. The build and its site then hold these reports
    alone, say so, and dvc.lock does not record them; without the file, the next build makes the rest.
    """
    from analysis.io import params, pipeline
    from analysis.upkeep import building, partial

    root = require_project()
    if only and targets:
        raise typer.BadParameter("name stages, or reports with --only.")
    pipeline.require_stages(root, targets or [])
    look = functools.partial(_look_first, root)
    if only or (params.is_partial(root) and not targets):
        raise typer.Exit(partial.build(root, only or [], stderr.print, look))
    raise typer.Exit(building.build(root, targets or [], stderr.print, look))


def _look_first(root: Path) -> None:
    """Before anything is built: bring the pipeline's definition up to date; what lacks a translation?"""
    from analysis.upkeep import dependencies, messages

    dependencies.bring_up_to_date(root, stderr.print)
    for told in messages.missing(root):
        for line in told.summary():
            stderr.print(line, markup=False)


@app.command("check-edit")
def run_check_edit(
    base: Annotated[str, typer.Argument(help="Revision of git that the edit started from")] = "HEAD",
) -> None:
    """Check an edit: style, types, the tests of the modules it touches, changed notebooks; `make test` runs all."""
    from analysis.upkeep import checking

    raise typer.Exit(checking.check(require_project(), base, stderr.print))


@app.command("gallery")
def run_gallery() -> None:
    """Draw the pictures of the README into docs/gallery/."""
    from analysis.upkeep import generated

    generated.write_gallery(require_project())


@app.command("tables")
def run_tables() -> None:
    """Write every published table and layer into outputs/tables/, with metadata and citation."""
    from analysis.publication.downloads import writing

    writing.write_tables(require_project())


@app.command("site")
def run_site() -> None:
    """Build the site into outputs/site/ from the executed notebooks, figures and tables."""
    from analysis.publication.site import build

    build.build(require_project())
