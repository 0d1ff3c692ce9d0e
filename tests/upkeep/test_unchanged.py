"""DVC is left out only where nothing differs from a state that it has brought about or confirmed."""

import json
import os

import pytest

from analysis.errors import AtlasError
from analysis.upkeep import building, unchanged

PIPELINE = """
vars:
  - raw: data/raw
stages:
  count:
    desc: Counted
    cmd: python -m analysis stage count
    deps: ["${raw}/rows.csv", src]
    outs: [data/processed/counts.parquet]
  paint:
    desc: Painted
    cmd: python -m analysis stage paint
    deps: [data/processed/counts.parquet]
    outs: [outputs]
"""
FILES = {
    "dvc.yaml": PIPELINE,
    "dvc.lock": "schema: '2.0'\nstages: {}\n",
    "params.yaml": "reports: {}",
    "data/raw/rows.csv": "a",
    "src/code.py": "x = 1",
    "data/processed/counts.parquet": "1",
    "outputs/a.svg": "a",
}


@pytest.fixture
def small(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def kept(small):
    assert unchanged.keep(small, unchanged.State.of(small))
    assert unchanged.unchanged(small)
    return small


@pytest.mark.parametrize("name", sorted(FILES))
def test_any_file_that_changed_is_seen(kept, name):
    path = kept / name
    if name.startswith(("outputs", "data/processed")):  # replaced, as people and programs do
        path.with_suffix(".new").write_text(FILES[name])
        path.with_suffix(".new").replace(path)
    else:  # by content, whatever its size and time
        before = path.stat()
        path.write_text(FILES[name].swapcase() if name != "dvc.yaml" else PIPELINE.replace("Painted", "Pointed"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
    assert not unchanged.unchanged(kept)


@pytest.mark.parametrize("name", ["src/new.py", "outputs/b.svg", ".dvc/config"])
def test_a_file_more_is_seen(kept, name):
    (kept / name).parent.mkdir(exist_ok=True)
    (kept / name).write_text("")
    assert not unchanged.unchanged(kept)


@pytest.mark.parametrize("name", ["outputs/a.svg", "src/code.py", "data/processed/counts.parquet", "dvc.lock"])
def test_a_file_less_is_seen(kept, name):
    (kept / name).unlink()
    assert not unchanged.unchanged(kept)


def test_what_is_no_input_is_not_looked_at(kept):
    (kept / "src/__pycache__").mkdir()
    (kept / "src/__pycache__/code.pyc").write_text("")
    (kept / "README.md").write_text("")
    assert unchanged.unchanged(kept)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"record": 1}', '{"record": "", "sources": "", "built": {}}'])
def test_a_spoilt_note_says_nothing(kept, text):
    (kept / unchanged.KEPT).write_text(text)
    assert not unchanged.unchanged(kept)


def test_a_state_is_kept_when_only_stages_changed_it(small):
    before = unchanged.State.of(small)
    (small / "outputs/a.svg").write_text("painted again")
    assert not unchanged.keep(small, before)  # no stage has said that it left this
    unchanged.note_left(small, "paint")
    assert unchanged.keep(small, before)
    assert unchanged.unchanged(small)


def test_a_state_is_not_kept_when_somebody_edits_during_the_run(small):
    before = unchanged.State.of(small)
    (small / "data/raw/rows.csv").write_text("b")
    assert not unchanged.keep(small, before)


def test_a_state_is_not_kept_when_somebody_edits_what_a_stage_has_left(small):
    before = unchanged.State.of(small)
    unchanged.note_left(small, "paint")
    (small / "outputs/a.svg").write_text("by hand")
    assert not unchanged.keep(small, before)


def test_a_stage_that_says_nothing_of_the_kind_is_none(small):
    with pytest.raises(KeyError):
        unchanged.note_left(small, "other")
    (small / "dvc.yaml").write_text("stages: [")
    with pytest.raises(AtlasError):
        unchanged.State.of(small)


# --- in a build ---


@pytest.fixture
def repro(monkeypatch):
    """How often DVC was asked, with which answer, and what happened meanwhile."""
    calls, meanwhile, codes = [], [lambda: None], [0]

    def run(root, targets, lock, say):
        calls.append(list(targets))
        meanwhile[0]()
        return codes[0]

    monkeypatch.setattr(building, "_repro", run)
    monkeypatch.setattr(building.repository, "tell_dvc", lambda root: None)
    return calls, meanwhile, codes


def build(root, *targets):
    looked = []
    return building.build(root, targets, print, lambda: looked.append(root)), len(looked)


def test_a_second_build_asks_nobody(small, repro):
    calls, _, _ = repro
    assert build(small) == (0, 1)
    assert build(small) == (0, 0)
    assert calls == [[]]
    assert build(small, "paint") == (0, 1)  # a stage that is named is always asked for
    assert build(small) == (0, 1)  # and a part says nothing of the whole
    assert build(small) == (0, 0)


def test_a_build_that_failed_or_was_killed_is_followed_by_one_that_asks(small, repro):
    _, meanwhile, codes = repro
    build(small)
    (small / "src/code.py").write_text("x = 2")
    codes[0] = 1
    assert build(small) == (1, 1)
    (small / "src/code.py").write_text("x = 1")
    codes[0] = 0
    assert build(small) == (0, 1)  # as it was before, but what failed may have left something
    meanwhile[0] = lambda: (_ for _ in ()).throw(KeyboardInterrupt)
    (small / "src/code.py").write_text("x = 2")
    with pytest.raises(KeyboardInterrupt):
        build(small)
    (small / "src/code.py").write_text("x = 1")
    meanwhile[0] = lambda: None
    assert build(small) == (0, 1)
    assert json.loads((small / unchanged.KEPT).read_text())["sources"]
