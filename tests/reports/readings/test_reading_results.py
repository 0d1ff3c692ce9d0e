"""The results of a reading are read again as they were written, and replaced whole."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from invented_readings import RIGHT, WRONG

from analysis.errors import AtlasError, MissingFileError, PathError
from analysis.extraction.documents import Block, Remark
from analysis.extraction.vocabulary import parse
from analysis.io.paths import project_root
from analysis.reports.readings import results
from analysis.reports.readings.grounds import Grounds
from analysis.reports.readings.page_views import Mark, PageView
from analysis.sources import provenance

ROOT = project_root()
TEXT = "En 2023, 183 territoires et 19 pôles."
PAGE = PageView(2, 595.0, 842.0, b"png", (Mark(1, 100.5, 50.0, 160.0, 62.0),))


@pytest.fixture
def found(reading):
    made = (Block("heading", 0, 8, 1, 1), Block("cell", 9, len(TEXT), 2, 0, (0,)))
    known = {"blocks": made, "published": "2023-11", "page_count": 2, "remarks": (Remark("encoding", ("cp1252",)),)}
    return replace(reading(TEXT, ("183 territoires", RIGHT), ("19 pôles", WRONG), **known), pages=(PAGE,))


KNOWN = Grounds(parse(provenance.load_vocabulary(ROOT / "data/raw/vocabulary.yaml")), None, {}, None, ())


def keep(reading, root):
    return results.keep(reading, root, KNOWN)


def test_a_reading_is_read_again_as_it_was(found, tmp_path):
    keep(found, tmp_path)
    again = results.load(tmp_path / "outputs/readings/a")
    assert again.document == found.document
    assert again.figures.equals(found.figures)
    assert again.figures.schema == found.figures.schema
    assert again.comparisons.schema == found.comparisons.schema
    assert (again.source, again.sha256, again.pages) == (found.source, found.sha256, found.pages)


def test_two_runs_write_the_same_bytes(found, tmp_path):
    for name in ("one", "two"):
        keep(found, tmp_path / name)
    one, two = (sorted((tmp_path / name).rglob("*.*")) for name in ("one", "two"))
    assert [path.name for path in one] == [
        "comparisons.parquet", "document.json", "drafts.json", "figures.parquet", "note.md", "page-2.png",
        "source.yaml",
    ]  # fmt: skip
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_a_new_reading_leaves_nothing_of_the_old_one_but_what_people_wrote(found, tmp_path):
    keep(found, tmp_path)
    folder = tmp_path / "outputs/readings/a"
    for path in (*results.shown_in(folder, "a"), folder / "mine.md"):
        path.write_text("x")
    keep(replace(found, pages=()), tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [
        "comparisons.parquet", "document.json", "drafts.json", "figures.parquet", "mine.md", "note.md", "source.yaml",
    ]  # fmt: skip


def test_the_reading_of_another_document_is_named_before_it_is_replaced(found, tmp_path):
    assert results.other_document(found, tmp_path) == ""
    keep(found, tmp_path)
    assert results.other_document(found, tmp_path) == ""
    other = replace(found, document=replace(found.document, name="b.txt"))
    assert results.other_document(other, tmp_path) == "a.txt"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "figures.parquet").write_bytes(b"no table"),
        lambda folder: (folder / "comparisons.parquet").unlink(),
        lambda folder: (folder / "page-2.png").unlink(),
        lambda folder: (folder / "document.json").write_text("{"),
        lambda folder: (folder / "document.json").write_text("[]"),
        lambda folder: (folder / "document.json").write_text(json.dumps({"pages": []})),
    ],
    ids=["table", "no comparisons", "no picture", "no JSON", "a list", "incomplete"],
)
def test_a_spoilt_reading_is_refused_with_the_command_that_makes_it_again(found, tmp_path, spoil):
    keep(found, tmp_path)
    spoil(tmp_path / "outputs/readings/a")
    with pytest.raises(MissingFileError, match="no reading stands here, or not a whole one") as caught:
        results.load(tmp_path / "outputs/readings/a")
    assert "`analysis read`" in str(caught.value)


@pytest.mark.parametrize("source", ["../x", "a/b", ".x", "-x", "", "nul"])
def test_an_id_that_is_no_files_name_is_refused(found, tmp_path, source):
    with pytest.raises(PathError):
        keep(replace(found, source=source), tmp_path)
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_draft_that_was_worked_on_is_never_replaced(found, tmp_path):
    assert keep(found, tmp_path) == []
    note = tmp_path / "outputs/readings/a/note.md"
    assert "source: a" in note.read_text(encoding="utf-8")
    assert keep(replace(found, sha256="1" * 64), tmp_path) == []
    note.write_text("mine", encoding="utf-8")
    for _ in range(2):
        assert keep(found, tmp_path) == ["new-note.md"]
        assert note.read_text(encoding="utf-8") == "mine"
    assert "source: a" in note.with_name("new-note.md").read_text(encoding="utf-8")
    note.unlink()
    assert keep(found, tmp_path) == []
    assert "source: a" in note.read_text(encoding="utf-8")


def test_a_full_disk_is_told_with_the_file_and_leaves_the_old_reading(found, tmp_path, monkeypatch):
    keep(found, tmp_path)
    folder = tmp_path / "outputs/readings/a"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(AtlasError, match=r"figures.parquet: cannot be written \(No space left on device\)"):
        keep(found, tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
