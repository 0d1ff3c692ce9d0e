"""Commands that read figures in texts, and show what was read."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.program import app, stderr
from analysis.io.nearness import did_you_mean
from analysis.io.paths import require_project


@app.command("show")
def run_show(source: Annotated[str, typer.Argument(help="Id of a source, such as launch-2018")]) -> None:
    """Show what was read of one source: each figure with its verdict, and what no concept takes."""
    from analysis.errors import UnknownCodeError
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
        typer.Argument(
            help="Texts, PDF, HTML, DOCX, ODT, JSON lines, Parquet: paths, globs, fsspec addresses; - is standard input"
        ),
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
