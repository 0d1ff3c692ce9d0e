"""DVC is left out only where nothing differs from a state that it has brought about or confirmed."""

import hashlib
import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from analysis.errors import AtlasError
from analysis.io import pipeline
from analysis.io.memory import CODE
from analysis.upkeep import building, generated, unchanged

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


# --- comments ---

MODULE = '"""Counts."""\n\n\ndef count(rows):\n    """Rows."""\n    return len(rows)  # all of them\n'
COMMENTED = (
    '# By hand.\n"""Counts rows."""\n\n\n\ndef count(rows):\n    """All rows."""\n    # Once.\n    return len(rows)\n'
)


def entry(path, text):
    return {"path": path, "hash": "md5", "md5": hashlib.md5(text.encode()).hexdigest(), "size": len(text)}


def folder(path, files):
    """As DVC notes a folder: MD5 of the list of its files."""
    listed = [{"md5": entry(name, text)["md5"], "relpath": name} for name, text in sorted(files.items())]
    digest = hashlib.md5(json.dumps(listed).encode()).hexdigest()
    return entry(path, "") | {"md5": f"{digest}.dir", "size": sum(map(len, files.values())), "nfiles": len(files)}


def recorded(module, texts="{}"):
    """DVC's record of two stages: one reads a module by its name, the other all the code."""
    code = {"code.py": module, "other.py": "", "texts.json": texts}
    stages = {
        "count": {"cmd": "a", "deps": [entry("data/raw/rows.csv", "a"), folder("src", code)], "outs": []},
        "paint": {"cmd": "b", "deps": [entry("src/code.py", module), entry("src/other.py", "")], "outs": []},
    }
    return yaml.safe_dump({"schema": "2.0", "stages": stages}, sort_keys=False)


@pytest.fixture
def coded(small, repro):
    """A built project whose stages read a module, one of them within a folder; the calls of DVC, what was said."""
    reads = "deps: [data/processed/counts.parquet, src/code.py, src/other.py]"
    (small / "dvc.yaml").write_text(PIPELINE.replace("deps: [data/processed/counts.parquet]", reads))
    (small / "dvc.lock").write_text(recorded(MODULE))
    for name, text in {"code.py": MODULE, "other.py": "", "texts.json": "{}"}.items():
        (small / "src" / name).write_text(text)
    build(small)
    repro[0].clear()
    return small


def said_by(root):
    said = []
    assert building.build(root, [], said.append, lambda: None) == 0
    return said


TOLD = ["Only comments changed: nothing to run."]


def test_comments_and_docstrings_are_taken_in_without_a_run(coded, repro):
    (coded / "src/code.py").write_text(COMMENTED)
    assert said_by(coded) == TOLD
    assert (coded / "dvc.lock").read_text() == recorded(COMMENTED)
    assert (coded / building.LAST_GOOD).read_text() == recorded(COMMENTED)
    assert said_by(coded) == []  # kept again
    assert repro[0] == []


def test_several_modules_are_taken_in_and_what_has_the_same_content_elsewhere_is_left(coded, repro):
    (coded / "src/other.py").write_text("# Nothing yet.\n")
    assert said_by(coded) == TOLD
    before, after = recorded(MODULE).splitlines(), (coded / "dvc.lock").read_text().splitlines()
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 4  # of the folder and of the module
    (coded / "src/code.py").write_text(COMMENTED)
    (coded / "src/other.py").write_text("# Still nothing.\n")
    assert said_by(coded) == TOLD
    assert repro[0] == []


def test_a_comment_then_code(coded, repro):
    (coded / "src/code.py").write_text(COMMENTED)
    assert said_by(coded) == TOLD
    (coded / "src/code.py").write_text(COMMENTED.replace("len(rows)", "len(rows) + 1"))
    assert said_by(coded) == []
    assert repro[0] == [[]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("src/code.py", COMMENTED.replace("len(rows)", "len(set(rows))")),
        ("src/code.py", "# coding: latin-1\n" + MODULE),  # a comment that changes what the texts say
        ("src/code.py", MODULE.replace("    return len(rows)  # all of them\n", "")),
        ("src/texts.json", "{ }"),
        ("src/new.py", "# Nothing.\n"),
        ("params.yaml", "reports: {}  # a comment"),
        ("dvc.yaml", None),
        ("data/raw/rows.csv", "a\n"),
        ("outputs/a.svg", "painted by hand"),
        ("dvc.lock", recorded(MODULE) + "# by hand\n"),
    ],
)
def test_whatever_else_changed_is_left_to_dvc(coded, repro, name, text):
    """With a comment beside it or without."""
    record = text if name == "dvc.lock" else recorded(MODULE)
    (coded / name).write_text(text or (coded / name).read_text() + "# a comment\n")
    assert not unchanged.take_in_comments(coded)
    if name != "src/code.py":
        (coded / "src/code.py").write_text(COMMENTED)
    assert said_by(coded) == []
    assert repro[0] == [[]]
    assert (coded / "dvc.lock").read_text() == record


