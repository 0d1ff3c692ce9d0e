"""What an edition is made from: whatever changes is noticed, and by no edition that does not show it."""

import shutil
from pathlib import Path

import pytest

from analysis.io.imports import imported, tree
from analysis.publication.site import edition, kept, made_from
from analysis.publication.site.edition import Edition
from analysis.publication.site.made_from import Inputs, inputs

PIPELINE = """
vars: []
stages:
  site:
    desc: The site
    cmd: python -m analysis site
    deps: [data, notebooks, outputs/notebooks, outputs/figures]
    outs: [outputs/site]
"""
FILES = {
    "dvc.yaml": PIPELINE,
    "params.yaml": "a: 1\n",
    "data/raw/table.csv": "a\n",
    "notebooks/10_a.ipynb": "{}",
    "outputs/notebooks/10_a.ipynb": "{}",
    "outputs/notebooks/en/10_a.ipynb": "{}",
    "outputs/notebooks/manifest.json": "{}",
    "outputs/figures/a.svg": "<svg/>",
    "outputs/figures/en/a.svg": "<svg/>",
}
CODE = {
    "charts/a.py": "A = 1\n",
    "tables/a.py": "A = 1\n",
    "publication/site/assets/a.css": "a {}",
    "i18n/locale/en.po": "",
    "io/code_text.py": "",
    "io/digests.py": "",
    "io/sealed.py": "",
    "io/memory.py": "",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a few files, and a package of a few modules beside it."""
    for folder, texts in ((tmp_path / "project", FILES), (tmp_path / "package", CODE)):
        for name, text in texts.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(made_from, "CODE", tmp_path / "package")
    monkeypatch.setattr(made_from, "CATALOGUES", tmp_path / "package/i18n/locale")
    return tmp_path / "project"


def changed(before: dict[str, Inputs], after: dict[str, Inputs]) -> set[str]:
    """Which editions, and which of their digests, are others."""
    parts = ("rules", "ground", "files", "key")
    pairs = [(name, part) for name in before for part in parts]
    return {f"{name} {part}" for name, part in pairs if getattr(before[name], part) != getattr(after[name], part)}


BOTH = {"fr key", "en key"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("data/raw/table.csv", {"fr ground", "en ground", *BOTH}),
        ("params.yaml", {"fr ground", "en ground", *BOTH}),
        ("notebooks/10_a.ipynb", BOTH),
        ("outputs/notebooks/10_a.ipynb", {"fr files", "fr key"}),
        ("outputs/notebooks/en/10_a.ipynb", {"en files", "en key"}),
        ("outputs/figures/a.svg", {"fr files", "fr key"}),
        ("outputs/figures/en/a.svg", {"en files", "en key"}),
        ("../package/charts/a.py", BOTH),
        ("../package/tables/a.py", {"fr rules", "en rules", *BOTH}),
        ("../package/publication/site/assets/a.css", BOTH),
        ("../package/i18n/locale/en.po", {"en key"}),
    ],
)
def test_change_reaches_the_editions_that_show_it(project: Path, path: str, expected: set[str]) -> None:
    before = inputs(project, ["fr", "en"])
    assert changed(before, inputs(project, ["fr", "en"])) == set()
    with (project / path).open("a", encoding="utf-8") as file:
        file.write("\nB = 2\n")
    assert changed(before, inputs(project, ["fr", "en"])) == expected


def test_comment_and_books_of_the_runs_change_nothing(project: Path) -> None:
    before = inputs(project, ["fr", "en"])
    for path, text in (("../package/tables/a.py", "# Said.\n"), ("outputs/notebooks/manifest.json", " ")):
        with (project / path).open("a", encoding="utf-8") as file:
            file.write(text)
    assert changed(before, inputs(project, ["fr", "en"])) == set()


def test_package_of_another_version_changes_the_rules(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = inputs(project, ["fr"])
    monkeypatch.setattr(made_from, "packages", lambda: ["another 1.0"])
    assert changed(before, inputs(project, ["fr"])) == {"fr rules", "fr key"}


def test_pages_know_of_charts_only_what_their_register_tells() -> None:
    """Else a page could show what no digest of its memory covers: `tables_read.register` is one of them."""
    site = Path(made_from.__file__).parent
    found = {path.stem for path in site.glob("*.py") if any("analysis.charts" in one for one in imported(tree(path)))}
    assert found == {"tables_read", "cards", "edition_pages"}  # the last two draw small pictures, which are not kept


# --- taken again -------------------------------------------------------------------------------------------

WRITTEN = Edition(["index.html"], {}, {"index.html": 12})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where an edition of one page is kept."""
    place = edition.place_of(tmp_path, "fr")
    (place / edition.PAGES / "a").mkdir(parents=True)
    (place / edition.PAGES / "a/index.html").write_text("<p>", encoding="utf-8")
    edition.keep(place, Inputs("", "", {}, "key"), WRITTEN)
    return place


def test_edition_is_taken_again_while_its_key_and_its_files_are_the_same(tmp_path: Path, place: Path) -> None:
    assert edition.kept(tmp_path, "fr", Inputs("", "", {}, "key")) == WRITTEN
    assert edition.kept(tmp_path, "fr", Inputs("", "", {}, "other")) is None
    assert edition.kept(tmp_path, "en", Inputs("", "", {}, "key")) is None


@pytest.mark.parametrize("spoilt", ["altered", "lost", "added", "record", "folder"])
def test_spoilt_edition_is_written_again(tmp_path: Path, place: Path, spoilt: str) -> None:
    page, record = place / edition.PAGES / "a/index.html", place / edition.RECORD
    if spoilt == "altered":
        page.write_text("<q>", encoding="utf-8")
    elif spoilt == "lost":
        page.unlink()
    elif spoilt == "added":
        page.with_name("b.html").write_text("", encoding="utf-8")
    elif spoilt == "record":
        record.write_bytes(record.read_bytes()[:-1])
    else:
        shutil.rmtree(place / edition.PAGES)
    assert edition.kept(tmp_path, "fr", Inputs("", "", {}, "key")) is None


def test_place_of_an_edition_is_among_what_builds_keep(tmp_path: Path) -> None:
    assert edition.place_of(tmp_path, "en") == tmp_path / kept.FOLDER / "en"
