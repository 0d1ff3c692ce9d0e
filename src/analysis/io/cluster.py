"""A running Dask cluster by its address; who has none pays nothing for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from analysis.errors import AtlasError


@contextmanager
def connected(address: str, error: type[AtlasError]) -> Iterator[Any]:
    """A `distributed.Client` of the scheduler at `address`; `error` is raised when none answers."""
    from distributed import Client  # noqa: PLC0415

    try:
        client = Client(address, timeout="10s")
    except (OSError, TimeoutError, ValueError) as cause:
        what = f"no Dask scheduler answers ({cause})."
        raise error(what, where=address, repair="Start it, or leave --scheduler out.") from cause
    with client:
        yield client
