"""Whether all is as the last whole run left it: then DVC, whose own answer takes many seconds, is not asked.

What people edit is compared by content; what the pipeline has built by size, time and place on the disk of each file,
as DVC does itself. Only a state that DVC has brought about or confirmed, and that nobody touched meanwhile, is kept.
Where comments of modules are all that differs, DVC's record takes them in without a stage being run.
"""

import ast
import hashlib
import io
import json
import os
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from analysis.io import pipeline, store
from analysis.io.code_text import what_runs
from analysis.io.digests import digest_of, file_digest, or_absent
from analysis.io.paths import OWN

KEPT, LEFT = OWN / "unchanged.json", OWN / "left"
RECORD = Path("dvc.lock")
ALWAYS = ("dvc.yaml", "params.yaml", ".dvc/config", ".dvcignore")
MODULE, BYTES = ".py", "latin-1"  # an encoding that has a character for each byte
PASSED_OVER = {"__pycache__", ".ipynb_checkpoints"}  # as .dvcignore says


@dataclass(frozen=True, slots=True)
class State:
    """Digest of DVC's record, sources by path, and digests of the marks of what each stage has built.

    A module is held as its text, a byte a character, so that it can be told what of it changed; others as a digest.
    """

    record: str
    sources: Mapping[str, str]
    built: Mapping[str, str]

    @classmethod
    def of(cls, root: Path) -> "State":
        """As it is now; OSError or AtlasError where it cannot be told."""
        stages = pipeline.read(root)
        outs = {path for one in stages.values() for path in one.writes}
        reads = {path for one in stages.values() for path in one.reads} | set(ALWAYS)
        own = sorted(one for one in reads if not any(Path(one).is_relative_to(out) for out in outs))
        content = {path.relative_to(root).as_posix(): _content(path) for one in own for path in _files(root / one)}
        built = {name: _marks(root, one.writes) for name, one in stages.items()}
        return cls(or_absent(file_digest, root / RECORD), content, built)


def unchanged(root: Path) -> bool:
    """Whether all is as the last whole run left it."""
    with suppress(OSError, ValueError, TypeError):
        return _kept(root) == State.of(root)
    return False


def take_in_comments(root: Path) -> bool:
    """Whether comments and docstrings of modules are all that differs from the last whole run: now DVC knows them.

    After a run that is killed before the state is kept, DVC is asked, and finds nothing to do.
    """
    with suppress(OSError, ValueError, TypeError, AttributeError, SyntaxError):
        kept, now = _kept(root), State.of(root)
        edited = {path for path, _ in kept.sources.items() ^ now.sources.items()}
        if replace(now, sources=kept.sources) == kept and all(_runs_alike(kept, now, path) for path in edited):
            record = _record_with(root, kept, now, edited)
            with store.batch() as files:
                files.add_text(root / RECORD, record)
            _keep(root, replace(now, record=file_digest(root / RECORD)))
            return True
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
    _keep(root, now)
    return True


def _kept(root: Path) -> State:
    return State(**json.loads((root / KEPT).read_text(encoding="utf-8")))


def _keep(root: Path, state: State) -> None:
    with store.batch() as files:
        files.add_text(root / KEPT, json.dumps(asdict(state)))


# --- comments ----------------------------------------------------------------------------------------------


def _runs_alike(kept: State, now: State, path: str) -> bool:
    """Whether a module does what it did; SyntaxError where it is no Python: without a docstring, a body may lack."""
    if not path.endswith(MODULE) or path not in kept.sources.keys() & now.sources.keys():
        return False
    before, after = (one.sources[path].encode(BYTES) for one in (kept, now))
    ast.parse(after)
    return what_runs(before) == what_runs(after) and _encoding(before) == _encoding(after)


def _encoding(source: bytes) -> str:
    """What a comment may say."""
    return tokenize.detect_encoding(io.BytesIO(source).readline)[0]


def _record_with(root: Path, kept: State, now: State, edited: set[str]) -> str:
    """DVC's record with the digests of edited modules; ValueError where it does not hold those that they had."""
    text = (root / RECORD).read_text(encoding="utf-8")
    read = {path for one in pipeline.read(root).values() for path in one.reads}
    for path in sorted(one for one in read if any(Path(module).is_relative_to(one) for module in edited)):
        before, after = (_entry(root, state, path) for state in (kept, now))
        if before not in text:
            raise ValueError(path)
        text = text.replace(before, after)
    return text


def _entry(root: Path, state: State, path: str) -> str:
    """What DVC notes of a dependency: MD5 and size of a file, or of a folder's list of files."""
    inside = sorted(one for one in state.sources if Path(one).is_relative_to(path))
    contents = {
        one: state.sources[one].encode(BYTES) if one.endswith(MODULE) else (root / one).read_bytes() for one in inside
    }
    found = {one: _md5(content) for one, content in contents.items()}
    listed = [{"md5": digest, "relpath": Path(one).relative_to(path).as_posix()} for one, digest in found.items()]
    digest = found[path] if path in found else f"{_md5(json.dumps(listed).encode())}.dir"
    size = sum(map(len, contents.values()))
    return f"    - path: {path}\n      hash: md5\n      md5: {digest}\n      size: {size}\n"


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


# --- files -------------------------------------------------------------------------------------------------


def _content(path: Path) -> str:
    return path.read_bytes().decode(BYTES) if path.suffix == MODULE else file_digest(path)


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
