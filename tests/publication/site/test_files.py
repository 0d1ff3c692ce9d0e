"""Files of the site that are also elsewhere."""

import os

import pytest

from analysis.publication.site import files


@pytest.fixture
def published(tmp_path):
    folder = tmp_path / "figures"
    (folder / "regions").mkdir(parents=True)
    (folder / "map.png").write_bytes(b"png")
    (folder / "regions/44.csv").write_text("a\n1\n", encoding="utf-8")
    return folder


def test_tree_is_linked_where_the_disk_allows_it(published, tmp_path):
    files.link_tree(published, tmp_path / "site")
    assert (tmp_path / "site/map.png").samefile(published / "map.png")
    assert (tmp_path / "site/regions/44.csv").samefile(published / "regions/44.csv")


def test_files_that_are_left_out_are_not_in_the_tree(published, tmp_path):
    (published / "manifest.json").write_text("{}", encoding="utf-8")
    files.link_tree(published, tmp_path / "site", "*.json")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["map.png", "regions"]


def test_tree_is_copied_where_links_are_refused(published, tmp_path, monkeypatch):
    def refused(source, target):
        raise OSError("cross-device link")

    monkeypatch.setattr(os, "link", refused)
    files.link_tree(published, tmp_path / "site")
    assert (tmp_path / "site/regions/44.csv").read_text(encoding="utf-8") == "a\n1\n"
    assert not (tmp_path / "site/map.png").samefile(published / "map.png")


@pytest.mark.parametrize(("png", "same"), [(b"png", True), (b"gif", False), (b"other", False)])
def test_picture_is_the_published_file_only_when_it_has_its_bytes(published, tmp_path, png, same):
    target = tmp_path / "map.png"
    files.place_picture(png, published / "map.png", target)
    assert target.read_bytes() == png
    assert target.samefile(published / "map.png") == same


def test_picture_that_is_not_published_is_written(published, tmp_path):
    files.place_picture(b"png", published / "absent.png", tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes() == b"png"
