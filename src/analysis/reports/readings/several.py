"""Several documents read side by side, in processes or on a Dask cluster; one that cannot be read stops no other."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import fsspec

from analysis.errors import AtlasError, DocumentError
from analysis.extraction.documents import bytes_of
from analysis.extraction.vocabulary import slug
from analysis.reports.readings.document_reading import Given, Reading, of_bytes

LONGEST_ID = 80
NAMELESS = "document"
MAGIC = "*?["
LEAVE_OUT = "Correct it or leave it out."
ENDED = "it ended the process that read it: too large or damaged. Give the parts that matter as files of their own."


@dataclass(frozen=True, slots=True)
class Request:
    """A document to read: its address, the id of its reading, what is given of it, and the project."""

    uri: str
    source: str
    given: Given
    root: Path


@dataclass(frozen=True)
class Outcome:
    """What became of a request: a reading, or why there is none."""

    request: Request
    reading: Reading | None = None
    error: str = ""


# --- which documents ---------------------------------------------------------------------------------------


def addresses(given: Iterable[str]) -> Iterator[str | DocumentError]:
    """Every document that paths, globs and fsspec addresses name, in order; an error where a glob finds none."""
    for uri in given:
        if not any(sign in uri for sign in MAGIC):
            yield uri
            continue
        try:
            system, pattern = fsspec.url_to_fs(uri)
            found = sorted(system.glob(pattern))
        except (OSError, ValueError, ImportError) as error:
            yield DocumentError(f"cannot be looked into ({error}).", where=uri, repair="Check the address.")
            continue
        if not found:
            yield DocumentError("no file has such a name.", where=uri, repair="Check the path.")
        yield from (system.unstrip_protocol(path) if "://" in uri else path for path in found)


def requests(uris: Sequence[str], given: Given, source: str, root: Path) -> list[Request]:
    """A request a document, each with an id of its own: `source`, or the name of its file."""
    made: dict[str, Request] = {}
    for uri in uris:
        name = source or slug(PurePosixPath(urlsplit(uri).path).stem)[:LONGEST_ID].strip("-") or NAMELESS
        own = next(one for one in chain([name], map(f"{name}-{{}}".format, count(2))) if one not in made)
        made[own] = Request(uri, own, given, root)
    return list(made.values())


# --- reading them ------------------------------------------------------------------------------------------


def read_one(request: Request) -> Outcome:
    """The reading of one document, or what is wrong with it."""
    try:
        found = of_bytes(bytes_of(request.uri), request.uri, request.source, request.given, request.root)
    except AtlasError as error:
        return Outcome(request, error=str(error))
    except Exception as error:  # whatever a document makes of a library, the others go on
        return Outcome(request, error=f"{request.uri}: cannot be read ({type(error).__name__}: {error}). {LEAVE_OUT}")
    return Outcome(request, found)


class Here(Executor):
    """Carries out in this process what is asked of it: one document is read sooner than another process begins."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **more: Any) -> Future[Any]:
        """The result of the work, done now."""
        future: Future[Any] = Future()
        future.set_result(work(*given, **more))
        return future


def read_all(wanted: Iterable[Request], pool: Callable[[], AbstractContextManager[Executor]]) -> Iterator[Outcome]:
    """Outcomes in the order of the requests, as they come; `pool` opens what carries them out.

    A document that ends the process which reads it is read again alone, and named if it does so again.
    """
    waiting, alone = deque(wanted), False
    while waiting:
        whole = True
        with pool() as executor:
            futures = deque(executor.submit(read_one, one) for one in ([waiting[0]] if alone else waiting))
            while futures:
                try:
                    outcome = futures.popleft().result()
                except BrokenExecutor:
                    whole = False
                    if not alone:
                        break
                    outcome = Outcome(waiting[0], error=f"{waiting[0].uri}: {ENDED}")
                except Exception:  # of a cluster that gave it up with the worker that it had ended
                    outcome = Outcome(waiting[0], error=f"{waiting[0].uri}: {ENDED}")
                waiting.popleft()
                yield outcome
        alone = not alone and not whole
