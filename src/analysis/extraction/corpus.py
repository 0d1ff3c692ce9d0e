"""Figures of whole corpora: documents of any fsspec path, read piece by piece, in processes or on a Dask cluster."""

import hashlib
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, BinaryIO

import fsspec
from rich.console import Console
from rich.progress import Progress

from analysis import __version__
from analysis.errors import DocumentError
from analysis.extraction import numerals
from analysis.extraction.documents import Remarks, texts_of
from analysis.io.cluster import connected
from analysis.io.swapping import Files, replaced_files

PART_BYTES = 8 << 20  # of a JSON-lines file; a text is one part, a Parquet file one a row group
TEXT_COLUMN, NAME_COLUMNS = "text", ("doc", "id")
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Part:
    """What one process reads at a time: a whole text, or the lines or row group of a file from `start` to `end`."""

    uri: str
    size: int
    start: int = 0
    end: int = 0

    @property
    def name(self) -> str:
        """File name of its figures; another file, another piece or another version gives another name."""
        identity = f"{__version__} {self.uri} {self.size} {self.start} {self.end}"
        return hashlib.sha256(identity.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of a part as JSON lines, and what has to be said of its documents."""

    lines: str
    remarks: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()


# --- what there is to read ---------------------------------------------------------------------------------


def parts(uris: Iterable[str]) -> Iterator[Part]:
    """Parts of the files that paths, globs and fsspec addresses name, in the order given; DocumentError for none."""
    for uri in uris:
        system, pattern = fsspec.url_to_fs(uri)
        found = sorted(system.glob(pattern)) if any(sign in pattern for sign in "*?[") else [pattern]
        if not found:
            raise DocumentError("no file has such a name.", where=uri, repair="Check the path.")
        for path in found:
            yield from _parts_of_file(
                system, path, system.unstrip_protocol(path) if "://" in uri else uri_of(path, uri)
            )


def uri_of(path: str, given: str) -> str:
    """The name under which a local file is shown: as it was given, or the one that a glob found."""
    return path if any(sign in given for sign in "*?[") else given


def _parts_of_file(system: Any, path: str, uri: str) -> Iterator[Part]:
    try:
        size = int(system.info(path)["size"] or 0)
    except (OSError, KeyError) as error:
        raise DocumentError("the file cannot be found.", where=uri, repair="Check the path.") from error
    if uri.endswith(".parquet"):
        yield from (Part(uri, size, group, group + 1) for group in range(_row_groups(uri)))
    elif uri.endswith(".jsonl"):
        yield from (
            Part(uri, size, start, min(start + PART_BYTES, size)) for start in range(0, max(size, 1), PART_BYTES)
        )
    else:
        yield Part(uri, size)


# --- reading one part --------------------------------------------------------------------------------------


def read_part(part: Part) -> Outcome:
    """Figures of a part; a document that cannot be read becomes an error, and the others go on."""
    said = Remarks()
    return Outcome("".join(lines_of(part, said)), tuple(said.remarks), tuple(said.errors))


def lines_of(part: Part, said: Remarks) -> Iterator[str]:
    """JSON lines of a part's figures, one at a time."""
    if part.uri.endswith((".parquet", ".jsonl")):
        rows = _rows(part, said)
        for name, text in rows:
            yield from _lines(name, [(0, text)])
    else:
        with said.kept(part.uri), fsspec.open(part.uri, "rb") as file:
            yield from _lines(part.uri, texts_of(file, part.uri, said))


def stream(file: BinaryIO, name: str, said: Remarks) -> Iterator[str]:
    """JSON lines of the figures of one text as it arrives, such as standard input."""
    with said.kept(name):
        yield from _lines(name, texts_of(file, name, said))


def _lines(name: str, texts: Iterable[tuple[int, str]]) -> Iterator[str]:
    for offset, text in texts:
        yield from numerals.extract_lines(name, text, offset)


def _rows(part: Part, said: Remarks) -> Iterator[tuple[str, str]]:
    rows = _parquet_rows(part) if part.uri.endswith(".parquet") else _json_rows(part, said)
    for place, row in rows:
        name = next((str(row[key]) for key in NAME_COLUMNS if row.get(key) is not None), place)
        text = row.get(TEXT_COLUMN)
        if isinstance(text, str) and text.strip():
            yield name, text
        else:
            problem = "the document is empty" if TEXT_COLUMN in row else f"no field {TEXT_COLUMN!r}"
            said.errors.append(f"{place}: {problem}.")


def _json_rows(part: Part, said: Remarks) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of the lines that begin between `start` and `end`: whoever cuts the file, each line is read once."""
    with said.kept(part.uri), fsspec.open(part.uri, "rb") as file:
        if part.start:
            file.seek(part.start - 1)
            file.readline()
        while (begin := file.tell()) < part.end and (line := file.readline()):
            place = f"{part.uri}: byte {begin}"
            try:
                row = json.loads(line)
            except (json.JSONDecodeError, UnicodeDecodeError) as error:
                said.errors.append(f"{place}: the line is not JSON ({error}).")
                continue
            if isinstance(row, dict):
                yield place, row
            else:
                said.errors.append(f"{place}: the line is not a JSON object.")


def _parquet_rows(part: Part) -> Iterator[tuple[str, dict[str, Any]]]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only who reads Parquet pays for it

    with fsspec.open(part.uri, "rb") as file:
        table = pq.ParquetFile(file)
        wanted = [name for name in (TEXT_COLUMN, *NAME_COLUMNS) if name in table.schema_arrow.names]
        rows = table.read_row_group(part.start, columns=wanted).to_pylist()
    for rank, row in enumerate(rows):
        yield f"{part.uri}: row {rank} of group {part.start}", row


def _row_groups(uri: str) -> int:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with fsspec.open(uri, "rb") as file:
            return int(pq.ParquetFile(file).num_row_groups)
    except (OSError, pa.ArrowInvalid) as error:
        raise DocumentError(f"not a readable Parquet file ({error}).", where=uri, repair="Check the file.") from error


# --- reading them all --------------------------------------------------------------------------------------


def extract(
    uris: Sequence[str], output: Path, *, scheduler: str = "", workers: int = 2, console: Console | None = None
) -> Remarks:
    """Write the figures of a corpus to `output` in the order of its documents; what had to be said of them.

    Parts already read by a run that was killed are not read again: they wait in a folder beside `output`, which is
    written whole at the end. The result does not depend on the number of workers, nor on where they are.
    """
    wanted = list(parts(uris))
    folder = output.with_name(f".{output.name}.parts")
    folder.mkdir(parents=True, exist_ok=True)
    missing = [part for part in wanted if not (folder / part.name).is_file()]
    with executor(scheduler, workers) as pool, Progress(console=console or Console(stderr=True)) as bar:
        task = bar.add_task("documents", total=len(wanted), completed=len(wanted) - len(missing))
        for part, outcome in zip(missing, pool.map(read_part, missing), strict=True):
            _keep(folder / part.name, outcome)
            bar.advance(task)
    return _gather(wanted, folder, output)


def executor(scheduler: str, workers: int) -> AbstractContextManager[Executor]:
    """Processes of this machine, or those of the Dask cluster at an address."""
    return _cluster(scheduler) if scheduler else ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    with connected(address, DocumentError) as client:
        yield client.get_executor()


def _keep(path: Path, outcome: Outcome) -> None:
    head = json.dumps({"remarks": outcome.remarks, "errors": outcome.errors}, ensure_ascii=False)
    with replaced_files(Files()) as files:
        files.add_text(path, f"{head}\n{outcome.lines}")


def _gather(wanted: Sequence[Part], folder: Path, output: Path) -> Remarks:
    """Join the parts in order into `output`, then forget them."""
    said = Remarks()
    with replaced_files(Files()) as files:
        files.add(output, lambda target: _join(wanted, folder, target, said))
    shutil.rmtree(folder)
    return said


def _join(wanted: Sequence[Part], folder: Path, output: Path, said: Remarks) -> None:
    with output.open("w", encoding="utf-8") as target:
        for part in wanted:
            with (folder / part.name).open(encoding="utf-8") as source:
                head = json.loads(source.readline())
                said.remarks += head["remarks"]
                said.errors += head["errors"]
                target.writelines(source)


def write_stream(uris: Sequence[str], said: Remarks) -> None:
    """Print the figures of documents to standard output as they are found, one process, memory flat."""
    for uri in uris:
        if uri == STDIN:
            sys.stdout.writelines(stream(sys.stdin.buffer, STDIN, said))
            continue
        with said.kept(uri):
            for part in parts([uri]):
                sys.stdout.writelines(lines_of(part, said))
