"""Reports on a Dask cluster of two workers on loopback: nothing is lost, nothing is done twice."""

import io
import json
import os
import re
import shutil
import signal
import socketserver
import threading
import time
from collections import Counter
from types import SimpleNamespace

import pytest
from rich.console import Console

from analysis.errors import NotebookError
from analysis.io.digests import file_digest
from analysis.reports.notebooks import Job, batch, reports, run
from analysis.reports.notebooks import on_cluster as cluster
from analysis.reports.notebooks.blobs import Storage
from analysis.reports.notebooks.child import Task
from analysis.reports.notebooks.inputs import RAW_READ, package_digest, read_by
from analysis.reports.notebooks.pool import Limits

NAMED = ("name, port = 'x', 0", "parameters")
TELL = "import socket\nwith socket.create_connection(('127.0.0.1', port)) as line:\n    line.sendall(name.encode())"
WRITE = "import os\nopen(os.environ['ATLAS_FIGURES'] + f'/{name}.svg', 'w').write(name)"
OPTIONS = reports.Options(Limits(2, 60, 2000))


@pytest.fixture
def project(tmp_path, invent):
    for folder in ("data/processed/slices", "data/raw"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("shared", *(f"50_{one}" for one in range(6))):
        (tmp_path / f"data/processed/slices/{name}.zip").write_text(name)
    for name in ("dvc.yaml", "requirements.lock", *(f"data/raw/{name}" for name in RAW_READ)):
        (tmp_path / name).write_text("")
    (tmp_path / "data/processed/out.parquet").write_text("table")
    invent("50", NAMED, TELL, WRITE, "import time\ntime.sleep(0.3)\nprint(name)")
    return tmp_path


@pytest.fixture
def executions():
    """A server on loopback that notes which notebook began, and when."""
    begun = []

    class Note(socketserver.StreamRequestHandler):
        def handle(self):
            begun.append((time.monotonic(), self.rfile.read().decode()))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Note) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield SimpleNamespace(port=server.server_address[1], begun=begun)
        server.shutdown()


