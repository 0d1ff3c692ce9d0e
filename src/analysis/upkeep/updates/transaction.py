"""Several raw files replaced as one: all new, or all old.

New contents are written in a hidden folder beside the files, with a journal of what each file was and becomes. One
rename makes the folder valid: before it nothing has happened, after it the update is decided, and whoever finds the
folder puts all files in place again. A second rename ends it. Readers of raw data refuse to start in between.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import AtlasError, UpdateError
from analysis.io.paths import RAW, UPDATE

JOURNAL, READY = "journal.json", "ready"
STAGING = UPDATE.with_name(f"{UPDATE.name}.tmp")
ABSENT = ""  # digest of a file that is not there
FINISH = "Run `analysis update finish`."


def write(root: Path, contents: Mapping[Path, bytes], expected: Mapping[Path, str]) -> None:
    """Replace files (paths relative to `root`, all below data/raw) by `contents`: all of them or none.

    `expected` holds the `digest` of each file as it was when the update was worked out; UpdateError when one is
    another now. What a run that was stopped left behind is finished or undone first.
    """
    with _alone(root), _cleaned(root):
        _recover(root)
        changed = [path for path in contents if digest(root / path) != expected[path]]
        if changed:
            what = f"changed while the update was worked out: {', '.join(map(str, changed))}."
            raise UpdateError(what, where=RAW, repair="Nothing was written. Run the command again.")
        _stage(root, contents, expected)
        _apply(root)


def recover(root: Path) -> bool:
    """Finish an update that was decided, drop one that was not; whether there was one to finish.

    UpdateError when a file is neither what it was nor what it should become.
    """
    if not (root / UPDATE).exists() and not (root / STAGING).exists():
        return False
    with _alone(root), _cleaned(root):
        return _recover(root)


def digest(path: Path) -> str:
    """SHA-256 of a file; ABSENT when there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ABSENT


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold data/raw against another update; the lock goes with the process, whatever ends it."""
    folder = os.open(root / RAW, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise UpdateError("another update is running.", where=RAW, repair="Wait for it to end.") from error
    finally:
        os.close(folder)


@contextmanager
def _cleaned(root: Path) -> Iterator[None]:
    """Take away what was not decided, and say what to do where the disk refuses."""
    try:
        yield
    except OSError as error:
        then = FINISH if (root / UPDATE).exists() else "Run the command again."
        what, repair = f"cannot be written ({error.strerror}).", f"Free some space or restore the permissions. {then}"
        raise AtlasError(what, where=str(error.filename), repair=repair) from error
    finally:
        shutil.rmtree(root / STAGING, ignore_errors=True)


def _stage(root: Path, contents: Mapping[Path, bytes], expected: Mapping[Path, str]) -> None:
    """Write everything beside the files, then decide with one rename."""
    staging = root / STAGING
    staging.mkdir()
    entries = list[dict[str, str]]()
    for rank, (path, content) in enumerate(sorted(contents.items())):
        _write(staging / str(rank), content)
        after = hashlib.sha256(content).hexdigest()
        entries.append({"path": path.as_posix(), "before": expected[path], "after": after})
    _write(staging / JOURNAL, json.dumps(entries, indent=1).encode())
    _sync(staging)
    staging.rename(root / UPDATE)
    _sync(root / RAW)


def _recover(root: Path) -> bool:
    shutil.rmtree(root / STAGING, ignore_errors=True)
    if not (root / UPDATE).exists():
        return False
    _apply(root)
    return True


def _apply(root: Path) -> None:
    """Put every staged file in its place, then take the folder away: until then all of it can be done again."""
    folder = root / UPDATE
    entries = json.loads((folder / JOURNAL).read_bytes())
    _require_untouched(root, entries)
    for rank, entry in enumerate(entries):
        path = root / entry["path"]
        _write(folder / READY, (folder / str(rank)).read_bytes())
        (folder / READY).replace(path)
        _sync(path.parent)
    folder.rename(root / STAGING)
    _sync(root / RAW)


def _require_untouched(root: Path, entries: list[dict[str, str]]) -> None:
    """Refuse to write over what somebody changed after the update was stopped."""
    found = ((entry["path"], digest(root / entry["path"]), (entry["before"], entry["after"])) for entry in entries)
    changed = [path for path, now, known in found if now not in known]
    if changed:
        what = f"an update was stopped, and since then changed: {', '.join(changed)}."
        undo = f"remove {UPDATE} and restore {RAW} to give the update up"
        repair = f"Restore them with `git checkout -- {' '.join(changed)}` and run `analysis update finish`, or {undo}."
        raise UpdateError(what, where=RAW, repair=repair)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """Have the names of a folder on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
