"""What each report was made from and what it left, by content: a report whose inputs are the same is not made again."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from analysis.i18n.language import CATALOGUES, FRENCH
from analysis.io import imports, store
from analysis.io.paths import EXECUTED, NOTEBOOKS, OUTPUTS, PROCESSED, RAW, slice_path
from analysis.reports.notebooks.templates import Job
from analysis.reports.stems import SHARED
from analysis.tables import tables_of

WHERE = EXECUTED / "manifest.json"
PACKAGE, LOCK = Path(__file__).parents[2], Path("requirements.lock")
RAW_READ = ("sources.yaml", "vocabulary.yaml")  # what the library reads beside the tables
RUN = ("analysis.reports.notebooks.child", "analysis.reports.notebooks.preloaded")  # what executes a notebook
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One report: its inputs by name and its files by path below outputs/, each with a SHA-256."""

    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


@dataclass(slots=True)
class Manifest:
    """The reports that outputs/ holds, by stem."""

    root: Path
    entries: dict[str, Entry] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path) -> "Manifest":
        """The manifest of the last run; an absent or unreadable one holds nothing, so that everything is made."""
        try:
            found = json.loads((root / WHERE).read_text(encoding="utf-8"))
            json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair could be read, and never written
            if found["version"] != VERSION:
                return cls(root)
            return cls(root, {stem: _entry(one) for stem, one in found["reports"].items()})
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return cls(root)

    def save(self) -> None:
        """Write it beside the executed notebooks."""
        reports = {
            stem: {"inputs": dict(sorted(one.inputs.items())), "outputs": dict(sorted(one.outputs.items()))}
            for stem, one in sorted(self.entries.items())
        }
        text = json.dumps({"version": VERSION, "reports": reports}, indent=1, ensure_ascii=False)
        with store.batch() as files:
            files.add_text(self.root / WHERE, text + "\n")

    def stale(self, inputs: Mapping[str, Mapping[str, str]]) -> list[str]:
        """Stems whose inputs have changed, or whose files are no longer as they were left."""
        known = {stem: self.entries.get(stem) for stem in inputs}
        same = [(stem, entry) for stem, entry in known.items() if entry and entry.inputs == inputs[stem]]
        with ThreadPoolExecutor() as pool:
            whole = {stem for (stem, _), intact in zip(same, pool.map(self._intact, same), strict=True) if intact}
        return [stem for stem in inputs if stem not in whole]

    def _intact(self, known: tuple[str, Entry]) -> bool:
        try:
            outputs = known[1].outputs.items()
            return all(file_digest(self.root / OUTPUTS / path) == digest for path, digest in outputs)
        except OSError:
            return False

    def owner(self, path: str) -> str | None:
        """The report that a file below outputs/ belongs to."""
        return next((stem for stem, one in self.entries.items() if path in one.outputs), None)


def _entry(one: Mapping[str, Mapping[str, str]]) -> Entry:
    """An entry as it was written; TypeError for other than texts."""
    entry = Entry(dict(one["inputs"]), dict(one["outputs"]))
    pairs = (*entry.inputs.items(), *entry.outputs.items())
    if not all(isinstance(part, str) for pair in pairs for part in pair):
        raise TypeError("not texts")
    return entry


def inputs_of(jobs: Iterable[Job], root: Path) -> dict[str, dict[str, str]]:
    """For each job by stem: SHA-256 of template, parameters, data, package code and lock.

    A report's data are its slice; a national notebook's are all tables. A translation also depends on its catalogue.
    """
    shared = {"lock": _or_absent(file_digest, root / LOCK)}
    once = cache(lambda path, of: of(path))
    return {
        job.stem: shared
        | {
            "template": once(root / NOTEBOOKS / f"{job.template}.ipynb", _template_digest),
            "code": once(root / NOTEBOOKS / f"{job.template}.ipynb", code_digest),
            "parameters": digest_of(dict(job.parameters)),
            "data": _slice_digest(job, root) if job.parameters else once(root, _tables_digest),
        }
        | ({} if job.language == FRENCH else {"catalogue": once(CATALOGUES, _folder_digest)})
        for job in jobs
    }


def read_by(job: Job, root: Path) -> list[Path]:
    """The files that an execution reads, relative to the project's root."""
    always = [Path("dvc.yaml"), NOTEBOOKS / f"{job.template}.ipynb"]
    if job.parameters:
        return [*always, slice_path(SHARED), slice_path(job.slice)]
    return [*always, *_built(root), *(RAW / name for name in RAW_READ)]


def code_digest(template: Path, folder: Path = PACKAGE) -> str:
    """SHA-256 of the modules that run when a notebook does: what its cells import, and what executes it."""
    return _files_digest(folder, imports.closure(folder, [*RUN, *_imported(template)]))


def _imported(template: Path) -> set[str]:
    """What the cells of a template import; nothing for what is no notebook, which fails when it is run."""
    try:
        return imports.notebook_imports(template)
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return set()


def package_digest(folder: Path = PACKAGE) -> str:
    """SHA-256 of all that the package brings to a notebook in any language: its code and the catalogues."""
    code = _files_digest(folder, folder.rglob("*.py"))
    return digest_of(code, _folder_digest(folder / "i18n" / CATALOGUES.name))


def digest_of(*parts: object) -> str:
    """SHA-256 of values that JSON can hold."""
    return _digest(json.dumps(parts, sort_keys=True).encode())


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _template_digest(path: Path) -> str:
    """Of what is run, not of the outputs that the template shows; an unreadable one is taken as it is."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        kept = [[cell["cell_type"], cell.get("id"), cell["metadata"], cell["source"]] for cell in cells]
        return digest_of(kept)
    except (OSError, ValueError, KeyError, TypeError):
        return _or_absent(file_digest, path)


def _slice_digest(job: Job, root: Path) -> str:
    """Of what every report reads, and of the report's own."""
    return _digest(*(_or_absent(file_digest, root / slice_path(name)).encode() for name in (SHARED, job.slice)))


def _tables_digest(root: Path) -> str:
    paths = [root / path for path in (*_built(root), *(RAW / name for name in RAW_READ))]
    return _digest(*(f"{path.name} {_or_absent(file_digest, path)}".encode() for path in paths))


def _built(root: Path) -> list[Path]:
    """The tables that the pipeline builds and that are there; another branch's may lie beside them."""
    paths = sorted(PROCESSED / f"{one.name}.parquet" for one in tables_of("core_", "out_"))
    return [path for path in paths if (root / path).exists()]


def _folder_digest(folder: Path) -> str:
    return _files_digest(folder, (path for path in folder.rglob("*") if path.is_file()))


def _files_digest(folder: Path, paths: Iterable[Path]) -> str:
    return _digest(*(f"{path.relative_to(folder).as_posix()} {file_digest(path)}".encode() for path in sorted(paths)))


def _or_absent(digest: Callable[[Path], str], path: Path) -> str:
    try:
        return digest(path)
    except OSError:
        return "absent"
