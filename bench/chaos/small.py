"""A small project that faults are tried on: a clone with few reports, whose data have three versions."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import yaml

from analysis.io import repository
from analysis.io.paths import OUTPUTS, PROCESSED
from analysis.upkeep import sameness

FEW = {"languages": ["fr"], "regions": ["44"], "territories": [{"phase": 2, "territory_id": "ti-4408"}]}
BUILT = (PROCESSED, OUTPUTS, Path("docs/gallery"))
# Stages that are frozen while the raw data change, so that many faults can be tried: a run takes half a minute.
FROZEN = ("coverage", "gallery", "layers", "slices", "tables", "webmap")
LOG = "chaos.log"
TIMEOUT_S = 900

State = dict[str, str]  # SHA-256 of the files that the pipeline builds, by path


@dataclass(frozen=True, slots=True)
class Version:
    """Raw data, and what the pipeline builds from them: its digests, and the files themselves."""

    raw: Mapping[Path, bytes]
    built: Mapping[str, str]
    kept: Path


@dataclass(slots=True)
class Small:
    """The project in `folder`, and its versions by name once they are built."""

    folder: Path
    versions: dict[str, Version] = field(default_factory=dict)

    @classmethod
    def cloned(cls, root: Path, folder: Path) -> "Small":
        """A copy of the project in a repository, with few reports, in which no run has been made."""
        repository.copy(root, folder)
        repository.begin(folder)
        params = folder / "params.yaml"
        content = yaml.safe_load(params.read_text(encoding="utf-8"))
        content["reports"] |= FEW
        params.write_text(yaml.safe_dump(content), encoding="utf-8")
        return cls(folder)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Have DVC leave the slow stages as they are."""
        path = self.folder / "dvc.yaml"
        usual = path.read_bytes()
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for name in FROZEN:
            content["stages"][name]["frozen"] = True
        path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
        yield
        path.write_bytes(usual)

    def start(self) -> "subprocess.Popen[bytes]":
        """What `make` runs, in a session of its own; what it says goes to a file beside the project."""
        environment = {**os.environ, "PYTHONPATH": str(self.folder / "src")}
        environment["DVC_SITE_CACHE_DIR"] = str(self.folder / ".dvc/tmp/site")
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "analysis", "build"]
            return subprocess.Popen(
                command, cwd=self.folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def run(self) -> int:
        """A whole run; its exit code."""
        process = self.start()
        try:
            return process.wait(TIMEOUT_S)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            if process.poll() is None:
                kill(process)

    @property
    def log(self) -> Path:
        """What the last run said."""
        return self.folder.parent / LOG

    def said(self) -> str:
        """The end of what the last run said."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-1500:] if self.log.exists() else ""

    def state(self) -> State:
        """Everything that the pipeline has built, by content."""
        paths = [path for place in BUILT for path in (self.folder / place).rglob("*") if path.is_file()]
        return {
            path.relative_to(self.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(paths)
        }

    def define(self, name: str, raw: Mapping[Path, bytes]) -> None:
        """Build a version and remember it; RuntimeError if that fails."""
        self.put(raw)
        if self.run():
            raise RuntimeError(f"version {name} does not build: {self.said()}")
        kept = self.folder.parent / f"version-{name}"
        for place in BUILT:
            shutil.copytree(self.folder / place, kept / place, copy_function=os.link)
        self.versions[name] = Version(dict(raw), self.state(), kept)

    def put(self, raw: Mapping[Path, bytes]) -> None:
        """Replace raw files, as an editor does."""
        for path, content in raw.items():
            temporary = self.folder.parent / "raw-file"
            temporary.write_bytes(content)
            temporary.replace(self.folder / path)

    def broken(self) -> list[str]:
        """Files that are neither of one version nor of another."""
        known: dict[str, set[str]] = {}
        for version in self.versions.values():
            for path, digest in version.built.items():
                known.setdefault(path, set()).add(digest)
        found = self.state()
        lost = [f"{path} is gone" for path in known if path not in found and self._always(path)]
        return lost + [
            f"{path} is half-written"
            for path, digest in found.items()
            if digest not in known.get(path, set()) and not _unfinished(path) and not _bookkeeping(path)
        ]

    def _always(self, path: str) -> bool:
        return all(path in one.built for one in self.versions.values())

    def unlike(self, name: str) -> list[str]:
        """How what is built differs from a version: nothing may be missing, other, or more."""
        places = [str(one) for one in BUILT]
        found = sameness.compare(self.versions[name].kept, self.folder, places)
        return [f"{one.path} is not that of a build without faults: {one.how}" for one in found.differences]

    def strays(self) -> list[str]:
        """Temporary files beside the outputs, and files that git would show."""
        shown = subprocess.run(
            ["git", "ls-files", "-o", "--exclude-standard"], cwd=self.folder, capture_output=True, check=True, text=True
        ).stdout.split()
        scratch = self.folder / ".dvc/tmp/scratch"
        return shown + ([str(scratch)] if scratch.exists() else [])

    def processes(self) -> list[str]:
        """Processes that still work in the project."""
        found = []
        for one in psutil.process_iter(["cwd", "cmdline"]):
            if (one.info["cwd"] or "").startswith(str(self.folder)):
                found.append(" ".join(one.info["cmdline"] or [])[:80])
        return found

    def remove(self) -> None:
        """Leave nothing."""
        shutil.rmtree(self.folder.parent, ignore_errors=True)


def _unfinished(path: str) -> bool:
    """Whether a name says that the file is not finished: nobody takes it for an output, the next run removes it."""
    return any(part.startswith(".") for part in Path(path).parts)


def _bookkeeping(path: str) -> bool:
    """The list of reports made so far grows while they are made."""
    return path == "outputs/notebooks/manifest.json"


def kill(process: "subprocess.Popen[bytes]", number: int = signal.SIGKILL) -> None:
    """Send a signal to a run and all that it started in its session, and wait for its end."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    process.wait()
