"""The Makefile in folders of any name, with homes of any kind, from anywhere: a recipe that only shows is added."""

import os
import subprocess
from pathlib import Path

import pytest

NAMES = (
    "Mes documents/l'atlas (1)", "a&b", "atlas$1", "$(HOME)", "élève", "n°1 #2", "100 %", "a;b", 'dit "x"', "-tiret",
    "[x]*?", "back\\slash", " blanc ", "~x", "a=b", "`date`", "!x", "long" * 40,
)  # fmt: skip
SHOW = (
    '\nshow:\n\t@printf "%s\\n" "$$VIRTUAL_ENV" "$${PATH%%:*}" "$$HOME" "$${TMPDIR-}" "$${XDG_CACHE_HOME-}" "$$BASE"\n'
)


@pytest.fixture
def place(root):
    """Put the Makefile into a folder."""

    def put(folder: Path) -> Path:
        folder.mkdir(parents=True)
        (folder / "Makefile").write_text((root / "Makefile").read_text(encoding="utf-8") + SHOW, encoding="utf-8")
        return folder

    return put


def make(
    folder: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "CONDA", "XDG_", "TMP"))}
    return subprocess.run(
        ["make", "-s", *arguments],
        cwd=cwd or folder,
        env=usual | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_folder_reaches_programs_as_it_is(place, tmp_path, name):
    folder = place(tmp_path / name)
    shown = make(folder, "show").stdout.splitlines()
    assert shown[:2] == [f"{folder}/.venv", f"{folder}/.venv/bin"]


@pytest.mark.parametrize("name", ["a:b", "a\nb"])
def test_a_name_that_no_path_can_hold_is_told_in_one_line_before_anything_is_set_up(place, tmp_path, name):
    folder = place(tmp_path / name)
    done = make(folder)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "holds a colon or a line end" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["Makefile"]


def test_a_signs_in_the_path_of_programs_stay(place, tmp_path):
    folder = place(tmp_path / "x")
    path = f"{tmp_path}/mes $outils:{os.environ['PATH']}"
    (folder / "Makefile").open("a").write('\npath:\n\t@printf "%s" "$$PATH"\n')
    assert make(folder, "path", PATH=path).stdout == f"{folder}/.venv/bin:{path}"


def test_folders_that_cannot_be_written_are_replaced(place, tmp_path):
    folder, closed = place(tmp_path / "l'atlas (1)"), str(tmp_path / "x/Makefile")
    place(tmp_path / "x")
    shown = make(folder, "show", HOME=closed, TMPDIR=closed + "/y", XDG_CACHE_HOME=closed).stdout.splitlines()
    assert shown[2:5] == [f"{folder}/.dvc/tmp/home", f"{folder}/.dvc/tmp/tmp", ""]
    assert all(Path(one).is_dir() for one in shown[2:4])


def test_folders_that_can_be_written_stay_and_nothing_is_left_in_them(place, tmp_path):
    folder, home = place(tmp_path / "x"), tmp_path / "ma maison"
    home.mkdir()
    shown = make(folder, "show", HOME=str(home), TMPDIR=str(home), XDG_CACHE_HOME=str(home)).stdout.splitlines()
    assert shown[2:5] == [str(home)] * 3
    assert list(home.iterdir()) == []
    assert [path.name for path in folder.iterdir()] == ["Makefile"]


def test_from_another_folder_and_through_a_link(place, tmp_path):
    folder, link = place(tmp_path / "l'atlas (1)"), tmp_path / "lien"
    link.symlink_to(folder)
    for arguments, cwd in ((["-C", str(folder)], tmp_path), (["-C", str(link)], tmp_path), ([], link)):
        assert make(folder, *arguments, "show", cwd=cwd).stdout.splitlines()[0] == f"{folder}/.venv"


def test_diff_says_in_one_line_that_it_needs_a_repository_before_anything_is_built(place, tmp_path):
    folder = place(tmp_path / "l'atlas (1)")
    done = make(folder, "diff", "BASE=HEAD~1")
    assert done.returncode == 2
    told = "make diff compares with an earlier revision, and git knows none of this folder: "
    assert done.stdout == f"{told}run it in a clone of the project.\n"
    assert [path.name for path in folder.iterdir()] == ["Makefile"]


@pytest.mark.parametrize("base", ["HEAD", "a b", 'x"; touch hacked; "'])
def test_base_is_handed_over_as_it_is(place, tmp_path, base):
    folder = place(tmp_path / "x")
    assert make(folder, "show", f"BASE={base}").stdout.splitlines()[5] == base


@pytest.mark.parametrize(("user", "allowed"), [("0", ["--allow-root"]), ("1000", [])])
def test_lab_starts_as_root_too_and_takes_options(place, tmp_path, user, allowed):
    folder, programs = place(tmp_path / "l'atlas"), tmp_path / "programs"
    (folder / ".venv/bin").mkdir(parents=True)
    programs.mkdir()
    for path, text in ((folder / ".venv/bin/python", 'printf "%s\\n" "$@"'), (programs / "id", f"echo {user}")):
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
    for name in ("requirements.lock", "pyproject.toml", ".venv/.ready"):
        (folder / name).touch()
    done = make(folder, "lab", "LAB=--port 9999", PATH=f"{programs}:{os.environ['PATH']}")
    assert done.stdout.splitlines() == ["-m", "jupyterlab", "--notebook-dir=notebooks", *allowed, "--port", "9999"]


def test_clean_leaves_what_was_read_in_documents(place, tmp_path):
    folder = place(tmp_path / "atlas")
    kept = ["outputs/readings/gazette.yaml", "outputs/readings/gazette/note.md"]
    for name in (*kept, "outputs/site/index.html", "outputs/.kept/a", "data/processed/a.parquet", ".dvc/tmp/a"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    done = make(folder, "clean")
    assert (done.returncode, done.stderr) == (0, "")
    left = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert left == sorted(["Makefile", *kept])
