"""The program that the commands belong to, and what several of them check of their arguments."""

from collections.abc import Iterable, Iterator
from typing import Any

import typer
from rich.console import Console

from analysis.io.nearness import did_you_mean

app = typer.Typer(
    name="analysis",
    help="Territoires d'industrie, a reproducible atlas. The stages are run by `dvc repro`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
stderr = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)  # `:corn:` is a part of an id


def commands() -> list[tuple[str, str]]:
    """Name of each command, in the order of `--help`, and the first paragraph of what it says of itself."""
    return list(_commands(typer.main.get_command(app), ""))


def _commands(group: Any, before: str) -> Iterator[tuple[str, str]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", " ".join((command.help or "").partition("\n\n")[0].split())


def require_one_of(known: Iterable[str], value: str, option: str = "") -> None:
    """typer.BadParameter for a value that is none of the known ones, with the nearest."""
    names = list(known)
    if value not in names:
        shown = f"{option} {value!r}".strip()
        raise typer.BadParameter(f"{shown} is none of {', '.join(names)}.{did_you_mean(value, names)}")


def pairs(texts: Iterable[str] | None, written: str) -> list[tuple[str, str]]:
    """Name and value of each text `NAME=VALUE`; typer.BadParameter where there is no sign between two of them."""
    parted = [text.partition("=") for text in texts or ()]
    if any(not name or not sign for name, sign, _ in parted):
        raise typer.BadParameter(f"write {written}.")
    return [(name, value) for name, _, value in parted]
