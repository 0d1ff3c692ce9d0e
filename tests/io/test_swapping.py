"""Folders replaced in one step, and what a killed run leaves."""

import pytest

from analysis.io import swapping
from analysis.io.swapping import recover, replaced_folder, tidy


def filled(folder, text="old"):
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(text)
    return folder


@pytest.fixture(params=["in one step", "in two renames"])
def way(request, monkeypatch):
    if request.param == "in two renames":
        monkeypatch.setattr(swapping, "swap", lambda one, other: False)


def test_replaced_folder_holds_the_new_files_and_nothing_stays_beside(way, tmp_path):
    folder = filled(tmp_path / "figures")
    with replaced_folder(folder) as fresh:
        (fresh / "b.txt").write_text("new")
        assert (folder / "a.txt").read_text() == "old"
    assert [path.name for path in folder.iterdir()] == ["b.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]


def test_replaced_folder_keeps_the_old_one_when_the_work_fails(way, tmp_path):
    folder = filled(tmp_path / "figures")
    with pytest.raises(RuntimeError), replaced_folder(folder) as fresh:
        (fresh / "a.txt").write_text("new")
        raise RuntimeError
    assert (folder / "a.txt").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["figures"]


def test_replaced_folder_is_made_where_there_was_none(way, tmp_path):
    with replaced_folder(tmp_path / "new" / "figures") as fresh:
        (fresh / "a.txt").write_text("new")
    assert (tmp_path / "new/figures/a.txt").read_text() == "new"


def test_swap_leaves_both_folders_where_one_is_missing(tmp_path):
    folder = filled(tmp_path / "one")
    assert not swapping.swap(folder, tmp_path / "other")
    assert (folder / "a.txt").is_file()


def test_recover_puts_the_old_folder_back_when_a_run_ended_between_two_renames(tmp_path):
    filled(tmp_path / ".site.old")
    filled(tmp_path / ".site.new", "new")
    recover(tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert (tmp_path / "site/a.txt").read_text() == "old"


def test_tidy_removes_what_is_unfinished_and_nothing_else(tmp_path):
    filled(tmp_path / "outputs/site")
    filled(tmp_path / "outputs/.site.new")
    filled(tmp_path / "outputs/.tables.old")
    filled(tmp_path / "outputs/.kept")
    (tmp_path / "outputs/site/.a.txt.tmp").write_text("half")
    (tmp_path / "outputs/site/.nojekyll").write_text("")
    tidy(tmp_path / "outputs")
    names = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert names == [f"outputs/{one}" for one in (".kept/a.txt", "site/.nojekyll", "site/a.txt", "tables/a.txt")]
