"""One run of the pipeline at a time: it mends what an interrupted one has left, then has DVC do what is due."""

import ctypes
import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import yaml

from analysis.errors import AtlasError
from analysis.io import repository, store, swapping
from analysis.io.paths import OUTPUTS, PROCESSED
from analysis.upkeep import unchanged

LOCK = Path(".dvc/tmp/atlas.lock")
SCRATCH = Path(".dvc/tmp/scratch")  # the stages' temporary files: what a killed one leaves there goes with the next run
TOLD = SCRATCH / "failed-stage"  # a stage that has told why it failed leaves its name there
OBJECTS = Path(".dvc/cache/files/md5")  # each named by the digest of what it holds
RWLOCK = Path(".dvc/tmp/rwlock")  # written by DVC in place, which stops at one that is cut short
RECORD, LAST_GOOD = Path("dvc.lock"), Path(".dvc/tmp/dvc.lock.good")
PLACES = (PROCESSED, OUTPUTS, Path("docs"))
INTERRUPTED = {-signal.SIGINT, 252}  # by the signal itself, and what DVC says then
PR_SET_PDEATHSIG = 1  # Linux, <sys/prctl.h>
REPAIR = "Free some space or restore the permissions, then run the command again."

Say = Callable[[str], object]


def build(root: Path, targets: Sequence[str], say: Say, look: Callable[[], object] = lambda: None) -> int:
    """Bring the pipeline, or the `targets` among its stages, up to date; DVC's exit code.

    Waits for another run in the same folder. `look` is called first, unless nothing has changed since the last run.
    Raises AtlasError where the folder cannot be written.
    """
    try:
        with alone(root, say) as lock:
            mend(root, say)
            if not targets and unchanged.unchanged(root):
                return 0
            if not targets and unchanged.take_in_comments(root):
                say("Only comments changed: nothing to run.")
                _keep_record(root)
                return 0
            look()
            repository.tell_dvc(root)
            before = _state(root)
            code = _repro(root, targets, lock, say)
            if code == 0:
                _keep_record(root)
            if code == 0 and before and not targets:
                unchanged.keep(root, before)
            return code
    except OSError as error:
        where = error.filename or root.name
        raise AtlasError(f"cannot be written ({error.strerror}).", where=str(where), repair=REPAIR) from error


def _state(root: Path) -> unchanged.State | None:
    """What a run starts from; None where it is not whole, as before the first one."""
    shutil.rmtree(root / unchanged.LEFT, ignore_errors=True)
    (root / unchanged.KEPT).unlink(missing_ok=True)
    try:
        return unchanged.State.of(root)
    except (OSError, AtlasError):
        return None


@contextmanager
def alone(root: Path, say: Say) -> Iterator[int]:
    """Hold the folder for this process and for those that get the lock's descriptor; who dies lets go of it."""
    (root / LOCK).parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(root / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another run is at work in this folder: waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def mend(root: Path, say: Say) -> None:
    """Remove what is unfinished or spoilt; put DVC's record back where it is not whole."""
    shutil.rmtree(root / SCRATCH, ignore_errors=True)
    for place in PLACES:
        swapping.tidy(root / place)
    for path in spoilt(root / OBJECTS):
        path.unlink()
        say(f"{path.relative_to(root)} no longer holds what it is named after: removed, and made again where needed.")
    if (root / RWLOCK).is_file() and not _is_json(root / RWLOCK):
        (root / RWLOCK).unlink()
    record = root / RECORD
    if record.is_file() and not whole(record.read_bytes()):
        good = next((one for one in _records(root) if whole(one)), None)
        if good is None:
            record.unlink()
            say(f"{RECORD} was not whole and is removed: everything is checked again.")
        else:
            with store.batch() as files:
                files.add_bytes(record, good)
            say(f"{RECORD} was not whole: put back as it was after the last run that ended well.")


def spoilt(objects: Path) -> Iterator[Path]:
    """Objects of DVC's cache that are not what their name says: DVC itself trusts every one that is read-only."""
    for path in sorted(path for path in objects.glob("*/*") if path.is_file()):
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
        if digest != path.parent.name + path.name.removesuffix(".dir"):
            yield path


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
        return True
    except ValueError:
        return False


def whole(content: bytes) -> bool:
    """Whether DVC can read its record: it writes that file in place, and a killed run may leave a part of it."""
    try:
        stages = yaml.load(content, yaml.CSafeLoader)["stages"]
        entries = [item for stage in stages.values() for item in (*stage["deps"], *stage["outs"])]
        return all(stage["cmd"] for stage in stages.values()) and all(item["path"] and item["md5"] for item in entries)
    except (yaml.YAMLError, UnicodeDecodeError, AttributeError, KeyError, TypeError, ValueError, RecursionError):
        return False


def _records(root: Path) -> Iterator[bytes]:
    """Earlier records: that of the last run that ended well here, then the committed one."""
    if (root / LAST_GOOD).is_file():
        yield (root / LAST_GOOD).read_bytes()
    git = shutil.which("git")
    if git:
        shown = subprocess.run([git, "show", f"HEAD:./{RECORD}"], cwd=root, capture_output=True, check=False)
        yield shown.stdout


def _keep_record(root: Path) -> None:
    with store.batch() as files:
        files.add_bytes(root / LAST_GOOD, (root / RECORD).read_bytes())


def _repro(root: Path, targets: Sequence[str], lock: int, say: Say) -> int:
    """Run DVC quietly, and aloud if that fails and no stage has said why: quiet, DVC keeps a cause of its own back."""
    (root / SCRATCH).mkdir(parents=True)
    code = _ended(started(["-q", *targets], root, lock))
    if code not in {0, *INTERRUPTED}:
        if (root / TOLD).is_file():
            stage = (root / TOLD).read_text(encoding="utf-8")
            say(f"Stage {stage} failed, for the reason above; what was built before is still there.")
        else:
            code = _ended(started(targets, root, lock))
    shutil.rmtree(root / SCRATCH, ignore_errors=True)
    return code


def note_told(root: Path, stage: str) -> None:
    """Note that a stage has said why it failed, so that the run does not have it said again."""
    with suppress(OSError):
        (root / TOLD).write_text(stage, encoding="utf-8")


def started(arguments: Sequence[str], root: Path, lock: int) -> "subprocess.Popen[bytes]":
    """`dvc repro` at work: it holds the folder too, and its stages' temporary files are in the scratch folder.

    UTF-8 whatever the locale says: in the POSIX one DVC fails in a folder whose name is not ASCII.
    """
    command = [sys.executable, "-m", "dvc", "repro", *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1", "TMPDIR": str(root / SCRATCH)}
    return subprocess.Popen(command, cwd=root, env=environment, pass_fds=(lock,))


def _ended(process: "subprocess.Popen[bytes]") -> int:
    """Exit code of DVC; Ctrl-C reaches it and its stage too, and they end by themselves."""
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def end_with_parent() -> None:
    """Have the system kill this process when the one that started it dies (Linux): no stage goes on without DVC."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
