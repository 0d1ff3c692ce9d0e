"""The page "Ajouter une source", followed literally: files as shown, commands as written, the same answers."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from following import Block, blocks_of, done, plain
from typer.testing import CliRunner

from analysis import cli
from analysis.io import store
from analysis.publication.site import guides
from analysis.upkeep import docs, golden

SOURCE = "exemple-2026"
NAMES = ("core_claims", "core_unresolved", "out_ledger")


def steps() -> list[Block]:
    return blocks_of(docs.instructions(guides.text("ajouter-une-source")))


def run(command: str, fails: bool = False) -> str:
    """What a command answers: our own in this process, which is faster, the others as a shell would."""
    words = shlex.split(command)
    if words[0] == "analysis":
        outcome = CliRunner().invoke(cli.app, words[1:], catch_exceptions=False)
        assert (outcome.exit_code != 0) == fails, f"{command}: {outcome.output}"
        return outcome.stdout
    return subprocess.run(words, capture_output=True, text=True, check=not fails).stdout


@pytest.fixture
def committed(built: Path, monkeypatch) -> Path:
    """A copy of the project, its raw data under git, as the folder that commands run in."""
    monkeypatch.chdir(built)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "data/raw"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=built, check=True)
    return built


def test_page_is_made_of_files_commands_and_answers():
    kinds = [one.language if one.language in {"sh", "text"} else "file" for one in steps()]
    assert kinds == ["file", "file", "sh", "text", "file", "file", "sh", "text", "sh"]
    assert all(one.path for one in steps() if one.language not in {"sh", "text"})
    assert "inventé" in guides.text("ajouter-une-source")


def test_page_names_targets_of_make_and_files_that_exist(root):
    page, makefile = guides.text("ajouter-une-source"), (root / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"`make(?: (\w+))?`", page)
    assert {"", "refresh", "test"} <= set(targets)
    assert all(f"\n{one or 'all'}:" in makefile for one in targets)
    known = {one.name for one in cli.app.registered_commands}
    assert {"catalogue", "golden"} <= set(re.findall(r"`analysis (\w+)", page)) <= known | {"update"}
    for name in re.findall(r"`((?:data|tests|src)/[\w./-]+)`", page):
        assert (root / name).exists() or SOURCE in name, name


def test_the_list_of_reference_is_what_the_page_s_command_writes(table, root):
    assert golden.listed(table("core_claims")) == (root / golden.WHERE).read_text(encoding="utf-8")


def test_following_the_page_gives_what_it_shows(committed, root):
    before = {path: path.read_bytes() for path in sorted((committed / "data/raw").rglob("*")) if path.is_file()}
    answers, seen = 0, []
    for step, answer in done(steps(), committed, run):
        if step.language == "text":
            answers += 1
            assert plain(answer) == step.text
            seen.append({name: store.read_table(name, committed).filter(source_id=SOURCE) for name in NAMES})
            run("analysis golden")
    first, last = seen
    assert answers == 2
    read, added = ((folder / golden.WHERE).read_text(encoding="utf-8").splitlines() for folder in (root, committed))
    assert [line.split(",")[:2] for line in added if line not in read] == [
        [SOURCE, "distinguished_companies"], [SOURCE, "intercommunalities"], [SOURCE, "labelled_territories"],
    ]  # fmt: skip
    assert set(read) < set(added)
    assert first["out_ledger"]["verdict"].to_list() == ["contradicted", "confirmed"]
    assert (first["core_claims"].height, first["core_unresolved"].height) == (2, 1)
    assert set(last["out_ledger"]["verdict"]) == {"contradicted", "confirmed", "not_checkable"}
    assert (last["core_claims"].height, last["core_unresolved"].height) == (3, 0)
    assert {path: path.read_bytes() for path in sorted((committed / "data/raw").rglob("*")) if path.is_file()} == before
