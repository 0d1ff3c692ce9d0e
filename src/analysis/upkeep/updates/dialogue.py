"""The course of an update: worked out, shown, agreed to, written."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import typer
from rich.console import Console, RenderableType

from analysis.upkeep.updates import transaction


class Update(Protocol):
    """New contents by path, and the digests of the files they replace."""

    @property
    def contents(self) -> Mapping[Path, bytes]:
        """New files by path, relative to the root; empty when nothing changes."""

    @property
    def expected(self) -> Mapping[Path, str]:
        """Digest of each file when the update was worked out."""

    @property
    def remarks(self) -> Sequence[object]:
        """What is worth a look and stops nothing, one line each."""


Worked = TypeVar("Worked", bound=Update)
WIDTH = 100  # columns of what is not a terminal


def settle(
    root: Path,
    work_out: Callable[[], Worked],
    shown: Callable[[Worked], RenderableType],
    *,
    yes: bool = False,
    dry_run: bool = False,
) -> None:
    """Show what changes, ask unless `yes`, and write; typer.Exit(1) when the answer is no. `dry_run` only shows.

    An update that was stopped is finished first, so that this one starts from files that belong together.
    """
    if not dry_run and transaction.recover(root):
        typer.echo("An update that was stopped is finished.")
    update = work_out()
    if not update.contents:
        for one in update.remarks:
            typer.echo(f"look at {one}")
        typer.echo("Nothing changed.")
        return
    console = Console(highlight=False, emoji=False)
    Console(highlight=False, emoji=False, width=console.width if console.is_terminal else WIDTH).print(shown(update))
    files = ", ".join(path.as_posix() for path in sorted(update.contents))
    if dry_run:
        typer.echo(f"Would write: {files}.")
        return
    if not yes and not typer.confirm(f"Write {files}?"):
        typer.echo("Nothing was written.")
        raise typer.Exit(1)
    transaction.write(root, update.contents, update.expected)
    typer.echo(f"Written: {files}. Run `dvc repro` to bring everything up to date.")
