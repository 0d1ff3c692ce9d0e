"""What can be relied on, in three figures: `make bench-trust` runs chaos, fuzz and verify, and prints them together.

Each prints its own table first. Exits with 1 if a fault was not survived, an input was not refused by name, or a byte
differs.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

# What is run, and what its last line, a JSON object, counts: tried, and not as it should be.
PARTS: Mapping[str, tuple[list[str], tuple[str, str], tuple[str, str]]] = {
    "faults": (["bench/chaos"], ("tried", "tried"), ("complaints", "not survived")),
    "inputs": (["bench/fuzz"], ("inputs", "tried"), ("wrong", "wrong")),
    "bytes": (["bench/verify.py"], ("bytes", "compared"), ("different", "files that differ")),
}


def run(script: list[str]) -> dict[str, Any]:
    """The last line of a bench as an object; what it prints is printed."""
    with subprocess.Popen([sys.executable, *script], stdout=subprocess.PIPE, text=True) as process:
        last = ""
        for line in process.stdout or ():
            print(line, end="", flush=True)
            last = line if line.startswith("{") else last
    return json.loads(last) if last else {}


def main() -> int:
    """Run the three, print the table."""
    table, wrong = Table("", "tried or compared", "lost, wrong or different"), 0
    for name, (script, (counted, tried), (failed, how)) in PARTS.items():
        found = run(script)
        wrong += found.get(failed, 1)
        table.add_row(name, f"{found.get(counted, 0):,} {tried}", f"{found.get(failed, 'no result')} {how}")
    Console().print(table)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
