"""The faults: each is tried on the small project, checked at once, and mended by a run without a hand."""

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from small import BUILT, Small, kill

from analysis.io.paths import NOTEBOOKS, PROCESSED, RAW

Tell = Callable[[str], object]

FORGOTTEN = 0.4
UNSEEN = 0.5  # of the damages: permissions and time stay, as when a disk fails
LONGEST_S = 12.0  # before a fault: the next run goes on where it came, so that the last stages have their share
RUN_S = 300.0
MOST_IN_A_ROW = 12
SETTLE_S = 15.0  # for what a killed run had started to notice and end
PARTS = {"dvc": "-m dvc repro", "stage": "-m analysis "}
TRACE = "Traceback (most recent call last)"
DEADLY = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
MARGINS_MB = (0, 2, 8, 20, 40, 70)


@dataclass(slots=True)
class Tried:
    """One kind of fault: how often it is to be tried and was, and what did not survive it."""

    name: str
    planned: int
    tell: Tell
    count: int = 0
    complaints: list[str] = field(default_factory=list)
    skipped: str = ""

    def note(self, complaints: list[str]) -> None:
        """One more trial, and what went wrong in it."""
        self.count += 1
        self.complain(complaints)
        self.tell(f"{self.name}: {self.count} of {self.planned}, {len(self.complaints)} complaints")

    def complain(self, complaints: list[str]) -> None:
        """Remember and say what went wrong, the first of it."""
        found = [f"{self.name}, trial {self.count}: {one}" for one in complaints[:3]]
        self.complaints += found
        for one in found:
            self.tell(one)


@dataclass(slots=True)
class Trials:
    """The project, its chance, and which version its raw data have now."""

    small: Small
    chance: random.Random
    now: str

    def turn(self) -> None:
        """Change the raw data to another version; now and then DVC is to have forgotten that it has built it before."""
        self.now = self.chance.choice([name for name in self.small.versions if name != self.now])
        self.small.put(self.small.versions[self.now].raw)
        if self.chance.random() < FORGOTTEN:
            shutil.rmtree(self.small.folder / ".dvc/cache/runs", ignore_errors=True)

    def mended(self) -> list[str]:
        """A run without a hand; what is then not as it should be."""
        code = self.small.run()
        if code:
            return [f"the next run fails: {self.small.said()}"]
        return [*self.small.unlike(self.now), *(f"{one} stays" for one in self.small.strays())]

    def settled(self) -> list[str]:
        """Wait for everything that a killed run had started to end; what does not."""
        end = time.monotonic() + SETTLE_S
        while self.small.processes() and time.monotonic() < end:
            time.sleep(0.1)
        return [f"still at work: {one}" for one in self.small.processes()]


def kills(trials: Trials, count: int, tell: Tell) -> Tried:
    """SIGKILL for the whole run, for DVC, or for a stage, at any moment; several in a row before a run may end."""
    tried = Tried("kill -9 at a random moment", count, tell)
    while tried.count < count:
        trials.turn()
        for _ in range(trials.chance.randint(1, MOST_IN_A_ROW)):
            tried.note(_killed(trials))
        tried.complain(trials.mended())
    return tried


def _killed(trials: Trials) -> list[str]:
    process = trials.small.start()
    _wait(process, trials.chance.uniform(0.1, LONGEST_S))
    part = trials.chance.choice(["all", "all", "all", "run", *PARTS])
    victims = [one for one in _descendants(process) if part in PARTS and PARTS[part] in " ".join(_command(one))]
    for one in victims:
        one.kill()
    if victims:  # the run notices, and goes on or says why not
        _wait(process, RUN_S)
    if part == "run" and process.poll() is None:
        process.kill()  # DVC goes on by itself
        _wait_for(lambda: not trials.small.processes(), RUN_S)
    kill(process)
    return [*trials.settled(), *trials.small.broken()]


def interrupts(trials: Trials, count: int, tell: Tell) -> Tried:
    """SIGINT, as Ctrl-C sends it, to everything at once."""
    tried = Tried("SIGINT at a random moment", count, tell)
    while tried.count < count:
        trials.turn()
        process = trials.small.start()
        _wait(process, trials.chance.uniform(0.5, LONGEST_S))
        kill(process, signal.SIGINT)
        tried.note([*trials.settled(), *trials.small.broken()])
    tried.complain(trials.mended())
    return tried


def together(trials: Trials, count: int, tell: Tell) -> Tried:
    """Two runs started at once."""
    tried = Tried("two runs at once", count, tell)
    while tried.count < count:
        trials.turn()
        first = trials.small.start()
        time.sleep(trials.chance.uniform(0, 3))
        second = trials.small.start()
        codes = [one.wait() for one in (first, second)]
        tried.note([*([f"exit codes {codes}"] if any(codes) else []), *trials.small.unlike(trials.now)])
    return tried


def damaged_raw(trials: Trials, count: int, tell: Tell) -> Tried:
    """A raw file cut short or with one bit turned: refused by name or taken as data, never a traceback."""
    tried = Tried("raw file truncated or bit-flipped", count, tell)
    paths = sorted(path for path in (trials.small.folder / RAW).rglob("*") if path.suffix in {".csv", ".yaml", ".md"})
    while tried.count < count:
        path = trials.chance.choice(paths)
        whole = path.read_bytes()
        _damage(path, trials.chance)
        code = trials.small.run()
        said = trials.small.said()
        path.write_bytes(whole)
        complaints = ["a traceback: " + said] if TRACE in said else []
        if code:
            complaints += trials.small.broken()
        tried.note([f"{path.name}: {one}" for one in complaints + trials.mended()])
    return tried


