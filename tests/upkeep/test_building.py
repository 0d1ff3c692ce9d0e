"""One run at a time, after what a killed one has left is mended; DVC itself is replaced by a few lines of shell."""

import hashlib
import subprocess
import sys
import time

import pytest

from analysis.errors import AtlasError
from analysis.upkeep import building

RECORD = b"schema: '2.0'\nstages:\n  claims:\n    cmd: run\n    deps:\n    - {path: a, md5: x}\n    outs: []\n"
HOLD = "import sys; from pathlib import Path; from analysis.upkeep import building\n"
HOLD += "with building.alone(Path(sys.argv[1]), print):\n    print('held', flush=True)\n    sys.stdin.read()"


@pytest.fixture
def said():
    return []


@pytest.fixture
def repro(monkeypatch):
    """What DVC was asked for; it answers with the codes given."""

    def answer(*codes):
        calls, answers = [], iter(codes)

        def start(arguments, root, lock):
            calls.append(list(arguments))
            return subprocess.Popen([sys.executable, "-c", f"raise SystemExit({next(answers)})"])

        monkeypatch.setattr(building, "started", start)
        return calls

    return answer


def test_build_asks_dvc_quietly_and_keeps_the_record(tmp_path, said, repro):
    (tmp_path / "dvc.lock").write_bytes(RECORD)
    calls = repro(0)
    assert building.build(tmp_path, ["site"], said.append) == 0
    assert calls == [["-q", "site"]]
    assert (tmp_path / building.LAST_GOOD).read_bytes() == RECORD
    assert said == []
    assert not (tmp_path / building.SCRATCH).exists()


def test_build_that_fails_is_asked_again_aloud(tmp_path, said, repro):
    calls = repro(255, 1)
    assert building.build(tmp_path, [], said.append) == 1
    assert calls == [["-q"], []]


def test_build_whose_stage_has_said_why_is_not_asked_again(tmp_path, said, monkeypatch):
    def start(arguments, root, lock):
        said.append(list(arguments))
        building.note_told(root, "claims")
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(255)"])

    monkeypatch.setattr(building, "started", start)
    assert building.build(tmp_path, [], said.append) == 255
    assert said == [["-q"], "Stage claims failed, for the reason above; what was built before is still there."]


def test_build_that_is_interrupted_is_not_asked_again(tmp_path, said, repro):
    calls = repro(252)
    assert building.build(tmp_path, [], said.append) == 252
    assert len(calls) == 1


def test_a_second_run_waits_for_the_first_and_says_so(tmp_path, said):
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout.readline() == "held\n"

    def say(text):
        said.append(text)
        first.stdin.close()  # the first ends once the second waits

    start = time.monotonic()
    with building.alone(tmp_path, say):
        assert first.wait(30) == 0
    assert said == ["Another run is at work in this folder: waiting for it."]
    assert time.monotonic() - start < 30


def test_a_run_that_was_killed_holds_nothing(tmp_path, said):
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout.readline() == "held\n"
    first.kill()
    first.wait()
    with building.alone(tmp_path, said.append):
        assert said == []


@pytest.mark.parametrize("cut", [0, 9, 40, len(RECORD) - 4])
def test_a_record_that_is_not_whole_is_put_back(tmp_path, said, cut):
    (tmp_path / building.LAST_GOOD).parent.mkdir(parents=True)
    (tmp_path / building.LAST_GOOD).write_bytes(RECORD)
    (tmp_path / "dvc.lock").write_bytes(RECORD[:cut])
    building.mend(tmp_path, said.append)
    assert (tmp_path / "dvc.lock").read_bytes() == RECORD
    assert said == ["dvc.lock was not whole: put back as it was after the last run that ended well."]


def test_a_record_that_is_not_whole_is_removed_when_there_is_no_other(tmp_path, said):
    (tmp_path / "dvc.lock").write_bytes(RECORD[:40])
    building.mend(tmp_path, said.append)
    assert not (tmp_path / "dvc.lock").exists()
    assert said == ["dvc.lock was not whole and is removed: everything is checked again."]


def test_the_committed_record_is_whole(root):
    assert building.whole((root / "dvc.lock").read_bytes())


def test_a_folder_that_cannot_be_written_is_named(tmp_path, said):
    (tmp_path / ".dvc").write_text("in the way")
    with pytest.raises(AtlasError, match=r"cannot be written .* Free some space"):
        building.build(tmp_path, [], said.append)


def test_mending_removes_scratch_and_unfinished_files(tmp_path, said):
    for name in (".dvc/tmp/scratch/x", "outputs/.site.new/x", "data/processed/.a.parquet.tmp"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text("half")
    building.mend(tmp_path, said.append)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("suffix", ["", ".dir"])
def test_an_object_of_the_cache_that_is_not_what_its_name_says_is_removed(tmp_path, said, suffix):
    objects = tmp_path / building.OBJECTS
    for content in (b"sound", b"other"):
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        path = objects / digest[:2] / f"{digest[2:]}{suffix}"
        path.parent.mkdir(parents=True)
        path.write_bytes(content.replace(b"other", b"othes"))
        path.chmod(0o444)
    building.mend(tmp_path, said.append)
    assert [path.read_bytes() for path in objects.rglob("*") if path.is_file()] == [b"sound"]
    assert len(said) == 1
    assert path.relative_to(tmp_path).as_posix() in said[0]


@pytest.mark.parametrize(("content", "stays"), [('{"data/raw": {"read": []}}', True), ("", False), ('{"data/r', False)])
def test_a_lock_file_of_dvc_that_is_not_whole_is_removed(tmp_path, said, content, stays):
    path = tmp_path / building.RWLOCK
    path.parent.mkdir(parents=True)
    path.write_text(content)
    building.mend(tmp_path, said.append)
    assert path.exists() == stays