@pytest.fixture(scope="module")
def address():
    """Of a cluster of two workers; a worker that is killed is started again by its nanny."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def jobs(port, count):
    return [Job("50", f"50_{one}", {"name": str(one), "port": port}) for one in range(count)]


def make(root, address, storage, wanted, console=None):
    with reports.runner(address, storage, root) as runner:
        return reports.make(wanted, root, OPTIONS, runner=runner, console=console or Console(quiet=True))


def outputs(root):
    found = sorted(path for path in (root / "outputs").rglob("*") if path.is_file())
    return {path.relative_to(root / "outputs").as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("scheme", ["shared folder", "file://", "memory of the client"])
def test_a_cluster_gives_what_one_machine_gives(project, executions, address, tmp_path_factory, scheme):
    wanted = jobs(executions.port, 2)
    with reports.runner("", "", project) as runner:
        reports.make(wanted, project, OPTIONS, runner=runner, console=Console(quiet=True))
    here = outputs(project)
    for path in (project / "outputs").rglob("*.*"):
        path.unlink()
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    storage = {"shared folder": "", "file://": f"file://{elsewhere}", "memory of the client": str(elsewhere / "new")}
    make(project, address, storage[scheme], wanted)
    assert outputs(project) == here
    assert not list(elsewhere.rglob("results/*"))
    assert not (project / "outputs/.cluster").exists()


def test_a_worker_that_is_killed_on_the_way_costs_nothing_and_doubles_nothing(project, executions, address, tmp_path):
    from distributed import Client

    killed = []

    def kill_one():
        end = time.monotonic() + 60
        while len(executions.begun) < 3 and time.monotonic() < end:
            time.sleep(0.01)
        with Client(address) as client:
            killed.append(next(iter(client.run(os.getpid).values())))
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    killer.start()
    made = make(project, address, str(tmp_path / "storage"), jobs(executions.port, 6))
    killer.join()
    assert len(executions.begun) >= 6
    assert killed
    assert made == [f"50_{one}" for one in range(6)]
    found = outputs(project)
    assert {name for name in found if name.startswith("figures/")} == {f"figures/{one}.svg" for one in range(6)}
    assert all(json.loads(found[f"notebooks/50_{one}.ipynb"]) for one in range(6))
    times = Counter(name for _, name in executions.begun)
    assert set(times) == {str(one) for one in range(6)}
    again = {name for name, count in times.items() if count > 1}
    assert len(again) <= 1, "only the notebook that was running on the worker that was killed runs again"


def test_a_batch_does_not_make_again_what_an_earlier_attempt_has_stored(project, executions, tmp_path):
    storage = Storage(str(tmp_path / "storage"))
    tasks = [Task(one, project, tmp_path / one.stem, "warm", 60) for one in jobs(executions.port, 2)]
    errands = [cluster._errand(one, storage) for one in tasks]
    for some, begun in ((errands[:1], 1), (errands, 2)):
        done = batch.carry_out(batch.Batch(some, storage, Limits(1, 60, 2000), "warm", package_digest()))
        assert [(stem, error) for stem, error in done] == [(one.job.stem, None) for one in some]
        assert len(executions.begun) == begun


def test_a_failing_notebook_is_named_and_the_others_are_made(project, executions, address, invent):
    invent("50", NAMED, "assert name != '1', 'not one'", WRITE)
    console = Console(record=True, width=300, file=io.StringIO())
    with pytest.raises(NotebookError, match="1 of 3 notebooks failed, for the reasons above: 50_1"):
        make(project, address, "", jobs(executions.port, 3), console)
    assert re.search(r"50_1: .*cell 3 failed \(name=1, port=\d+\)", console.export_text())
    assert set(outputs(project)) >= {"notebooks/50_0.ipynb", "notebooks/50_2.ipynb"}


def test_a_scheduler_that_does_not_answer_is_named(project):
    with pytest.raises(NotebookError, match="tcp://127.0.0.1:9: no Dask scheduler answers"):
        make(project, "tcp://127.0.0.1:9", "", jobs(0, 1))


def test_a_worker_with_another_version_of_the_package_refuses(tmp_path):
    errand = batch.Errand(Job("50", "50_0", {"name": "0"}), {}, "key")
    some = batch.Batch([errand], Storage(str(tmp_path)), OPTIONS.limits, "warm", "another version")
    with pytest.raises(NotebookError, match="is not the one that the run was started with"):
        batch.carry_out(some)


# --- the storage ---


def test_storage_gives_back_what_it_got_and_notices_changes(tmp_path):
    (tmp_path / "x").write_text("content")
    digest = file_digest(tmp_path / "x")
    storage = Storage(f"file://{tmp_path}/store")
    storage.put_input(tmp_path / "x", digest)
    storage.get_input(digest, tmp_path / "deep/y")
    assert (tmp_path / "deep/y").read_text() == "content"
    (tmp_path / "store/inputs" / digest).write_text("changed")
    with pytest.raises(NotebookError, match="changed on the way"):
        storage.get_input(digest, tmp_path / "z")
    assert not (tmp_path / "z").exists()
    with pytest.raises(NotebookError, match="is not there"):
        storage.get_input("absent", tmp_path / "z")


def test_a_result_is_there_only_when_it_is_whole(tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made/notebook.ipynb").write_text("{}")
    storage = Storage("memory://atlas")
    assert not storage.has_result("key")
    with pytest.raises(FileNotFoundError):
        storage.put_result("key", tmp_path / "made", ["notebook.ipynb", "absent"])
    assert not storage.has_result("key")
    storage.put_result("key", tmp_path / "made", ["notebook.ipynb"])
    assert storage.has_result("key")
    storage.get_result("key", tmp_path / "got")
    assert (tmp_path / "got/notebook.ipynb").read_text() == "{}"
    storage.remove_results(["key", "absent"])
    assert not storage.has_result("key")


def test_a_national_notebook_finds_all_that_it_reads_where_only_that_is(root, tmp_path):
    job = Job("70_lille", "70_lille")
    for path in read_by(job, root):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, tmp_path / path)
    assert "Lille" in run(job, tmp_path, 120)
