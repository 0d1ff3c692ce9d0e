"""Several documents: named by paths, globs and addresses; one that cannot be read, or kills its reader, stops none."""

import os
import signal
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import fsspec
import pytest

from analysis.errors import DocumentError
from analysis.extraction import corpus
from analysis.reports.readings import several
from analysis.reports.readings.document_reading import Given
from analysis.reports.readings.several import Outcome, Request, addresses, read_all, requests

ROOT = Path("/project")


def wanted(*names: str) -> list[Request]:
    return requests(names, Given(), "", ROOT)


class Pool:
    """An executor that does the work in this process; a document named `deadly` breaks it, as a process that dies."""

    opened = 0

    def __enter__(self):
        type(self).opened += 1
        self.broken = False
        return self

    def __exit__(self, *_):
        return None

    def submit(self, work, request):
        future: Future[Outcome] = Future()
        self.broken |= request.uri.startswith("deadly")
        if self.broken:
            future.set_exception(BrokenExecutor("a process ended"))
        else:
            future.set_result(work(request))
        return future


@pytest.fixture
def read(monkeypatch):
    """Every document has itself as its reading; those named `bad` are refused, those named `odd` fail otherwise."""

    def of_bytes(data, name, source, given, root):
        if name.startswith("bad"):
            raise DocumentError("the document is empty.", where=name, repair="Leave it out.")
        if name.startswith("odd"):
            raise RecursionError("too deep")
        return name

    monkeypatch.setattr(several, "bytes_of", lambda uri: b"")
    monkeypatch.setattr(several, "of_bytes", of_bytes)
    Pool.opened = 0
    return lambda *names: [one.reading or one.error for one in read_all(wanted(*names), Pool)]


def test_a_document_that_cannot_be_read_is_named_and_the_others_go_on(read):
    assert read("a", "bad", "odd", "b") == [
        "a",
        "bad: the document is empty. Leave it out.",
        "odd: cannot be read (RecursionError: too deep). Correct it or leave it out.",
        "b",
    ]
    assert Pool.opened == 1


def test_a_document_that_ends_its_process_is_named_and_the_others_are_read_once_each(read):
    assert read("a", "deadly", "b", "deadly2", "c") == [
        "a", f"deadly: {several.ENDED}", "b", f"deadly2: {several.ENDED}", "c",
    ]  # fmt: skip


def test_no_document_opens_no_process(read):
    assert read() == []
    assert Pool.opened == 0


def die(request: Request) -> Outcome:
    """For a real process: one document kills it."""
    if request.uri == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(request, error=request.uri)


def test_a_real_process_that_dies_stops_no_other_document(monkeypatch):
    monkeypatch.setattr(several, "read_one", die)
    found = list(read_all(wanted("a", "deadly", "b"), lambda: corpus.executor("", 1)))
    assert [one.error for one in found] == ["a", f"deadly: {several.ENDED}", "b"]


@pytest.mark.parametrize(
    ("uris", "source", "ids"),
    [
        (["x/Rapport final (2024).pdf"], "", ["rapport-final-2024"]),
        (["a/n.txt", "b/n.txt", "n-2.txt", "c/n.html"], "", ["n", "n-2", "n-2-2", "n-3"]),
        (["https://exemple.fr/a/page.html?x=1#y"], "", ["page"]),
        (["memory://a/b.txt"], "", ["b"]),
        (["日本.pdf", "..."], "", ["document", "document-2"]),
        (["x" * 300 + ".txt"], "", ["x" * 80]),
        (["a.txt"], "senat-2025", ["senat-2025"]),
    ],
    ids=["letters", "same names", "web", "memory", "no letters", "long", "given"],
)
def test_each_document_has_an_id_of_its_own(uris, source, ids):
    assert [one.source for one in requests(uris, Given(), source, ROOT)] == ids


def test_paths_globs_and_addresses_are_looked_up_in_order(tmp_path):
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text("x")
    with fsspec.open("memory://readings/d.txt", "w") as file:
        file.write("x")
    given = [f"{tmp_path}/c.md", f"{tmp_path}/*.txt", "memory://readings/*.txt", f"{tmp_path}/*.pdf", "nowhere://*"]
    *found, no_file, no_system = addresses(given)
    assert found == [f"{tmp_path}/c.md", f"{tmp_path}/a.txt", f"{tmp_path}/b.txt", "memory:///readings/d.txt"]
    assert str(no_file) == f"{tmp_path}/*.pdf: no file has such a name. Check the path."
    assert str(no_system).startswith("nowhere://*: cannot be looked into (")


def test_documents_are_read_on_a_dask_cluster_(root, tmp_path):
    from distributed import LocalCluster

    (tmp_path / "a.txt").write_text("En phase 2, la France compte 183 territoires labellisés.", encoding="utf-8")
    with LocalCluster(
        n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        asked = requests([f"{tmp_path}/a.txt", f"{tmp_path}/b.txt"], Given("2024-03"), "", root)
        found = list(read_all(asked, lambda: corpus.executor(cluster.scheduler_address, 1)))
    assert found[0].reading.figures.select("text", "as_of", "verdict").rows() == [
        ("183 territoires", "2024-03", "confirmed")
    ]
    assert found[1].error.startswith(f"{tmp_path}/b.txt: the file cannot be found.")


class GivenUp(Pool):
    """A cluster that gives a document up."""

    def submit(self, work, request):
        future: Future[Outcome] = Future()
        future.set_exception(RuntimeError("killed")) if request.uri == "deadly" else future.set_result(work(request))
        return future


def test_a_document_that_a_cluster_gives_up_is_named(read):
    found = read_all(wanted("a", "deadly", "b"), GivenUp)
    assert [one.reading or one.error for one in found] == ["a", f"deadly: {several.ENDED}", "b"]


def test_one_document_is_read_in_this_process_and_its_error_is_told(read):
    assert [one.reading for one in read_all(wanted("a"), several.Here)] == ["a"]
    (outcome,) = read_all(wanted("odd"), several.Here)
    assert outcome.error == "odd: cannot be read (RecursionError: too deep). Correct it or leave it out."
