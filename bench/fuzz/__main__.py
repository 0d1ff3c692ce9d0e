"""A million inputs for the parsers: `make fuzz`.

Inputs near to good ones (or, with --engine atheris where it is installed, led by the code that they reach) go to every
parser of tests/fuzz/targets.py. Each is read or refused by a named error, in seconds, in memory that does not grow; an
input that is not is kept in tests/fuzz/cases, where tests replay it. Prints a table; the last line is a JSON object.
Exits with 1 if an input was read wrongly.
"""

import argparse
import json
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import Pipe, get_context

from feeding import TARGETS, Outcome, fuzz, led
from rich.console import Console
from rich.progress import track
from rich.table import Table

ENGINES = ("mutation", "atheris")


def main() -> int:
    """Fuzz all parsers, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many in all")
    parser.add_argument("--only", choices=TARGETS, help="the one parser to try")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    chosen = [one for name, one in TARGETS.items() if options.only in {None, name}]
    whole = sum(one.share for one in chosen)
    counts = {one.name: -(-options.inputs * one.share // whole) for one in chosen}
    if options.engine == "atheris":
        return report([guided(name, count, options.seed) for name, count in counts.items()])
    return report(shared(counts, options.seed, options.workers))


def guided(name: str, count: int, seed: int) -> Outcome:
    """What a parser did with inputs that atheris chose, in a process of its own: libFuzzer ends it."""
    answer, question = Pipe(duplex=False)
    process = get_context("spawn").Process(target=led, args=(name, count, seed, question))
    process.start()
    question.close()
    try:
        return answer.recv()
    except EOFError:
        process.join()
        return Outcome(name, wrong=[f"atheris ended with {process.exitcode}"])
    finally:
        process.join()


def shared(counts: Mapping[str, int], seed: int, workers: int) -> list[Outcome]:
    """What every parser did: each worker gives it a part of its inputs, from a seed of its own."""
    found = {name: Outcome(name) for name in counts}
    console = Console(stderr=True)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        parts = [
            pool.submit(fuzz, name, -(-count // workers), seed + part)
            for name, count in counts.items()
            for part in range(workers)
        ]
        for rank, part in enumerate(track(as_completed(parts), "Fuzzing", len(parts), console=console), 1):
            one = part.result()
            found[one.name] += one
            if not console.is_terminal:
                console.print(f"{rank} of {len(parts)}: {one.name}, {one.inputs:,} inputs, {len(one.wrong)} wrong")
    return list(found.values())


def report(found: list[Outcome]) -> int:
    """Print what was tried; 1 if anything was wrong."""
    table = Table("parser", *("inputs", "accepted", "refused", "wrong", "slowest, ms", "growth, MB", "seconds"))
    for one in found:
        cells = (one.inputs - one.refused - len(one.wrong), one.refused, len(one.wrong))
        shown = (f"{one.slowest_s * 1e3:.0f}", f"{one.growth_mb:.1f}", f"{one.seconds:.0f}")
        table.add_row(one.name, f"{one.inputs:,}", *(f"{cell:,}" for cell in cells), *shown)
    console = Console()
    console.print(table)
    for one in found:
        for wrong in one.wrong[:5]:
            console.print(f"{one.name}: {wrong}", markup=False)
    wrongs = sum(len(one.wrong) for one in found)
    print(json.dumps({"inputs": sum(one.inputs for one in found), "wrong": wrongs}))
    return int(wrongs > 0)


if __name__ == "__main__":
    sys.exit(main())
