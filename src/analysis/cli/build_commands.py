"""Commands that run the pipeline and its stages."""

from typing import Annotated

import typer

from analysis.cli.program import app, require_one_of, stderr
from analysis.io.paths import require_project


@app.command("stage")
def run_stage(
    name: Annotated[
        str, typer.Argument(help="coverage, registry, layers, phases, claims, indicators, ledger, slices or webmap")
    ],
) -> None:
    """Run one stage that builds tables in data/processed/."""
    from analysis.upkeep import stages

    require_one_of(stages.STAGES, name)
    stages.STAGES[name](require_project())


@app.command("build")
def run_build(
    targets: Annotated[list[str] | None, typer.Argument(help="Stages of dvc.yaml; by default all")] = None,
) -> None:
    """Bring the pipeline up to date with `dvc repro`, one run at a time, after mending what a killed one has left."""
    from analysis.upkeep import building, dependencies

    root = require_project()
    dependencies.require_stages(root, targets or [])
    dependencies.bring_up_to_date(root, stderr.print)
    raise typer.Exit(building.build(root, targets or [], stderr.print))


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
