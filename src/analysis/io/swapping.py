"""Files and folders that take the place of others: a reader always finds the old ones or the new ones, whole.

Files that are written together change one after the other, once all are complete; a folder changes in one step where
the system can.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from analysis.errors import AtlasError

FRESH, OLD = "new", "old"  # what follows a folder's name while it is written, and while it is replaced
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux, <fcntl.h> and <linux/fs.h>
RENAME_SWAP = 2  # macOS, <sys/stdio.h>


class Files:
    """Files written together: all are complete in temporary files before the first old one is replaced."""

    def __init__(self) -> None:
        self._pending: list[tuple[Path, Path]] = []

    def add(self, path: Path, write: Callable[[Path], object]) -> None:
        """Have `write` produce a temporary file that will become `path`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.tmp")
        self._pending.append((temporary, path))
        try:
            write(temporary)
        except OSError as error:  # a full disk does not say for which file
            raise OSError(error.errno, error.strerror or str(error), error.filename or str(path)) from error

    def add_text(self, path: Path, text: str) -> None:
        """A UTF-8 text file with the text exactly as given."""
        self.add(path, lambda temporary: temporary.write_text(text, encoding="utf-8", newline="\n"))

    def add_bytes(self, path: Path, content: bytes) -> None:
        """A file with exactly these bytes."""
        self.add(path, lambda temporary: temporary.write_bytes(content))

    def commit(self) -> None:
        """Replace the old files by the new ones."""
        for temporary, path in self._pending:
            temporary.replace(path)
        self._pending.clear()

    def discard(self) -> None:
        """Forget what was not committed."""
        for temporary, _ in self._pending:
            temporary.unlink(missing_ok=True)
        self._pending.clear()


Kind = TypeVar("Kind", bound=Files)


@contextmanager
def replaced_files(files: Kind) -> Iterator[Kind]:
    """The `files`, committed when the block succeeds; every old file stays as it was when it fails."""
    try:
        yield files
        files.commit()
    except OSError as error:
        repair = "Free some space or restore the permissions, then run the command again."
        raise AtlasError(f"cannot be written ({error.strerror}).", where=str(error.filename), repair=repair) from error
    finally:
        files.discard()


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """A fresh folder to fill; it takes the place of `folder` when the block succeeds, and vanishes when it fails."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    recover(folder)
    fresh = _beside(folder, FRESH)
    fresh.mkdir()
    try:
        yield fresh
        if not (folder.exists() and swap(fresh, folder)):
            if folder.exists():
                folder.replace(_beside(folder, OLD))
            fresh.replace(folder)
    finally:
        recover(folder)


def swap(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False, and nothing done, where the system or the disk cannot."""
    paths = os.fsencode(one), os.fsencode(other)
    system = ctypes.CDLL(None)
    if sys.platform == "linux" and hasattr(system, "renameat2"):
        return bool(system.renameat2(AT_FDCWD, paths[0], AT_FDCWD, paths[1], RENAME_EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(system, "renamex_np"):
        return bool(system.renamex_np(*paths, RENAME_SWAP) == 0)
    return False


def recover(folder: Path) -> None:
    """Forget what was begun in place of `folder`; put the old one back where a run ended between two renames."""
    old = _beside(folder, OLD)
    if old.exists() and not folder.exists():
        old.replace(folder)
    for leftover in (_beside(folder, FRESH), old):
        shutil.rmtree(leftover, ignore_errors=True)


def tidy(place: Path) -> None:
    """Remove from a folder, however deep, all that a run which was killed has left unfinished."""
    for parent, folders, files in os.walk(place):
        for name in [name for name in folders if name.startswith(".")]:
            folders.remove(name)
            kind = name.rpartition(".")[2]
            if kind in {FRESH, OLD}:
                recover(Path(parent) / name[1 : -len(kind) - 1])
        for name in files:
            if name.startswith(".") and name.endswith(".tmp"):
                (Path(parent) / name).unlink()


def _beside(folder: Path, kind: str) -> Path:
    return folder.with_name(f".{folder.name}.{kind}")
