"""Feeds parsers with inputs and watches what they do."""

import gc
import hashlib
import random
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FunctionType

import psutil

sys.path.insert(0, str(Path(__file__).parents[2] / "tests/fuzz"))

from mutations import inputs
from targets import CASES, TARGETS, cases

from analysis.errors import AtlasError
from analysis.upkeep.building import end_with_parent

LIMIT_S = 5.0  # of processor time for one input
GROWTH_MB = 64.0  # allowed between the first tenth of a parser's inputs and the last


class TooLongError(Exception):
    """An input took longer than the limit."""


@dataclass(slots=True)
class Outcome:
    """What one parser did with its inputs."""

    name: str
    inputs: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)
    slowest_s: float = 0.0
    growth_mb: float = 0.0
    seconds: float = 0.0

    def __iadd__(self, other: "Outcome") -> "Outcome":
        """What both parts of the inputs did."""
        self.inputs, self.refused = self.inputs + other.inputs, self.refused + other.refused
        self.wrong, self.seconds = self.wrong + other.wrong, self.seconds + other.seconds
        self.slowest_s = max(self.slowest_s, other.slowest_s)
        self.growth_mb = max(self.growth_mb, other.growth_mb)
        return self


def fuzz(name: str, count: int, seed: int) -> Outcome:
    """Give `count` inputs to a parser."""
    end_with_parent()
    target, found = TARGETS[name], Outcome(name)
    signal.signal(signal.SIGPROF, _too_long)
    start = time.perf_counter()
    first = 0.0
    for content in islice(inputs([*target.seeds(), *cases(name)], random.Random(seed)), count):
        _feed(name, content, found)
        if found.inputs == max(1, count // 10):
            first = _megabytes()
    found.growth_mb = max(0.0, _megabytes() - first)
    found.seconds = time.perf_counter() - start
    if found.growth_mb > GROWTH_MB:
        found.wrong.append(f"memory grew by {found.growth_mb:.0f} MB")
    return found


def _feed(name: str, content: bytes, found: Outcome) -> None:
    start = time.perf_counter()
    signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
    try:
        TARGETS[name].read(content)
    except AtlasError:
        found.refused += 1
    except (Exception, TooLongError) as error:  # whatever it is, it is what is looked for
        signal.setitimer(signal.ITIMER_PROF, 0)
        last = traceback.extract_tb(error.__traceback__)[-1]
        found.wrong.append(
            f"{_keep(name, content)}: {type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
        )
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    found.inputs += 1
    found.slowest_s = max(found.slowest_s, time.perf_counter() - start)


def _too_long(*_: object) -> None:
    raise TooLongError


def _keep(name: str, content: bytes) -> str:
    """Keep an input as a case."""
    path = CASES / name / hashlib.sha256(content).hexdigest()[:12]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path.name


def _megabytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


def led(name: str, count: int, seed: int, answer: "Connection[Outcome, None]") -> None:
    """Inputs chosen by atheris, for the code that they reach; the answer is sent before libFuzzer ends the process."""
    import atheris  # noqa: PLC0415 - optional

    end_with_parent()
    target, found = TARGETS[name], Outcome(name)
    signal.signal(signal.SIGPROF, _too_long)
    start = time.perf_counter()

    def once(content: bytes) -> None:
        _feed(name, content, found)
        if found.inputs == count:
            found.seconds = time.perf_counter() - start
            answer.send(found)

    with TemporaryDirectory() as corpus:
        for rank, content in enumerate([*target.seeds(), *cases(name)]):
            Path(corpus, str(rank)).write_bytes(content)
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and (one.__module__ or "").startswith("analysis."):
                atheris.instrument_func(one)  # all functions of all libraries would take minutes
        options = [f"-atheris_runs={count}", f"-seed={seed + 1}", "-max_len=4096", "-rss_limit_mb=0", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, corpus], once)
        atheris.Fuzz()
