"""Commands that read documents of others: each figure with what the official lists say of it."""

import re
import sys
from contextlib import ExitStack
from typing import Annotated, Any

import typer
from rich.console import Console

from analysis.cli.program import app, stderr
from analysis.io.paths import require_project

DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
Published = Annotated[str, typer.Option(help="Its date, YYYY-MM-DD, YYYY-MM or YYYY, where it does not say it")]
Language = Annotated[str, typer.Option(help="fr, or en")]


@app.command("read")
def run_read(
    documents: Annotated[
        list[str], typer.Argument(help="PDF, HTML, DOCX, ODT or text: paths, globs, fsspec addresses")
    ],
    published: Published = "",
    producer: Annotated[str, typer.Option(help="Who published it, where it does not say it")] = "",
    title: Annotated[str, typer.Option(help="Its title, where it does not say it")] = "",
    source: Annotated[str, typer.Option(help="Id of the reading, and of its source; by default its name")] = "",
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a figure, and keep nothing")] = False,
    scheduler: Annotated[str, typer.Option(help="Address of a running Dask scheduler that sees this folder")] = "",
    workers: Annotated[int, typer.Option(min=1, help="Processes of this machine")] = 2,
    notebook: Annotated[bool, typer.Option(help="Show each reading in a notebook and on a page")] = True,
    language: Language = "",
) -> None:
    """Read documents and confront their figures; results in outputs/readings/<id>/, exit 1 if one was not read."""
    if (source or title) and len(documents) > 1:
        raise typer.BadParameter("--source and --title are those of one document.")
    with _asked(published, language):
        root, more = require_project(), _shown() if notebook and not jsonl else {}
        from analysis.reports.readings.document_reading import Given
        from analysis.reports.readings.reading_run import Run

        run = Run(root, _say, Given(published, producer, title), source, scheduler, workers, **more)
        sys.stdout.writelines(run.figures(documents)) if jsonl else run.keep(documents)
    if run.failed:
        raise typer.Exit(1)


@app.command("check")
def run_check(
    phrase: Annotated[str, typer.Argument(help="A French sentence with figures, in quotes")],
    published: Published = "",
    language: Language = "",
) -> None:
    """Say of each figure of a sentence what it counts, where and when, and what the official lists say of it."""
    from analysis.reports.readings import typed_sentence

    with _asked(published, language):
        for line in typed_sentence.told(phrase, published, require_project()):
            Console(highlight=False, soft_wrap=True, emoji=False).print(line)


def _shown() -> dict[str, Any]:
    """What shows readings: loaded only where they are to be shown, and before anything else, for it takes longest."""
    from analysis.reports.readings import shown_notebooks

    shown_notebooks.ready()
    return {"show": shown_notebooks.show}


def _say(line: str) -> None:
    stderr.print(line, markup=False)


def _asked(published: str, language: str) -> ExitStack:
    """The language asked for, in force until the block ends; typer.BadParameter for no date or no language."""
    from analysis.i18n.language import LANGUAGES, speaking

    if published and not DATE.fullmatch(published):
        raise typer.BadParameter("--published is a date: YYYY-MM-DD, YYYY-MM or YYYY.")
    if language and language not in LANGUAGES:
        raise typer.BadParameter(f"--language is one of {', '.join(LANGUAGES)}.")
    stack = ExitStack()
    if language:
        stack.enter_context(speaking(language))
    return stack
