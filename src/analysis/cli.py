"""Command line: one subcommand a stage of the pipeline, and the tools around it; no logic of its own."""

import functools
import os
import traceback
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from analysis import __version__
from analysis.errors import AtlasError
from analysis.io.paths import OWN, STAGE_VARIABLE, project_root, require_project

app = typer.Typer(
    name="analysis",
    help="Territoires d'industrie, a reproducible atlas. The stages are run by `dvc repro`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
TRACEBACK_VARIABLE = "ATLAS_TRACEBACK"  # environment: show where an error comes from, for who mends the program
update = typer.Typer(help="Take a producer's new list or a reading note into data/raw/.", no_args_is_help=True)
app.add_typer(update, name="update")
stderr = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command("stage")
def run_stage(
    name: Annotated[
        str, typer.Argument(help="coverage, registry, layers, phases, claims, indicators, ledger, slices or webmap")
    ],
) -> None:
    """Run one stage that builds tables in data/processed/."""
    from analysis.io.nearness import did_you_mean
    from analysis.upkeep import stages

    if name not in stages.STAGES:
        hint = did_you_mean(name, stages.STAGES)
        raise typer.BadParameter(f"{name!r} is none of {', '.join(stages.STAGES)}.{hint}")
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
    from analysis.io import params
    from analysis.upkeep import building, dependencies, partial

    root = require_project()
    if only and targets:
        raise typer.BadParameter("name stages, or reports with --only.")
    dependencies.require_stages(root, targets or [])
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


@app.command("gallery")
def run_gallery() -> None:
    """Draw the pictures of the README into docs/gallery/."""
    from analysis.upkeep import generated

    generated.write_gallery(require_project())


@app.command("tables")
def run_tables() -> None:
    """Write every published table and layer into outputs/tables/, with metadata and citation."""
    from analysis.publication.downloads import build

    build.write_tables(require_project())


@app.command("notebooks")
def run_notebooks(
    refresh: Annotated[bool, typer.Option(help="Execute with the defaults and update notebooks/ itself.")] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="region=44, territory=ti-4408, phase=2, language=en or notebook=60_territory; repeatable"),
    ] = None,
    engine: Annotated[
        str, typer.Option(help="warm (forked from ready imports) or kernel (a Jupyter kernel each)")
    ] = "warm",
    keep_going: Annotated[
        bool, typer.Option("--keep-going/--fail-fast", help="After a failure, run the others?")
    ] = True,
    force: Annotated[bool, typer.Option("--force", "-f", help="Make also what has not changed.")] = False,
    workers: Annotated[int, typer.Option(min=0, help="Notebooks at a time; 0 is what params.yaml says")] = 0,
    timeout: Annotated[int, typer.Option(min=0, help="Seconds each; 0 is what params.yaml says")] = 0,
    memory: Annotated[int, typer.Option(min=0, help="Megabytes each; 0 is what params.yaml says")] = 0,
    scheduler: Annotated[str, typer.Option(help="Address of a running Dask scheduler: run there")] = "",
    storage: Annotated[
        str, typer.Option(help="fsspec address through which a cluster without a shared folder gets and gives files")
    ] = "",
) -> None:
    """Bring outputs/notebooks/ and outputs/figures/ up to date with the reports that params.yaml asks for."""
    from analysis.io import params, store
    from analysis.reports import notebooks
    from analysis.reports.notebooks import parameters, reports

    if engine not in notebooks.ENGINES:
        raise typer.BadParameter(f"--engine {engine!r} is none of {', '.join(notebooks.ENGINES)}.")
    if storage and not scheduler:
        raise typer.BadParameter("--storage needs --scheduler.")
    root = require_project()
    asked = params.read(root).reports
    given = {"workers": workers, "timeout_s": timeout, "memory_mb": memory}
    asked = asked.model_copy(update={name: value for name, value in given.items() if value})
    options = reports.Options.of(asked, engine=engine, fail_fast=not keep_going, force=force)
    if refresh:
        changed = reports.refresh(list(parameters.read(root)), root, options)
        stderr.print(f"updated: {', '.join(changed)}" if changed else "nothing changed")
        return
    wanted = notebooks.jobs(asked, store.read_table("core_territories", root), parameters.read(root))
    chosen = notebooks.select(wanted, only, *store.read_places(root)) if only else wanted
    whole = not only and (STAGE_VARIABLE in os.environ or not params.is_partial(root))
    with reports.runner(scheduler, storage, root) as runner:
        reports.make(chosen, root, options, whole=whole, runner=runner)


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
    pairs = [one.partition("=") for one in parameter or []]
    if any(not equals for _, equals, _ in pairs):
        raise typer.BadParameter("write parameters as NAME=VALUE.")
    given = {name: value for name, _, value in pairs}
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


