"""Each notebook contained: whatever one does, it is named, the others go on, and nothing of it stays."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from analysis.errors import NotebookError
from analysis.reports.notebooks import Job
from analysis.reports.notebooks.pool import Limits

GOOD = "print('good')"
ENGINES = ("warm", "kernel")


@pytest.fixture
def beside_a_good_one(invent, carry_out):
    """Run a bad notebook and a good one; the bad one's error, once the good one is seen to be whole."""

    def run(*cells, limits=Limits(2, 60, 2000), engine="warm"):  # noqa: B008
        invent("bad", *cells)
        invent("good", GOOD)
        found = carry_out("bad", "good", limits=limits, engine=engine)
        assert "good" in json.loads(found["good"])["cells"][0]["outputs"][0]["text"][0]
        assert isinstance(found["bad"], NotebookError), found["bad"]
        return str(found["bad"])

    return run


@pytest.mark.parametrize("engine", ENGINES)
def test_a_failing_cell_is_shown(beside_a_good_one, engine):
    told = beside_a_good_one("x = 1", "assert x == 2, 'not two'", engine=engine)
    assert "bad.ipynb: cell 2 failed (no parameters): AssertionError: not two" in told
    assert "assert x == 2" in told


@pytest.mark.parametrize("engine", ENGINES)
def test_a_notebook_that_never_ends_is_stopped(beside_a_good_one, engine):
    # From where this process forks the first time, a few seconds pass before the cell begins.
    told = beside_a_good_one(
        "x = 1", "import time\nwhile True:\n    time.sleep(0.01)", limits=Limits(2, 12, 2000), engine=engine
    )
    assert "stopped" in told
    assert "reports.timeout_s in params.yaml" in told or "timed out" in told.lower()


def test_a_notebook_that_sleeps_through_signals_is_stopped_and_its_cell_named(beside_a_good_one):
    deaf = "import signal, time\nfor one in (2, 15): signal.signal(one, signal.SIG_IGN)\ntime.sleep(999)"
    told = beside_a_good_one("x = 1", deaf, limits=Limits(2, 8, 2000))
    assert "stopped after 8 s in the cell at position 2 (no parameters)" in told


@pytest.mark.parametrize("engine", ENGINES)
def test_a_notebook_that_exhausts_memory_is_stopped(beside_a_good_one, engine):
    more = "held.append(bytearray(b'x') * (20 << 20))"
    hoard = f"import time\nheld = []\nfor _ in range(100):\n    {more}\n    time.sleep(0.05)"
    told = beside_a_good_one(hoard, "time.sleep(99)", limits=Limits(2, 60, 900), engine=engine)
    assert "it took more than 900 MB of memory" in told
    assert "reports.memory_mb in params.yaml" in told


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("import os\nos._exit(7)", "ended without a result (exit code 7)"),
        ("import os\nos._exit(0)", "ended without a result (exit code 0)"),
        ("import os\nos.kill(os.getpid(), 9)", "was ended by SIGKILL"),
        ("import ctypes\nctypes.string_at(0)", "was ended by SIGSEGV"),
    ],
    ids=["exit", "exit as if well", "kill", "crash"],
)
def test_a_process_that_dies_is_named(beside_a_good_one, source, told):
    assert told in beside_a_good_one(source)


def test_what_a_notebook_started_ends_with_it(invent, carry_out):
    invent("bad", "import subprocess\nprint(subprocess.Popen(['sleep', '987']).pid)", "import time\ntime.sleep(99)")
    carry_out("bad", limits=Limits(1, 6, 2000))
    time.sleep(0.2)
    assert not [one for one in psutil.process_iter(["cmdline"]) if one.info["cmdline"] == ["sleep", "987"]]


# --- writing elsewhere ---

OUTSIDE = {
    "python": "open('data.csv', 'w')",
    "parent folder": "import os\nopen(os.environ['ATLAS_FIGURES'] + '/../../escaped', 'w')",
    "remove": "import os\nos.remove('notebooks/good.ipynb')",
    "rename": "import os\nos.rename('notebooks/good.ipynb', 'notebooks/other.ipynb')",
    "folder": "import os\nos.mkdir('new')",
    "link": "import os\nos.symlink('/etc', 'link')",
    "compiled library": "import polars as pl\npl.DataFrame({'a': [1]}).write_parquet('data.parquet')",
    "truncation": "import os\nos.truncate('notebooks/good.ipynb', 0)",
}


