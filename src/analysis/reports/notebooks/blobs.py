"""Files between machines through an fsspec address: inputs by their SHA-256, results by what they were made from."""

import json
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import fsspec

from analysis.errors import NotebookError
from analysis.io.digests import file_digest
from analysis.io.file_names import inside

DONE = "done.json"  # written last: the files of a result, each with its SHA-256


@dataclass(frozen=True)
class Storage:
    """A folder at an fsspec address (a path, file://, s3:// and others)."""

    url: str

    @cached_property
    def _place(self) -> tuple[Any, str]:
        system, path = fsspec.url_to_fs(self.url)
        return system, path.rstrip("/")

    def put_input(self, path: Path, digest: str) -> None:
        """Store an input under its digest, unless it is there."""
        system, base = self._place
        if not system.exists(f"{base}/inputs/{digest}"):
            self._put(path, f"inputs/{digest}")

    def get_input(self, digest: str, target: Path) -> None:
        """Fetch an input; NotebookError when it is absent or not what its digest says."""
        self._get(f"inputs/{digest}", target, digest)

    def has_result(self, key: str) -> bool:
        """Whether a result is there, whole."""
        system, base = self._place
        return bool(system.exists(f"{base}/results/{key}/{DONE}"))

    def put_result(self, key: str, folder: Path, paths: Iterable[str]) -> None:
        """Store the files of a result, then say that it is whole."""
        digests = {path: file_digest(folder / path) for path in paths}
        for path in digests:
            self._put(folder / path, f"results/{key}/{path}")
        (folder / DONE).write_text(json.dumps(digests), encoding="utf-8")
        self._put(folder / DONE, f"results/{key}/{DONE}")

    def get_result(self, key: str, folder: Path) -> None:
        """Fetch a result into `folder`."""
        system, base = self._place
        digests: Mapping[str, str] = json.loads(system.cat_file(f"{base}/results/{key}/{DONE}"))
        for path, digest in digests.items():
            self._get(f"results/{key}/{path}", inside(folder, path, f"{self.url}/results/{key}"), digest)

    def _put(self, path: Path, name: str) -> None:
        """Store under a name of its own first: a name that others look for holds a whole file."""
        system, base = self._place
        passing = f"{base}/{name}.{uuid.uuid4().hex}"
        system.makedirs(passing.rpartition("/")[0], exist_ok=True)
        system.put_file(str(path), passing)
        system.mv(passing, f"{base}/{name}")

    def _get(self, name: str, target: Path, digest: str) -> None:
        system, base = self._place
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            system.get_file(f"{base}/{name}", str(target))
        except FileNotFoundError as error:
            raise NotebookError("the file is not there.", where=f"{self.url}/{name}", repair=AGAIN) from error
        if file_digest(target) != digest:
            target.unlink()
            raise NotebookError("the file was changed on the way.", where=f"{self.url}/{name}", repair=AGAIN)

    def remove_results(self, keys: Iterable[str]) -> None:
        """Remove results, once a run has taken them all."""
        system, base = self._place
        for key in keys:
            if system.exists(f"{base}/results/{key}"):
                system.rm(f"{base}/results/{key}", recursive=True)


AGAIN = "Run the command again: it takes up where it stopped."


def fresh(folder: Path) -> Path:
    """`folder`, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