def damaged_built(trials: Trials, count: int, tell: Tell) -> Tried:
    """A built file cut short, with a bit turned, or gone: made again."""
    tried = Tried("built file truncated, bit-flipped or removed", count, tell)
    while tried.count < count:
        folders = [trials.small.folder / one for one in BUILT if one != Path("docs/gallery")]
        path = trials.chance.choice(sorted(path for one in folders for path in one.rglob("*") if path.is_file()))
        _damage(path, trials.chance, may_remove=True)
        tried.note([f"{path.name}: {one}" for one in trials.mended()])
    return tried


def damaged_cache(trials: Trials, count: int, tell: Tell) -> Tried:
    """An object of DVC's cache cut short or with a bit turned, with or without a trace, and what it holds removed."""
    tried = Tried("cache object truncated or bit-flipped", count, tell)
    while tried.count < count:
        cache = trials.small.folder / ".dvc/cache"
        path = trials.chance.choice(sorted(path for path in cache.rglob("*") if path.is_file()))
        usual = path.stat()
        _damage(path, trials.chance)
        if trials.chance.random() < UNSEEN:
            path.chmod(usual.st_mode)
            os.utime(path, ns=(usual.st_atime_ns, usual.st_mtime_ns))
        shutil.rmtree(trials.small.folder / PROCESSED)
        tried.note([f"{path.name}: {one}" for one in trials.mended()])
    return tried


def dying_kernel(trials: Trials, count: int, tell: Tell) -> Tried:
    """A notebook whose process ends in the middle: named, the others made, the old one still there."""
    tried = Tried("notebook whose process dies", count, tell)
    names = sorted(path.name for path in (trials.small.folder / NOTEBOOKS).glob("*.ipynb"))
    while tried.count < count:
        path = trials.small.folder / NOTEBOOKS / trials.chance.choice(names)
        whole = path.read_text(encoding="utf-8")
        content = json.loads(whole)
        trials.chance.choice([one for one in content["cells"] if one["cell_type"] == "code"][1:])["source"] = DEADLY
        path.write_text(json.dumps(content), encoding="utf-8")
        code, said = trials.small.run(), trials.small.said()
        path.write_text(whole, encoding="utf-8")
        complaints = [] if code and "SIGKILL" in said and path.stem in said else [f"exit code {code}: {said}"]
        tried.note([*complaints, *trials.small.broken(), *trials.mended()])
    return tried


def read_only(trials: Trials, count: int, tell: Tell) -> Tried:
    """A folder that cannot be written: named, nothing lost."""
    tried = Tried("read-only folder", count, tell)
    places = [Path("outputs"), Path("outputs/notebooks"), PROCESSED, Path("outputs/figures"), Path(".dvc/tmp")]
    if not _can_mount(trials.small.folder):
        tried.skipped = "this machine lets nobody mount a folder read-only"
        return tried
    while tried.count < count:
        place = places[tried.count % len(places)]
        trials.turn()
        with _mounted_read_only(trials.small.folder / place):
            code, said = trials.small.run(), trials.small.said()
            complaints = ["it went through"] if code == 0 else []
        complaints += ["a traceback: " + said] if TRACE in said else []
        tried.note([f"{place}: {one}" for one in complaints + trials.small.broken() + trials.mended()])
    return tried


def full_disk(trials: Trials, count: int, tell: Tell) -> Tried:
    """A disk that fills up at different moments: the project moves to a small tmpfs, then the tmpfs grows."""
    tried = Tried("full disk", count, tell)
    folder, apart = trials.small.folder, trials.small.folder.with_name("moved")
    if not _can_mount(folder):
        tried.skipped = "this machine lets nobody mount a small disk"
        return tried
    while tried.count < count:
        trials.turn()
        folder.rename(apart)
        folder.mkdir()
        used = sum(path.stat().st_blocks for path in apart.rglob("*")) // 2048
        room = used + MARGINS_MB[tried.count % len(MARGINS_MB)]
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}m", "tmpfs", str(folder)], check=True)
        try:
            shutil.copytree(apart, folder, symlinks=True, dirs_exist_ok=True)
            code, said = trials.small.run(), trials.small.said()
            complaints = ["a traceback: " + said] if TRACE in said else []
            complaints += trials.small.broken() if code else []
            subprocess.run(["mount", "-o", "remount,size=3g", str(folder)], check=True)
            tried.note([f"{room} MB: {one}" for one in complaints + trials.mended()])
        finally:
            subprocess.run(["umount", str(folder)], check=True)
            folder.rmdir()
            apart.rename(folder)
    return tried


# --- means -------------------------------------------------------------------------------------------------


def _damage(path: Path, chance: random.Random, *, may_remove: bool = False) -> None:
    content = path.read_bytes()
    path.unlink()  # the file may have a second name, which is to stay whole
    kind = chance.choice(["cut", "bit", *(["gone"] if may_remove else [])])
    if kind == "cut" or (kind == "bit" and not content):
        path.write_bytes(content[: chance.randrange(len(content) or 1)])
    elif kind == "bit":
        at = chance.randrange(len(content))
        turned = content[at] ^ (1 << chance.randrange(8))
        path.write_bytes(content[:at] + bytes([turned]) + content[at + 1 :])


def _can_mount(folder: Path) -> bool:
    probe = folder.with_name("probe")
    probe.mkdir()
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(probe)], capture_output=True, check=False)
        if done.returncode == 0:
            subprocess.run(["umount", str(probe)], check=True)
        return done.returncode == 0
    except FileNotFoundError:
        return False
    finally:
        probe.rmdir()


@contextmanager
def _mounted_read_only(folder: Path) -> Iterator[None]:
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _wait(process: "subprocess.Popen[bytes]", seconds: float) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def _wait_for(done: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.2)


def _descendants(process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _command(one: psutil.Process) -> list[str]:
    try:
        return one.cmdline()
    except psutil.Error:
        return []
