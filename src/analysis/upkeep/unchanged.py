"""Whether all is as the last whole run left it: then DVC, whose own answer takes many seconds, is not asked.

What people edit is compared by content; what the pipeline has built by size, time and place on the disk of each file,
as DVC does itself. Only a state that DVC has brought about or confirmed, and that nobody touched meanwhile, is kept.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis.io import pipeline, store
from analysis.io.digests import digest_of, file_digest, or_absent
from analysis.io.paths import OWN

KEPT, LEFT = OWN / "unchanged.json", OWN / "left"
RECORD = Path("dvc.lock")
ALWAYS = ("dvc.yaml", "params.yaml", ".dvc/config", ".dvcignore")
PASSED_OVER = {"__pycache__", ".ipynb_checkpoints"}  # as .dvcignore says


@dataclass(frozen=True, slots=True)
class State:
    """Digests of DVC's record, of the sources' content, and of the marks of what each stage has built."""

    record: str
    sources: str
    built: Mapping[str, str]

    @classmethod
    def of(cls, root: Path) -> "State":
        """As it is now; OSError or AtlasError where it cannot be told."""
        stages = pipeline.read(root)
        outs = {path for one in stages.values() for path in one.writes}
        reads = {path for one in stages.values() for path in one.reads} | set(ALWAYS)
        own = sorted(one for one in reads if not any(Path(one).is_relative_to(out) for out in outs))
        content = [[str(path.relative_to(root)), file_digest(path)] for one in own for path in _files(root / one)]
        built = {name: _marks(root, one.writes) for name, one in stages.items()}
        return cls(or_absent(file_digest, root / RECORD), digest_of(content), built)


def unchanged(root: Path) -> bool:
    """Whether all is as the last whole run left it."""
    with suppress(OSError, ValueError, TypeError):
        kept = State(**json.loads((root / KEPT).read_text(encoding="utf-8")))
        return kept == State.of(root)
    return False


def note_left(root: Path, stage: str) -> None:
    """Note the marks of what a stage has just built, before DVC takes it in."""
    path = root / LEFT / f"{stage}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(_marks(root, pipeline.read(root)[stage].writes)), encoding="utf-8")


def keep(root: Path, before: State) -> bool:
    """Keep the state after a whole run that ended well, unless somebody else has changed something since `before`."""
    now = State.of(root)
    left = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (root / LEFT).glob("*.json")}
    if now.sources != before.sources or dict(now.built) != {**before.built, **left}:
        return False
    with store.batch() as files:
        files.add_text(root / KEPT, json.dumps(asdict(now)))
    return True


def _marks(root: Path, outs: Sequence[str]) -> str:
    found = []
    for path in (path for out in outs for path in _files(root / out)):
        stat = path.stat()
        found.append([str(path.relative_to(root)), stat.st_size, stat.st_mtime_ns, stat.st_ino])
    return digest_of(found)


def _files(path: Path) -> Iterator[Path]:
    """A file, or the files of a folder, in order; nothing where there is none."""
    if path.is_file():
        yield path
    for folder, below, names in os.walk(path):
        below[:] = sorted(set(below) - PASSED_OVER)
        yield from (Path(folder, name) for name in sorted(names))
