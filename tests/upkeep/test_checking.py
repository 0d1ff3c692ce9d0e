"""What `make check` runs follows from what has changed; the project here is invented."""

import subprocess
from pathlib import Path

import pytest

from analysis.errors import AtlasError
from analysis.upkeep import checking

FILES = {
    "src/analysis/__init__.py": "",
    "src/analysis/charts/__init__.py": "",
    "src/analysis/charts/bars.py": "",
    "src/analysis/charts/map.py": "",
    "tests/charts/test_bars.py": "from analysis.charts.register import charts",
    "tests/charts/test_all.py": "def late():\n    from analysis.charts import bars",
    "tests/charts/test_map.py": "from analysis.charts import map",
    "tests/browser/test_pages.py": "from analysis.charts import bars, map",
    "notebooks/10.ipynb": "{}",
    "README.md": "",
}


@pytest.fixture
def small(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "All"]):
        subprocess.run(["git", *who, *words], cwd=tmp_path, check=True)
    return tmp_path


def edit(root: Path, *names: str) -> dict[str, list[str]]:
    for name in names:
        (root / name).write_text(f"{FILES.get(name, '')}\n# edited\n")
    return dict(checking.steps(root, checking.changed(root, "HEAD")))


def test_a_module_has_the_tests_that_bear_its_name_and_those_that_import_it(small):
    found = edit(small, "src/analysis/charts/bars.py")
    assert list(found) == ["style", "format", "types", "2 files of tests"]
    assert found["style"] == ["ruff", "check", "src/analysis/charts/bars.py"]
    assert found["2 files of tests"][-2:] == ["tests/charts/test_all.py", "tests/charts/test_bars.py"]


@pytest.mark.parametrize(
    ("name", "run"),
    [
        ("README.md", []),
        ("notebooks/10.ipynb", ["notebooks"]),
        ("tests/charts/test_new.py", ["style", "format", "types", "1 files of tests"]),
        ("tests/browser/test_pages.py", ["style", "format", "types"]),
    ],
)
def test_what_has_not_changed_is_not_checked(small, name, run):
    assert list(edit(small, name)) == run


def test_a_file_that_is_gone_and_one_that_git_passes_over_are_none(small):
    (small / ".gitignore").write_text("tests/charts/test_mine.py\n")
    (small / "tests/charts/test_map.py").unlink()
    (small / "tests/charts/test_mine.py").write_text("")
    assert checking.changed(small, "HEAD") == [Path(".gitignore")]


def test_all_steps_run_and_a_failure_is_told(small, monkeypatch):
    said, run = [], []

    def answer(command, **options):
        run.append(command[2])
        return subprocess.CompletedProcess(command, 1 if command[2] == "mypy" else 0)

    paths = [Path("src/analysis/charts/map.py")]
    monkeypatch.setattr(checking, "changed", lambda root, base: paths)
    monkeypatch.setattr(checking.subprocess, "run", answer)
    assert checking.check(small, "HEAD", said.append) == 1
    assert run == ["ruff", "ruff", "mypy", "pytest"]
    assert said[-1] == "Failed: types."


def test_a_revision_that_is_none_is_named(small):
    with pytest.raises(AtlasError, match="nothing-of-the-kind"):
        checking.changed(small, "nothing-of-the-kind")