@pytest.mark.parametrize("source", OUTSIDE.values(), ids=OUTSIDE)
def test_a_notebook_that_writes_outside_its_folder_is_refused(beside_a_good_one, tmp_path, source):
    told = beside_a_good_one(source)
    assert "cell 1 failed" in told
    assert "may write only to its own outputs folder" in told
    assert {one.name for one in tmp_path.iterdir()} == {"notebooks", "staging", "ipython"}
    assert {one.name for one in (tmp_path / "notebooks").iterdir()} == {"bad.ipynb", "good.ipynb"}


GUARDED = """
import sys
from pathlib import Path
from analysis.reports.notebooks import guard
guard.refuse_in_python([Path(sys.argv[1]).resolve()])
open(sys.argv[1] + '/mine', 'w').close()
open('notebooks/good.ipynb').read()
for source in sys.argv[2:]:
    try:
        exec(source, {})
    except BaseException as error:
        print(type(error).__name__, error, sep=": ")
    else:
        print("nothing refused it")
"""


def test_without_the_systems_help_python_refuses(invent, tmp_path):
    """In a process of its own, since what it refuses stays refused."""
    invent("good", GOOD)
    own = tmp_path / "own"
    (own / "deep").mkdir(parents=True)
    sources = {name: one for name, one in OUTSIDE.items() if name != "compiled library"}
    environment = os.environ | {"ATLAS_FIGURES": str(own / "deep")}
    command = [sys.executable, "-c", GUARDED, str(own), *sources.values()]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    told = "PermissionError: a notebook may write only to its own outputs folder"
    answers = dict(zip(sources, done.stdout.splitlines(), strict=True))
    assert {name: answer for name, answer in answers.items() if not answer.startswith(told)} == {}
    assert (own / "mine").exists()
    assert {one.name for one in tmp_path.iterdir()} == {"notebooks", "own"}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_child_process_cannot_write_outside_either(invent, carry_out, tmp_path, engine):
    invent(
        "bad",
        "import subprocess\nprint(subprocess.run('echo x > escaped', shell=True, capture_output=True).returncode)",
    )
    text = carry_out("bad", engine=engine)["bad"]
    assert json.loads(text)["cells"][0]["outputs"][0]["text"] != ["0\n"]
    assert not (tmp_path / "escaped").exists()


def test_a_notebook_may_write_to_its_own_folders(invent, carry_out):
    invent("good", "import os, tempfile\nopen(os.environ['ATLAS_FIGURES'] + '/a.txt', 'w').write('a')",
           "tempfile.TemporaryFile().write(b'b')", "open(os.devnull, 'w').write('c')")  # fmt: skip
    assert isinstance(carry_out("good")["good"], str)


# --- the run itself is ended ---

RUN = """
import sys
from pathlib import Path
from analysis.reports.notebooks import Job, pool
from analysis.reports.notebooks.child import Task
root = Path(sys.argv[1])
tasks = [Task(Job("slow", f"slow-{n}"), root, root / "staging" / f"slow-{n}", "warm", 60) for n in range(2)]
if __name__ == "__main__":
    print("ready", flush=True)
    for result in pool.run_tasks(tasks, pool.Limits(2, 60, 2000)):
        print("ended", flush=True)
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_no_notebook_outlives_the_run(invent, tmp_path, sign):
    invent(
        "slow", "import os\nopen(os.environ['ATLAS_FIGURES'] + '/begun', 'w').close()", "import time\ntime.sleep(50)"
    )
    script = tmp_path / "run.py"
    script.write_text(RUN)
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert wait_for(lambda: len(list(tmp_path.glob("staging/*/figures/begun"))) == 2, 60)
    started = psutil.Process(process.pid).children(recursive=True)
    assert len(started) >= 3
    os.kill(process.pid, sign)
    process.wait(20)
    assert wait_for(lambda: not [one for one in started if alive(one)], 10)


def alive(one: psutil.Process) -> bool:
    try:
        return one.is_running() and one.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_a_task_knows_its_place_for_errors(invent, carry_out):
    invent("bad", ("code = '1'", "parameters"), "import os\nos._exit(1)")
    told = str(carry_out(Job("bad", "bad-44", {"code": "44"}))["bad-44"])
    assert "in the cell at position 3 (code=44)" in told
    assert Path("notebooks/bad.ipynb").as_posix() in told