@app.command("site")
def run_site() -> None:
    """Build the site into outputs/site/ from the executed notebooks, figures and tables."""
    from analysis.publication.site import build

    build.build(require_project())


@app.command("show")
def run_show(source: Annotated[str, typer.Argument(help="Id of a source, such as launch-2018")]) -> None:
    """Show what was read of one source: each figure with its verdict, and what no concept takes."""
    from analysis.errors import UnknownCodeError
    from analysis.io.nearness import did_you_mean
    from analysis.reports.library import Library
    from analysis.upkeep import review

    library = Library(require_project())
    if source not in library.sources:
        known = ", ".join(library.sources)
        what = f"unknown source {source!r}.{did_you_mean(source, library.sources)}"
        raise UnknownCodeError(what, where="data/raw/sources.yaml", repair=f"Known: {known}.")
    tables = (library.table("core_claims"), library.judged, library.table("core_unresolved"))
    typer.echo(review.of_source(source, *tables))


@app.command("extract")
def run_extract(
    documents: Annotated[
        list[str],
        typer.Argument(help="Texts, JSON lines or Parquet: paths, globs, fsspec addresses; - is standard input"),
    ],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a figure (the only format)")] = True,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write there instead, in several processes")
    ] = None,
    scheduler: Annotated[str, typer.Option(help="Address of a running Dask scheduler; needs --output")] = "",
    workers: Annotated[int, typer.Option(min=1, help="Processes of this machine")] = 2,
) -> None:
    """Figures of French documents, one JSON object each in document order; exits with 1 if a document was not read."""
    from analysis.extraction import corpus
    from analysis.extraction.documents import Remarks

    if scheduler and output is None:
        raise typer.BadParameter("--scheduler needs --output.")
    said = Remarks()
    if output is None:
        corpus.write_stream(documents, said)
    else:
        said = corpus.extract(documents, output, scheduler=scheduler, workers=workers)
    for line in (*said.remarks, *said.errors):
        stderr.print(line, markup=False)
    if said.errors:
        raise typer.Exit(1)


@app.command("raw-cog")
def run_raw_cog(
    packages: Annotated[
        list[str], typer.Argument(help="EDITION=ARCHIVE, such as 2024=etalab-decoupage-administratif-4.1.0.tgz")
    ],
) -> None:
    """Rebuild the tables of communes, postcodes, EPCI, départements, régions and changes in data/raw/ from packages."""
    from analysis.upkeep.stages import raw_cog

    pairs = [one.partition("=") for one in packages]
    if any(not edition.isdigit() or not archive for edition, _, archive in pairs):
        raise typer.BadParameter("write packages as EDITION=ARCHIVE.")
    raw_cog.raw_from_cog(require_project(), {int(edition): Path(archive) for edition, _, archive in pairs})


