"""A folder that takes the place of another, in one step where the system can: a reader always finds one, whole."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FRESH, OLD = "new", "old"  # what follows a folder's name while it is written, and while it is replaced
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux, <fcntl.h> and <linux/fs.h>
RENAME_SWAP = 2  # macOS, <sys/stdio.h>


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
