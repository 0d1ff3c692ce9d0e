"""The page "Ajouter une source", followed literally: files as shown, commands as written, the same answers."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from following import plain
from typer.testing import CliRunner

from analysis import cli
from analysis.io import store
from analysis.publication.site import guides
from analysis.upkeep import golden

FENCE = re.compile(r"^```(?P<kind>\S.*)\n(?::caption: (?P<path>\S+)\n\n)?(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
FILE, COMMANDS, ANSWER = "{code-block}", "sh", "text"
SOURCE = "exemple-2026"
NAMES = ("core_claims", "core_unresolved", "out_ledger")


class Step(NamedTuple):
    """A fenced block: a file to write or lengthen, commands, or what the last of them answers."""

    kind: str
    path: str
    text: str


def steps() -> list[Step]:
    found = FENCE.finditer(guides.text("ajouter-une-source"))
    return [Step(one["kind"].split()[0], one["path"] or "", one["text"]) for one in found]


def run(command: str, project: Path) -> str:
    """What a command answers: our own in this process, which is faster, the others as a shell would."""
    words = shlex.split(command)
    if words[0] == "analysis":
        outcome = CliRunner().invoke(cli.app, words[1:], catch_exceptions=False)
        assert outcome.exit_code == 0, f"{command}: {outcome.output}"
        return outcome.stdout
    return subprocess.run(words, cwd=project, capture_output=True, text=True, check=True).stdout


def follow(project: Path) -> Iterator[tuple[Step, str]]:
    """Do what each block says, in order; gives the block and what was last answered."""
    answer = ""
    for step in steps():
        if step.kind == FILE:
            with (project / step.path).open("a", encoding="utf-8") as file:
                file.write(("\n" if file.tell() else "") + step.text)  # a blank line parts it from what was there
        elif step.kind == COMMANDS:
            for command in step.text.splitlines():
                answer = run(command, project)
        yield step, answer


@pytest.fixture
def committed(built: Path, monkeypatch) -> Path:
    """A copy of the project, its raw data under git, as the folder that commands run in."""
    monkeypatch.chdir(built)
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "data/raw"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=built, check=True)
    return built


def test_page_is_made_of_files_commands_and_answers():
    assert [one.kind for one in steps()] == [FILE, FILE, COMMANDS, ANSWER, FILE, FILE, COMMANDS, ANSWER, COMMANDS]
    assert guides.text("ajouter-une-source").count("```") == 2 * len(steps())
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
    for step, answer in follow(committed):
        if step.kind == ANSWER:
            answers += 1
            assert plain(answer) == step.text
            seen.append({name: store.read_table(name, committed).filter(source_id=SOURCE) for name in NAMES})
            run("analysis golden", committed)
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
