"""What a report is made from: the modules that its template reaches, and what its execution asked for; all invented."""

import hashlib
import json
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.i18n import language
from analysis.io.digests import code_digest
from analysis.reports.notebooks import Job, inputs
from analysis.reports.notebooks.heard import Heard, Listener

MODULES = {
    "__init__": "",
    "atlas": "def late():\n    from analysis.tables import core",
    "charts/__init__": "",
    "charts/bars": "from analysis.charts import style",
    "charts/map": "from analysis.charts import style",
    "charts/style": "",
    "tables/__init__": "",
    "tables/core": "",
    "reports/__init__": "",
    "reports/notebooks/__init__": "",
    "reports/notebooks/child": "from analysis.reports.notebooks import guard",
    "reports/notebooks/guard": "",
    "reports/notebooks/preloaded": "from analysis.charts import bars, map",
    "reports/notebooks/warm": "",
    "pages": "from analysis.charts import bars",
}
OF_ANY = {
    "__init__", "reports/__init__", "reports/notebooks/__init__", "reports/notebooks/child",
    "reports/notebooks/guard", "reports/notebooks/preloaded", "reports/notebooks/warm",
}  # fmt: skip


@pytest.fixture
def package(tmp_path) -> Path:
    """A package with two charts, and a notebook that draws one of them."""
    for name, text in MODULES.items():
        path = tmp_path / "analysis" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "analysis"


def notebook(root: Path, *cells: str) -> None:
    (root / "notebooks").mkdir(exist_ok=True)
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    (root / "notebooks/10.ipynb").write_text(nbformat.writes(made))


def code(package: Path) -> set[str]:
    found = inputs.code_of("10", package.parent, package)
    return {path.relative_to(package).with_suffix("").as_posix() for path in found}


def test_code_is_what_the_cells_reach_and_what_executes_them(package, tmp_path):
    notebook(tmp_path, "from analysis.atlas import Atlas", "from analysis.charts.bars import bars")
    drawn = {"atlas", "tables/__init__", "tables/core", "charts/__init__", "charts/bars", "charts/style"}
    assert code(package) == drawn | OF_ANY  # not the other chart, though warming draws it


def test_a_cell_in_another_language_may_import_anything(package, tmp_path):
    notebook(tmp_path, "%load_ext something")
    assert code(package) == set(MODULES)


@pytest.mark.parametrize(
    ("module", "text", "due"),
    [
        ("charts/style", "RED = 1", True),
        ("charts/style", "# a comment\n\n", False),
        ("charts/map", "RED = 1", False),
        ("reports/notebooks/guard", "RED = 1", True),
        ("reports/notebooks/preloaded", "RED = 1", True),
        ("pages", "RED = 1", False),
    ],
)
def test_a_report_is_due_when_what_it_runs_has_changed(package, tmp_path, module, text, due):
    notebook(tmp_path, "from analysis.charts import bars")
    before = code_digest(package, inputs.code_of("10", tmp_path, package))
    (package / f"{module}.py").write_text(text)
    assert (code_digest(package, inputs.code_of("10", tmp_path, package)) != before) == due


# --- what an execution asks for ---


@pytest.fixture
def english(monkeypatch, tmp_path) -> Path:
    """A catalogue of two messages."""
    monkeypatch.setattr(language, "CATALOGUES", tmp_path)
    (tmp_path / "en.po").write_text('msgid "chat"\nmsgstr "cat"\n\nmsgid "chien"\nmsgstr "dog"\n')
    language.catalogue.cache_clear()
    yield tmp_path / "en.po"
    language.catalogue.cache_clear()


ENGLISH = Job("10", "en/10", {}, "en")


@pytest.mark.parametrize(
    ("old", "new", "due"),
    [("cat", "tomcat", True), ("dog", "hound", False), ("cat", "", True), ("chat", "oiseau", True)],
)
def test_a_translation_is_due_when_a_message_that_it_showed_has_changed(english, tmp_path, old, new, due):
    asked = {"en/10": Heard({}, {"en": {"chat": ""}})}
    before = inputs.inputs_of([ENGLISH], tmp_path, asked)
    english.write_text(english.read_text().replace(old, new))
    language.catalogue.cache_clear()
    assert (inputs.inputs_of([ENGLISH], tmp_path, asked) != before) == due


def test_a_message_that_was_missing_makes_its_report_due_once_it_is_there(english, tmp_path):
    asked = {"en/10": Heard({}, {"en": {"oiseau": ""}})}
    before = inputs.inputs_of([ENGLISH], tmp_path, asked)
    english.write_text(english.read_text() + '\nmsgid "oiseau"\nmsgstr "bird"\n')
    language.catalogue.cache_clear()
    assert inputs.inputs_of([ENGLISH], tmp_path, asked) != before


def test_files_of_the_project_are_heard_with_what_they_held(tmp_path):
    for name in ("read.csv", "other.csv", "template.ipynb", ".hidden", "dvc.yaml"):
        (tmp_path / name).write_text(name)
    listener = Listener(tmp_path, Path("template.ipynb"))
    sys.addaudithook(listener.hear)  # for good: it hears this folder alone
    (tmp_path / "read.csv").read_text()
    (tmp_path / "read.csv").write_text("changed later")
    for name in ("template.ipynb", ".hidden", "dvc.yaml"):
        (tmp_path / name).read_text()
    with pytest.raises(FileNotFoundError):
        (tmp_path / "gone.csv").read_text()
    found = listener.heard(messages=False)
    assert set(found.files) == {"read.csv", "gone.csv"}
    assert found.files["gone.csv"] == "absent"
    assert found.files["read.csv"] == hashlib.sha256(b"read.csv").hexdigest()
    assert found.messages is None


def test_a_cell_that_reads_by_itself_is_not_heard(tmp_path):
    notebook(tmp_path, "import polars as pl", "pl.read_parquet('x.parquet')")
    assert inputs.reads_unheard(tmp_path / "notebooks/10.ipynb")
    notebook(tmp_path, "atlas.table('out_plan').filter(phase=1)")
    assert not inputs.reads_unheard(tmp_path / "notebooks/10.ipynb")


def test_what_was_heard_is_saved_and_loaded(tmp_path):
    heard = Heard({"a": "b"}, {"en": {"chat": "cat"}})
    heard.save(tmp_path)
    assert Heard.load(tmp_path) == heard
    assert json.loads((tmp_path / "heard.json").read_text())["files"] == {"a": "b"}