def test_a_docstring_that_was_all_of_a_body_is_missed(coded, repro):
    (coded / "src/other.py").write_text('class Odd(Exception):\n    """Odd."""\n')
    build(coded)
    (coded / "src/other.py").write_text("class Odd(Exception):\n")
    assert not unchanged.take_in_comments(coded)


def test_a_module_that_is_gone_is_left_to_dvc(coded):
    (coded / "src/other.py").unlink()
    assert not unchanged.take_in_comments(coded)


def test_a_record_that_does_not_hold_what_was_read_is_left_to_dvc(coded, repro):
    """As after a stage that DVC ran while somebody saved another text, and put the first one back."""
    (coded / "dvc.lock").write_text(recorded(MODULE, texts="[]"))
    build(coded)
    (coded / "src/code.py").write_text(COMMENTED)
    assert said_by(coded) == []
    assert (coded / "dvc.lock").read_text() == recorded(MODULE, texts="[]")


def test_a_run_killed_between_record_and_state_is_followed_by_one_that_asks(coded, repro, monkeypatch):
    def killed(*given):
        raise KeyboardInterrupt

    (coded / "src/code.py").write_text(COMMENTED)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(unchanged, "_keep", killed)
        said_by(coded)
    assert (coded / "dvc.lock").read_text() == recorded(COMMENTED)
    assert said_by(coded) == []
    assert repro[0] == [[]]
    assert unchanged.unchanged(coded)


def test_a_stage_that_is_named_is_asked_for_whatever_changed(coded, repro):
    (coded / "src/code.py").write_text(COMMENTED)
    build(coded, "paint")
    assert repro[0] == [["paint"]]


def test_record_is_as_dvc_itself_writes_it(tmp_path):
    """Of a module by its name, and of a folder with others, in its own words."""
    stage = {"desc": "Code", "cmd": "cp src/a/code.py out", "deps": ["src", "src/a/code.py"], "outs": ["out"]}
    (tmp_path / "dvc.yaml").write_text(yaml.safe_dump({"vars": [{"a": "a"}], "stages": {"one": stage}}))
    for name, text in {"src/a/code.py": MODULE, "src/a.py": "", "src/a-b.json": "é", "src/B.py": "x = 'é'\n"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for words in (["init", "--no-scm", "-q"], ["repro", "-q"]):
        subprocess.run([sys.executable, "-m", "dvc", *words], cwd=tmp_path, check=True)
    unchanged.keep(tmp_path, unchanged.State.of(tmp_path))
    first = (tmp_path / "dvc.lock").read_text()
    (tmp_path / "src/a/code.py").write_text(COMMENTED)
    (tmp_path / "src/B.py").write_text("x = 'é'  # œ\n", encoding="utf-8")
    assert unchanged.take_in_comments(tmp_path)
    taken_in = (tmp_path / "dvc.lock").read_text()
    subprocess.run([sys.executable, "-m", "dvc", "commit", "-f", "-q"], cwd=tmp_path, check=True)
    assert first != taken_in == (tmp_path / "dvc.lock").read_text()


def test_nothing_that_is_built_shows_docstrings():
    """Else a docstring would be more than a comment: documents in docs/ do, which no stage writes."""
    words = re.compile(r"__doc__|getdoc|get_docstring|getsource|use_attribute_docstrings")
    found = {path.relative_to(CODE).as_posix() for path in CODE.rglob("*.py") if words.search(path.read_text())}
    assert found == {"upkeep/api.py", "upkeep/docs.py"}
    written = {path for one in pipeline.read(CODE.parents[1]).values() for path in one.writes}
    assert {path for path in written if path.startswith("docs")} == {str(generated.GALLERY)}
