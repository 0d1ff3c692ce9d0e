"""Several files replaced as one, whatever stops it, and whenever."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import AtlasError, UpdateError
from analysis.io import store
from analysis.io.paths import RAW, UPDATE
from analysis.upkeep.updates import transaction

OLD = {RAW / "a.csv": b"a\n1\n", RAW / "b.csv": b"b\n1\n", RAW / "notes/c.md": b"c\n"}
NEW = {RAW / "a.csv": b"a\n2\n", RAW / "b.csv": b"b\n2\n", RAW / "notes/c.md": b"d\n", RAW / "notes/new.md": b"new\n"}
RMTREE = shutil.rmtree


class Stopped(BaseException):
    """What stands for a process that is killed: nothing catches it."""


@pytest.fixture
def folder(tmp_path) -> Path:
    restore(tmp_path)
    return tmp_path


def restore(folder: Path) -> None:
    """The old files and nothing else."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    for path, content in OLD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def state(folder: Path) -> dict[Path, bytes]:
    return {one.relative_to(folder): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def expected(folder: Path) -> dict[Path, str]:
    return {path: transaction.digest(folder / path) for path in NEW}


def stop_after(monkeypatch, calls: int, error: BaseException) -> list[str]:
    """Let that many calls change the disk, then stop for good; gives the calls that were made."""
    made: list[str] = []

    def guarded(name, call):
        def run(*arguments, **more):
            if len(made) >= calls:
                raise error
            made.append(name)
            return call(*arguments, **more)

        return run

    monkeypatch.setattr(transaction.os, "fsync", guarded("fsync", os.fsync))
    for name in ("mkdir", "rename", "replace"):
        monkeypatch.setattr(Path, name, guarded(name, getattr(Path, name)))
    monkeypatch.setattr(transaction.shutil, "rmtree", guarded("rmtree", shutil.rmtree))
    return made


def test_update_replaces_every_file_and_leaves_nothing_beside(folder):
    transaction.write(folder, NEW, expected(folder))
    assert state(folder) == NEW
    assert not transaction.recover(folder)


def test_update_stopped_anywhere_is_all_old_or_all_new_for_the_next_run(folder, monkeypatch):
    with monkeypatch.context() as patched:
        made = stop_after(patched, 1_000, Stopped())
        transaction.write(folder, NEW, expected(folder))
    steps = len(made)
    assert {*made} == {"rmtree", "mkdir", "fsync", "rename", "replace"}
    outcomes = set()
    for calls in range(steps):
        restore(folder)
        with monkeypatch.context() as patched:
            stop_after(patched, calls, Stopped())
            with pytest.raises(Stopped):
                transaction.write(folder, NEW, expected(folder))
        decided = (folder / UPDATE).exists()
        transaction.recover(folder)
        assert state(folder) == (NEW if decided or state(folder) == NEW else OLD), calls
        assert {one.name for one in (folder / RAW).iterdir()} == {"a.csv", "b.csv", "notes"}
        outcomes.add(state(folder) == NEW)
    assert outcomes == {True, False}


@pytest.fixture
def half_done(folder, monkeypatch) -> Path:
    """A folder in which two of four files are replaced."""
    with monkeypatch.context() as patched:
        made = stop_after(patched, 1_000, Stopped())
        transaction.write(folder, NEW, expected(folder))
    second = [at for at, name in enumerate(made) if name == "replace"][1]
    restore(folder)
    with monkeypatch.context() as patched:
        stop_after(patched, second + 1, Stopped())
        with pytest.raises(Stopped):
            transaction.write(folder, NEW, expected(folder))
    assert [path for path in OLD if (folder / path).read_bytes() != OLD[path]] == list(OLD)[:2]
    return folder


def test_recovery_stopped_anywhere_is_taken_up_again(half_done, monkeypatch):
    calls = 0
    while (half_done / UPDATE).exists():
        with monkeypatch.context() as patched:
            stop_after(patched, calls, Stopped())
            with pytest.raises(Stopped):
                transaction.recover(half_done)
        calls += 1
    transaction.recover(half_done)
    assert calls > 10
    assert state(half_done) == NEW


def test_full_disk_is_told_and_leaves_all_old_or_what_finish_finishes(folder, monkeypatch):
    outcomes = set()
    for calls in range(100):
        restore(folder)
        with monkeypatch.context() as patched:
            stop_after(patched, calls, OSError(28, "No space left on device", "x"))
            patched.setattr(shutil, "rmtree", RMTREE)
            try:
                transaction.write(folder, NEW, expected(folder))
            except AtlasError as error:
                told = str(error)
            else:
                break
        decided = (folder / UPDATE).exists()
        assert told == (
            "x: cannot be written (No space left on device). Free some space or restore the permissions. "
            + ("Run `analysis update finish`." if decided else "Run the command again.")
        )
        assert not (folder / transaction.STAGING).exists()
        assert decided or state(folder) in (OLD, NEW)
        assert transaction.recover(folder) == decided
        outcomes.add(state(folder) == NEW)
    assert calls > 15
    assert outcomes == {True, False}


def test_file_changed_after_an_update_was_stopped_is_not_written_over(half_done):
    path = half_done / RAW / "b.csv"
    path.write_bytes(b"mine\n")
    with pytest.raises(UpdateError, match=r"since then changed: data/raw/b.csv. Restore .*git checkout -- data/raw/b"):
        transaction.recover(half_done)
    assert path.read_bytes() == b"mine\n"
    path.write_bytes(OLD[RAW / "b.csv"])
    assert transaction.recover(half_done)
    assert state(half_done) == NEW


def test_two_updates_at_once_are_refused(folder):
    with transaction._alone(folder), pytest.raises(UpdateError, match="another update is running"):
        transaction.write(folder, NEW, expected(folder))
    assert state(folder) == OLD


def stopped(project: Path) -> None:
    """An update that was decided and of which no file was moved yet, by a process that was killed."""
    code = (
        "import os, sys; from pathlib import Path; from analysis.upkeep.updates import transaction as t\n"
        "root = Path(sys.argv[1]); path = Path('data/raw/territories.csv')\n"
        "new = (root / path).read_bytes().replace(b'Pays Ajaccien', 'Inventé'.encode())\n"
        "t._apply = lambda root: os.kill(os.getpid(), 9)\n"
        "t.write(root, {path: new}, {path: t.digest(root / path)})\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(project)], check=False).returncode == -9


def test_killed_update_stops_readers_and_is_finished_by_the_command(project, monkeypatch):
    stopped(project)
    with pytest.raises(UpdateError, match=r"data/raw/.update: .* Run `analysis update finish`"):
        store.read_raw("communes", project)
    monkeypatch.chdir(project)
    runner = CliRunner()
    assert runner.invoke(cli.app, ["update", "finish"]).output == "The update is finished.\n"
    assert runner.invoke(cli.app, ["update", "finish"]).output == "Nothing to finish.\n"
    assert "Inventé" in store.read_raw("territories", project)["name"].to_list()
    assert not (project / UPDATE).exists()


def test_next_update_finishes_the_one_that_was_killed(project, monkeypatch, tmp_path):
    stopped(project)
    monkeypatch.chdir(project)
    note = tmp_path / "latribune-2019.md"
    shutil.copy(project / "data/raw/notes/latribune-2019.md", note)
    outcome = CliRunner().invoke(cli.app, ["update", "figures", str(note), "--dry-run"])
    assert isinstance(outcome.exception, UpdateError)
    outcome = CliRunner().invoke(cli.app, ["update", "figures", str(note)], catch_exceptions=False)
    assert outcome.output == "An update that was stopped is finished.\nNothing changed.\n"
    assert not (project / UPDATE).exists()
