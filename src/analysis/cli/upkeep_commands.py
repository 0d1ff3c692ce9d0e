"""Commands for the care of the project: what changed, generated documents, translations."""

from pathlib import Path
from typing import Annotated

import typer

from analysis import __version__
from analysis.cli.program import app, commands, stderr
from analysis.io.paths import require_project


@app.command("diff")
def run_diff(
    base: Annotated[str, typer.Argument(help="Revision of git to compare with, such as HEAD or a branch")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of the report")] = None,
    full: Annotated[bool, typer.Option("--full", help="Execute all notebooks of that version, not only a few")] = False,
) -> None:
    """Report what moved since a revision: raw rows, tables, verdicts, figures, notebooks, and why."""
    from analysis.i18n.language import ENGLISH, speaking
    from analysis.upkeep.changes import comparing, phrases

    root = require_project()
    folder = output or root / comparing.OUTPUT
    found = comparing.compare(root, base, folder, stderr.print, full=full)
    with speaking(ENGLISH):  # as all that the command line says
        typer.echo(phrases.headline(found))
    if found:
        typer.echo(f"The report: {folder}/index.html (changes.md, changes.json)")


@app.command("docs")
def run_docs() -> None:
    """Rewrite environment.yml, and what is generated in README.md, CONTRIBUTING.md and docs/."""
    from analysis.upkeep import generated

    generated.write_docs(require_project(), commands())


@app.command("dependencies")
def run_dependencies() -> None:
    """Rewrite the dependencies of dvc.yaml that follow from the code: modules and published tables."""
    from analysis.io import store
    from analysis.upkeep import dependencies

    root = require_project()
    with store.batch() as files:
        files.add_text(root / dependencies.WHERE, dependencies.rewritten(root))


@app.command("golden")
def run_golden() -> None:
    """Rewrite tests/golden/claims.csv from the figures read; look at its `git diff` before you accept them."""
    from analysis.upkeep import golden

    golden.write(require_project())


@app.command("sbom")
def run_sbom() -> None:
    """Rewrite sbom.cdx.json and docs/licences.md from requirements.lock and the installed packages."""
    from analysis.upkeep import inventory

    inventory.write(require_project())


@app.command("catalogue")
def run_catalogue() -> None:
    """Bring the translation catalogues up to date with the messages in use; exits with 1 if one has no translation.

    A changed message keeps its old translation as a proposal (`#, fuzzy`): correct it and take that line away.
    """
    from analysis.upkeep import messages

    found = messages.write(require_project())
    for line in (line for one in found for line in one.lines()):
        stderr.print(line, markup=False)
    if any(one.missing for one in found):
        raise typer.Exit(1)


@app.command("version")
def show_version() -> None:
    """Print the version of the package."""
    typer.echo(__version__)
