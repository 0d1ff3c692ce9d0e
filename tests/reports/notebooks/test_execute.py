import json

import pytest

from analysis.errors import NotebookError
from analysis.reports import notebooks
from analysis.reports.notebooks import execute

JOB = notebooks.Job("70_lille", "70_lille")


@pytest.fixture
def run(tmp_path):
    """Run a notebook of the invented project in a Jupyter kernel."""

    def one(job=JOB, timeout_s=60):
        with execute.pinned_environment(tmp_path / "ipython"):
            return notebooks.run(job, tmp_path, timeout_s)

    return one


def test_run_gives_the_same_bytes_twice(invent, run):
    invent("70_lille", "object()", "import os\nprint(os.environ.get('HOME', '') and 'home')")
    assert run() == run()


def test_run_shows_cell_and_parameters_when_a_cell_fails(invent, run):
    invent("70_lille", ("code = 1", "parameters"), "1 / 0")
    with pytest.raises(NotebookError, match=r"(?s)failed .code=7.: ZeroDivisionError: division.*1 / 0") as e:
        run(notebooks.Job("70_lille", "x", {"code": 7}))
    assert "70_lille.ipynb" in str(e.value)


def test_run_stops_a_cell_that_never_ends(invent, run):
    invent("70_lille", "while True:\n    pass")
    with pytest.raises(NotebookError, match="stopped"):
        run(timeout_s=2)


def test_run_says_so_when_the_notebook_is_missing_or_broken(invent, run):
    with pytest.raises(NotebookError, match="the notebook is missing"):
        run()
    invent("70_lille", "1").write_text("{")
    with pytest.raises(NotebookError, match="stopped"):
        run()


def test_run_refuses_parameters_that_no_cell_declares(invent, run):
    invent("70_lille", "code = 1")
    with pytest.raises(
        NotebookError, match="no cell is tagged 'parameters', so code=7 would be overwritten or ignored"
    ):
        run(notebooks.Job("70_lille", "x", {"code": 7}))


@pytest.mark.parametrize("value", ["x'; import os; os._exit(3) #", '"""\n1/0\n"""', "\\", "é\u2028\0"])
def test_run_hands_a_parameter_over_as_data(invent, run, value):
    invent("70_lille", ("given = ''", "parameters"), "print(ascii(given))")
    cells = json.loads(run(notebooks.Job("70_lille", "x", {"given": value})))["cells"]
    assert "".join(cells[-1]["outputs"][0]["text"]).strip() == ascii(value)


def test_pinned_environment_is_gone_afterwards(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    with execute.pinned_environment(tmp_path):
        import os

        assert os.environ["TZ"] == "UTC"
        os.environ["LEFT"] = "1"
    assert os.environ["TZ"] == "Asia/Tokyo"
    assert "LEFT" not in os.environ
