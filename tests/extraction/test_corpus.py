"""Corpora of invented documents: any cut and any number of workers give the same figures."""

import errno
import io
import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from analysis.errors import AtlasError, DocumentError
from analysis.extraction import corpus, numerals
from analysis.extraction.documents import Remarks

TEXTS = [
    "La phase compte 149 territoires. Près de 4 500 entreprises sont aidées.",
    "Entre 3 et 5 M€ seront versés en 2024.",
    "Une cinquantaine de projets, soit 10 %.",
]
SILENT = Console(quiet=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [{"id": f"d{rank}", "text": text} for rank, text in enumerate(TEXTS * 40)]
    (tmp_path / "many.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    pl.DataFrame(rows).write_parquet(tmp_path / "many.parquet", row_group_size=30)
    for rank, text in enumerate(TEXTS):
        (tmp_path / f"{rank}.txt").write_text(text)
    return tmp_path


def figures(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def expected() -> list[tuple]:
    return [(f"d{rank}", q.start, q.value_low) for rank, text in enumerate(TEXTS * 40) for q in numerals.read(text)]


@pytest.mark.parametrize("name", ["many.jsonl", "many.parquet"])
@pytest.mark.parametrize("size", [200, 10**7])
def test_extract_is_the_same_however_the_corpus_is_cut(folder, monkeypatch, name, size):
    monkeypatch.setattr(corpus, "PART_BYTES", size)
    monkeypatch.setattr(corpus, "executor", lambda *_: _Here())
    output = folder / "out.jsonl"
    said = corpus.extract([str(folder / name)], output, console=SILENT)
    assert not said.errors
    assert [(one["doc"], one["start"], one["value_low"]) for one in figures(output)] == expected()


class _Here:
    """An executor that does the work at once, in this process."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def map(self, function, items):
        return map(function, items)


def test_extract_takes_up_where_a_killed_run_stopped(folder, monkeypatch):
    monkeypatch.setattr(corpus, "PART_BYTES", 1000)
    monkeypatch.setattr(corpus, "executor", lambda *_: _Here())
    output, seen = folder / "out.jsonl", []
    whole = corpus.read_part

    def dies(part):
        seen.append(part)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return whole(part)

    monkeypatch.setattr(corpus, "read_part", dies)
    with pytest.raises(KeyboardInterrupt):
        corpus.extract([str(folder / "many.jsonl")], output, console=SILENT)
    assert not output.exists()
    corpus.extract([str(folder / "many.jsonl")], output, console=SILENT)
    assert len(seen) == len(set(seen)) + 1  # only the part that was being read is read again
    assert [(one["doc"], one["start"], one["value_low"]) for one in figures(output)] == expected()
    assert not list(folder.glob(".*"))


def test_extract_on_a_cluster_gives_what_one_machine_gives(folder):
    from distributed import LocalCluster

    one, other = folder / "one.jsonl", folder / "other.jsonl"
    corpus.extract([str(folder / "*.txt"), str(folder / "many.jsonl")], one, workers=2, console=SILENT)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        uris = [str(folder / "*.txt"), str(folder / "many.jsonl")]
        corpus.extract(uris, other, scheduler=cluster.scheduler_address, console=SILENT)
    assert one.read_text() == other.read_text()
    assert len(figures(one)) == len(expected()) + sum(len(numerals.read(text)) for text in TEXTS)


def test_extract_names_a_scheduler_that_does_not_answer(folder):
    with pytest.raises(DocumentError, match="tcp://127.0.0.1:9: no Dask scheduler answers"):
        corpus.extract([str(folder / "0.txt")], folder / "x", scheduler="tcp://127.0.0.1:9", console=SILENT)


def test_bad_documents_are_named_and_the_others_are_read(folder, capsys):
    lines = ['{"text": "12 projets"}', "not json", "[1]", '{"name": 1}', '{"text": ""}', '{"text": "3 axes"}']
    (folder / "bad.jsonl").write_text("\n".join(lines) + "\n")
    (folder / "binary.txt").write_bytes(b"\x00\x01")
    said = Remarks()
    names = ["binary.txt", "absent.txt", "bad.jsonl", "0.txt"]
    corpus.write_stream([str(folder / name) for name in names], said)
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["text"] for one in printed] == ["12 projets", "3 axes", "149 territoires", "4 500 entreprises"]
    told = "\n".join(said.errors)
    for text in ("binary.txt: a binary file", "absent.txt: the file cannot be found", "byte 23: the line is not JSON",
                 "not a JSON object", "no field 'text'", "the document is empty"):  # fmt: skip
        assert text in told


def test_a_broken_parquet_file_is_named(folder):
    (folder / "x.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(DocumentError, match="x.parquet: not a readable Parquet file"):
        list(corpus.parts([str(folder / "x.parquet")]))


def test_an_empty_glob_is_named(folder):
    with pytest.raises(DocumentError, match=r"\*.md: no file has such a name"):
        list(corpus.parts([str(folder / "*.md")]))


def test_any_file_system_is_read(folder):
    import fsspec

    with fsspec.open("memory://corpus/a.txt", "wb") as file:
        file.write(TEXTS[0].encode())
    output = folder / "memory.jsonl"
    said = Remarks()
    lines = list(corpus.lines_of(next(corpus.parts(["memory://corpus/*.txt"])), said))
    assert len(lines) == 2
    assert json.loads(lines[0])["doc"].startswith("memory://")
    assert not output.exists()


def test_stream_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXTS[0].encode())))
    corpus.write_stream(["-"], Remarks())
    assert [json.loads(line)["value_low"] for line in capsys.readouterr().out.splitlines()] == [149, 4500]


def command(*arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "analysis", "extract", *arguments]
    return subprocess.run(line, input=text, capture_output=True, text=True, check=False)


def test_command_prints_exactly_the_keys_of_the_contract_in_document_order(folder):
    outcome = command("--jsonl", str(folder / "0.txt"), "-", text=TEXTS[1])
    assert outcome.returncode == 0
    printed = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert [tuple(one) for one in printed] == [numerals.KEYS] * len(printed)
    assert [one["doc"] for one in printed] == [str(folder / "0.txt")] * 2 + ["-"] * 2
    assert [one["value_high"] for one in printed] == [149, 4500, 5_000_000, 2024]


def test_command_exits_with_one_and_goes_on_when_a_document_is_bad(folder):
    (folder / "cp1252.txt").write_bytes("Près de 12 projets ont été aidés à hauteur de 3 M€.".encode("cp1252"))
    outcome = command(str(folder / "none.txt"), str(folder / "cp1252.txt"))
    assert outcome.returncode == 1
    assert len(outcome.stdout.splitlines()) == 2
    assert "none.txt: the file cannot be found" in outcome.stderr
    assert "read as cp1252, not as UTF-8" in outcome.stderr


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_memory_does_not_grow_with_the_document(tmp_path):
    """Twenty megabytes in one text: the pieces that are read stay small."""
    path = tmp_path / "big.txt"
    path.write_text("Une phrase sans aucun nombre, assez longue pour remplir la page de mots. " * 280_000)
    seen = []
    with path.open("rb") as file:
        from analysis.extraction import documents

        for _, text in documents.pieces(file, "big.txt", Remarks()):
            seen.append(len(text))
    assert sum(seen) > 20_000_000
    assert max(seen) < 3_000_000


def test_a_full_disk_leaves_the_figures_of_before_and_says_so(tmp_path, monkeypatch):
    def full(wanted, folder, target, said):
        target.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    output, folder = tmp_path / "figures.jsonl", tmp_path / "parts"
    output.write_text("before")
    folder.mkdir()
    monkeypatch.setattr(corpus, "_join", full)
    with pytest.raises(AtlasError, match="cannot be written"):
        corpus._gather([], folder, output)
    assert output.read_text() == "before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["figures.jsonl", "parts"]
