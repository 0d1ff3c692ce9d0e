"""A page of instructions, followed to the letter: its fenced blocks say what to write, to run and to read.

The word behind the language of a block names the file that it is appended to; `above "line"` and `below "line"` put it
beside that line, `whole` makes it all of the file. `sh` blocks are run, `text` blocks must stand in what the last
command answered. Blocks that are cells of a notebook have `cell` there, or the tag of the cell.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import nbformat

BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: (?P<path>[\w./-]+))?(?: (?P<side>above|below|whole)(?: "(?P<line>[^\n]+)")?)?\n'
    r"(?P<text>.*?)^```$",
    re.M | re.S,
)


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    path: str
    side: str
    line: str
    text: str


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order; every fence is one."""
    return blocks_of(page.read_text(encoding="utf-8"))


def blocks_of(text: str) -> list[Block]:
    """The blocks of the text of a page."""
    found = [Block(*(part or "" for part in one.groups())) for one in BLOCK.finditer(text)]
    assert text.count("```") == 2 * len(found), text[:80]
    return found


WHOLE = "whole"  # the block is all of the file, whatever it held
FAILS = "fails"  # behind `sh`: what a command does that has something left to say
CELL, TAGS = "cell", ("parameters", "check", "source")


def cells(page: Path) -> list[Block]:
    """The blocks of a page that are cells of a notebook."""
    return [block for block in blocks(page) if block.path in {CELL, *TAGS}]


def notebook(cells: Sequence[Block]) -> nbformat.NotebookNode:
    """The notebook that has these cells."""
    made = []
    for rank, block in enumerate(cells):
        new = nbformat.v4.new_markdown_cell if block.language == "markdown" else nbformat.v4.new_code_cell
        made.append(new(block.text.strip("\n"), id=f"cell-{rank}"))
        if block.path in TAGS:
            made[-1].metadata["tags"] = [block.path]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def follow(page: Path, project: Path, environment: Mapping[str, str]) -> None:
    """Do what a page says in a copy of the project, and hold it to what it says one reads."""
    for block, answer in done(blocks(page), project, partial(_run, project=project, environment=environment)):
        if block.language == "text":
            assert plain(block.text.strip("\n")) in plain(answer), block.text


def done(steps: Sequence[Block], project: Path, run: Callable[[str, bool], str]) -> Iterator[tuple[Block, str]]:
    """Do what each block says, in order: files written, commands `run`; gives the block and what was last answered."""
    answer = ""
    for block in steps:
        if block.language == "sh":
            for command in block.text.splitlines():
                answer = run(command, block.path == FAILS)
        elif block.language != "text" and block.path not in {CELL, *TAGS}:
            _write(project / block.path, block)
        yield block, answer


def _write(path: Path, block: Block) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)  # it may be a link to the file of the project itself
    line = f"{block.line}\n"
    if block.side == WHOLE:
        before = ""
    elif block.side:
        assert before.count(line) == 1, block.line
    after = {"above": block.text + line, "below": line + block.text}
    text = before.replace(line, after[block.side]) if block.side in after else before + block.text
    path.write_text(text, encoding="utf-8")


def _run(command: str, fails: bool, project: Path, environment: Mapping[str, str]) -> str:
    words = shlex.split(command)
    if words[0] == "analysis":
        words = [sys.executable, "-m", *words]
    ended = subprocess.run(words, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode != 0) == fails, f"{command}: {ended.stdout}{ended.stderr}"
    return ended.stdout


def plain(text: str) -> str:
    """A text whose spaces are all alike: those that do not break look the same."""
    return re.sub(r"[\u00a0\u202f]", " ", text)
