"""Faults on purpose, on a small project: `make chaos`.

After each fault what is built must be the old or the new, whole; the next run must mend it without a hand and leave no
temporary file. Prints what was tried and what survived; its last line is one JSON object. Exits with 1 if anything
did not survive.
"""

import argparse
import json
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from faults import (
    Tell,
    Trials,
    Tried,
    damaged_built,
    damaged_cache,
    damaged_raw,
    dying_kernel,
    full_disk,
    interrupts,
    kills,
    read_only,
    together,
)
from rich.console import Console
from rich.table import Table
from small import Small

from analysis.io.paths import RAW, project_root

Fault = Callable[[Trials, int, Tell], Tried]
# Faults while the raw data change and slow stages stay as they are, and faults to what every stage has built.
CHANGING: tuple[Fault, ...] = (kills, interrupts, together, damaged_raw, dying_kernel, read_only, full_disk)
WHOLE: tuple[Fault, ...] = (damaged_built, damaged_cache)
FAULTS = [fault.__name__ for fault in (*CHANGING, *WHOLE)]

# Invented, for the trial only.
SENTENCE = "\n- Le Grand Est obtient 12 territoires labellisés au lancement de la phase 1."
HEADING = "## Chiffres\n"


def versions(folder: Path) -> dict[str, dict[Path, bytes]]:
    """Raw files of three versions: as they are, one inhabitant more somewhere, one sentence more in a reading note."""
    communes, note = RAW / "communes.csv", RAW / "notes/launch-2018.md"
    usual = {path: (folder / path).read_bytes() for path in (communes, note)}
    lines = usual[communes].decode().splitlines()
    column = lines[0].split(",").index("population_2022")
    cells = lines[1].split(",")
    cells[column] = str(int(cells[column]) + 1)
    counted = "\n".join([lines[0], ",".join(cells), *lines[2:], ""]).encode()
    told = usual[note].decode().replace(HEADING, HEADING + SENTENCE, 1).encode()
    return {"A": usual, "B": usual | {communes: counted}, "C": usual | {note: told}}


def prepared(root: Path, folder: Path, console: Console) -> Small:
    """The small project, built."""
    small = Small.cloned(root, folder)
    with timed(console, "everything"):
        if small.run():
            raise SystemExit(f"the small project does not build: {small.said()}")
    return small


def define(small: Small, console: Console) -> None:
    """Build the versions of the project, each from another one."""
    for name, raw in versions(small.folder).items():
        with timed(console, f"version {name}"):
            small.define(name, raw)


@contextmanager
def timed(console: Console, what: str) -> Iterator[None]:
    """Say how long a thing took."""
    start = time.perf_counter()
    yield
    console.print(f"{what} built in {time.perf_counter() - start:.0f} s")


def main() -> int:
    """Try everything, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="how often to kill")
    parser.add_argument("--each", type=int, default=8, help="how often to try every other fault")
    parser.add_argument("--only", nargs="+", choices=FAULTS, default=list(FAULTS), help="the faults to try")
    options = parser.parse_args()
    console = Console(soft_wrap=True)
    tell = partial(console.print, markup=False, highlight=False)
    tried: list[Tried] = []

    def attempt(faults: tuple[Fault, ...], trials: Trials) -> None:
        for fault in faults:
            if fault.__name__ in options.only:
                tried.append(fault(trials, options.kills if fault is kills else options.each, tell))
                report(console, tried[-1:])

    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the temporary folder goes, as after Ctrl-C
    start = time.perf_counter()
    with TemporaryDirectory(prefix="chaos-") as temporary:
        small = prepared(project_root(), Path(temporary) / "small", console)
        with small.frozen():
            define(small, console)
            attempt(CHANGING, Trials(small, random.Random(0), list(small.versions)[-1]))
        small.put(small.versions["A"].raw)
        attempt(WHOLE, Trials(small, random.Random(0), "A"))
    report(console, tried)
    lost = sum(len(one.complaints) for one in tried)
    count = sum(one.count for one in tried)
    skipped = [one.name for one in tried if one.skipped]
    seconds = round(time.perf_counter() - start)
    print(json.dumps({"tried": count, "complaints": lost, "skipped": skipped, "seconds": seconds}))
    return int(lost > 0)


def report(console: Console, tried: list[Tried]) -> None:
    """What was tried and what survived."""
    table = Table("fault", "tried", "complaints")
    for one in tried:
        table.add_row(one.name, one.skipped or str(one.count), str(len(one.complaints)))
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