@app.command("diff")
def run_diff(
    base: Annotated[str, typer.Argument(help="Revision of git to compare with, such as HEAD or a branch")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of the report")] = None,
    full: Annotated[bool, typer.Option("--full", help="Execute all notebooks of that version, not only a few")] = False,
) -> None:
    """Report what moved since a revision: raw rows, tables, verdicts, figures, notebooks, and why."""
    from analysis.i18n.language import ENGLISH, speaking
    from analysis.upkeep.changes import comparing, wording

    root = require_project()
    folder = output or root / comparing.OUTPUT
    found = comparing.compare(root, base, folder, stderr.print, full=full)
    with speaking(ENGLISH):  # as all that the command line says
        typer.echo(wording.headline(found))
    if found:
        typer.echo(f"The report: {folder}/index.html (changes.md, changes.json)")


Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change and write nothing.")]


@update.command("members")
def update_members(
    file: Annotated[Path, typer.Argument(help="The new list: CSV, XLSX, XLS, ODS or GeoJSON")],
    phase: Annotated[int | None, typer.Option(min=1, max=2, help="Its phase, where no column says it")] = None,
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook, where several could be the list")] = "",
    ignore: Annotated[list[str] | None, typer.Option(help="Heading of a column to leave out; repeatable")] = None,
    source: Annotated[str, typer.Option(help="Id of the list's source in sources.yaml, or a new one")] = "anct-lists",
    producer: Annotated[str, typer.Option(help="Who published the list")] = "",
    title: Annotated[str, typer.Option(help="Title of the list, in French")] = "",
    url: Annotated[str, typer.Option(help="Where it was published")] = "",
    published: Annotated[str, typer.Option(help="Its date, YYYY-MM or YYYY-MM-DD, or unknown")] = "",
    accessed: Annotated[str, typer.Option(help="When it was fetched, YYYY-MM or YYYY-MM-DD")] = "",
    licence: Annotated[str, typer.Option(help="Name of its licence")] = "",
    licence_at: Annotated[str, typer.Option(help="Where the licence is stated")] = "",
    accept_shrink: Annotated[
        bool, typer.Option("--accept-shrink", help="Take a list that loses more than half of the rows.")
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Replace the official lists of one phase or both by a producer's new list, after showing what changes."""
    from analysis.upkeep.updates import dialogue, members, shown
    from analysis.upkeep.updates.source_record import Given

    given = Given(source, producer, title, url, published, accessed, licence, licence_at)
    root, asked = require_project(), members.Request(file, phase, sheet, ignore or (), accept_shrink, given)
    dialogue.settle(root, lambda: members.work_out(root, asked), shown.members, yes=yes, dry_run=dry_run)


@update.command("figures")
def update_figures(
    note: Annotated[Path, typer.Argument(help="A reading note, named after its source")],
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Add or replace a reading note, after showing its figures, their verdicts and what they change elsewhere."""
    from analysis.upkeep.updates import dialogue, reading_note, shown

    root = require_project()
    dialogue.settle(root, lambda: reading_note.work_out(root, note), shown.note, yes=yes, dry_run=dry_run)


@update.command("finish")
def update_finish() -> None:
    """Finish an update that was stopped while it replaced files."""
    from analysis.upkeep.updates import transaction

    done = transaction.recover(require_project())
    typer.echo("The update is finished." if done else "Nothing to finish.")


@app.command("docs")
def run_docs() -> None:
    """Rewrite environment.yml and the generated blocks of README.md."""
    from analysis.upkeep import generated

    generated.write_docs(require_project())


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


def main() -> None:
    """Run the command line; an error is shown as one message, and exits with 1."""
    try:
        if stage := os.environ.get(STAGE_VARIABLE):
            from analysis.io import declared
            from analysis.upkeep import building, unchanged

            building.end_with_parent()
            declared.hold(stage, project_root())
        app()
    except SystemExit as end:
        if stage and not end.code:
            unchanged.note_left(project_root(), stage)
        raise
    except Exception as error:
        if TRACEBACK_VARIABLE in os.environ:
            raise
        told = str(error) if isinstance(error, AtlasError) else unforeseen(error)
        told = told.replace(f"{project_root()}{os.sep}", "")  # files are named as a person in the project would
        stderr.print(f"{type(error).__name__}: {told}", markup=False)
        if stage:
            building.note_told(project_root(), stage)
        raise SystemExit(1) from None


def unforeseen(error: Exception) -> str:
    """What can be said of an error that nobody foresaw: its text, where it arose, and how to see the way there."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [one for one in frames if f"{os.sep}analysis{os.sep}" in one.filename] or frames
    place = f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""
    text = str(error).splitlines()[0] if str(error) else "no text"
    return f"{text}{place}. A fault of the program: set {TRACEBACK_VARIABLE}=1 to see the way there, and report it."
