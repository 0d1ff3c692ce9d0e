"""Commands that take new raw data: a producer's list, a reading note, packages of the official geographic codes."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.program import app, pairs
from analysis.io.paths import require_project

update = typer.Typer(help="Take a producer's new list or a reading note into data/raw/.", no_args_is_help=True)
app.add_typer(update, name="update")
PACKAGES = "packages as EDITION=ARCHIVE"
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
    valid_from: Annotated[str, typer.Option(help="Day or month from which the list holds")] = "",
    edition: Annotated[str, typer.Option(help="Id of the edition; by default the month from which it holds")] = "",
    cog: Annotated[int | None, typer.Option(help="Edition of the COG that the list is made in, if not ours")] = None,
    correct: Annotated[bool, typer.Option("--correct", help="Mend the edition in force; add none.")] = False,
    accept_shrink: Annotated[
        bool, typer.Option("--accept-shrink", help="Take a list that loses more than half of the rows.")
    ] = False,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Add a producer's newer list as an edition of its phase, or correct the one in force; shows what changes first."""
    from analysis.tables.codes import COG_YEAR
    from analysis.upkeep.updates import dialogue, producer_list, shown
    from analysis.upkeep.updates.new_edition import Asked
    from analysis.upkeep.updates.source_record import Given

    if sys.stdin.isatty() and not (valid_from or correct or yes or dry_run):
        question = "From which day or month does the list hold? (nothing: it corrects the edition in force)"
        valid_from = typer.prompt(question, default="", show_default=False)
        correct = not valid_from
    asked_edition = Asked(valid_from, edition, cog or COG_YEAR, correct)
    given = Given(source, producer, title, url, published, accessed, licence, licence_at)
    asked = producer_list.Request(file, phase, sheet, ignore or (), accept_shrink, given, asked_edition)
    root = require_project()
    dialogue.settle(root, lambda: producer_list.work_out(root, asked), shown.members, yes=yes, dry_run=dry_run)


@update.command("figures")
def update_figures(
    note: Annotated[Path, typer.Argument(help="A reading note, such as outputs/readings/<id>/note.md")],
    source_entry: Annotated[
        Path | None, typer.Option(help="The entry of a new source; by default source.yaml beside the note")
    ] = None,
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Add or replace a reading note, with its source where that is new, after showing figures, verdicts and changes."""
    from analysis.upkeep.updates import dialogue, reading_note, shown

    root = require_project()
    dialogue.settle(root, lambda: reading_note.work_out(root, note, source_entry), shown.note, yes=yes, dry_run=dry_run)


@update.command("layer")
def update_layer(
    file: Annotated[Path, typer.Argument(help="A table with a column of codes: CSV, XLSX, XLS or ODS")],
    sheet: Annotated[str, typer.Option(help="The sheet of a workbook, where several could be it")] = "",
    yes: Yes = False,
    dry_run: DryRun = False,
) -> None:
    """Add or replace a context layer: what stands around the programme, by commune, intercommunality or region.

    A file without a YAML beside it gets one, drafted, with questions; with it, the layer is checked, shown and written.
    """
    from analysis.upkeep.updates import context_layer, dialogue, shown

    root, asked = require_project(), context_layer.Request(file, sheet)
    if (told := context_layer.draft(root, asked)) is not None:
        typer.echo("\n".join(told))
        return
    dialogue.settle(root, lambda: context_layer.work_out(root, asked), shown.layer, yes=yes, dry_run=dry_run)


@update.command("finish")
def update_finish() -> None:
    """Finish an update that was stopped while it replaced files."""
    from analysis.upkeep.updates import transaction

    done = transaction.recover(require_project())
    typer.echo("The update is finished." if done else "Nothing to finish.")


@app.command("raw-cog")
def run_raw_cog(
    packages: Annotated[
        list[str], typer.Argument(help="EDITION=ARCHIVE, such as 2024=etalab-decoupage-administratif-4.1.0.tgz")
    ],
    base: Annotated[
        int | None, typer.Option(help="Edition of the tables; by default the latest of the packages")
    ] = None,
) -> None:
    """Rebuild the tables of communes, postcodes, EPCI, départements, régions and changes in data/raw/ from packages."""
    from analysis.upkeep.stages import raw_cog

    editions = pairs(packages, PACKAGES)
    if any(not edition.isdigit() or not archive for edition, archive in editions):
        raise typer.BadParameter(f"write {PACKAGES}.")
    raw_cog.raw_from_cog(require_project(), {int(edition): Path(archive) for edition, archive in editions}, base)
